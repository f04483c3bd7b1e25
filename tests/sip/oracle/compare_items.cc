#include <algorithm>

#include "tests/sip/oracle/compare.h"
#include "tests/sip/oracle/reference_items.h"

namespace sipward::oracle {

void Comparison::Items() {
  for (const ItemRule& rule : ItemRules()) {
    std::vector<RefItem> want;
    bool good = true;
    for (const RefHeader& header : reference_.headers) {
      if (header.item_rule != &rule) continue;
      good = good && header.judgement == Judgement::kWellFormed && header.name_good;
      want.insert(want.end(), header.items.begin(), header.items.end());
    }
    if (!good) continue;
    const auto got = message_.items(sip::FindHeader(rule.name));
    const std::string name(rule.name);
    if (want.size() != got.size()) {
      Note(name + ": number of values");
      continue;
    }
    for (size_t i = 0; i < want.size(); ++i) {
      Same(want[i].text, got[i].text, name);
      Same(want[i].value, got[i].value, name + " value");
      Same(want[i].params, got[i].params, name + " params");
      Params(want[i].param_list, got[i].params, ';', name);
    }
  }
}

}  // namespace sipward::oracle
