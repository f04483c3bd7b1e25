#include "lists/text_set.h"

#include <bit>

namespace sipward::lists {

void TextSet::Add(std::string_view text) {
  texts_.push_back({static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(text.size())});
  for (const char c : text) bytes_ += Fold(c);
}

void TextSet::Finish() {
  slots_.assign(std::bit_ceil(texts_.size() * 2 + 1), Slot{});
  const size_t mask = slots_.size() - 1;
  uint32_t number = 0;
  for (const Text& text : texts_) {
    ++number;
    const std::string_view view = std::string_view(bytes_).substr(text.begin, text.length);
    const uint32_t hash = HashOf(view);
    if (Find(view, hash) != 0) continue;
    size_t at = hash & mask;
    while (slots_[at].text != 0) at = (at + 1) & mask;
    slots_[at] = {hash, number};
  }
}

uint32_t TextSet::Find(std::string_view text, uint32_t hash) const {
  const size_t mask = slots_.size() - 1;
  for (size_t at = hash & mask; slots_[at].text != 0; at = (at + 1) & mask) {
    if (slots_[at].hash == hash && Equals(texts_[slots_[at].text - 1], text)) {
      return slots_[at].text;
    }
  }
  return 0;
}

uint32_t TextSet::HashOf(std::string_view text) const {
  SuffixHash hash;
  for (size_t i = text.size(); i > 0; --i) hash.Prepend(Fold(text[i - 1]));
  return hash.value();
}

bool TextSet::Equals(const Text& held, std::string_view text) const {
  if (held.length != text.size()) return false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (bytes_[held.begin + i] != Fold(text[i])) return false;
  }
  return true;
}

}  // namespace sipward::lists
