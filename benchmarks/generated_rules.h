// Any number of rules of the kind that sites write by the thousand: one literal or network each.
// The same number gives the same text.
#ifndef SIPWARD_BENCHMARKS_GENERATED_RULES_H_
#define SIPWARD_BENCHMARKS_GENERATED_RULES_H_

#include <array>
#include <cstddef>
#include <string>

namespace sipward::bench {

inline constexpr std::array<size_t, 3> kGeneratedSizes = {100, 1'000, 10'000};

// Of every 20 rules: 6 look for a word in User-Agent, 4 for the first digits of the called number,
// 3 for a caller, 2 for a source network, 2 for a called domain, 2 for the end of the Call-ID, one
// for a regular expression in User-Agent. None matches the messages of the benchmarks.
std::string GenerateWard(size_t rules);
// The same with a word where the regular expression stands.
std::string GenerateLiteralWard(size_t rules);
// A regular expression in each: five shapes over User-Agent, Call-ID, caller and called domain.
std::string GenerateExpressionWard(size_t rules);
// The same literals, looked for in the bytes of the whole message.
std::string GenerateYara(size_t rules);
// The same conditions on the same headers.
std::string GenerateModsecurity(size_t rules);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_GENERATED_RULES_H_
