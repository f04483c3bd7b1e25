// What the grammars of items do not say themselves: the shape of each, and the parameters that have
// rules of their own. Internal to this folder.
#ifndef SIPWARD_SIP_ITEM_RULES_H_
#define SIPWARD_SIP_ITEM_RULES_H_

#include <span>
#include <string_view>

#include "sip/items.h"
#include "sip/machines.h"
#include "sip/scan.h"

namespace sipward::sip {

struct ItemShape {
  MachineResult (*match)(const char* base, Slice text);  // null: cut by hand
  char separator;                                        // between values; 0: the line is one value
  bool has_params;
  bool bare;  // quotes and brackets do not shield separators
};
const ItemShape& ShapeOf(ItemGrammar grammar);

enum class ParamRule : uint8_t { kDigits, kQuoted, kToken, kRefresher, kQvalue, kFlag, kUri };
struct ParamForm {
  std::string_view name;
  ParamRule rule;
  bool mandatory = false;
};
// The parameters of this grammar that have a rule of their own.
std::span<const ParamForm> FormsOf(ItemGrammar grammar);
// The place of the byte that breaks the rule, or kNoMark.
uint32_t FindRuleError(const char* base, const Param& param, ParamRule rule);

// `at` is at '(': the offset behind the ')' that belongs to it, or 0. Notes `malformed` where
// brackets do not close and pairs are none, and comment.too_deep.
uint32_t SkipComment(const char* base, uint32_t at, uint32_t end, const Limits& limits,
                     AnomalyId malformed, Diagnosis& diagnosis);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_ITEM_RULES_H_
