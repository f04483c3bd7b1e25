// One form of all that a number is written in.
#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "base/ascii.h"
#include "numbering/number_text.h"
#include "numbering/numbering.h"
#include "numbering/plan_table.h"

namespace sipward::numbering {
namespace {

// Digits that a rule may put in front: a calling code, and the longest of what is inserted.
constexpr size_t kMostInFront = 8;
constexpr std::string_view kCommonPrefix = "00";

// Lengths of beginnings that a pattern accepts, a bit of each.
uint32_t Accepted(uint16_t state, std::string_view digits) {
  uint32_t lengths = 0;
  for (size_t at = 0; state != kNoPrefix && at < 32; ++at) {
    if (prefix_states[state].accepts) lengths |= uint32_t{1} << at;
    if (at == digits.size()) break;
    state = prefix_states[state].next[static_cast<size_t>(digits[at] - '0')];
  }
  return lengths;
}

// Takes the longest length out.
size_t TakeLongest(uint32_t* lengths) {
  const auto longest = static_cast<size_t>(31 - __builtin_clz(*lengths));
  *lengths &= ~(uint32_t{1} << longest);
  return longest;
}

size_t PlaceOf(Number number) { return number.packed() >> 5; }

std::string_view TextOf(const std::array<char, 4>& text) {
  return {text.data(), static_cast<size_t>(text[3])};
}

// The digits of one number, and room for another form of it.
class Forms {
 public:
  explicit Forms(std::string_view digits) : digits_(digits) {}

  // How the number reads with its calling code in front; empty if in no way.
  std::string_view International(std::string_view digits);
  // How it reads as it is dialled in a country.
  std::string_view National(const PlanHome& home);

 private:
  enum class Wanted : uint8_t { kValid, kPossible };

  std::string_view Written(const PlanHome& home, std::string_view digits, Wanted wanted);
  std::string_view ByRule(const PlanHome& home, const PlanRule& rule, std::string_view digits,
                          Wanted wanted);
  std::string_view Abroad(const PlanHome& home, Wanted wanted);
  std::string_view Unallocated(const PlanHome& home);
  std::string_view Join(std::string_view code, std::string_view insert, std::string_view kept,
                        std::string_view rest);

  std::string_view digits_;
  std::array<char, kMaxDigits + kMostInFront> room_;
};

std::string_view CodeOf(const PlanHome& home) { return TextOf(plan_places[home.place].code); }

bool IsPossible(const PlanHome& home, size_t length) {
  return length < 32 && (home.lengths >> length & 1) != 0;
}

std::string_view Forms::Join(std::string_view code, std::string_view insert, std::string_view kept,
                             std::string_view rest) {
  char* at = room_.data();
  for (const std::string_view part : {code, insert, kept, rest}) {
    at = std::copy(part.begin(), part.end(), at);
  }
  return {room_.data(), static_cast<size_t>(at - room_.data())};
}

// The rule takes digits off in one way or, where its patterns are of several lengths, in more: the
// first that is wanted, longer prefixes first.
std::string_view Forms::ByRule(const PlanHome& home, const PlanRule& rule, std::string_view digits,
                               Wanted wanted) {
  const std::string_view code = CodeOf(home);
  const std::string_view insert{rule.insert.data(), static_cast<size_t>(rule.insert.back())};
  for (uint32_t strip = Accepted(rule.strip, digits); strip != 0;) {
    const std::string_view behind = digits.substr(TakeLongest(&strip));
    for (uint32_t keep = Accepted(rule.keep, behind); keep != 0;) {
      const std::string_view kept = behind.substr(0, TakeLongest(&keep));
      for (uint32_t drop = Accepted(rule.drop, behind.substr(kept.size())); drop != 0;) {
        const std::string_view rest = behind.substr(kept.size() + TakeLongest(&drop));
        if (rule.whole && !rest.empty()) continue;
        // Nothing is taken off.
        if (kept.size() + rest.size() == digits.size() && insert.empty()) continue;
        const std::string_view joined = Join(code, insert, kept, rest);
        const bool good = wanted == Wanted::kValid ? Find(joined).valid()
                                                   : IsPossible(home, joined.size() - code.size());
        if (good) return joined;
      }
    }
  }
  return {};
}

// A national number, without what is dialled in front of it; empty if there is nothing of it.
std::string_view Forms::Written(const PlanHome& home, std::string_view digits, Wanted wanted) {
  std::string_view joined;
  for (size_t i = 0; i < home.rules && joined.empty(); ++i) {
    joined = ByRule(home, plan_rules[home.first_rule + i], digits, wanted);
  }
  if (joined.empty() || !home.doubled) return joined;
  // What is left may be a number with something in front of it, still. It gets shorter each time.
  std::array<char, kMaxDigits + kMostInFront> kept;
  const std::string_view code = CodeOf(home);
  const auto end = std::copy(joined.begin() + static_cast<std::ptrdiff_t>(code.size()),
                             joined.end(), kept.begin());
  const std::string_view left{kept.data(), static_cast<size_t>(end - kept.begin())};
  const std::string_view again = Written(home, left, wanted);
  return again.empty() ? Join(code, {}, {}, left) : again;
}

std::string_view Forms::International(std::string_view digits) {
  const Number number = Find(digits);
  if (number == Number()) return {};
  const PlanPlace& place = plan_places[PlaceOf(number)];
  const PlanHome& home = plan_homes[place.home];
  if (place.home == 0 || (number.valid() && !home.doubled)) return digits;
  const std::string_view national = digits.substr(TextOf(place.code).size());
  const std::string_view valid = Written(home, national, Wanted::kValid);
  if (!valid.empty()) return valid;
  if (number.valid()) return digits;
  const std::string_view possible = Written(home, national, Wanted::kPossible);
  return possible.empty() ? digits : possible;
}

// Behind an international prefix of the country.
std::string_view Forms::Abroad(const PlanHome& home, Wanted wanted) {
  for (uint32_t lengths = Accepted(home.international, digits_) & ~1u; lengths != 0;) {
    const std::string_view number = International(digits_.substr(TakeLongest(&lengths)));
    if (number.empty() || (wanted == Wanted::kValid && !Find(number).valid())) continue;
    return number;
  }
  return {};
}

// Whether people dial it without the 0 that stands in front of other numbers.
bool IsBare(const PlanHome& home, std::string_view digits) {
  if (!home.zero) return true;
  const PlanBare* first = plan_bares + home.first_bare;
  return std::any_of(first, first + home.bares, [&](const PlanBare& bare) {
    return digits.size() < 32 && (bare.lengths >> digits.size() & 1) != 0 &&
           Accepted(bare.begins, digits) != 0;
  });
}

bool IsValid(std::string_view number) { return !number.empty() && Find(number).valid(); }

std::string_view Forms::National(const PlanHome& home) {
  std::string_view number = Abroad(home, Wanted::kValid);
  if (!number.empty()) return number;
  number = Written(home, digits_, Wanted::kValid);
  if (!number.empty()) return number;
  // Where nobody dials such a number without its 0, a + is missing rather than that.
  const bool bare = IsBare(home, digits_);
  for (const bool national : {bare, !bare}) {
    number = national ? Join(CodeOf(home), {}, {}, digits_) : International(digits_);
    if (IsValid(number)) return number;
  }
  if (digits_.starts_with(kCommonPrefix)) {
    number = International(digits_.substr(kCommonPrefix.size()));
    if (IsValid(number)) return number;
  }
  return Unallocated(home);
}

// No plan has such a number.
std::string_view Forms::Unallocated(const PlanHome& home) {
  std::string_view number = Abroad(home, Wanted::kPossible);
  if (!number.empty()) return number;
  number = Written(home, digits_, Wanted::kPossible);
  if (!number.empty()) return number;
  const bool closed = (home.lengths & (home.lengths - 1)) == 0;
  return closed && IsPossible(home, digits_.size()) ? Join(CodeOf(home), {}, {}, digits_) : digits_;
}

std::string_view Copy(std::string_view digits, std::span<char> out) {
  if (digits.size() > out.size()) return {};
  std::memcpy(out.data(), digits.data(), digits.size());
  return {out.data(), digits.size()};
}

// A number in the context of another: phone-context=+49 (RFC 3966 section 5.1.5).
std::string_view InContext(const NumberText& text, std::span<char> out) {
  std::array<char, 2 * kMaxDigits> joined;
  char* end = std::copy(text.context().begin(), text.context().end(), joined.data());
  end = std::copy(text.digits().begin(), text.digits().end(), end);
  const std::string_view digits{joined.data(), static_cast<size_t>(end - joined.data())};
  if (digits.size() > kMaxDigits) return {};
  // A short number of that country, as 911, is dialled without its code.
  const uint16_t home = plan_places[PlaceOf(Find(digits))].home;
  if (home == 0 || IsEmergency(text.digits(), Home::At(home))) return Copy(text.digits(), out);
  Forms forms(digits);
  return Copy(forms.International(digits), out);
}

}  // namespace

std::optional<Home> Home::Find(std::string_view country) {
  const auto end = plan_homes + plan_home_count;
  const auto found = std::lower_bound(plan_homes + 1, end, country,
                                      [](const PlanHome& home, std::string_view sought) {
                                        return TextOf(plan_places[home.place].country) < sought;
                                      });
  if (found == end || TextOf(plan_places[found->place].country) != country) return std::nullopt;
  return At(static_cast<uint16_t>(found - plan_homes));
}

std::optional<Home> Home::OfCallingCode(std::string_view code) {
  if (code.starts_with('+')) code.remove_prefix(1);
  for (size_t i = 1; i < plan_place_count; ++i) {
    const PlanPlace& place = plan_places[i];
    if (place.home != 0 && TextOf(place.code) == code) return At(place.home);
  }
  return std::nullopt;
}

std::optional<Home> Home::Of(std::string_view code) {
  const auto home = Find(code);
  return home ? home : OfCallingCode(code);
}

std::string_view Home::country() const {
  return index_ == 0 ? std::string_view() : TextOf(plan_places[plan_homes[index_].place].country);
}

bool IsEmergency(std::string_view digits, Home home) {
  constexpr size_t kLongest = 8;  // none has as many
  if (!home.known() || digits.empty() || digits.size() > kLongest) return false;
  if (!std::all_of(digits.begin(), digits.end(), IsDigit)) return false;
  return (Accepted(plan_homes[home.index()].emergency, digits) >> digits.size() & 1) != 0;
}

Number Find(std::string_view digits, Home home) {
  if (!IsEmergency(digits, home)) return Find(digits);
  const auto type = static_cast<unsigned>(NumberType::kEmergency);
  const unsigned place = plan_homes[home.index()].place;
  return Number::Unpack(static_cast<uint16_t>(place << 5 | 16u | type));
}

std::string_view Canonical(std::string_view written, Home home, std::span<char> out) {
  NumberText text;
  if (!text.Read(written)) return {};
  const std::string_view digits = text.digits();
  const bool complete = !home.known() && text.context().empty() && IsValid(digits);
  if (text.international() || complete) {
    Forms forms(digits);
    const std::string_view number = forms.International(digits);
    return Copy(number.empty() ? digits : number, out);
  }
  if (!text.context().empty()) return InContext(text, out);
  if (!home.known()) return Copy(digits, out);
  const PlanHome& plan = plan_homes[home.index()];
  if (IsEmergency(digits, home) || digits.size() < plan.shortest) return Copy(digits, out);
  Forms forms(digits);
  return Copy(forms.National(plan), out);
}

}  // namespace sipward::numbering
