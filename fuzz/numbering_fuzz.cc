// Telephone numbers: whatever stands there, what the look-up says of it holds together, and it has
// one form in every country.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/ascii.h"
#include "numbering/numbering.h"

namespace {

using sipward::numbering::Canonical;
using sipward::numbering::Find;
using sipward::numbering::Home;
using sipward::numbering::kMaxDigits;
using sipward::numbering::Number;
using sipward::numbering::NumberType;

void Require(bool condition) {
  if (!condition) std::abort();
}

bool AllDigits(std::string_view text) {
  for (const char c : text) {
    if (!sipward::IsDigit(c)) return false;
  }
  return true;
}

void Check(std::string_view text, Number number) {
  const bool none = number.type() == NumberType::kNoNumber;
  Require(none == (number == Number()));
  Require(none == number.country().empty() && none == number.region().empty() &&
          none == number.calling_code().empty());
  Require(static_cast<size_t>(number.type()) < sipward::numbering::NumberTypeNames().size());
  Require(Number::Unpack(number.packed()) == number);
  if (none) return;
  Require(AllDigits(text) && text.starts_with(number.calling_code()));
  Require(number.country().size() == (number.region() == "world" ? 3 : 2));
  const bool unallocated = number.type() == NumberType::kUnallocated;
  Require(!(number.valid() && unallocated));
  Require(number.valid() || unallocated || number.type() == NumberType::kSatellite);
  Require(!number.valid() || text.size() <= 20);
}

// One form: it is read as itself, and nothing of a text that is none is.
void CheckCanonical(std::string_view text, Home home) {
  std::array<char, kMaxDigits> room, again;
  const std::string_view number = Canonical(text, home, room);
  Require(number.size() <= room.size() && AllDigits(number));
  Require(number.empty() || text.size() >= 1);
  Require(Find(number, home).type() == NumberType::kEmergency ||
          Find(number, home) == Find(number));
  if (!Find(number).valid()) return;
  const std::string written = "+" + std::string(number);
  if (written.size() > kMaxDigits) return;
  Require(Canonical(written, home, again) == number);
  Require(Canonical(written, Home(), again) == number);
  Require(Canonical("tel:" + written + ";ext=1", home, again) == number);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const Number number = Find(text);
  Check(text, number);
  // What follows a number changes nothing of its calling code; what is no digit leaves no number.
  std::string longer(text);
  for (char digit = '0'; digit <= '9'; ++digit) {
    longer.push_back(digit);
    const Number next = Find(longer);
    Check(longer, next);
    if (!number.country().empty()) Require(next.calling_code() == number.calling_code());
    if (digit % 2 == 0) longer.pop_back();
  }
  longer.push_back('+');
  Require(Find(longer) == Number());
  constexpr std::string_view kHomes[] = {"DE", "US", "GB", "AR", "BR",
                                         "CN", "MX", "IT", "RU", "AG"};
  for (const std::string_view home : kHomes) CheckCanonical(text, *Home::Find(home));
  CheckCanonical(text, Home());
  return 0;
}
