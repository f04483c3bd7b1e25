// Small steps over a slice that the value parsers share. Internal to this folder.
#ifndef SIPWARD_SIP_SCAN_H_
#define SIPWARD_SIP_SCAN_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/ascii.h"
#include "base/slice.h"
#include "sip/anomaly.h"

namespace sipward::sip {

// CR and LF count, because a folded value holds them.
constexpr bool IsWhiteSpace(char c) {
  constexpr uint64_t kBits = 1ull << ' ' | 1ull << '\t' | 1ull << '\r' | 1ull << '\n';
  const auto octet = static_cast<unsigned char>(c);
  return octet <= ' ' && (kBits >> octet & 1) != 0;
}

inline constexpr std::array<bool, 256> kTokenChars = [] {
  std::array<bool, 256> table{};
  for (unsigned c = 0; c < 128; ++c) {
    const char as_char = static_cast<char>(c);
    table[c] = IsAlpha(as_char) || IsDigit(as_char) ||
               std::string_view("-.!%*_+`'~").find(as_char) != std::string_view::npos;
  }
  return table;
}();
// RFC 3261 section 25.1, token.
constexpr bool IsTokenChar(char c) { return kTokenChars[static_cast<unsigned char>(c)]; }

constexpr Slice Between(uint32_t begin, uint32_t end) { return {begin, end - begin}; }

constexpr uint32_t SkipWhiteSpace(const char* base, uint32_t at, uint32_t end) {
  while (at < end && IsWhiteSpace(base[at])) ++at;
  return at;
}

// A set of octets that is asked often: one look into a table.
class CharSet {
 public:
  constexpr explicit CharSet(std::string_view members) {
    for (const char c : members) table_[static_cast<unsigned char>(c)] = true;
  }
  constexpr bool Has(char c) const { return table_[static_cast<unsigned char>(c)]; }

 private:
  std::array<bool, 256> table_{};
};

constexpr uint32_t FindAnyOf(const char* base, uint32_t at, uint32_t end, const CharSet& set) {
  while (at < end && !set.Has(base[at])) ++at;
  return at;
}

inline constexpr CharSet kWhiteSpace(" \t\r\n");

constexpr uint32_t FindWhiteSpace(const char* base, uint32_t at, uint32_t end) {
  return FindAnyOf(base, at, end, kWhiteSpace);
}

// Never goes before `begin`.
constexpr uint32_t TrimEnd(const char* base, uint32_t begin, uint32_t end) {
  while (end > begin && IsWhiteSpace(base[end - 1])) --end;
  return end;
}

constexpr Slice Trim(const char* base, Slice text) {
  const uint32_t begin = SkipWhiteSpace(base, text.offset, text.end());
  return Between(begin, TrimEnd(base, begin, text.end()));
}

// The first `c` from `at` on, or `end`.
inline uint32_t FindChar(const char* base, uint32_t at, uint32_t end, char c) {
  if (at >= end) return at;
  const void* found = std::memchr(base + at, c, end - at);
  return found == nullptr ? end : static_cast<uint32_t>(static_cast<const char*>(found) - base);
}

// `at` is at a double quote: the offset behind the one that closes it, or 0 if none does before
// `end`.
constexpr uint32_t SkipQuoted(const char* base, uint32_t at, uint32_t end) {
  for (++at; at < end; ++at) {
    if (base[at] == '"') return at + 1;
    if (base[at] == '\\' && at + 1 < end) ++at;
  }
  return 0;
}

// RFC 3261 section 25.1, qvalue.
constexpr bool IsQvalue(std::string_view text) {
  if (text.empty() || text.size() > 5 || (text[0] != '0' && text[0] != '1')) return false;
  if (text.size() == 1) return true;
  if (text[1] != '.') return false;
  for (const char c : text.substr(2)) {
    if (!IsDigit(c) || (text[0] == '1' && c != '0')) return false;
  }
  return true;
}

// Without the quotes around it, if it has them.
constexpr Slice Unquote(const char* base, Slice text) {
  if (text.length >= 2 && base[text.offset] == '"' && base[text.end() - 1] == '"') {
    return {text.offset + 1, text.length - 2};
  }
  return text;
}

// Remembers whether anything was named, so that a broken value never passes without a name.
class Diagnosis {
 public:
  explicit Diagnosis(AnomalyLog& log) : log_(log) {}
  void Note(AnomalyId id, uint32_t offset) {
    log_.Add(id, offset);
    any_ = true;
  }
  // For what is legal: does not explain why a grammar did not fit.
  void Remark(AnomalyId id, uint32_t offset) { log_.Add(id, offset); }
  // Another has named what is wrong.
  void Explain() { any_ = true; }
  bool any() const { return any_; }
  AnomalyLog& log() { return log_; }

 private:
  AnomalyLog& log_;
  bool any_ = false;
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_SCAN_H_
