// Telephone numbers: to which country one belongs, what sort of number it is, and whether the
// numbering plan of that country has it. The plans are compiled in, out of metadata that the
// distribution packages.
#ifndef SIPWARD_NUMBERING_NUMBERING_H_
#define SIPWARD_NUMBERING_NUMBERING_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

namespace sipward::numbering {

// What sort of number it is. The first two are for numbers of no sort.
enum class NumberType : uint8_t {
  kNoNumber,     // not in E.164 form: nothing, a short number, no country code in front
  kUnallocated,  // the plan of its country has no such number
  kFixed,
  kMobile,
  kFixedOrMobile,  // the plan does not say which
  kPremium,
  kTollFree,
  kSharedCost,
  kVoip,
  kPersonal,
  kPager,
  kUan,  // a company's number for the whole of a country
  kVoicemail,
  kSatellite,
};
inline constexpr size_t kNumberTypes = 14;
// By value, as the rule language writes them: mobile, toll_free.
std::span<const std::string_view> NumberTypeNames();

// What a number is. Its texts live as long as the program.
class Number {
 public:
  constexpr Number() = default;
  // What packed() gave.
  static constexpr Number Unpack(uint16_t packed) { return Number(packed); }
  constexpr uint16_t packed() const { return packed_; }

  // ISO 3166-1 code of the country (XK, AC and TA beside them); "001" if it is no country's, as of
  // satellite networks; empty if it is no number.
  std::string_view country() const;
  // The part of the world in which the country lies, as caribbean or europe; world for 001.
  std::string_view region() const;
  std::string_view calling_code() const;
  constexpr NumberType type() const { return static_cast<NumberType>(packed_ & 15u); }
  // The numbering plan has such a number. Whether somebody answers there, nobody can tell.
  constexpr bool valid() const { return (packed_ & 16u) != 0; }

  constexpr bool operator==(const Number&) const = default;

 private:
  explicit constexpr Number(uint16_t packed) : packed_(packed) {}

  uint16_t packed_ = 0;  // place << 5 | valid << 4 | type
};

// What country() and region() give; slow, for texts that people write.
bool IsCountry(std::string_view country);
std::vector<std::string_view> Regions();

// Looks up an E.164 number: its digits without the +. Digits that are too many change neither
// country nor calling code, so nobody hides a destination behind them. Anything but digits makes it
// no number. Allocates nothing; the time is that of a dozen look-ups in a table at most.
Number Find(std::string_view digits);

}  // namespace sipward::numbering

#endif  // SIPWARD_NUMBERING_NUMBERING_H_
