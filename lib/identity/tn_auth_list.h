// Which telephone numbers a certificate speaks for: the TNAuthList of RFC 8226, section 9.
#ifndef SIPWARD_IDENTITY_TN_AUTH_LIST_H_
#define SIPWARD_IDENTITY_TN_AUTH_LIST_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::identity {

// Immutable once it is parsed. Overlapping ranges are one, so a look-up is a binary search.
class TnAuthList {
 public:
  static constexpr size_t kMaxEntries = 4096;
  static constexpr size_t kMaxNumber = 15;  // RFC 8226
  static constexpr size_t kMaxSpc = 64;

  // Reads TNAuthorizationList. Nothing if it is not DER with explicit tags, is empty, has more than
  // kMaxEntries entries, an empty or unprintable service provider code, a number outside 0-9 * #, a
  // range of fewer than two, or a range that starts at a number with * or #.
  static std::optional<TnAuthList> Parse(std::string_view der);

  const std::vector<std::string>& spcs() const { return spcs_; }
  // The profile of SHAKEN (ATIS-1000080): one service provider code of capital letters and digits,
  // and nothing else.
  bool IsShakenProfile() const;
  bool has_numbers() const { return !ranges_.empty() || !others_.empty(); }

  // The number is listed, or lies in a range of numbers of the same length. Service provider codes
  // play no part. Allocates nothing.
  bool CoversNumber(std::string_view number) const;
  // All that the other list speaks for is within this one (RFC 9060). The numbers of a service
  // provider are not known here, so a code encompasses any numbers, and other codes never.
  bool Encompasses(const TnAuthList& other) const;

  // Numbers of one length, first to last.
  struct Range {
    uint32_t digits = 0;
    uint64_t first = 0;
    uint64_t last = 0;
  };
  const std::vector<Range>& ranges() const { return ranges_; }

 private:
  bool AddRange(std::string_view der);
  bool AddNumber(std::string_view number);
  void Settle();
  const Range* Find(uint32_t digits, uint64_t number) const;

  std::vector<std::string> spcs_;
  std::vector<Range> ranges_;        // sorted, disjoint
  std::vector<std::string> others_;  // numbers with * or #, sorted
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_TN_AUTH_LIST_H_
