#include "engine/generation.h"

#include <utility>

namespace sipward::engine {

std::shared_ptr<const Generation> Generation::Create(std::shared_ptr<const rules::RuleSet> rules,
                                                     std::shared_ptr<state::Region> region,
                                                     uint64_t number, const Generation* before,
                                                     Misfit* misfit) {
  const std::shared_ptr<Generation> made(new Generation());
  made->number_ = number;
  made->rules_ = std::move(rules);
  made->region_ = std::move(region);
  made->tables_.reserve(made->rules_->tables().size());
  for (const state::TableSpec& spec : made->rules_->tables()) {
    const auto table = made->region_->Open(spec);
    if (!table) {
      if (misfit != nullptr) {
        *misfit = {spec.signature, state::TableBytes(spec), made->region_->LargestRoom()};
      }
      return nullptr;
    }
    made->tables_.push_back(*table);
  }
  for (const rules::RuleInfo& rule : made->rules_->rules()) {
    made->rule_by_name_.emplace(std::string_view(rule.name).substr(0, state::kBanReasonBytes),
                                &rule);
    made->rule_by_number_.emplace(NumberOf(rule), &rule);
  }
  made->TakeTallies(before);
  return made;
}

void Generation::TakeTallies(const Generation* before) {
  std::unordered_map<std::string_view, std::shared_ptr<RuleTally>> known;
  for (size_t i = 0; before != nullptr && i < before->tallies_.size(); ++i) {
    known.emplace(before->rules_->rules()[i].name, before->tallies_[i]);
  }
  tallies_.reserve(rules_->rules().size());
  for (const rules::RuleInfo& rule : rules_->rules()) {
    const auto found = known.find(rule.name);
    if (found != known.end()) {
      tallies_.push_back(found->second);
      continue;
    }
    tallies_.push_back(std::make_shared<RuleTally>());
    tallies_.back()->since = number_;
  }
}

Generation::~Generation() {
  for (const state::Region::Table table : tables_) region_->Close(table);
}

const rules::RuleInfo* Generation::FindRule(std::string_view name) const {
  const auto found = rule_by_name_.find(name);
  return found == rule_by_name_.end() ? nullptr : found->second;
}

const rules::RuleSet::Dynamic* Generation::ListOf(uint32_t table) const {
  for (const rules::RuleSet::Dynamic& list : rules_->dynamic_lists()) {
    if (list.table == table) return &list;
  }
  return nullptr;
}

uint32_t Generation::NumberOf(const rules::RuleInfo& rule) {
  return static_cast<uint32_t>(KeyedHash64({}, rule.name));
}

const rules::RuleInfo* Generation::FindRule(uint32_t number) const {
  const auto found = rule_by_number_.find(number);
  return found == rule_by_number_.end() ? nullptr : found->second;
}

}  // namespace sipward::engine
