// What a message says of its sender's credentials.
#ifndef SIPWARD_AUTH_MESSAGE_REQUEST_H_
#define SIPWARD_AUTH_MESSAGE_REQUEST_H_

#include <array>
#include <string_view>

#include "auth/request.h"
#include "sip/sip.h"

namespace sipward::auth {

// Reads a request; reusable, allocates nothing.
class MessageRequest {
 public:
  // The message must have been parsed; the result holds views into its bytes and into this. Source
  // and times are left to the caller.
  const Request& Read(sip::Message& message, bool proxy);

 private:
  Request request_;
  std::array<std::string_view, Request::kMostCredentials> credentials_;
};

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_MESSAGE_REQUEST_H_
