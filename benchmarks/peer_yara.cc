// YARA: literals and regular expressions looked for in the whole message, in one scan.
#include <yara.h>

#include <cstdio>
#include <cstdlib>

#include "benchmarks/corpus.h"
#include "benchmarks/generated_rules.h"

namespace sipward::bench {
namespace {

int CountMatch(YR_SCAN_CONTEXT*, int message, void*, void* user) {
  if (message == CALLBACK_MSG_RULE_MATCHING) ++*static_cast<int*>(user);
  return CALLBACK_CONTINUE;
}

class YaraWorkload final : public MessageWorkload {
 public:
  explicit YaraWorkload(const std::string& text) : MessageWorkload("invite") {
    yr_initialize();
    YR_COMPILER* compiler = nullptr;
    yr_compiler_create(&compiler);
    if (yr_compiler_add_string(compiler, text.c_str(), nullptr) != 0 ||
        yr_compiler_get_rules(compiler, &rules_) != ERROR_SUCCESS ||
        yr_scanner_create(rules_, &scanner_) != ERROR_SUCCESS) {
      std::fprintf(stderr, "yara does not take the rules\n");
      std::exit(2);
    }
    yr_compiler_destroy(compiler);
    yr_scanner_set_callback(scanner_, CountMatch, &matches_);
  }
  ~YaraWorkload() override {
    yr_scanner_destroy(scanner_);
    yr_rules_destroy(rules_);
    yr_finalize();
  }
  std::string Outcome() override {
    matches_ = 0;
    Run(1);
    return std::to_string(rules_->num_rules) + " rules, " + std::to_string(matches_) + " match";
  }

 private:
  bool Handle(std::string_view bytes) override {
    return yr_scanner_scan_mem(scanner_, reinterpret_cast<const uint8_t*>(bytes.data()),
                               bytes.size()) == ERROR_SUCCESS;
  }

  YR_RULES* rules_ = nullptr;
  YR_SCANNER* scanner_ = nullptr;
  int matches_ = 0;
};

constexpr const char* kNote =
    "the literals and patterns of the same rules looked for in the whole message; reads no fields, "
    "knows no headers, counts nothing over time";

}  // namespace

void AddYaraCases(Catalogue& rows) {
  rows.push_back({"rules", "default-60", "yara", kNote, [] {
                    return std::make_unique<YaraWorkload>(ReadBenchmarkFile("default-60.yar"));
                  }});
  for (const size_t count : kGeneratedSizes) {
    rows.push_back({"rules", "rules-" + std::to_string(count), "yara", kNote,
                    [count] { return std::make_unique<YaraWorkload>(GenerateYara(count)); }});
  }
}

}  // namespace sipward::bench
