#include "lists/lists.h"

#include <utility>

#include "lists/cidr_set.h"
#include "lists/digit_trie.h"
#include "lists/domain_set.h"
#include "lists/pattern_engine.h"
#include "lists/text_set.h"

namespace sipward::lists {

struct Scratch::Impl {
  std::unique_ptr<PatternScratch> space;
};

Scratch::Scratch() : impl_(std::make_unique<Impl>()) {}
Scratch::~Scratch() = default;
Scratch::Scratch(Scratch&&) noexcept = default;
Scratch& Scratch::operator=(Scratch&&) noexcept = default;

struct List::Tables {
  CidrSet networks;
  DigitTrie prefixes;
  DomainSet domains;
  TextSet texts{false};
  std::unique_ptr<PatternEngine> patterns;  // null: the list is empty
};

namespace {

constexpr size_t kMaxListBytes = size_t{64} << 20;
constexpr size_t kMaxPatternBytes = 4096;

std::string WhyUnusable(const Entry& entry, Kind kind, size_t bytes_so_far) {
  if (entry.beyond_limit) return "the list is longer than 64 MiB or 4 million entries";
  if (entry.text.empty()) return "the entry is empty";
  if (entry.text.size() > kMaxListBytes - bytes_so_far) return "the list is longer than 64 MiB";
  if (kind != Kind::kPattern) return {};
  if (entry.text.size() > kMaxPatternBytes) return "a pattern has at most 4096 bytes";
  if (entry.text.find('\0') != std::string_view::npos) {
    return "a pattern cannot hold a zero byte; write \\x00";
  }
  return {};
}

}  // namespace

std::shared_ptr<const List> List::Build(Kind kind, bool nocase, const std::vector<Entry>& entries,
                                        EntryError* error, bool numbered) {
  EntryError unused;
  if (error == nullptr) error = &unused;
  std::shared_ptr<List> list(new List());
  list->kind_ = kind;
  list->size_ = entries.size();
  list->numbered_ = numbered;
  list->tables_ = std::make_unique<Tables>();
  Tables& tables = *list->tables_;
  tables.texts = TextSet(nocase);
  size_t bytes = 0;
  for (const Entry& entry : entries) {
    std::string why = WhyUnusable(entry, kind, bytes);
    if (why.empty()) {
      bytes += entry.text.size();
      switch (kind) {
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
          break;
      }
    }
    if (!why.empty()) {
      *error = {entry.line, entry.column, std::move(why)};
      return nullptr;
    }
  }
  tables.networks.Finish(numbered);
  tables.prefixes.Finish(numbered);
  tables.domains.Finish();
  tables.texts.Finish();
  if (kind == Kind::kPattern && !entries.empty()) {
    tables.patterns = PatternEngine::Compile(entries, nocase, error);
    if (tables.patterns == nullptr) return nullptr;
  }
  return list;
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
      return tables_->patterns != nullptr && scratch != nullptr && scratch->impl_ != nullptr &&
             tables_->patterns->Matches(text, scratch->impl_->space.get());
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
  if (tables_->patterns == nullptr) return true;
  if (scratch->impl_ == nullptr) scratch->impl_ = std::make_unique<Scratch::Impl>();
  return tables_->patterns->Prepare(&scratch->impl_->space);
}

}  // namespace sipward::lists
