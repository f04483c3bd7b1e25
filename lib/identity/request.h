// The parts of a request that its Identity headers speak of: views, so that a message, a dialplan
// or a command line can give them alike.
#ifndef SIPWARD_IDENTITY_REQUEST_H_
#define SIPWARD_IDENTITY_REQUEST_H_

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

#include "base/time.h"

namespace sipward::identity {

// a=fingerprint of a session description: "sha-256", "4A:AD:...".
struct Fingerprint {
  std::string_view hash;
  std::string_view value;
};

struct Request {
  std::span<const std::string_view> identity;  // values in their order, folds as they are
  std::span<const std::string_view> asserted;  // URIs of P-Asserted-Identity
  std::string_view from, to, request_uri;      // URIs

  int64_t now = 0;                   // seconds since 1970
  Nanos monotonic = 0;               // for the memory of tokens
  bool knows_date = false;           // false: nobody looked for a Date, so that it is not missed
  std::optional<int64_t> date = {};  // seconds since 1970

  std::string_view call_id, from_tag;

  std::span<const std::string_view> resource_priority = {};  // r-values: "ets.0"
  bool knows_priority = false;                // false: what rph permits is not compared
  std::optional<std::string_view> body = {};  // of a MESSAGE
  bool knows_session = false;                 // false: fingerprints are not compared
  std::span<const Fingerprint> fingerprints = {};

  // What a compact form leaves out and the request does not say elsewhere; empty: unknown.
  std::string_view attest, origid;
  std::string_view diverted;  // URI, of a div
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_REQUEST_H_
