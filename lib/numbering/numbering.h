// Telephone numbers: to which country one belongs, what sort of number it is, and whether the
// numbering plan of that country has it. The plans are compiled in, out of metadata that the
// distribution packages.
#ifndef SIPWARD_NUMBERING_NUMBERING_H_
#define SIPWARD_NUMBERING_NUMBERING_H_

#include <cstdint>
#include <optional>
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
  kEmergency,  // a short number for help, in the country of its own
};
inline constexpr size_t kNumberTypes = 15;
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

// The country from which numbers are dialled: what its national forms and short numbers mean. By
// itself it is not known, and no number has such a form.
class Home {
 public:
  constexpr Home() = default;
  // By its ISO 3166-1 code in capitals, as Number::country gives it; nothing if there is none.
  static std::optional<Home> Find(std::string_view country);
  // By its calling code, with a + or without; of a shared code its main country.
  static std::optional<Home> OfCallingCode(std::string_view code);
  // By either.
  static std::optional<Home> Of(std::string_view code);

  constexpr bool known() const { return index_ != 0; }
  std::string_view country() const;  // empty if it is not known

  // Its number among all, for those who keep tables; 0 if it is not known.
  static constexpr Home At(uint16_t index) { return Home(index); }
  constexpr uint16_t index() const { return index_; }
  constexpr bool operator==(const Home&) const = default;

 private:
  explicit constexpr Home(uint16_t index) : index_(index) {}

  uint16_t index_ = 0;
};

// As Find(digits), and emergency numbers of the home country.
Number Find(std::string_view digits, Home home);
// Whether these digits, and no more, call for help in that country: 911, 112.
bool IsEmergency(std::string_view digits, Home home);

// A number has no more digits than this, or is none.
inline constexpr size_t kMaxDigits = 64;

// One form of all that a number is written in, so that one number is one key: the digits of its
// E.164 form without the +, written to `out`, which has room for kMaxDigits. Empty if the text is
// not a number alone: anything but digits, marks `-.()/` and blanks between them, a + in front,
// `tel:`, `sip:` or `sips:` and parameters (RFC 3966), escaped or not.
//
// Without a +, what is dialled in the home country decides, in this order:
//   1. fewer digits than a national number has, or an emergency number: as it is
//   2. an international prefix and a valid number
//   3. a valid national number, behind what is dialled in front of it
//   4. a valid national number without that
//   5. a valid number that lacks its +; before 4 where a 0 stands in front of such national
//      numbers, as nobody dials them without
//   6. 00 and a valid number, where 00 means nothing else
//   7. what no plan has: behind an international prefix, behind a national prefix if its length
//      can be, with the country's code if all its numbers have this length, as it is
// Behind a calling code what is dialled in front of national numbers, as in +44 (0)20, is taken off
// unless the number is valid with it. Where the home country is not known, digits without a + stay.
// Allocates nothing; 15 to 60 ns.
std::string_view Canonical(std::string_view text, Home home, std::span<char> out);

}  // namespace sipward::numbering

#endif  // SIPWARD_NUMBERING_NUMBERING_H_
