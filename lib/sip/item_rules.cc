#include "sip/item_rules.h"

#include <array>

#include "sip/scan.h"

namespace sipward::sip {
namespace {

constexpr ItemShape Shape(ItemGrammar grammar) {
  switch (grammar) {
    case ItemGrammar::kToken:
      return {MatchToken, 0, false, false};
    case ItemGrammar::kTokens:
      return {MatchTokenList, ',', false, false};
    case ItemGrammar::kTokensOrNone:
      return {MatchTokenListOrNone, ',', false, false};
    case ItemGrammar::kMediaType:
      return {MatchContentType, 0, true, false};
    case ItemGrammar::kAccept:
      return {MatchAccept, ',', true, false};
    case ItemGrammar::kAcceptEncoding:
      return {MatchAcceptEncoding, ',', true, false};
    case ItemGrammar::kAcceptLanguage:
      return {MatchAcceptLanguage, ',', true, false};
    case ItemGrammar::kLanguages:
      return {MatchContentLanguage, ',', false, false};
    case ItemGrammar::kDisposition:
      return {MatchContentDisposition, 0, true, false};
    case ItemGrammar::kMimeVersion:
      return {MatchMimeVersion, 0, false, false};
    case ItemGrammar::kEvent:
      return {MatchEvent, 0, true, false};
    case ItemGrammar::kEvents:
      return {MatchAllowEvents, ',', false, false};
    case ItemGrammar::kSubscription:
      return {MatchSubscriptionState, 0, true, false};
    case ItemGrammar::kReason:
      return {MatchReason, ',', true, false};
    case ItemGrammar::kIdentity:
      return {MatchIdentity, ',', true, false};
    case ItemGrammar::kReplaces:
    case ItemGrammar::kJoin:
      return {MatchReplaces, 0, true, true};
    case ItemGrammar::kCallIds:
      return {MatchInReplyTo, ',', false, true};
    case ItemGrammar::kSessionExpires:
    case ItemGrammar::kMinSe:
      return {MatchSessionExpires, 0, true, false};
    case ItemGrammar::kRack:
      return {MatchRack, 0, false, false};
    case ItemGrammar::kResourcePriority:
      return {MatchResourcePriority, ',', false, false};
    case ItemGrammar::kPrivacy:
      return {MatchPrivacy, ';', false, true};
    case ItemGrammar::kPreferences:
      return {MatchAcceptContact, ',', true, false};
    case ItemGrammar::kWarning:
      return {MatchWarning, ',', false, false};
    case ItemGrammar::kTimestamp:
      return {MatchTimestamp, 0, false, false};
    case ItemGrammar::kAuthInfo:
      return {MatchAuthenticationInfo, ',', false, false};
    case ItemGrammar::kNone:
    case ItemGrammar::kText:
    case ItemGrammar::kProducts:
    case ItemGrammar::kRetryAfter:
      break;
  }
  return {nullptr, 0, false, false};
}

constexpr std::array<ItemShape, kItemGrammars> kShapes = [] {
  std::array<ItemShape, kItemGrammars> shapes{};
  for (size_t i = 0; i < kItemGrammars; ++i) shapes[i] = Shape(static_cast<ItemGrammar>(i));
  return shapes;
}();

constexpr ParamForm kQuality[] = {{"q", ParamRule::kQvalue}};
constexpr ParamForm kDisposition[] = {{"handling", ParamRule::kToken}};
constexpr ParamForm kEvent[] = {{"id", ParamRule::kToken}};
constexpr ParamForm kSubscription[] = {{"expires", ParamRule::kDigits},
                                       {"reason", ParamRule::kToken},
                                       {"retry-after", ParamRule::kDigits}};
constexpr ParamForm kReason[] = {{"cause", ParamRule::kDigits}, {"text", ParamRule::kQuoted}};
constexpr ParamForm kIdentity[] = {{"info", ParamRule::kUri, true}};
constexpr ParamForm kReplaces[] = {{"to-tag", ParamRule::kToken, true},
                                   {"from-tag", ParamRule::kToken, true},
                                   {"early-only", ParamRule::kFlag}};
constexpr ParamForm kSession[] = {{"refresher", ParamRule::kRefresher}};
constexpr ParamForm kRetry[] = {{"duration", ParamRule::kDigits}};

// The first byte of `value` that is not one of these; its end if it is empty, or kNoMark.
template <typename Is>
uint32_t FindOther(const char* base, Slice value, Is is) {
  if (value.empty()) return value.offset;
  for (uint32_t at = value.offset; at < value.end(); ++at) {
    if (!is(base[at])) return at;
  }
  return kNoMark;
}

uint32_t FindUriError(const char* base, Slice value) {
  if (value.length < 2 || base[value.offset] != '<') return value.offset;
  if (base[value.end() - 1] != '>') return value.end() - 1;
  const MachineResult match = MatchAbsoluteUri(base, {value.offset + 1, value.length - 2});
  return match.accepted ? kNoMark : match.stop;
}

}  // namespace

const ItemShape& ShapeOf(ItemGrammar grammar) { return kShapes[static_cast<size_t>(grammar)]; }

std::span<const ParamForm> FormsOf(ItemGrammar grammar) {
  switch (grammar) {
    case ItemGrammar::kAccept:
    case ItemGrammar::kAcceptEncoding:
    case ItemGrammar::kAcceptLanguage:
      return kQuality;
    case ItemGrammar::kDisposition:
      return kDisposition;
    case ItemGrammar::kEvent:
      return kEvent;
    case ItemGrammar::kSubscription:
      return kSubscription;
    case ItemGrammar::kReason:
      return kReason;
    case ItemGrammar::kIdentity:
      return kIdentity;
    case ItemGrammar::kReplaces:
      return kReplaces;
    case ItemGrammar::kJoin:  // without early-only
      return std::span(kReplaces).first(2);
    case ItemGrammar::kSessionExpires:
      return kSession;
    case ItemGrammar::kRetryAfter:
      return kRetry;
    default:
      return {};
  }
}

uint32_t FindRuleError(const char* base, const Param& param, ParamRule rule) {
  if (rule == ParamRule::kFlag) return param.value.present() ? param.value.offset : kNoMark;
  const Slice value = param.value;
  if (!value.present()) return param.name.end();
  switch (rule) {
    case ParamRule::kDigits:
      return FindOther(base, value, IsDigit);
    case ParamRule::kToken:
      return FindOther(base, value, IsTokenChar);
    case ParamRule::kQuoted:
      return value.length >= 2 && base[value.offset] == '"' ? kNoMark : value.offset;
    case ParamRule::kQvalue:
      return IsQvalue(value.In(base)) ? kNoMark : value.offset;
    case ParamRule::kRefresher: {
      const std::string_view text = value.In(base);
      return EqualsIgnoreCase(text, "uac") || EqualsIgnoreCase(text, "uas") ? kNoMark
                                                                            : value.offset;
    }
    case ParamRule::kUri:
      return FindUriError(base, value);
    case ParamRule::kFlag:
      break;
  }
  return kNoMark;
}

uint32_t SkipComment(const char* base, uint32_t at, uint32_t end, const Limits& limits,
                     AnomalyId malformed, Diagnosis& diagnosis) {
  const uint32_t begin = at;
  uint32_t depth = 0;
  for (; at < end; ++at) {
    const char c = base[at];
    if (c == '(') {
      if (++depth <= limits.comment_depth) continue;
      diagnosis.Note(AnomalyId::kCommentTooDeep, at);
      return 0;
    }
    if (c == ')') {
      if (--depth == 0) return at + 1;
    } else if (c == '\\') {
      // RFC 3261 section 25.1, quoted-pair: neither CR nor LF, nothing beyond ASCII.
      ++at;
      if (at == end || base[at] == '\r' || base[at] == '\n' ||
          static_cast<unsigned char>(base[at]) >= 0x80) {
        diagnosis.Note(malformed, at);
      }
    }
  }
  diagnosis.Note(malformed, begin);
  return 0;
}

}  // namespace sipward::sip
