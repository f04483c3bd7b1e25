// DER as X.690 has it, read strictly: one octet of tag, the shortest length, nothing behind the
// end.
#ifndef SIPWARD_IDENTITY_DER_H_
#define SIPWARD_IDENTITY_DER_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::identity {

namespace der {
inline constexpr uint8_t kBoolean = 0x01;
inline constexpr uint8_t kInteger = 0x02;
inline constexpr uint8_t kBitString = 0x03;
inline constexpr uint8_t kOctetString = 0x04;
inline constexpr uint8_t kOid = 0x06;
inline constexpr uint8_t kUtf8String = 0x0C;
inline constexpr uint8_t kIa5String = 0x16;
inline constexpr uint8_t kUtcTime = 0x17;
inline constexpr uint8_t kGeneralizedTime = 0x18;
inline constexpr uint8_t kSequence = 0x30;
inline constexpr uint8_t kSet = 0x31;
// An explicit tag, [number].
constexpr uint8_t Explicit(unsigned number) { return static_cast<uint8_t>(0xA0 | number); }
}  // namespace der

// Reads elements one behind the other; what it returns lies in the bytes that it was given. After
// an answer of nothing it stands where it stood.
class DerReader {
 public:
  explicit DerReader(std::string_view bytes) : rest_(bytes) {}

  bool empty() const { return rest_.empty(); }
  // True if the next element has this tag.
  bool At(uint8_t tag) const { return !rest_.empty() && static_cast<uint8_t>(rest_[0]) == tag; }
  // The tag of the next element. There must be one.
  uint8_t tag() const { return static_cast<uint8_t>(rest_[0]); }
  // The contents of the next element, if it has this tag and is well-formed.
  std::optional<std::string_view> Take(uint8_t tag);
  // The same with tag and length in front.
  std::optional<std::string_view> TakeWhole(uint8_t tag);
  // The contents of the next element, if there is no other behind it.
  std::optional<std::string_view> TakeLast(uint8_t tag);
  // A non-negative INTEGER in the shortest form; what does not fit is the largest number.
  std::optional<uint64_t> TakeUnsigned();
  // UTCTime or GeneralizedTime as RFC 5280 section 4.1.2.5 permits them, in seconds since 1970 UTC.
  std::optional<int64_t> TakeTime();

 private:
  std::string_view rest_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_DER_H_
