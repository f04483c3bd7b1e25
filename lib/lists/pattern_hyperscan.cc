#include <hs.h>

#include <cstdlib>
#include <limits>
#include <new>
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

struct DatabaseDeleter {
  void operator()(hs_database_t* database) const { hs_free_database(database); }
};
using Database = std::unique_ptr<hs_database_t, DatabaseDeleter>;

struct CompileErrorDeleter {
  void operator()(hs_compile_error_t* error) const { hs_free_compile_error(error); }
};
using CompileError = std::unique_ptr<hs_compile_error_t, CompileErrorDeleter>;

int StopAtFirst(unsigned, unsigned long long, unsigned long long, unsigned, void*) { return 1; }

struct Telling {
  uint32_t first;
  PatternSink* sink;
};
int Tell(unsigned number, unsigned long long, unsigned long long, unsigned, void* context) {
  const auto* telling = static_cast<const Telling*>(context);
  telling->sink->Found(telling->first + number);
  return 0;
}

class HyperscanEngine : public PatternEngine {
 public:
  explicit HyperscanEngine(Database database) : database_(std::move(database)) {}

  bool Prepare(std::unique_ptr<PatternScratch>* scratch) const override {
    if (*scratch == nullptr) *scratch = std::make_unique<HyperscanScratch>();
    auto* own = static_cast<HyperscanScratch*>(scratch->get());
    return hs_alloc_scratch(database_.get(), &own->space) == HS_SUCCESS;
  }

  bool Matches(std::string_view text, PatternScratch* scratch) const override {
    return Scan(text, scratch, StopAtFirst, nullptr) == HS_SCAN_TERMINATED;
  }

  void Find(std::string_view text, PatternScratch* scratch, uint32_t first,
            PatternSink* sink) const override {
    Telling telling{first, sink};
    Scan(text, scratch, Tell, &telling);
  }

 private:
  hs_error_t Scan(std::string_view text, PatternScratch* scratch, match_event_handler handler,
                  void* context) const {
    if (scratch == nullptr || text.size() > std::numeric_limits<unsigned>::max()) {
      return HS_INVALID;
    }
    // An empty view may hold a null pointer, which hs_scan refuses; no pattern matches the empty
    // text.
    if (text.empty()) return HS_SUCCESS;
    auto* own = static_cast<HyperscanScratch*>(scratch);
    return hs_scan(database_.get(), text.data(), static_cast<unsigned>(text.size()), 0, own->space,
                   handler, context);
  }

  Database database_;
};

constexpr char kMatchesAll[] = "the pattern matches the empty text and so would match everything";

// Throws if memory ran out: that is no fault of the pattern, but Hyperscan reports it as one, by
// its sentence alone.
std::string Explain(const CompileError& compile_error) {
  const std::string reason = compile_error == nullptr ? "" : compile_error->message;
  if (reason.empty() || reason.find("allocate memory") != std::string::npos) throw std::bad_alloc();
  if (reason.find("matches empty buffer") != std::string::npos) return kMatchesAll;
  return "the pattern cannot be used: " + reason;
}

constexpr unsigned kEach = HS_FLAG_SINGLEMATCH | HS_FLAG_DOTALL;

unsigned FlagsOf(bool nocase) { return nocase ? kEach | HS_FLAG_CASELESS : kEach; }

std::string Escaped(std::string_view literal) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string text;
  for (const char c : literal) {
    const auto byte = static_cast<uint8_t>(c);
    text += "\\x";
    text += kDigits[byte >> 4];
    text += kDigits[byte & 15];
  }
  return text;
}

}  // namespace

// hs_compile lets through some that match the empty text, such as ^a*.
std::string PatternEngine::WhyUnusable(const std::string& expression, bool nocase) {
  hs_expr_info_t* info = nullptr;
  hs_compile_error_t* compile_error = nullptr;
  if (hs_expression_info(expression.c_str(), FlagsOf(nocase), &info, &compile_error) !=
      HS_SUCCESS) {
    return Explain(CompileError(compile_error));
  }
  const bool matches_all = info->min_width == 0;
  std::free(info);
  return matches_all ? kMatchesAll : std::string();
}

std::unique_ptr<PatternEngine> PatternEngine::Compile(std::span<const Pattern> patterns,
                                                      Failure* failure) {
  std::vector<std::string> escaped;
  escaped.reserve(patterns.size());
  std::vector<const char*> texts;  // Hyperscan wants terminated strings
  std::vector<unsigned> flags;
  for (const Pattern& pattern : patterns) {
    flags.push_back(FlagsOf(pattern.nocase));
    texts.push_back(pattern.literal ? escaped.emplace_back(Escaped(pattern.text)).c_str()
                                    : pattern.text.c_str());
  }
  // Numbers of their own: patterns that share one are compared with each other, and 10,000 take a
  // minute instead of a second.
  std::vector<unsigned> numbers(patterns.size());
  std::iota(numbers.begin(), numbers.end(), 0u);
  hs_database_t* database = nullptr;
  hs_compile_error_t* why = nullptr;
  const auto count = static_cast<unsigned>(patterns.size());
  const hs_error_t status = hs_compile_multi(texts.data(), flags.data(), numbers.data(), count,
                                             HS_MODE_BLOCK, nullptr, &database, &why);
  Database compiled(database);
  const CompileError compile_error(why);
  if (status == HS_SUCCESS) return std::make_unique<HyperscanEngine>(std::move(compiled));
  const int culprit = compile_error == nullptr ? -1 : compile_error->expression;
  if (culprit >= 0 && static_cast<size_t>(culprit) < patterns.size()) {
    failure->pattern = static_cast<size_t>(culprit);
  }
  failure->message = Explain(compile_error);
  return nullptr;
}

}  // namespace sipward::lists
