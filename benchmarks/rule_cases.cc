// Rules alone: the message is parsed and validated before, each evaluation begins with no field
// known.
#include <cstdio>
#include <cstdlib>

#include "benchmarks/corpus.h"
#include "benchmarks/engine_setup.h"
#include "benchmarks/generated_rules.h"
#include "state/state.h"

namespace sipward::bench {
namespace {

class RulesWorkload final : public Workload {
 public:
  explicit RulesWorkload(std::shared_ptr<const rules::RuleSet> rules)
      : rules_(std::move(rules)),
        region_(state::Region::Create(state::Region::kDefaultBytes, {})),
        evaluator_(*rules_, *region_, OpenTables()) {
    message_.Parse(Messages("invite").front(), {});
    message_.Validate();
    packet_.bytes = message_.bytes();
  }

  void Run(uint64_t messages) override {
    for (uint64_t i = 0; i < messages; ++i) {
      Advance(packet_, kBetweenMessages);
      event_.Reset(message_, packet_, false);
      evaluator_.Run(event_, &outcome_);
      Use(outcome_.hit_count);
    }
  }
  double Bytes() const override { return static_cast<double>(packet_.bytes.size()); }
  std::string Outcome() override {
    return std::to_string(rules_->rules().size()) + " rules, " +
           std::to_string(outcome_.hit_count) + " match";
  }

 private:
  std::vector<state::Region::Table> OpenTables() {
    std::vector<state::Region::Table> tables;
    for (const state::TableSpec& spec : rules_->tables()) {
      const auto table = region_->Open(spec);
      if (!table) {
        std::fprintf(stderr, "the region has no room for the tables of the rules\n");
        std::exit(2);
      }
      tables.push_back(*table);
    }
    return tables;
  }

  std::shared_ptr<const rules::RuleSet> rules_;
  std::unique_ptr<state::Region> region_;
  rules::Evaluator evaluator_;
  sip::Message message_;
  facts::Packet packet_ = MakePacket();
  facts::MessageEvent event_;
  rules::Outcome outcome_;
};

constexpr const char* kNote =
    "fields read anew from the parsed invite, every rule evaluated, every counter updated";

}  // namespace

void AddRuleCases(Catalogue& rows) {
  rows.push_back({"rules", "default-60", "sipward", kNote, [] {
                    return std::make_unique<RulesWorkload>(
                        CompileRules("default-60.ward", ReadBenchmarkFile("default-60.ward")));
                  }});
  for (const size_t count : kGeneratedSizes) {
    const std::string name = "rules-" + std::to_string(count);
    rows.push_back({"rules", name, "sipward", kNote, [count, name] {
                      return std::make_unique<RulesWorkload>(
                          CompileRules(name, GenerateWard(count)));
                    }});
  }
}

}  // namespace sipward::bench
