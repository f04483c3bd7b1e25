// Telephone numbers: to which country one belongs, what sort of number it is, and whether the
// numbering plan of that country has it.
//
//   const sipward::PhoneNumber number("+18765230123");
//   if (number.country() != "US" && number.type() == sipward::NumberType::kPremium) ...
#ifndef SIPWARD_NUMBER_H_
#define SIPWARD_NUMBER_H_

#include <sipward.h>

#include <cstdint>
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

}  // namespace sipward

#endif  // SIPWARD_NUMBER_H_
