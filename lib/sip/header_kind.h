// Which headers hold which kind of value.
#ifndef SIPWARD_SIP_HEADER_KIND_H_
#define SIPWARD_SIP_HEADER_KIND_H_

#include <array>

#include "sip/sip.h"

namespace sipward::sip {

enum class HeaderKind : uint8_t {
  kOpaque,
  kAddress,      // one name-addr or addr-spec
  kAddressList,  // any number of them, between commas
  kDigest,       // credentials or a challenge
  kNumber,
  kDate,
  kVia,
  kCseq,
  kCallId,
  kItems,  // GrammarOf says which
};

constexpr ItemGrammar FindGrammar(HeaderId id) {
  switch (id) {
    case HeaderId::kSubject:
    case HeaderId::kOrganization:
      return ItemGrammar::kText;
    case HeaderId::kPriority:
    case HeaderId::kPAttestationIndicator:
    case HeaderId::kPOriginationId:
      return ItemGrammar::kToken;
    case HeaderId::kRequire:
    case HeaderId::kProxyRequire:
    case HeaderId::kUnsupported:
    case HeaderId::kContentEncoding:
    case HeaderId::kRequestDisposition:
      return ItemGrammar::kTokens;
    case HeaderId::kAllow:
    case HeaderId::kSupported:
      return ItemGrammar::kTokensOrNone;
    case HeaderId::kContentType:
      return ItemGrammar::kMediaType;
    case HeaderId::kAccept:
      return ItemGrammar::kAccept;
    case HeaderId::kAcceptEncoding:
      return ItemGrammar::kAcceptEncoding;
    case HeaderId::kAcceptLanguage:
      return ItemGrammar::kAcceptLanguage;
    case HeaderId::kContentLanguage:
      return ItemGrammar::kLanguages;
    case HeaderId::kContentDisposition:
      return ItemGrammar::kDisposition;
    case HeaderId::kMimeVersion:
      return ItemGrammar::kMimeVersion;
    case HeaderId::kEvent:
      return ItemGrammar::kEvent;
    case HeaderId::kAllowEvents:
      return ItemGrammar::kEvents;
    case HeaderId::kSubscriptionState:
      return ItemGrammar::kSubscription;
    case HeaderId::kReason:
      return ItemGrammar::kReason;
    case HeaderId::kIdentity:
      return ItemGrammar::kIdentity;
    case HeaderId::kReplaces:
      return ItemGrammar::kReplaces;
    case HeaderId::kJoin:
      return ItemGrammar::kJoin;
    case HeaderId::kInReplyTo:
      return ItemGrammar::kCallIds;
    case HeaderId::kSessionExpires:
      return ItemGrammar::kSessionExpires;
    case HeaderId::kMinSe:
      return ItemGrammar::kMinSe;
    case HeaderId::kRetryAfter:
      return ItemGrammar::kRetryAfter;
    case HeaderId::kRack:
      return ItemGrammar::kRack;
    case HeaderId::kResourcePriority:
      return ItemGrammar::kResourcePriority;
    case HeaderId::kPrivacy:
      return ItemGrammar::kPrivacy;
    case HeaderId::kAcceptContact:
    case HeaderId::kRejectContact:
      return ItemGrammar::kPreferences;
    case HeaderId::kWarning:
      return ItemGrammar::kWarning;
    case HeaderId::kTimestamp:
      return ItemGrammar::kTimestamp;
    case HeaderId::kAuthenticationInfo:
      return ItemGrammar::kAuthInfo;
    case HeaderId::kUserAgent:
    case HeaderId::kServer:
      return ItemGrammar::kProducts;
    default:
      return ItemGrammar::kNone;
  }
}

// The grammar of the headers that are made of items.
inline constexpr std::array<ItemGrammar, kHeaderIdCount> kGrammars = [] {
  std::array<ItemGrammar, kHeaderIdCount> grammars{};
  for (size_t i = 0; i < grammars.size(); ++i) grammars[i] = FindGrammar(static_cast<HeaderId>(i));
  return grammars;
}();
constexpr ItemGrammar GrammarOf(HeaderId id) { return kGrammars[static_cast<size_t>(id)]; }

constexpr HeaderKind FindKind(HeaderId id) {
  switch (id) {
    case HeaderId::kFrom:
    case HeaderId::kTo:
    case HeaderId::kReferTo:
    case HeaderId::kReferredBy:
    case HeaderId::kReplyTo:
      return HeaderKind::kAddress;
    case HeaderId::kContact:
    case HeaderId::kRoute:
    case HeaderId::kRecordRoute:
    case HeaderId::kPath:
    case HeaderId::kServiceRoute:
    case HeaderId::kPAssertedIdentity:
    case HeaderId::kPPreferredIdentity:
    case HeaderId::kRemotePartyId:
    case HeaderId::kDiversion:
    case HeaderId::kHistoryInfo:
    case HeaderId::kCallInfo:
    case HeaderId::kAlertInfo:
    case HeaderId::kErrorInfo:
    case HeaderId::kGeolocation:
      return HeaderKind::kAddressList;
    case HeaderId::kAuthorization:
    case HeaderId::kProxyAuthorization:
    case HeaderId::kWwwAuthenticate:
    case HeaderId::kProxyAuthenticate:
      return HeaderKind::kDigest;
    case HeaderId::kContentLength:
    case HeaderId::kMaxForwards:
    case HeaderId::kExpires:
    case HeaderId::kMinExpires:
    case HeaderId::kRseq:
      return HeaderKind::kNumber;
    case HeaderId::kDate:
      return HeaderKind::kDate;
    case HeaderId::kVia:
      return HeaderKind::kVia;
    case HeaderId::kCseq:
      return HeaderKind::kCseq;
    case HeaderId::kCallId:
      return HeaderKind::kCallId;
    default:
      return GrammarOf(id) == ItemGrammar::kNone ? HeaderKind::kOpaque : HeaderKind::kItems;
  }
}

inline constexpr std::array<HeaderKind, kHeaderIdCount> kKinds = [] {
  std::array<HeaderKind, kHeaderIdCount> kinds{};
  for (size_t i = 0; i < kinds.size(); ++i) kinds[i] = FindKind(static_cast<HeaderId>(i));
  return kinds;
}();
constexpr HeaderKind KindOf(HeaderId id) { return kKinds[static_cast<size_t>(id)]; }

// Whether Message::addresses has something to say about it.
constexpr bool HoldsAddresses(HeaderId id) {
  return KindOf(id) == HeaderKind::kAddress || KindOf(id) == HeaderKind::kAddressList;
}
// Whether Message::number has something to say about it.
constexpr bool HoldsNumber(HeaderId id) {
  return KindOf(id) == HeaderKind::kNumber || id == HeaderId::kSessionExpires ||
         id == HeaderId::kMinSe || id == HeaderId::kRetryAfter;
}

// RFC 3261 section 25.1; RFC 3327, RFC 3608, RFC 5806 and RFC 7044 for the headers that they add.
constexpr AddressRole FindRole(HeaderId id) {
  switch (id) {
    case HeaderId::kFrom:
    case HeaderId::kTo:
      return AddressRole::kFromTo;
    case HeaderId::kContact:
      return AddressRole::kContact;
    case HeaderId::kRoute:
    case HeaderId::kRecordRoute:
    case HeaderId::kPath:
    case HeaderId::kServiceRoute:
    case HeaderId::kDiversion:
    case HeaderId::kHistoryInfo:
    case HeaderId::kRemotePartyId:
      return AddressRole::kNameAddr;
    case HeaderId::kCallInfo:
    case HeaderId::kAlertInfo:
    case HeaderId::kErrorInfo:
    case HeaderId::kGeolocation:  // RFC 6442 section 4.1
      return AddressRole::kInfo;
    default:
      return AddressRole::kOther;
  }
}

inline constexpr std::array<AddressRole, kHeaderIdCount> kRoles = [] {
  std::array<AddressRole, kHeaderIdCount> roles{};
  for (size_t i = 0; i < roles.size(); ++i) roles[i] = FindRole(static_cast<HeaderId>(i));
  return roles;
}();
constexpr AddressRole RoleOf(HeaderId id) { return kRoles[static_cast<size_t>(id)]; }

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_HEADER_KIND_H_
