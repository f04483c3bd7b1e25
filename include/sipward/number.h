// Telephone numbers: to which country one belongs, what sort of number it is, whether the numbering
// plan of that country has it, and the one form of all that it is written in.
//
//   const sipward::PhoneNumber number("+18765230123");
//   if (number.country() != "US" && number.type() == sipward::NumberType::kPremium) ...
//
//   const auto key = sipward::CanonicalNumber::Of("030 123456", "DE");  // 4930123456
#ifndef SIPWARD_NUMBER_H_
#define SIPWARD_NUMBER_H_

#include <sipward.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "sipward/handle.h"

namespace sipward {

enum class NumberType : uint32_t {
  kNone = SIPWARD_NUMBER_NONE,  // not in E.164 form: nothing, a short number, no country code
  kUnallocated = SIPWARD_NUMBER_UNALLOCATED,  // the plan of its country has no such number
  kFixed = SIPWARD_NUMBER_FIXED,
  kMobile = SIPWARD_NUMBER_MOBILE,
  kFixedOrMobile = SIPWARD_NUMBER_FIXED_OR_MOBILE,  // the plan does not say which
  kPremium = SIPWARD_NUMBER_PREMIUM,
  kTollFree = SIPWARD_NUMBER_TOLL_FREE,
  kSharedCost = SIPWARD_NUMBER_SHARED_COST,
  kVoip = SIPWARD_NUMBER_VOIP,
  kPersonal = SIPWARD_NUMBER_PERSONAL,
  kPager = SIPWARD_NUMBER_PAGER,
  kUan = SIPWARD_NUMBER_UAN,  // a company's number for the whole of a country
  kVoicemail = SIPWARD_NUMBER_VOICEMAIL,
  kSatellite = SIPWARD_NUMBER_SATELLITE,
  kEmergency = SIPWARD_NUMBER_EMERGENCY,  // a short number for help: of rules that know their home
};

// What is known of a number in E.164 form: digits with the country calling code in front; a leading
// + and the separators -.() are skipped. A plain value; its texts live as long as the library.
class PhoneNumber {
 public:
  explicit PhoneNumber(std::string_view number) noexcept : info_{} {
    info_.struct_size = sizeof info_;
    // It fails for sizes alone that no number has.
    if (sipward_number_lookup(number.data(), number.size(), &info_) != SIPWARD_OK) {
      sipward_number_lookup(nullptr, 0, &info_);
    }
  }

  NumberType type() const noexcept { return static_cast<NumberType>(info_.type); }
  // As rules write it: "mobile".
  std::string_view type_name() const noexcept { return detail::View(info_.type_name); }
  // ISO 3166-1 code; "001" of numbers that are no country's; empty if it is no number.
  std::string_view country() const noexcept { return detail::View(info_.country); }
  // Part of the world: "europe", "caribbean"; "world" of 001.
  std::string_view region() const noexcept { return detail::View(info_.region); }
  std::string_view calling_code() const noexcept { return detail::View(info_.calling_code); }
  // The plan has such a number. Whether it is in use, nobody can tell.
  bool valid() const noexcept { return info_.valid != 0; }

 private:
  sipward_number_info info_;
};

// The country that a code means: an ISO 3166-1 code, or a calling code with a + or without; its ISO
// code, which lives as long as the library, and empty if there is none.
inline std::string_view CountryOf(std::string_view code) noexcept {
  sipward_text country{};
  const int32_t status = sipward_number_country(code.data(), code.size(), &country);
  return status == SIPWARD_OK ? detail::View(country) : std::string_view();
}

// The digits of a number's E.164 form, without the +: one form of all that it is written in, as
// sipward_number_canonical says. A plain value.
class CanonicalNumber {
 public:
  // `home`: the country from which numbers are dialled, as CountryOf takes it; if it is empty,
  // digits without a + stay as they are. Nothing if there is no such country.
  static std::optional<CanonicalNumber> Of(std::string_view text,
                                           std::string_view home = {}) noexcept {
    CanonicalNumber number;
    const int32_t status =
        sipward_number_canonical(text.data(), text.size(), home.data(), home.size(), number.digits_,
                                 sizeof number.digits_, &number.size_);
    if (status != SIPWARD_OK) return std::nullopt;
    return number;
  }

  // Empty if the text was no number.
  std::string_view digits() const noexcept { return {digits_, size_}; }

 private:
  CanonicalNumber() noexcept = default;

  char digits_[SIPWARD_NUMBER_DIGITS] = {};
  size_t size_ = 0;
};

}  // namespace sipward

#endif  // SIPWARD_NUMBER_H_
