#include "rules/text_index.h"

#include <algorithm>
#include <bit>

namespace sipward::rules {

void TextIndex::Add(std::string_view text, uint32_t id) {
  std::string key;
  for (size_t i = 0; i < text.size(); ++i) key += At(text, i);
  std::vector<uint32_t>& ids = added_[key];
  if (ids.empty() || ids.back() != id) ids.push_back(id);
}

void TextIndex::Finish() {
  if (added_.empty()) return;
  constexpr size_t kMarksForEach = 16;
  shortest_ = added_.begin()->first.size();
  for (const auto& [text, ids] : added_) {
    shortest_ = std::min(shortest_, text.size());
    longest_ = std::max(longest_, text.size());
  }
  slots_.assign(std::bit_ceil(added_.size() * 2 + 1), Slot{});
  lengths_.assign(longest_ / 64 + 1, 0);
  mark_bytes_ = std::min(shortest_, kMarkBytes);
  const size_t marks = std::bit_ceil(std::max<size_t>(64, added_.size() * kMarksForEach));
  mark_shift_ = 64 - static_cast<unsigned>(std::countr_zero(marks));
  marks_.assign(marks / 64, 0);
  for (const auto& [text, ids] : added_) Hold(text, ids);
  added_.clear();
}

void TextIndex::Hold(const std::string& text, const std::vector<uint32_t>& ids) {
  held_.push_back({static_cast<uint32_t>(bytes_.size()), static_cast<uint32_t>(text.size()),
                   static_cast<uint32_t>(ids_.size()), static_cast<uint32_t>(ids.size())});
  bytes_ += text;
  ids_.insert(ids_.end(), ids.begin(), ids.end());
  lengths_[text.size() / 64] |= uint64_t{1} << text.size() % 64;
  // The bytes are folded and in the order of At already.
  Hash hash;
  for (const char c : text) hash.Add(c);
  const size_t mask = slots_.size() - 1;
  size_t at = hash.value() & mask;
  while (slots_[at].held != 0) at = (at + 1) & mask;
  slots_[at] = {hash.value(), static_cast<uint32_t>(held_.size())};
  uint32_t mark = 0;
  for (size_t i = 0; i < mark_bytes_; ++i) mark = mark << 8 | static_cast<uint8_t>(text[i]);
  mark = static_cast<uint32_t>(uint64_t{mark} * 0x9e3779b97f4a7c15u >> mark_shift_);
  marks_[mark / 64] |= uint64_t{1} << mark % 64;
}

void TextIndices::Finish() {
  for (uint8_t i = 0; i < kIndices; ++i) {
    indices_[i].Finish();
    if (!indices_[i].empty()) used_.push_back(i);
  }
}

}  // namespace sipward::rules
