#include "records/party.h"

#include "base/ascii.h"
#include "records/values.h"

namespace sipward::records {
namespace {

bool TakeScheme(std::string_view* text, std::string_view scheme) {
  if (text->size() <= scheme.size() || !EqualsIgnoreCase(text->substr(0, scheme.size()), scheme)) {
    return false;
  }
  text->remove_prefix(scheme.size());
  return true;
}

// The name of a channel ends in a number of its own, most often in hexadecimal.
bool IsSuffix(std::string_view text) {
  if (text.empty() || text.size() > 16) return false;
  for (const char c : text) {
    if (!IsHexDigit(c)) return false;
  }
  return true;
}

}  // namespace

std::string_view UserOf(std::string_view text) {
  const size_t open = text.find('<');
  if (open != std::string_view::npos && text.back() == '>') {
    text = text.substr(open + 1, text.size() - open - 2);
  }
  const bool uri =
      TakeScheme(&text, "sips:") || TakeScheme(&text, "sip:") || TakeScheme(&text, "tel:");
  const size_t host = text.find('@');
  if (host != std::string_view::npos) text = text.substr(0, host);
  return uri || host != std::string_view::npos ? text.substr(0, text.find(';')) : text;
}

CallerId SplitCallerId(std::string_view clid) {
  CallerId out;
  const size_t open = clid.rfind('<');
  if (open != std::string_view::npos) {
    const size_t close = clid.find('>', open);
    out.number = clid.substr(open + 1, close == std::string_view::npos ? close : close - open - 1);
    clid = clid.substr(0, open);
  }
  clid = Trimmed(clid);
  if (clid.size() >= 2 && clid.front() == '"' && clid.back() == '"') {
    clid = clid.substr(1, clid.size() - 2);
  }
  out.name = clid;
  return out;
}

std::string_view PeerOf(std::string_view channel) {
  const size_t slash = channel.find('/');
  if (slash == std::string_view::npos || slash == 0) return {};
  const std::string_view technology = channel.substr(0, slash);
  if (EqualsIgnoreCase(technology, "Local")) return {};
  std::string_view peer = channel.substr(slash + 1);
  if (EqualsIgnoreCase(technology, "sofia")) {
    const size_t profile = peer.find('/');
    if (profile == std::string_view::npos) return {};
    peer = peer.substr(profile + 1);
    return UserOf(peer);
  }
  const size_t dash = peer.rfind('-');
  if (dash != std::string_view::npos && dash > 0 && IsSuffix(peer.substr(dash + 1))) {
    peer = peer.substr(0, dash);
  }
  return peer;
}

}  // namespace sipward::records
