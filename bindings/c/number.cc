#include "facts/facts.h"
#include "guard.h"
#include "numbering/numbering.h"
#include "struct_size.h"

namespace numbering = sipward::numbering;
using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

static_assert(static_cast<uint32_t>(numbering::NumberType::kNoNumber) == SIPWARD_NUMBER_NONE);
static_assert(static_cast<uint32_t>(numbering::NumberType::kPremium) == SIPWARD_NUMBER_PREMIUM);
static_assert(static_cast<uint32_t>(numbering::NumberType::kSatellite) == SIPWARD_NUMBER_SATELLITE);
static_assert(numbering::kNumberTypes == SIPWARD_NUMBER_SATELLITE + 1);

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
