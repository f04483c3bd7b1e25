// Values of events in tests, as texts give them.
#ifndef SIPWARD_RULES_TEST_CASE_H_
#define SIPWARD_RULES_TEST_CASE_H_

#include <cstdint>
#include <deque>
#include <optional>
#include <string>
#include <string_view>

#include "facts/facts.h"

namespace sipward::rules {

// What stands for the number of the repetition in a text.
inline constexpr std::string_view kRepetition = "{n}";

// The text with the number put in.
std::string Numbered(std::string_view text, uint32_t number);
// What a field of this type holds for a text, as lists and hosts write it; nothing if the text is
// none of this type. An empty text is an absent value.
std::optional<facts::Value> ParseFact(std::string_view text, facts::Type type,
                                      std::deque<std::string>* texts);
// Seconds, as 1700000000 or 12.5, or a duration, as 90s.
std::optional<Nanos> ParseMoment(std::string_view text);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_TEST_CASE_H_
