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
  uint16_t home;     // the main country of the code, in plan_homes; 0 of no country's
};

// Beginnings of what is dialled, as patterns: where each digit leads, and whether one may end here.
struct PrefixState {
  std::array<uint16_t, 10> next;
  bool accepts;
};
inline constexpr uint16_t kNoPrefix = 0;  // where nothing is accepted any more

// A way in which national numbers are dialled: digits that are taken off, digits behind them that
// are kept, digits behind these that are taken off. Each is a state in prefix_states.
struct PlanRule {
  uint16_t strip, keep, drop;
  bool whole;                  // nothing may follow
  std::array<char, 5> insert;  // in front of what is kept; its length stands last
};

// National numbers that are dialled without the 0 of their country: how they begin, a state in
// prefix_states, and how long they are, a bit of each length.
struct PlanBare {
  uint16_t begins;
  uint32_t lengths;
};

struct PlanHome {
  uint16_t place;          // in plan_places
  uint16_t international;  // prefixes, a state in prefix_states
  uint16_t emergency;      // numbers, likewise
  uint16_t first_rule;
  uint16_t first_bare;
  uint8_t rules;
  uint8_t bares;
  uint8_t shortest;  // digits that are dialled for a national number at least
  bool zero;         // a 0 stands in front of all other national numbers
  bool doubled;      // the plan has some numbers with what is dialled in front of them, too
  uint32_t lengths;  // that it may have, a bit of each
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
extern const PrefixState prefix_states[];
extern const PlanRule plan_rules[];
extern const PlanBare plan_bares[];
extern const uint16_t plan_home_count;
extern const PlanHome plan_homes[];  // the first of no country; by their codes

}  // namespace sipward::numbering

#endif  // SIPWARD_NUMBERING_PLAN_TABLE_H_
