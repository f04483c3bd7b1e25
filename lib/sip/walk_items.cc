#include <array>

#include "sip/item_rules.h"
#include "sip/walk.h"
#include "sip/walk_parts.h"

namespace sipward::sip {
namespace {

// What stands before the parameters of an ordinary item; the first five have none.
enum class Head : uint8_t {
  kRare,
  kText,
  kOneToken,
  kTokens,  // between commas
  kProducts,
  kToken,
  kMedia,
  kDigits,
  kEvent,
  kIdentity,
};

constexpr Head HeadOf(ItemGrammar grammar) {
  switch (grammar) {
    case ItemGrammar::kText:
      return Head::kText;
    case ItemGrammar::kToken:
      return Head::kOneToken;
    case ItemGrammar::kTokens:
    case ItemGrammar::kTokensOrNone:
      return Head::kTokens;
    case ItemGrammar::kProducts:
      return Head::kProducts;
    case ItemGrammar::kAcceptEncoding:
    case ItemGrammar::kDisposition:
    case ItemGrammar::kSubscription:
    case ItemGrammar::kReason:
      return Head::kToken;
    case ItemGrammar::kMediaType:
    case ItemGrammar::kAccept:
      return Head::kMedia;
    case ItemGrammar::kSessionExpires:
    case ItemGrammar::kMinSe:
      return Head::kDigits;
    case ItemGrammar::kEvent:
    case ItemGrammar::kEvents:
      return Head::kEvent;
    case ItemGrammar::kIdentity:
      return Head::kIdentity;
    default:
      return Head::kRare;
  }
}
constexpr std::array<Head, kItemGrammars> kHeads = [] {
  std::array<Head, kItemGrammars> heads{};
  for (size_t i = 0; i < heads.size(); ++i) heads[i] = HeadOf(static_cast<ItemGrammar>(i));
  return heads;
}();

bool IsNumber(std::string_view text) {
  constexpr size_t kSafeDigits = 9;  // every number of so many is one of 32 bits
  return text.size() <= kSafeDigits &&
         text.find_first_not_of("0123456789") == std::string_view::npos;
}

// RFC 6665 section 8.4: no dot at either end, nor two in a row.
bool HasGoodDots(std::string_view text) {
  return text.front() != '.' && text.back() != '.' && text.find("..") == std::string_view::npos;
}

// The plain octets that no digest of an Identity has.
bool HasForeign(const char* base, uint32_t begin, uint32_t end) {
  for (const char c : {'!', '~', '*', '\''}) {
    if (FindChar(base, begin, end, c) != end) return true;
  }
  return false;
}

// The head that begins at `begin`. The first mark at or behind `begin` was taken; afterwards, the
// one behind the head.
[[gnu::always_inline]] inline bool WalkHead(Walk& walk, uint32_t begin, Head head) {
  if (walk.at == begin) return false;
  const char* base = walk.base;
  switch (head) {
    case Head::kToken:
      return true;
    case Head::kMedia: {
      const uint32_t subtype = walk.at + 1;
      return walk.Is('/') && walk.Next() != subtype;
    }
    case Head::kDigits:
      return IsNumber({base + begin, walk.at - begin});
    case Head::kEvent:
      return HasGoodDots({base + begin, walk.at - begin});
    case Head::kIdentity:
      while (walk.Is('/')) walk.Next();
      return !HasForeign(base, begin, walk.at);
    default:
      return false;
  }
}

// The parameter `;info=<...>` whose semicolon was taken; takes the mark behind it. False: it is
// another, and nothing was taken.
bool WalkInfo(Walk& walk, WalkedParam* param) {
  constexpr std::string_view kBegin = "info=<";
  const uint32_t name = walk.at + 1;
  if (walk.end - name <= kBegin.size() ||
      std::memcmp(walk.base + name, kBegin.data(), kBegin.size()) != 0) {
    return false;
  }
  const uint32_t value = name + static_cast<uint32_t>(kBegin.size()) - 1;
  const uint32_t close = FindChar(walk.base, value, walk.end, '>');
  if (close == walk.end) return false;
  param->name_text = {name, 4};
  param->name = NameKey("info");
  param->value = Between(value, close + 1);
  walk.Seek(close + 1);
  walk.Next();
  return true;
}

// Whether the parameter follows the rule that the grammar has for its name, if it has one.
bool FollowsItsForm(const char* base, const WalkedParam& param, std::span<const ParamForm> forms) {
  for (const ParamForm& form : forms) {
    if (!EqualsIgnoreCase(param.name_text.In(base), form.name)) continue;
    return FindRuleError(base, {param.name_text, param.value}, form.rule) == kNoMark;
  }
  return true;
}

// The parameters of an item, the first separator of which was taken; takes the mark behind them.
[[gnu::always_inline]] inline bool WalkItemParams(Walk& walk, ItemGrammar grammar,
                                                  const Limits& limits) {
  const std::span<const ParamForm> forms = FormsOf(grammar);
  WalkedNames names(limits);
  WalkedParam param;
  while (walk.Is(';')) {
    if (!WalkParam(walk, true, &param) || !names.Add(param.name)) return false;
    if (grammar == ItemGrammar::kMediaType && !param.value.present()) return false;
    if (!forms.empty() && !FollowsItsForm(walk.base, param, forms)) return false;
  }
  return true;
}

// As above, with the URI in brackets that an Identity must have.
bool WalkIdentityParams(Walk& walk, const Limits& limits) {
  const std::span<const ParamForm> forms = FormsOf(ItemGrammar::kIdentity);
  WalkedNames names(limits);
  WalkedParam param;
  bool info = false;
  while (walk.Is(';')) {
    if (WalkInfo(walk, &param)) {
      // Something stands directly behind the bracket.
      if (walk.at != param.value.end()) return false;
      info = true;
    } else if (!WalkParam(walk, true, &param)) {
      return false;
    }
    if (!names.Add(param.name) || !FollowsItsForm(walk.base, param, forms)) return false;
  }
  return info;
}

// The comment whose bracket was taken; takes the mark behind the one that closes it, which must
// stand there.
[[gnu::always_inline]] inline bool WalkComment(Walk& walk, const Limits& limits) {
  if (!walk.Is('(') || limits.comment_depth == 0) return false;
  for (uint32_t depth = 1; depth != 0;) {
    if (walk.Next() == walk.end || walk.Is('\\')) return false;
    if (walk.Is(')')) --depth;
    if (walk.Is('(') && ++depth > limits.comment_depth) return false;
  }
  const uint32_t behind = walk.at + 1;
  return walk.Next() == behind;
}

// Tokens between commas.
[[gnu::noinline]] uint32_t WalkTokens(const Marks& marks, const char* base, Slice text,
                                      std::span<Item> room) {
  Walk walk(marks, base, text.offset, text.end());
  uint32_t begin = text.offset;
  Item* out = room.data();
  Item* const behind = out + room.size();
  while (out != behind) {
    walk.Next();
    while (walk.at == begin) {
      if (!walk.IsSpace()) return 0;
      ++begin;
      walk.Next();
    }
    const Slice token = Between(begin, walk.at);
    *out++ = {token, token, {}};
    if (walk.at == walk.end) return static_cast<uint32_t>(out - room.data());
    if (walk.base[walk.at] != ',') return 0;
    begin = walk.at + 1;
  }
  return 0;
}

// Products and comments with single spaces between them.
[[gnu::noinline]] uint32_t WalkProducts(const Marks& marks, const char* base, Slice text,
                                        const Limits& limits, std::span<Item> room) {
  Walk walk(marks, base, text.offset, text.end());
  uint32_t begin = text.offset;
  for (uint32_t count = 0; count < room.size(); begin = walk.at + 1) {
    if (walk.Next() == begin) {
      if (begin == walk.end || !WalkComment(walk, limits)) return 0;
    } else if (walk.Is('/')) {
      const uint32_t version = walk.at + 1;
      if (walk.Next() == version) return 0;
    }
    const Slice whole = Between(begin, walk.at);
    room[count++] = {whole, whole, {}};
    if (walk.at == walk.end) return count;
    if (!walk.IsSpace()) return 0;
  }
  return 0;
}

// Heads with parameters.
[[gnu::noinline]] uint32_t WalkParamItems(const Marks& marks, const char* base, Slice text,
                                          ItemGrammar grammar, const Limits& limits,
                                          std::span<Item> room) {
  Walk walk(marks, base, text.offset, text.end());
  const Head head = kHeads[static_cast<size_t>(grammar)];
  const ItemShape& shape = ShapeOf(grammar);
  uint32_t begin = text.offset;
  for (uint32_t count = 0; count < room.size();) {
    walk.Next();
    while (walk.at == begin && walk.IsSpace()) {
      ++begin;
      walk.Next();
    }
    if (!WalkHead(walk, begin, head)) return 0;
    Item& item = room[count++];
    item.value = Between(begin, walk.at);
    item.params = Slice{};
    if (shape.has_params && walk.Is(';')) {
      if (head == Head::kIdentity ? !WalkIdentityParams(walk, limits)
                                  : !WalkItemParams(walk, grammar, limits)) {
        return 0;
      }
      item.params = Between(item.value.end() + 1, walk.at);
    } else if (head == Head::kIdentity) {
      return 0;
    }
    item.text = Between(begin, walk.at);
    if (walk.at == walk.end) return count;
    if (shape.separator != ',' || base[walk.at] != ',') return 0;
    begin = walk.at + 1;
  }
  return 0;
}

}  // namespace

// Each way is a function of its own, because most of them need few registers.
uint32_t WalkItems(const Marks& marks, const char* base, Slice text, ItemGrammar grammar,
                   const Limits& limits, std::span<Item> room) {
  if (text.empty() || room.empty() || !marks.Cover(text.end())) return 0;
  switch (kHeads[static_cast<size_t>(grammar)]) {
    case Head::kRare:
      return 0;
    case Head::kText:  // whatever it says
      room[0] = {text, text, {}};
      return 1;
    case Head::kOneToken:
      return WalkTokens(marks, base, text, room.first(1));
    case Head::kTokens:
      return WalkTokens(marks, base, text, room);
    case Head::kProducts:
      return WalkProducts(marks, base, text, limits, room);
    default:
      return WalkParamItems(marks, base, text, grammar, limits, room);
  }
}

}  // namespace sipward::sip
