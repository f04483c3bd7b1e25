// SIP messages, read in place.
//
//   sipward::Message message = sipward::Message::Create().value();  // once, for all messages
//   if (message.Parse(bytes).ok()) {
//     for (const sipward::Address& contact : message.Addresses("Contact")) Use(contact.uri.host);
//   }
//
// Nothing is copied, nothing is allocated and nothing is thrown after Create.
#ifndef SIPWARD_MESSAGE_H_
#define SIPWARD_MESSAGE_H_

#include <sipward.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sipward/handle.h"
#include "sipward/message_view.h"
#include "sipward/policy.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

// How a message is read, and the limits beyond which it is refused. A limit of 0 is the default;
// defaults and the most that each can be are in sipward_parse_options. A plain value.
struct ParseOptions {
  Profile profile = Profile::kTolerant;
  bool stream = false;  // the message was cut from a stream: Content-Length is mandatory
  uint32_t message_bytes = 0;
  uint32_t headers = 0;
  uint32_t header_value_bytes = 0;
  uint32_t values_per_header = 0;
  uint32_t params_per_value = 0;
  uint32_t vias = 0;
  uint32_t uri_bytes = 0;
  uint32_t sdp_media = 0;
  uint32_t sdp_attributes = 0;
  uint32_t body_parts = 0;
  uint32_t body_depth = 0;
  uint32_t comment_depth = 0;
  Policy policy;
};

// Owns a parsed message of fixed size (about 115 KiB), whatever the bytes are. One thread at a
// time.
class Message : public MessageView {
 public:
  // The one allocation; kNoMemory if it fails.
  static Result<Message> Create() {
    sipward_message* message = nullptr;
    const Status status = Status::FromC(sipward_message_create(&message));
    if (!status.ok()) return Error{status};
    return Message(message);
  }
  Message(Message&& other) noexcept : MessageView(std::exchange(other.message_, nullptr)) {}
  Message& operator=(Message&& other) noexcept {
    std::swap(message_, other.message_);
    return *this;
  }
  ~Message() { sipward_message_destroy(message_); }

  // Finds lines and headers and reads the start line (RFC 3261 section 7); values are read when
  // they are asked for. Any bytes may be given. kOk, kMalformed or kLimit (then what could be read
  // is there as well, and error() says why), or kArgument. `bytes` must stay as they are while
  // views into them are used; what was read of the message before ends here. Linear in the bytes.
  Status Parse(std::string_view bytes, const ParseOptions& options = {}) noexcept {
    sipward_parse_options given{};
    given.struct_size = sizeof given;
    given.profile = static_cast<uint32_t>(options.profile);
    given.stream = options.stream ? 1 : 0;
    given.message_bytes = options.message_bytes;
    given.headers = options.headers;
    given.header_value_bytes = options.header_value_bytes;
    given.values_per_header = options.values_per_header;
    given.params_per_value = options.params_per_value;
    given.vias = options.vias;
    given.uri_bytes = options.uri_bytes;
    given.sdp_media = options.sdp_media;
    given.sdp_attributes = options.sdp_attributes;
    given.body_parts = options.body_parts;
    given.body_depth = options.body_depth;
    given.comment_depth = options.comment_depth;
    given.policy = options.policy.c_policy();
    return Status::FromC(sipward_message_parse(message_, bytes.data(), bytes.size(), &given));
  }
  // A string that dies with the call would leave every view dangling.
  template <typename String, typename = std::enable_if_t<detail::kDies<String>>>
  Status Parse(String&& bytes, const ParseOptions& options = {}) = delete;

 private:
  explicit Message(sipward_message* message) noexcept : MessageView(message) {}
};

}  // namespace sipward

#endif  // SIPWARD_MESSAGE_H_
