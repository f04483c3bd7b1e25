#include "identity/reason.h"

#include "identity/flags.h"

namespace sipward::identity {
namespace {

using enum Stage;

constexpr ReasonInfo kReasons[] = {
#define SIPWARD_IDENTITY_REASON(symbol, name, stage, sip_code, text) {name, stage, sip_code, text},
#include "facts/identity_reason.def"
#undef SIPWARD_IDENTITY_REASON
};

constexpr FlagInfo kFlags[] = {
#define SIPWARD_IDENTITY_FLAG(symbol, name, text) {name, text},
#include "identity/flag.def"
#undef SIPWARD_IDENTITY_FLAG
};

}  // namespace

const FlagInfo& Describe(Flag flag) { return kFlags[static_cast<size_t>(flag)]; }

std::string_view StageName(Stage stage) {
  switch (stage) {
    case kNone:
      return "";
    case kCollect:
      return "collect";
    case kHeader:
      return "header";
    case kToken:
      return "token";
    case kClaims:
      return "claims";
    case kFreshness:
      return "freshness";
    case kMatch:
      return "match";
    case kCredential:
      return "credential";
    case kSignature:
      return "signature";
    case kSet:
      return "set";
    case kReplay:
      return "replay";
  }
  return "";
}

const ReasonInfo& Describe(Reason reason) { return kReasons[static_cast<size_t>(reason)]; }

std::string_view SipPhrase(uint16_t code) {
  switch (code) {
    case 403:
      return "Stale Date";
    case 428:
      return "Use Identity Header";
    case 433:
      return "Anonymity Disallowed";
    case 436:
      return "Bad Identity Info";
    case 437:
      return "Unsupported Credential";
    case 438:
      return "Invalid Identity Header";
    case 500:
      return "Server Internal Error";
    case 607:
      return "Unwanted";
    case 608:
      return "Rejected";
    default:
      return "";
  }
}

}  // namespace sipward::identity
