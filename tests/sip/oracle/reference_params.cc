#include <span>

#include "base/ascii.h"
#include "tests/sip/oracle/grammar.h"
#include "tests/sip/oracle/reference_parser.h"

namespace sipward::oracle {
namespace {

struct ParamRule {
  std::string_view name;
  Matcher Matchers::*rule;
  bool value_needed = true;
};
constexpr ParamRule kViaRules[] = {{"branch", &Matchers::token},
                                   {"maddr", &Matchers::host},
                                   {"received", &Matchers::received},
                                   {"rport", &Matchers::digits, false},
                                   {"ttl", &Matchers::ttl}};
constexpr ParamRule kFromAndToRules[] = {{"tag", &Matchers::token}};
constexpr ParamRule kContactRules[] = {{"expires", &Matchers::digits}, {"q", &Matchers::qvalue}};

bool Follow(std::string_view bytes, const std::vector<RefParam>& params,
            std::span<const ParamRule> rules) {
  for (const RefParam& param : params) {
    for (const ParamRule& rule : rules) {
      if (!EqualsIgnoreCase(param.name.In(bytes.data()), rule.name)) continue;
      if (!param.value.present()) {
        if (rule.value_needed) return false;
      } else if (!(Matchers::Get().*rule.rule).Matches(param.value.In(bytes.data()))) {
        return false;
      }
    }
  }
  return true;
}

}  // namespace

bool ParamsFollowTheirRules(std::string_view bytes, const RefHeader& header) {
  for (const RefVia& via : header.vias) {
    if (!Follow(bytes, via.param_list, kViaRules)) return false;
  }
  std::span<const ParamRule> rules;
  if (header.id == RefHeader::Id::kFrom || header.id == RefHeader::Id::kTo) rules = kFromAndToRules;
  if (header.id == RefHeader::Id::kContact) rules = kContactRules;
  for (const RefAddress& address : header.addresses) {
    if (!Follow(bytes, address.param_list, rules)) return false;
  }
  return true;
}

}  // namespace sipward::oracle
