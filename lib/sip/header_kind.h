// Which headers hold which kind of value.
#ifndef SIPWARD_SIP_HEADER_KIND_H_
#define SIPWARD_SIP_HEADER_KIND_H_

#include "sip/sip.h"

namespace sipward::sip {

enum class HeaderKind : uint8_t {
  kOpaque,
  kAddress,      // one name-addr or addr-spec
  kAddressList,  // any number of them, between commas
  kDigest,       // credentials or a challenge
  kNumber,
};

constexpr HeaderKind KindOf(HeaderId id) {
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
    case HeaderId::kSessionExpires:
    case HeaderId::kMinSe:
    case HeaderId::kRetryAfter:
    case HeaderId::kRseq:
      return HeaderKind::kNumber;
    default:
      return HeaderKind::kOpaque;
  }
}

// RFC 3261 section 25.1; RFC 3327, RFC 3608, RFC 5806 and RFC 7044 for the headers that they add.
constexpr AddressRole RoleOf(HeaderId id) {
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
    default:
      return AddressRole::kOther;
  }
}

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_HEADER_KIND_H_
