#include "lists/lists.h"

#include <utility>

#include "lists/cidr_set.h"
#include "lists/digit_trie.h"
#include "lists/domain_set.h"
#include "lists/text_set.h"

namespace sipward::lists {

struct List::Tables {
  CidrSet networks;
  DigitTrie prefixes;
  DomainSet domains;
  TextSet texts{false};
  std::vector<Pattern> patterns;
  std::shared_ptr<const PatternSet> pattern_set;  // null: the list is empty or uncompiled
};

namespace {

constexpr size_t kMaxListBytes = size_t{64} << 20;

std::string WhyUnusable(const Entry& entry, size_t bytes_so_far) {
  if (entry.beyond_limit) return "the list is longer than 64 MiB or 4 million entries";
  if (entry.text.empty()) return "the entry is empty";
  if (entry.text.size() > kMaxListBytes - bytes_so_far) return "the list is longer than 64 MiB";
  return {};
}

}  // namespace

bool IsEntry(Kind kind, std::string_view text) {
  return kind == Kind::kPrefix ? DigitTrie::IsPrefix(text)
                               : kind == Kind::kDomain && DomainSet::IsName(text);
}

List::List(Kind kind, bool nocase, size_t size)
    : kind_(kind), size_(size), tables_(std::make_unique<Tables>()) {
  tables_->texts = TextSet(nocase);
}

std::shared_ptr<const List> List::Build(Kind kind, bool nocase, const std::vector<Entry>& entries,
                                        EntryError* error, bool numbered) {
  EntryError unused;
  if (error == nullptr) error = &unused;
  std::shared_ptr<List> list(new List(kind, nocase, entries.size()));
  list->numbered_ = numbered;
  if (!list->Fill(nocase, entries, error)) return nullptr;
  Tables& tables = *list->tables_;
  tables.networks.Finish(numbered);
  tables.prefixes.Finish(numbered);
  tables.domains.Finish();
  tables.texts.Finish();
  if (kind != Kind::kPattern || entries.empty()) return list;
  PatternError failure;
  tables.pattern_set = PatternSet::Build(tables.patterns, &failure);
  if (tables.pattern_set != nullptr) return list;
  const Entry& entry = entries[failure.pattern];
  *error = {entry.line, entry.column, std::move(failure.message)};
  return nullptr;
}

std::shared_ptr<const List> List::Uncompiled(bool nocase, const std::vector<Entry>& entries,
                                             EntryError* error) {
  std::shared_ptr<List> list(new List(Kind::kPattern, nocase, entries.size()));
  return list->Fill(nocase, entries, error) ? list : nullptr;
}

bool List::Fill(bool nocase, const std::vector<Entry>& entries, EntryError* error) {
  Tables& tables = *tables_;
  size_t bytes = 0;
  for (const Entry& entry : entries) {
    std::string why = WhyUnusable(entry, bytes);
    if (why.empty()) {
      bytes += entry.text.size();
      switch (kind_) {
        case Kind::kCidr:
          tables.networks.Add(entry.text, &why);
          break;
        case Kind::kPrefix:
          tables.prefixes.Add(entry.text, &why);
          break;
        case Kind::kDomain:
          tables.domains.Add(entry.text, &why);
          break;
        case Kind::kExact:
          tables.texts.Add(entry.text);
          break;
        case Kind::kPattern:
          tables.patterns.push_back({std::string(entry.text), nocase, false});
          why = PatternSet::WhyUnusable(tables.patterns.back());
          break;
      }
    }
    if (!why.empty()) {
      *error = {entry.line, entry.column, std::move(why)};
      return false;
    }
  }
  return true;
}

List::~List() = default;

bool List::Contains(const IpAddress& ip) const {
  return kind_ == Kind::kCidr && tables_->networks.Contains(ip);
}

bool List::Touches(const Cidr& net) const {
  return kind_ == Kind::kCidr && tables_->networks.Touches(net);
}

bool List::Contains(std::string_view text, Scratch* scratch) const {
  switch (kind_) {
    case Kind::kCidr:
      return false;
    case Kind::kPrefix:
      return tables_->prefixes.Contains(text);
    case Kind::kDomain:
      return tables_->domains.Contains(text);
    case Kind::kExact:
      return tables_->texts.Find(text) != 0;
    case Kind::kPattern:
      return tables_->pattern_set != nullptr && tables_->pattern_set->Matches(text, scratch);
  }
  return false;
}

uint32_t List::Find(const IpAddress& ip) const {
  return numbered_ && kind_ == Kind::kCidr ? tables_->networks.Find(ip) : 0;
}

uint32_t List::Find(std::string_view text) const {
  if (!numbered_) return 0;
  switch (kind_) {
    case Kind::kPrefix:
      return tables_->prefixes.Find(text);
    case Kind::kDomain:
      return tables_->domains.Find(text);
    case Kind::kExact:
      return tables_->texts.Find(text);
    case Kind::kCidr:
    case Kind::kPattern:
      return 0;
  }
  return 0;
}

bool List::Prepare(Scratch* scratch) const {
  return tables_->pattern_set == nullptr || tables_->pattern_set->Prepare(scratch);
}

std::span<const Pattern> List::patterns() const { return tables_->patterns; }

const std::shared_ptr<const PatternSet>& List::pattern_set() const { return tables_->pattern_set; }

}  // namespace sipward::lists
