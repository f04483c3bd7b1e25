#include <algorithm>
#include <string_view>

#include "facts/facts.h"
#include "guard.h"
#include "numbering/numbering.h"
#include "struct_size.h"

namespace numbering = sipward::numbering;
using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

static_assert(static_cast<uint32_t>(numbering::NumberType::kNoNumber) == SIPWARD_NUMBER_NONE);
static_assert(static_cast<uint32_t>(numbering::NumberType::kPremium) == SIPWARD_NUMBER_PREMIUM);
static_assert(static_cast<uint32_t>(numbering::NumberType::kSatellite) == SIPWARD_NUMBER_SATELLITE);
static_assert(static_cast<uint32_t>(numbering::NumberType::kEmergency) == SIPWARD_NUMBER_EMERGENCY);
static_assert(numbering::kNumberTypes == SIPWARD_NUMBER_EMERGENCY + 1);
static_assert(numbering::kMaxDigits == SIPWARD_NUMBER_DIGITS);

extern "C" int32_t sipward_number_lookup(const char* number, size_t number_size,
                                         sipward_number_info* out) {
  if (!UsableBytes(number, number_size) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  char digits[sipward::facts::kMaxDigits];
  const numbering::Number found =
      numbering::Find(sipward::facts::DigitsOf(View(number, number_size), digits));
  sipward_number_info info{};
  info.type = static_cast<uint32_t>(found.type());
  info.type_name = Text(numbering::NumberTypeNames()[info.type]);
  info.country = Text(found.country());
  info.region = Text(found.region());
  info.calling_code = Text(found.calling_code());
  info.valid = found.valid() ? 1 : 0;
  WriteStruct(info, out);
  return SIPWARD_OK;
}

extern "C" int32_t sipward_number_country(const char* code, size_t code_size,
                                          sipward_text* country) {
  if (!UsableBytes(code, code_size) || !Usable(country)) return SIPWARD_ERR_ARGUMENT;
  *country = Text(numbering::Home::Of(View(code, code_size)).value_or(numbering::Home()).country());
  return SIPWARD_OK;
}

extern "C" int32_t sipward_number_canonical(const char* text, size_t text_size, const char* home,
                                            size_t home_size, char* out, size_t capacity,
                                            size_t* size) {
  if (!UsableBytes(text, text_size) || !UsableBytes(home, home_size) ||
      !UsableBytes(out, capacity) || !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const auto country = numbering::Home::Of(View(home, home_size));
  if (!country && home_size != 0) return SIPWARD_ERR_ARGUMENT;
  char digits[numbering::kMaxDigits];
  const std::string_view number =
      numbering::Canonical(View(text, text_size), country.value_or(numbering::Home()), digits);
  *size = number.size();
  if (number.size() > capacity) return SIPWARD_ERR_SPACE;
  std::copy(number.begin(), number.end(), out);
  return SIPWARD_OK;
}
