// A million number prefixes: numbers looked up in no order, so that each finds the caches as
// others left them.
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>

#include "benchmarks/prefixes.h"
#include "benchmarks/workload.h"
#include "lists/lists.h"

namespace sipward::bench {
namespace {

class PrefixWorkload final : public Workload {
 public:
  explicit PrefixWorkload(bool with_values) : with_values_(with_values) {
    const auto entries = lists::SplitEntries(PrefixFile(), lists::Kind::kPrefix, true);
    const size_t before = BytesAllocated();
    list_ = lists::List::Build(lists::Kind::kPrefix, false, entries, nullptr, with_values);
    if (list_ == nullptr || list_->size() != kPrefixes) {
      std::fprintf(stderr, "the list of prefixes is not what it should be\n");
      std::exit(2);
    }
    list_bytes_ = BytesAllocated() - before;
    NumbersToLookUp();
  }

  void Run(uint64_t numbers) override {
    const std::vector<std::string>& all = NumbersToLookUp();
    for (uint64_t i = 0; i < numbers; ++i) {
      const std::string& number = all[next_];
      const bool found = with_values_ ? list_->Find(number) != 0 : list_->Contains(number, nullptr);
      found_ += found ? 1 : 0;
      ++handled_;
      next_ = next_ + 1 == all.size() ? 0 : next_ + 1;
    }
    Use(found_);
  }
  // Less than all of them: the next round goes on where this one ended.
  uint64_t Round() const override { return 4096; }
  double Bytes() const override { return static_cast<double>(NumbersToLookUp().front().size()); }
  std::string Outcome() override {
    return std::to_string(found_ * 100 / handled_) + " % are found; " +
           std::to_string(list_->size()) + " prefixes take " + std::to_string(list_bytes_) +
           " bytes";
  }

 private:
  const bool with_values_;
  std::shared_ptr<const lists::List> list_;
  size_t list_bytes_ = 0;
  size_t next_ = 0;
  uint64_t found_ = 0, handled_ = 0;
};

}  // namespace

void AddListCases(Catalogue& rows) {
  rows.push_back({"rules", "prefixes-in", "sipward", "does the number begin with an entry",
                  [] { return std::make_unique<PrefixWorkload>(false); }});
  rows.push_back({"rules", "prefixes-value", "sipward", "the longest entry that it begins with",
                  [] { return std::make_unique<PrefixWorkload>(true); }});
}

}  // namespace sipward::bench
