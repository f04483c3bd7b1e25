// What a SIP message says to the check of its Identity headers.
#ifndef SIPWARD_IDENTITY_MESSAGE_REQUEST_H_
#define SIPWARD_IDENTITY_MESSAGE_REQUEST_H_

#include <array>
#include <cstddef>
#include <string_view>

#include "base/time.h"
#include "identity/policy.h"
#include "identity/request.h"
#include "sip/sip.h"

namespace sipward::identity {

// Reads a request; reusable, allocates nothing.
class MessageRequest {
 public:
  // The message must have been parsed; the result holds views into its bytes and into this.
  // `now`: since 1970.
  const Request& Read(sip::Message& message, Nanos now, Nanos monotonic);

 private:
  static constexpr size_t kMostPriorities = 16;
  static constexpr size_t kMostFingerprints = 16;
  static constexpr size_t kMostAsserted = 4;

  void ReadIdentity(sip::Message& message);
  void ReadCaller(sip::Message& message);
  void ReadPriorities(sip::Message& message);
  void ReadSession(sip::Message& message);

  Request request_;
  // One more than can count, so that too many are seen.
  std::array<std::string_view, Policy::kMostHeaders + 1> identity_;
  std::array<std::string_view, kMostAsserted> asserted_;
  std::array<std::string_view, kMostPriorities> priorities_;
  std::array<Fingerprint, kMostFingerprints> fingerprints_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_MESSAGE_REQUEST_H_
