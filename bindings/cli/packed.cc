#include "packed.h"

namespace sipward::cli {

void Packer::PutText(std::string_view text) {
  Put(uint64_t{text.size()});
  bytes_ += text;
}

std::string_view Unpacker::GetText() {
  const auto size = Get<uint64_t>();
  if (!Has(size)) return {};
  const std::string_view text = bytes_.substr(0, size);
  bytes_.remove_prefix(size);
  return text;
}

bool Unpacker::Has(size_t size) {
  if (size <= bytes_.size()) return true;
  good_ = false;
  bytes_ = {};
  return false;
}

}  // namespace sipward::cli
