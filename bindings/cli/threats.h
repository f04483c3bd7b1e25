// What rules are about, in the words of people who answer for telephone calls.
#ifndef SIPWARD_BINDINGS_CLI_THREATS_H_
#define SIPWARD_BINDINGS_CLI_THREATS_H_

#include <cstddef>
#include <string_view>

namespace sipward::cli {

struct Threat {
  std::string_view name;   // "Phishing"
  std::string_view about;  // a sentence
};

// What the rules of the default pack look for, in an order for reports; then what rules of the site
// look for, and what sources do that are banned. The last of all is no threat: what rules need to
// know of accounts.
inline constexpr size_t kThreats = 18;
inline constexpr size_t kNoThreat = kThreats - 1;

const Threat& ThreatAt(size_t index);

// By the name of a rule: "phish.link" is about phishing. "-" is a verdict without a rule.
size_t ThreatOf(std::string_view rule);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_THREATS_H_
