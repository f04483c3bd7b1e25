// Lists that rules look things up in: networks, number prefixes, domains, exact texts, patterns.
//
// A list is built once, from text, and is then immutable and thread-safe. Lookups allocate nothing.
#ifndef SIPWARD_LISTS_LISTS_H_
#define SIPWARD_LISTS_LISTS_H_

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"

namespace sipward::lists {

enum class Kind : uint8_t { kCidr, kPrefix, kDomain, kExact, kPattern };
std::string_view KindName(Kind kind);  // "cidr" ...
std::optional<Kind> FindKind(std::string_view name);

inline constexpr size_t kMostName = 253;   // RFC 1035, Section 2.3.4, as text without the root
inline constexpr size_t kMostDigits = 64;  // of a prefix
// Whether a list of this kind, domain or prefix, can have this entry.
bool IsEntry(Kind kind, std::string_view text);

// What is wrong with an entry.
struct EntryError {
  uint32_t line = 0;    // from 1, in a file; index of the entry, from 1, in an inline list
  uint32_t column = 0;  // in bytes, from 1
  std::string message;
};

// Entries out of a list file: one a line, white space around it left out, empty lines and lines
// that begin with '#' skipped; `# ...` behind white space ends an entry (not in pattern lists,
// where # may be part of the pattern). A byte order mark is skipped. Bounded: 64 MiB, 4 million
// entries; a file beyond that ends with an entry that Build refuses, so that nothing is cut off in
// silence.
struct Entry {
  std::string_view text;
  uint32_t line = 0;
  uint32_t column = 0;
  bool beyond_limit = false;  // stands for the rest of a file that is too long
  std::string_view values{};  // what stands behind the first comma, if values were asked for
  uint32_t values_column = 0;
};
// `with_values`: a line is an entry and, behind commas, its values; an entry cannot hold a comma.
std::vector<Entry> SplitEntries(std::string_view file, Kind kind, bool with_values = false);

// The values of an entry, cut at commas, white space around them left out. One in double quotes may
// hold commas, and quotes by doubling them (RFC 4180). False and *error (its line is not set) where
// a quote is not closed or something stands behind it.
struct Cell {
  std::string text;
  uint32_t column = 0;  // in the line
};
bool SplitCells(const Entry& entry, std::vector<Cell>* cells, EntryError* error);

// Working memory of pattern lists: one for each thread, grown when rules are loaded, never while
// scanning.
class Scratch {
 public:
  Scratch();
  ~Scratch();
  Scratch(Scratch&&) noexcept;
  Scratch& operator=(Scratch&&) noexcept;

 private:
  friend class PatternSet;
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

struct Pattern {
  std::string text;
  bool nocase = false;   // ASCII letters match in either case
  bool literal = false;  // the text itself, not an expression; not empty
};

// Which pattern of a set is wrong, and why.
struct PatternError {
  size_t pattern = 0;
  std::string message;
};

class PatternSieve;

// Told which patterns are found.
class PatternSink {
 public:
  virtual ~PatternSink() = default;
  virtual void Found(uint32_t pattern) = 0;
};

// Many patterns, looked for in one pass over a text. Immutable and thread-safe. The syntax is that
// of pattern lists, below.
class PatternSet {
 public:
  // Why the pattern cannot be used, or nothing. What is too large together or as compiled shows
  // only in Build.
  static std::string WhyUnusable(const Pattern& pattern);
  // Of patterns that WhyUnusable lets through. Null and *error if it cannot be compiled.
  static std::shared_ptr<const PatternSet> Build(std::vector<Pattern> patterns,
                                                 PatternError* error);
  ~PatternSet();
  // The same compiled patterns, for who looks for some of them alone, by their numbers: others are
  // told of too where they are found, but texts in which none of these can be are not scanned.
  std::shared_ptr<const PatternSet> NarrowedTo(const std::vector<uint32_t>& numbers) const;

  const std::vector<Pattern>& patterns() const;
  // Makes a scratch fit for scanning this set. Load time. False if memory ran out.
  bool Prepare(Scratch* scratch) const;
  // Whether any pattern is found; with a scratch that was not prepared, none is.
  bool Matches(std::string_view text, Scratch* scratch) const;
  // Tells of each pattern that is found once, in no order.
  void Find(std::string_view text, Scratch* scratch, PatternSink* sink) const;

 private:
  struct Compiled;
  PatternSet(std::shared_ptr<const Compiled> compiled, const std::vector<Pattern>& sifted);

  std::shared_ptr<const Compiled> compiled_;
  std::unique_ptr<const PatternSieve> sieve_;
};

class List {
 public:
  // Builds a list; nullptr and *error (may be null) if an entry is unusable. `nocase`: ASCII
  // letters match in either case (exact, pattern; domains always do). Entries may repeat; no
  // entries make a list that matches nothing. The entries' texts need not outlive the call.
  // Patterns are PCRE without backreferences and lookaround, on bytes; `.` matches a line feed too.
  // A pattern that matches the empty text is refused, as it would match everything.
  // `numbered`: Find will be asked; not of patterns.
  static std::shared_ptr<const List> Build(Kind kind, bool nocase,
                                           const std::vector<Entry>& entries, EntryError* error,
                                           bool numbered = false);
  // A pattern list whose entries are checked but not compiled: it is there for its patterns(), and
  // matches nothing by itself. What is too large as compiled shows only where that is done.
  static std::shared_ptr<const List> Uncompiled(bool nocase, const std::vector<Entry>& entries,
                                                EntryError* error);
  ~List();

  Kind kind() const { return kind_; }
  size_t size() const { return size_; }  // entries that it was built from

  // cidr: the address lies in one of the networks. False for other kinds. Two binary searches at
  // most.
  bool Contains(const IpAddress& ip) const;
  // cidr: the network and one of the list's have an address in common.
  bool Touches(const Cidr& net) const;
  // prefix: the text begins with an entry (a leading + on either side is ignored). domain: the text
  // is an entry or ends in
  // '.' and an entry. exact: the text is an entry. pattern: an entry is found anywhere in the text;
  // needs a scratch that was prepared for this list (false without one). False for cidr.
  bool Contains(std::string_view text, Scratch* scratch) const;
  // The entry that says most of the address or text, by its number from 1: the narrowest network,
  // the longest prefix, the longest domain, the equal text; of equal entries the first. 0: Contains
  // is false, or the list was not built for this.
  uint32_t Find(const IpAddress& ip) const;
  uint32_t Find(std::string_view text) const;
  // Makes a scratch fit for scanning this list. Load time. False if memory ran out.
  bool Prepare(Scratch* scratch) const;

  // pattern: its entries, and the set made of them: null if there are none or it is uncompiled.
  std::span<const Pattern> patterns() const;
  const std::shared_ptr<const PatternSet>& pattern_set() const;

 private:
  List(Kind kind, bool nocase, size_t size);
  bool Fill(bool nocase, const std::vector<Entry>& entries, EntryError* error);
  struct Tables;
  Kind kind_ = Kind::kExact;
  size_t size_ = 0;
  bool numbered_ = false;
  std::unique_ptr<Tables> tables_;
};

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_LISTS_H_
