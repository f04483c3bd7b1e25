// The automaton that plan/make_plan.py writes: what it is, plan/plan.py says.
#ifndef SIPWARD_NUMBERING_PLAN_TABLE_H_
#define SIPWARD_NUMBERING_PLAN_TABLE_H_

#include <array>
#include <cstdint>

namespace sipward::numbering {

// An inner state: where each digit leads, and what a number that ends here is, packed.
struct PlanState {
  std::array<uint16_t, 10> next;
  uint16_t outcome;
};

// Where only the length matters: outcomes by the number of digits that follow; the last one is that
// of all longer numbers, too.
struct PlanTail {
  uint16_t first;  // in plan_outcomes
  uint16_t last;
};

// Texts without pointers, so that nothing of the table is touched before it is used.
struct PlanPlace {
  std::array<char, 4> country;  // its length stands last
  std::array<char, 4> code;
  uint8_t region;
  uint8_t shortest;  // digits that a number has at least
};

// States from plan_state_count on are tails.
extern const uint16_t plan_root;
extern const uint16_t plan_state_count;
extern const PlanState plan_states[];
extern const PlanTail plan_tails[];
extern const uint16_t plan_outcomes[];
extern const uint16_t plan_place_count;
extern const PlanPlace plan_places[];  // the first of no number
extern const uint16_t plan_region_count;
extern const char plan_regions[][16];

}  // namespace sipward::numbering

#endif  // SIPWARD_NUMBERING_PLAN_TABLE_H_
