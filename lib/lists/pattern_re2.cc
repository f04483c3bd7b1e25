// RE2 keeps its automata in a cache that it fills while it scans: here lookups may allocate, up to
// kCacheBytes for each set.
#include <re2/re2.h>
#include <re2/set.h>

#include <string>
#include <utility>
#include <vector>

#include "base/ascii.h"
#include "lists/pattern_engine.h"

namespace sipward::lists {
namespace {

constexpr int64_t kCacheBytes = int64_t{256} << 20;

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

struct Re2Scratch : PatternScratch {
  std::vector<int> found;
};

RE2::Options OptionsOf(bool nocase) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_dot_nl(true);
  options.set_case_sensitive(!nocase);
  options.set_log_errors(false);
  return options;
}

// RE2 would fold all of Latin-1, a literal folds ASCII.
std::string Escaped(const Pattern& pattern) {
  std::string text;
  for (const char c : pattern.text) {
    if (pattern.nocase && IsAlpha(c)) {
      const char lower = ToLower(c);
      text += {'[', lower, static_cast<char>(lower - 'a' + 'A'), ']'};
    } else {
      text += RE2::QuoteMeta(Piece({&c, 1}));
    }
  }
  return text;
}

class Re2Engine : public PatternEngine {
 public:
  Re2Engine(const RE2::Options& options, std::span<const Pattern> patterns)
      : set_(options, RE2::UNANCHORED) {
    for (const Pattern& pattern : patterns) {
      const std::string text = pattern.literal  ? Escaped(pattern)
                               : pattern.nocase ? "(?i:" + pattern.text + ")"
                                                : pattern.text;
      set_.Add(Piece(text), nullptr);
      singly_.push_back(std::make_unique<RE2>(Piece(text), OptionsOf(false)));
    }
    compiled_ = set_.Compile();
  }
  bool compiled() const { return compiled_; }

  // RE2 locks its own cache and needs no space of the caller's.
  bool Prepare(std::unique_ptr<PatternScratch>* scratch) const override {
    if (*scratch == nullptr) *scratch = std::make_unique<Re2Scratch>();
    return true;
  }

  bool Matches(std::string_view text, PatternScratch* scratch) const override {
    if (scratch == nullptr) return false;
    RE2::Set::ErrorInfo info{};
    if (set_.Match(Piece(text), nullptr, &info)) return true;
    if (info.kind == RE2::Set::kNoError) return false;
    for (const auto& pattern : singly_) {
      if (RE2::PartialMatch(Piece(text), *pattern)) return true;
    }
    return false;
  }

  void Find(std::string_view text, PatternScratch* scratch, uint32_t first,
            PatternSink* sink) const override {
    if (scratch == nullptr || text.empty()) return;
    std::vector<int>& found = static_cast<Re2Scratch*>(scratch)->found;
    RE2::Set::ErrorInfo info{};
    if (set_.Match(Piece(text), &found, &info)) {
      for (const int number : found) sink->Found(first + static_cast<uint32_t>(number));
    } else if (info.kind != RE2::Set::kNoError) {
      for (size_t i = 0; i < singly_.size(); ++i) {
        if (RE2::PartialMatch(Piece(text), *singly_[i])) {
          sink->Found(first + static_cast<uint32_t>(i));
        }
      }
    }
  }

 private:
  RE2::Set set_;
  std::vector<std::unique_ptr<RE2>> singly_;  // for texts that exhaust the set's cache
  bool compiled_ = false;
};

}  // namespace

std::string PatternEngine::WhyUnusable(const std::string& expression, bool nocase) {
  const RE2 pattern(Piece(expression), OptionsOf(nocase));
  if (!pattern.ok()) return "the pattern cannot be used: " + pattern.error();
  if (!RE2::PartialMatch("", pattern)) return {};
  return "the pattern matches the empty text and so would match everything";
}

std::unique_ptr<PatternEngine> PatternEngine::Compile(std::span<const Pattern> patterns,
                                                      Failure* failure) {
  RE2::Options options = OptionsOf(false);
  options.set_max_mem(kCacheBytes);
  auto engine = std::make_unique<Re2Engine>(options, patterns);
  if (engine->compiled()) return engine;
  failure->message = "the patterns together are too large";
  return nullptr;
}

}  // namespace sipward::lists
