#include "numbering/numbering.h"

#include <algorithm>
#include <array>
#include <iterator>

#include "base/ascii.h"
#include "numbering/plan_table.h"

namespace sipward::numbering {
namespace {

constexpr std::string_view kTypeNames[] = {
    "no_number", "unallocated", "fixed",       "mobile",    "fixed_or_mobile",
    "premium",   "toll_free",   "shared_cost", "voip",      "personal",
    "pager",     "uan",         "voicemail",   "satellite", "emergency"};
static_assert(std::size(kTypeNames) == kNumberTypes && kNumberTypes <= 16);

const PlanPlace& PlaceOf(uint16_t packed) { return plan_places[packed >> 5]; }

std::string_view TextOf(const std::array<char, 4>& text) {
  return {text.data(), static_cast<size_t>(text[3])};
}

}  // namespace

std::span<const std::string_view> NumberTypeNames() { return kTypeNames; }

std::string_view Number::country() const { return TextOf(PlaceOf(packed_).country); }
std::string_view Number::calling_code() const { return TextOf(PlaceOf(packed_).code); }
std::string_view Number::region() const { return plan_regions[PlaceOf(packed_).region]; }

bool IsCountry(std::string_view country) {
  return std::any_of(plan_places + 1, plan_places + plan_place_count,
                     [&](const PlanPlace& place) { return TextOf(place.country) == country; });
}

std::vector<std::string_view> Regions() {
  return {plan_regions + 1, plan_regions + plan_region_count};
}

Number Find(std::string_view digits) {
  const char* at = digits.data();
  const char* const end = at + digits.size();
  uint16_t state = plan_root;
  while (state < plan_state_count && at != end) {
    const auto digit = static_cast<uint8_t>(*at - '0');
    if (digit > 9) return {};
    state = plan_states[state].next[digit];
    ++at;
  }
  uint16_t outcome = 0;
  if (state < plan_state_count) {
    outcome = plan_states[state].outcome;
  } else {
    if (!std::all_of(at, end, IsDigit)) return {};
    const PlanTail& tail = plan_tails[state - plan_state_count];
    outcome =
        plan_outcomes[std::min<size_t>(tail.first + static_cast<size_t>(end - at), tail.last)];
  }
  const Number number = Number::Unpack(outcome);
  // So few digits are a short number or a part of one, whatever they begin with.
  const bool short_of = !number.valid() && digits.size() < PlaceOf(outcome).shortest;
  return short_of ? Number() : number;
}

}  // namespace sipward::numbering
