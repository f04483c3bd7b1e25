// Collects what is wrong with rule texts, with the places, and keeps the texts.
#ifndef SIPWARD_RULES_DIAGNOSTICS_H_
#define SIPWARD_RULES_DIAGNOSTICS_H_

#include <deque>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

#include "rules/rules.h"
#include "rules/token.h"

namespace sipward::rules {

class Diagnostics {
 public:
  explicit Diagnostics(uint32_t limit) : limit_(limit) {}

  // Keeps a text; returns its number, which spans carry.
  uint32_t AddSource(std::string_view name, std::string_view text);
  const std::string& Name(uint32_t file) const { return sources_[file].name; }
  std::string_view Text(uint32_t file) const { return sources_[file].text; }
  std::string_view Text(const Span& span) const {
    return Text(span.file).substr(span.offset, span.length);
  }
  // The same with each run of white space as one space.
  std::string OneLine(const Span& span) const;
  // "site.ward:14:31"
  std::string Place(const Span& span) const;
  uint32_t Line(const Span& span) const;

  // The same code at the same place is kept once: a macro that is used ten times is wrong once.
  void Error(std::string_view code, const Span& span, std::string message, std::string hint = "");
  void Warning(std::string_view code, const Span& span, std::string message, std::string hint = "");
  // An error of a file as a whole.
  void FileError(std::string_view code, uint32_t file, std::string message);
  // An error inside a list file, which is no source.
  void ListError(std::string_view code, std::string_view path, std::string_view text, uint32_t line,
                 uint32_t column, std::string message);

  bool has_errors() const { return error_count_ != 0; }
  size_t error_count() const { return error_count_; }
  // Errors in the order of files and places, then warnings; at most `limit` together.
  std::vector<Diagnostic> Sorted() const;
  // Forgets what was reported after the first `errors` and all warnings: a second Build begins
  // anew.
  void Rewind(size_t errors);

  // How much there is now, to go back to when memory runs out on the way.
  struct Mark {
    size_t sources, errors, warnings, error_count;
  };
  Mark Now() const;
  void GoBackTo(const Mark& mark) noexcept;

 private:
  struct Source {
    std::string name, text;
    std::vector<uint32_t> lines;  // where each begins
  };
  struct Position {
    uint32_t line = 1;
    uint32_t column = 1;
    std::string_view source_line;
  };
  Position Locate(const Span& span) const;
  struct Entry {
    Diagnostic diagnostic;
    uint32_t file = 0;
  };
  void Add(Severity severity, std::string_view code, const Span& span, std::string message,
           std::string hint);
  void Keep(Severity severity, Entry entry);

  uint32_t limit_;
  size_t error_count_ = 0;
  std::deque<Source> sources_;
  std::vector<Entry> errors_, warnings_;
  std::set<std::tuple<std::string, uint32_t, uint32_t>> seen_;
};

// The candidate nearest to `name` by edit distance, or "" if none is near enough to be meant.
std::string_view Nearest(std::string_view name, std::span<const std::string_view> candidates);
// "Did you mean 'x'?" or "".
std::string DidYouMean(std::string_view name, std::span<const std::string_view> candidates);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_DIAGNOSTICS_H_
