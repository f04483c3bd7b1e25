// From texts to compiled rules, as a host loads them.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <utility>

#include "benchmarks/generated_rules.h"
#include "benchmarks/prefixes.h"
#include "benchmarks/workload.h"
#include "rules/rules.h"

namespace sipward::bench {
namespace {

constexpr size_t kRules = 10'000;

// One message is one load; what was loaded before is freed in it.
class LoadWorkload final : public Workload {
 public:
  LoadWorkload(std::string text, std::string_view file) : text_(std::move(text)), file_(file) {
    const size_t before = BytesAllocated();
    Run(1);
    kept_ = BytesAllocated() - before;
  }

  void Run(uint64_t loads) override {
    for (uint64_t i = 0; i < loads; ++i) {
      rules_ = nullptr;
      rules::Compiler compiler;
      compiler.AddRules("load.ward", text_);
      for (size_t f = 0; f < compiler.files().size(); ++f) compiler.SetFile(f, file_);
      rules_ = compiler.Build();
      if (rules_ != nullptr) continue;
      std::fprintf(stderr, "the rules of a load case cannot be compiled\n");
      std::exit(2);
    }
  }
  double Bytes() const override { return static_cast<double>(text_.size() + file_.size()); }
  std::string Outcome() override {
    return std::to_string(rules_->rules().size()) + " rules in " + std::to_string(kept_) + " bytes";
  }

 private:
  const std::string text_;
  const std::string_view file_;
  std::shared_ptr<const rules::RuleSet> rules_;
  size_t kept_ = 0;
};

constexpr char kPriceRule[] =
    "version 1\n"
    "list prices : prefix file \"prices.csv\" value price:int\n"
    "rule site.dear { on request when (prices[ruri.digits].price ?? 0) > 90 then alert }\n";

void AddLoad(Catalogue& rows, const char* name, const char* note,
             std::function<std::unique_ptr<Workload>()> make) {
  rows.push_back({"rules", name, "sipward", note, std::move(make), true});
}

}  // namespace

void AddLoadCases(Catalogue& rows) {
  AddLoad(rows, "load-literals", "10,000 rules of one literal each", [] {
    return std::make_unique<LoadWorkload>(GenerateLiteralWard(kRules), std::string_view());
  });
  AddLoad(rows, "load-expressions", "10,000 rules of one regular expression each", [] {
    return std::make_unique<LoadWorkload>(GenerateExpressionWard(kRules), std::string_view());
  });
  AddLoad(rows, "load-prefixes", "a rule with a list of 1,000,000 prefixes and their prices",
          [] { return std::make_unique<LoadWorkload>(kPriceRule, PrefixFile()); });
}

}  // namespace sipward::bench
