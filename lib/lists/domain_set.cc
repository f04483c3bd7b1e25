#include "lists/domain_set.h"

#include "lists/lists.h"

namespace sipward::lists {
namespace {

constexpr size_t kMaxLabel = 63;

std::string_view WithoutRoot(std::string_view name) {
  if (!name.empty() && name.back() == '.') name.remove_suffix(1);
  return name;
}

// Bytes above ASCII are let through: some write internationalised names as UTF-8.
bool IsNameByte(char c) {
  return IsAlpha(c) || IsDigit(c) || c == '-' || c == '_' || static_cast<uint8_t>(c) >= 0x80;
}

std::string_view WhyNoName(std::string_view name) {
  if (name.empty()) return "the name is empty";
  if (name.size() > kMostName) return "a name has at most 253 bytes";
  if (name.substr(0, 2) == "*.")
    return "leave out the '*.': names below an entry match by themselves";
  if (name.front() == '.')
    return "leave out the dot in front: names below an entry match by themselves";
  size_t label = 0;
  for (const char c : name) {
    if (c != '.' && !IsNameByte(c)) return "a name consists of letters, digits, '-' and '_'";
    label = c == '.' ? 0 : label + 1;
    if (label > kMaxLabel) return "a label has at most 63 bytes";
  }
  if (name.back() == '.' || name.find("..") != std::string_view::npos) return "a label is empty";
  return {};
}

}  // namespace

bool DomainSet::IsName(std::string_view text) { return WhyNoName(WithoutRoot(text)).empty(); }

bool DomainSet::Add(std::string_view text, std::string* why) {
  const std::string_view name = WithoutRoot(text);
  *why = WhyNoName(name);
  if (!why->empty()) return false;
  names_.Add(name);
  return true;
}

uint32_t DomainSet::Find(std::string_view text, bool longest) const {
  text = WithoutRoot(text);
  SuffixHash hash;
  uint32_t found = 0;
  for (size_t length = 1; length <= text.size() && length <= kMostName; ++length) {
    const size_t at = text.size() - length;
    hash.Prepend(names_.Fold(text[at]));
    const bool whole_labels = at == 0 || text[at - 1] == '.';
    if (!whole_labels) continue;
    const uint32_t number = names_.Find(text.substr(at), hash.value());
    if (number == 0) continue;
    if (!longest) return number;
    found = number;
  }
  return found;
}

}  // namespace sipward::lists
