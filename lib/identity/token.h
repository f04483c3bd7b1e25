// One token on its way through a verification. Internal to this folder.
#ifndef SIPWARD_IDENTITY_TOKEN_H_
#define SIPWARD_IDENTITY_TOKEN_H_

#include <array>
#include <cstdint>
#include <memory>
#include <string_view>

#include "identity/certificate_chain.h"
#include "identity/claims.h"
#include "identity/credential.h"
#include "identity/flags.h"
#include "identity/header_value.h"
#include "identity/json.h"
#include "identity/parties.h"
#include "identity/policy.h"
#include "identity/reason.h"
#include "identity/request.h"

namespace sipward::identity {

inline constexpr uint8_t kNoToken = 0xff;

struct Token {
  HeaderValue value;
  Claims claims;
  FlagSet flags;
  Reason reason = Reason::kOk;  // the first that failed
  size_t position = 0;          // of the Identity header that it came in
  uint8_t inner = kNoToken;     // of div-o: the token in opt
  uint8_t outer = kNoToken;     // of such a token
  bool ignored = false;
  bool duplicate = false;
  bool missing = false;  // its certificate
  bool linked = false;   // of a diversion: it is part of the chain
  // Nothing that it says is about the rest of the request, so it reads the same in any other.
  bool stands_alone = false;
  bool remembered = false;      // it was read before, and all of this is out of a TokenCache
  FlagSet read_flags;           // of reading it alone
  uint64_t judged_by = 0;       // the credential that CheckCredential and CheckSignature had
  Reason judged = Reason::kOk;  // what they said
  std::string_view signed_octets;
  std::array<char, 68> signature;  // more than there are: base64 is read in groups
  size_t signature_size = 0;
  std::shared_ptr<const Credential> credential;
  SharedChain chain;                            // that was found for it, or refused
  std::array<char, 2'048> x5u_text;             // of a token without a header
  std::array<char, kMostHeaderOctets> payload;  // decoded; of a compact form the signed octets

  bool counts() const { return !ignored && !duplicate; }
  bool ok() const { return reason == Reason::kOk; }
  bool diverts() const { return Diverts(value.ppt); }
  // It says who calls, and others add to it.
  bool is_base() const { return value.ppt == Ppt::kNone || value.ppt == Ppt::kShaken; }
  void Clear(size_t new_position);
};

// What one token needs while it is read, and no longer.
struct TokenScratch {
  std::array<char, kMostHeaderOctets> header;
  Json json;
};

// Steps "token" and "claims" of a token whose header value was read, or, of one out of opt, whose
// parts were cut. The request is what claims about its parts are held against.
Reason ReadToken(const Request& request, const RequestParties& parties, const Policy& policy,
                 TokenScratch& scratch, Token* token);

// Parses the payload anew: claims that nobody kept.
JsonValue ReparsePayload(const Token& token, const Policy& policy, TokenScratch& scratch);

// Makes the octets that a compact form leaves out (RFC 8225 section 7) and their claims, out of the
// request; COMPACT_FORM_REFUSED if the request does not say all of it.
Reason RebuildCompact(const Request& request, const RequestParties& parties, Token* token,
                      TokenScratch& scratch, JsonLimits limits, JsonValue* payload);

// Claims about parts of the request: RPH_MISMATCH, MSGI_MISMATCH, MKY_MISMATCH.
Reason CheckAgainstRequest(const JsonValue& payload, const Request& request, const Policy& policy,
                           FlagSet* flags);

// A claim is about parts of the request.
bool SpeaksOfRequest(const JsonValue& payload);

// Steps "credential" and "signature", but for the store itself.
Reason CheckCredential(const Token& token, const Policy& policy, TokenScratch& scratch);
Reason CheckSignature(const Token& token);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_TOKEN_H_
