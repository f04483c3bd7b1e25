// Events made by hand, and rule sets with all that they need to run.
#ifndef SIPWARD_TESTS_RULES_SUPPORT_H_
#define SIPWARD_TESTS_RULES_SUPPORT_H_

#include <algorithm>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "rules/rules.h"

namespace sipward::rules::testing {

using facts::FieldId;
using facts::Value;

// An event whose facts are what the test says; what it does not say is absent, or 0, or empty.
class FakeEvent final : public facts::Event {
 public:
  explicit FakeEvent(facts::EventKind kind = facts::EventKind::kRequest, Nanos now = kSecond) {
    Restart(kind, now);
    values_[FieldId::kSrcIp] = Value::Ip(*IpAddress::Parse("192.0.2.1"));
    values_[FieldId::kSrcNet] = Value::Net(*Cidr::Parse("192.0.2.0/24"));
    values_[FieldId::kSrcHost] = Value::Net(*Cidr::Parse("192.0.2.1/32"));
    values_[FieldId::kMethod] = Value::Int(static_cast<int64_t>(sip::Method::kInvite));
  }
  FakeEvent& Set(FieldId id, const Value& value) {
    values_[id] = value;
    return *this;
  }
  // `text` must outlive the event.
  FakeEvent& Set(FieldId id, std::string_view text) { return Set(id, Value::String(text)); }
  FakeEvent& Set(FieldId id, int64_t number) { return Set(id, Value::Int(number)); }
  FakeEvent& Source(std::string_view ip) {
    return Set(FieldId::kSrcIp, Value::Ip(*IpAddress::Parse(ip)));
  }
  FakeEvent& AddHeader(std::string_view name, std::string_view value) {
    headers_[std::string(name)] = value;
    return *this;
  }
  FakeEvent& AddAnomaly(sip::AnomalyId id) {
    anomalies_.insert(id);
    return *this;
  }
  // The same facts as a new event.
  void At(Nanos now) { Restart(kind(), now, strong_evidence()); }
  // Whether the source is proven.
  FakeEvent& Proven(bool proven) {
    Restart(kind(), now(), proven);
    return *this;
  }
  int computed() const { return computed_; }

  Value Header(std::string_view name) override {
    const auto found = headers_.find(name);
    return found == headers_.end() ? Value() : Value::String(found->second);
  }
  bool HasAnomaly(sip::AnomalyId id) override { return anomalies_.contains(id); }
  bool HasAnomalies() override { return !anomalies_.empty(); }

 private:
  Value Compute(FieldId id) override {
    ++computed_;
    const auto found = values_.find(id);
    if (found != values_.end()) return found->second;
    const facts::FieldInfo& info = facts::Describe(id);
    if (info.optional) return {};
    return info.type == facts::Type::kString ? Value::String("") : Value::Int(0);
  }

  std::map<FieldId, Value> values_;
  std::map<std::string, std::string, std::less<>> headers_;
  std::set<sip::AnomalyId> anomalies_;
  int computed_ = 0;
};

// A rule set that runs.
class Running {
 public:
  explicit Running(std::shared_ptr<const RuleSet> rules, Asking asking = Asking::kCandidates)
      : rules_(std::move(rules)), region_(state::Region::Create(kRegionBytes, {})) {
    for (const state::TableSpec& spec : rules_->tables()) tables_.push_back(*region_->Open(spec));
    evaluator_ = std::make_unique<Evaluator>(*rules_, *region_, tables_, asking);
  }
  const Outcome& Run(facts::Event& event) {
    evaluator_->Run(event, &outcome_);
    return outcome_;
  }
  // Names of the rules that match.
  std::vector<std::string> Hits(facts::Event& event) {
    Run(event);
    std::vector<std::string> names;
    for (size_t i = 0; i < outcome_.hit_count; ++i) {
      names.push_back(rules_->rules()[outcome_.hits[i].rule].name);
    }
    return names;
  }
  const RuleSet& rules() const { return *rules_; }
  Evaluator& evaluator() { return *evaluator_; }
  state::Region& region() { return *region_; }
  const std::vector<state::Region::Table>& tables() const { return tables_; }

 private:
  static constexpr uint64_t kRegionBytes = 64u << 20;
  std::shared_ptr<const RuleSet> rules_;
  std::unique_ptr<state::Region> region_;
  std::vector<state::Region::Table> tables_;
  std::unique_ptr<Evaluator> evaluator_;
  Outcome outcome_;
};

inline Options SmallTables() {
  Options options;
  options.table_capacity = 1024;
  return options;
}

// Compiles one text; every diagnostic goes to `diagnostics` if it is given.
inline std::shared_ptr<const RuleSet> Compile(std::string_view text,
                                              std::vector<Diagnostic>* diagnostics = nullptr,
                                              const Options& options = SmallTables()) {
  Compiler compiler(options);
  compiler.AddRules("site.ward", text);
  auto rules = compiler.Build();
  if (diagnostics != nullptr) {
    diagnostics->assign(compiler.diagnostics().begin(), compiler.diagnostics().end());
  }
  return rules;
}

// A rule named t that alerts when the condition holds.
inline std::string RuleOf(std::string_view condition, std::string_view on = "request") {
  return "version 1\nrule t {\n  on " + std::string(on) + "\n  when " + std::string(condition) +
         "\n  then alert\n}\n";
}

}  // namespace sipward::rules::testing

#endif  // SIPWARD_TESTS_RULES_SUPPORT_H_
