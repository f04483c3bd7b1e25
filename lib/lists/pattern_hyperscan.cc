#include <hs.h>

#include <cstdlib>
#include <limits>
#include <numeric>
#include <string>
#include <utility>

#include "lists/pattern_engine.h"

namespace sipward::lists {
namespace {

struct HyperscanScratch : PatternScratch {
  ~HyperscanScratch() override { hs_free_scratch(space); }
  hs_scratch_t* space = nullptr;
};

int StopAtFirst(unsigned, unsigned long long, unsigned long long, unsigned, void*) { return 1; }

class HyperscanEngine : public PatternEngine {
 public:
  explicit HyperscanEngine(hs_database_t* database) : database_(database) {}
  ~HyperscanEngine() override { hs_free_database(database_); }
  HyperscanEngine(const HyperscanEngine&) = delete;
  HyperscanEngine& operator=(const HyperscanEngine&) = delete;

  bool Prepare(std::unique_ptr<PatternScratch>* scratch) const override {
    if (*scratch == nullptr) *scratch = std::make_unique<HyperscanScratch>();
    auto* own = static_cast<HyperscanScratch*>(scratch->get());
    return hs_alloc_scratch(database_, &own->space) == HS_SUCCESS;
  }

  bool Matches(std::string_view text, PatternScratch* scratch) const override {
    if (scratch == nullptr || text.size() > std::numeric_limits<unsigned>::max()) return false;
    // An empty view may hold a null pointer, which hs_scan refuses; no pattern matches the empty
    // text.
    if (text.empty()) return false;
    auto* own = static_cast<HyperscanScratch*>(scratch);
    return hs_scan(database_, text.data(), static_cast<unsigned>(text.size()), 0, own->space,
                   StopAtFirst, nullptr) == HS_SCAN_TERMINATED;
  }

 private:
  hs_database_t* database_;
};

constexpr char kMatchesAll[] = "the pattern matches the empty text and so would match everything";

std::string Explain(hs_compile_error_t* compile_error) {
  if (compile_error == nullptr) return "out of memory while compiling";
  const std::string reason = compile_error->message;
  hs_free_compile_error(compile_error);
  if (reason.find("matches empty buffer") != std::string::npos) return kMatchesAll;
  return "the pattern cannot be used: " + reason;
}

// Empty if the pattern alone is fine. hs_compile lets through some that match the empty text, such
// as ^a*.
std::string WhyUnusable(const char* pattern, unsigned flags) {
  hs_expr_info_t* info = nullptr;
  hs_compile_error_t* compile_error = nullptr;
  if (hs_expression_info(pattern, flags, &info, &compile_error) != HS_SUCCESS) {
    return Explain(compile_error);
  }
  const bool matches_all = info->min_width == 0;
  std::free(info);
  return matches_all ? kMatchesAll : std::string();
}

}  // namespace

std::unique_ptr<PatternEngine> PatternEngine::Compile(const std::vector<Entry>& entries,
                                                      bool nocase, EntryError* error) {
  const unsigned flag = HS_FLAG_SINGLEMATCH | HS_FLAG_DOTALL | (nocase ? HS_FLAG_CASELESS : 0u);
  std::vector<std::string> texts;  // Hyperscan wants terminated strings
  texts.reserve(entries.size());
  std::vector<const char*> patterns;
  patterns.reserve(entries.size());
  for (const Entry& entry : entries) {
    patterns.push_back(texts.emplace_back(entry.text).c_str());
    std::string why = WhyUnusable(patterns.back(), flag);
    if (why.empty()) continue;
    *error = {entry.line, entry.column, std::move(why)};
    return nullptr;
  }
  const std::vector<unsigned> flags(entries.size(), flag);
  // Numbers of their own: patterns that share one are compared with each other, and 10,000 take a
  // minute instead of a second.
  std::vector<unsigned> numbers(entries.size());
  std::iota(numbers.begin(), numbers.end(), 0u);
  hs_database_t* database = nullptr;
  hs_compile_error_t* compile_error = nullptr;
  const auto count = static_cast<unsigned>(patterns.size());
  if (hs_compile_multi(patterns.data(), flags.data(), numbers.data(), count, HS_MODE_BLOCK, nullptr,
                       &database, &compile_error) == HS_SUCCESS) {
    return std::make_unique<HyperscanEngine>(database);
  }
  const int culprit = compile_error == nullptr ? -1 : compile_error->expression;
  const bool known = culprit >= 0 && static_cast<size_t>(culprit) < entries.size();
  const Entry& entry = entries[known ? static_cast<size_t>(culprit) : 0];
  *error = {entry.line, entry.column, Explain(compile_error)};
  return nullptr;
}

}  // namespace sipward::lists
