#include "identity/claim_constraints.h"

#include <algorithm>

#include "identity/der.h"

namespace sipward::identity {
namespace {

// Reads parts and counts what they hold.
class Parts {
 public:
  explicit Parts(std::string_view contents) : reader_(contents) {}

  // [number] SEQUENCE SIZE (1..MAX) OF claim names; true if it is absent.
  bool TakeNames(unsigned number, std::vector<std::string>* names) {
    return TakePart(number,
                    [&](DerReader* items) { return TakeText(items, der::kIa5String, names); });
  }

  bool TakePermitted(unsigned number, std::vector<ClaimConstraints::Permitted>* all) {
    return TakePart(number, [&](DerReader* items) {
      const auto item = items->Take(der::kSequence);
      if (!item) return false;
      DerReader pair(*item);
      std::vector<std::string> claim;
      if (!TakeText(&pair, der::kIa5String, &claim)) return false;
      const auto values = pair.TakeLast(der::kSequence);
      if (!values || values->empty()) return false;
      ClaimConstraints::Permitted permitted{.claim = std::move(claim[0]), .values = {}};
      DerReader texts(*values);
      while (!texts.empty()) {
        if (!TakeText(&texts, der::kUtf8String, &permitted.values)) return false;
      }
      all->push_back(std::move(permitted));
      return true;
    });
  }

  // Something was there, and nothing is left.
  bool Done() const { return any_ && reader_.empty(); }

 private:
  template <typename TakeItem>
  bool TakePart(unsigned number, TakeItem take_item) {
    if (!reader_.At(der::Explicit(number))) return true;
    const auto part = reader_.Take(der::Explicit(number));
    if (!part) return false;
    const auto list = DerReader(*part).TakeLast(der::kSequence);
    if (!list || list->empty()) return false;
    DerReader items(*list);
    while (!items.empty()) {
      if (!take_item(&items)) return false;
    }
    any_ = true;
    return true;
  }

  bool TakeText(DerReader* reader, uint8_t tag, std::vector<std::string>* texts) {
    const auto text = reader->Take(tag);
    if (!text || ++count_ > ClaimConstraints::kMaxNames) return false;
    // Names are ASCII. An empty value is one that a claim can have; an empty name is none.
    const bool name = tag == der::kIa5String;
    if (name && (text->empty() || std::any_of(text->begin(), text->end(),
                                              [](char c) { return c <= ' ' || c > '~'; }))) {
      return false;
    }
    texts->emplace_back(*text);
    return true;
  }

  DerReader reader_;
  size_t count_ = 0;
  bool any_ = false;
};

}  // namespace

std::optional<ClaimConstraints> ClaimConstraints::Parse(std::string_view der, Form form) {
  const auto contents = DerReader(der).TakeLast(der::kSequence);
  if (!contents) return std::nullopt;
  Parts parts(*contents);
  ClaimConstraints read;
  if (!parts.TakeNames(0, &read.must_include)) return std::nullopt;
  if (!parts.TakePermitted(1, &read.permitted_values)) return std::nullopt;
  if (form == Form::kEnhanced && !parts.TakeNames(2, &read.must_exclude)) return std::nullopt;
  if (!parts.Done()) return std::nullopt;
  return read;
}

}  // namespace sipward::identity
