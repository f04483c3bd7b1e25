// Headers whose values are a head and parameters: the rule of each, and the reference's reading.
#ifndef SIPWARD_TESTS_SIP_ORACLE_REFERENCE_ITEMS_H_
#define SIPWARD_TESTS_SIP_ORACLE_REFERENCE_ITEMS_H_

#include <span>
#include <string_view>
#include <vector>

#include "tests/sip/oracle/abnf.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {

// A parameter that has a rule of its own, which generic-param would let pass.
struct ItemParamRule {
  std::string_view name;
  Matcher value;
  bool mandatory = false;
  bool bare = false;  // it has no value
};

struct ItemRule {
  // How the values of a line are told apart.
  enum class Cut { kWhole, kCommas, kEveryComma, kEverySemicolon, kProducts, kRetryAfter };
  std::string_view name, compact;
  Matcher line;
  Cut cut = Cut::kWhole;
  bool params = false;
  std::vector<ItemParamRule> param_rules = {};
  // The number that the value is, or the words of it that are, must fit into 32 bits.
  bool numbers = false;
};

// The rule of the header of this name, long or compact; null if it has none.
ItemRule* FindItemRule(std::string_view name);
std::span<ItemRule> ItemRules();

// Holds the value against its rule, and takes it apart.
Judgement JudgeItems(std::string_view bytes, ItemRule* rule, Slice value,
                     std::vector<RefItem>* items);

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_REFERENCE_ITEMS_H_
