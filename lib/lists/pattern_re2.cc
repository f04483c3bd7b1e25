// RE2 keeps its automata in a cache that it fills while it scans: here lookups may allocate, up to
// kCacheBytes for each list.
#include <re2/re2.h>
#include <re2/set.h>

#include <string>

#include "lists/pattern_engine.h"

namespace sipward::lists {
namespace {

constexpr int64_t kCacheBytes = int64_t{256} << 20;

re2::StringPiece Piece(std::string_view text) { return {text.data(), text.size()}; }

class Re2Engine : public PatternEngine {
 public:
  Re2Engine(const RE2::Options& options, const std::vector<Entry>& entries)
      : set_(options, RE2::UNANCHORED) {
    for (const Entry& entry : entries) {
      set_.Add(Piece(entry.text), nullptr);
      singly_.push_back(std::make_unique<RE2>(Piece(entry.text), options));
    }
    compiled_ = set_.Compile();
  }
  bool compiled() const { return compiled_; }

  // RE2 locks its own cache and needs no space of the caller's.
  bool Prepare(std::unique_ptr<PatternScratch>* scratch) const override {
    if (*scratch == nullptr) *scratch = std::make_unique<PatternScratch>();
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

 private:
  RE2::Set set_;
  std::vector<std::unique_ptr<RE2>> singly_;  // for texts that exhaust the set's cache
  bool compiled_ = false;
};

}  // namespace

std::unique_ptr<PatternEngine> PatternEngine::Compile(const std::vector<Entry>& entries,
                                                      bool nocase, EntryError* error) {
  RE2::Options options;
  options.set_encoding(RE2::Options::EncodingLatin1);
  options.set_dot_nl(true);
  options.set_case_sensitive(!nocase);
  options.set_log_errors(false);
  for (const Entry& entry : entries) {
    const RE2 pattern(Piece(entry.text), options);
    if (!pattern.ok()) {
      *error = {entry.line, entry.column, "the pattern cannot be used: " + pattern.error()};
      return nullptr;
    }
    if (RE2::PartialMatch("", pattern)) {
      *error = {entry.line, entry.column,
                "the pattern matches the empty text and so would match everything"};
      return nullptr;
    }
  }
  options.set_max_mem(kCacheBytes);
  auto engine = std::make_unique<Re2Engine>(options, entries);
  if (engine->compiled()) return engine;
  *error = {entries[0].line, entries[0].column, "the patterns together are too large"};
  return nullptr;
}

}  // namespace sipward::lists
