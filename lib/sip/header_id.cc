#include <cstring>

#include "sip/header_name.h"

namespace sipward::sip {

HeaderId FindHeader(std::string_view name) {
  if (name.empty() || name.size() > kLongestHeaderName) return HeaderId::kOther;
  // The name as it would stand in a message.
  char room[kBeforeHeaderName + kLongestHeaderName] = {};
  char* begin = room + kBeforeHeaderName;
  begin[-2] = '\r';
  begin[-1] = '\n';
  std::memcpy(begin, name.data(), name.size());
  return HeaderBefore(begin + name.size(), static_cast<uint32_t>(name.size()));
}

std::string_view HeaderName(HeaderId id) { return kHeaders[static_cast<size_t>(id)].name; }

std::string_view HeaderCompactName(HeaderId id) {
  const HeaderInfo& info = kHeaders[static_cast<size_t>(id)];
  return {&info.compact, info.compact == 0 ? 0u : 1u};
}

bool IsSingleton(HeaderId id) { return kHeaders[static_cast<size_t>(id)].singleton; }

}  // namespace sipward::sip
