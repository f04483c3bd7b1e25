// What can be read from a parsed message, whoever owns it.
#ifndef SIPWARD_MESSAGE_VIEW_H_
#define SIPWARD_MESSAGE_VIEW_H_

#include <sipward.h>

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

#include "sipward/body.h"
#include "sipward/edit.h"
#include "sipward/handle.h"
#include "sipward/header_values.h"
#include "sipward/status.h"
#include "sipward/values.h"

namespace sipward {

class Message;

// Refers to a message of a Message or an Inspector and is valid as long as that; what it returns is
// valid until the next parse or inspection. Values are read when they are first asked for, so that
// a view belongs to one thread at a time. Nothing is allocated.
class MessageView : public HeaderValues {
 public:
  explicit MessageView(sipward_message* message) noexcept : HeaderValues(message) {}
  // A message that dies with the statement would leave it dangling.
  template <typename T, typename = std::enable_if_t<std::is_same_v<std::remove_cv_t<T>, Message>>>
  MessageView(T&& message) = delete;  // NOLINT(google-explicit-constructor)
  template <typename T, typename = std::enable_if_t<std::is_same_v<std::remove_cv_t<T>, Message>>>
  MessageView& operator=(T&& message) = delete;

  // Reads everything that is known, so that all anomalies show. The status that all of them
  // together give: kOk, kMalformed, kLimit. Linear in the bytes; a second call costs little.
  Status Validate() const noexcept { return Status::FromC(sipward_message_validate(message_)); }

  sipward_message* c_message() const noexcept { return message_; }

  // The bytes that were parsed.
  std::string_view bytes() const noexcept {
    sipward_text text{};
    static_cast<void>(sipward_message_bytes(message_, &text));
    return {text.data, text.size};
  }
  // Behind the empty line, cut to Content-Length where that is shorter; without data if the head
  // has no end.
  std::string_view body() const noexcept {
    sipward_slice slice{SIPWARD_ABSENT, 0};
    static_cast<void>(sipward_message_body(message_, &slice));
    return In(slice);
  }
  // What stands in the body: parts, session description, text.
  BodyView Body() const noexcept { return BodyView(message_); }
  // RFC 3261 sections 7.1 and 7.2; of kind kNone if it is neither.
  StartLine start_line() const noexcept {
    sipward_start_line start{};
    start.struct_size = sizeof start;
    if (sipward_message_start_line(message_, &start) != SIPWARD_OK) {
      return {MessageKind::kNone, {}, {}, {}, {}, 0};
    }
    return {static_cast<MessageKind>(start.kind),
            In(start.method),
            In(start.request_uri),
            In(start.version),
            In(start.reason),
            start.status_code};
  }
  // The anomaly that refused the message; none if it is ok so far.
  std::optional<Anomaly> error() const noexcept {
    sipward_anomaly anomaly;
    if (sipward_message_error(message_, &anomaly) != SIPWARD_OK) return std::nullopt;
    return Anomaly(anomaly);
  }

  // Value of the first header of this name (long or compact, letters in any case); without data if
  // there is none.
  std::string_view Find(std::string_view name) const noexcept {
    sipward_slice slice{SIPWARD_ABSENT, 0};
    static_cast<void>(sipward_message_find(message_, name.data(), name.size(), &slice));
    return In(slice);
  }
  // The Request-URI; none for a response.
  std::optional<Uri> RequestUri() const noexcept {
    sipward_uri uri{};
    uri.struct_size = sizeof uri;
    if (sipward_message_request_uri(message_, &uri) != SIPWARD_OK) return std::nullopt;
    return ToUri(uri);
  }
  std::optional<Address> From() const noexcept { return AddressAt("From", 0); }
  std::optional<Address> To() const noexcept { return AddressAt("To", 0); }
  // Value `index` over all lines of a header that holds addresses (see sipward_message_address).
  std::optional<Address> AddressAt(std::string_view header, uint32_t index) const noexcept {
    sipward_address address{};
    address.struct_size = sizeof address;
    if (sipward_message_address(message_, header.data(), header.size(), index, &address) !=
        SIPWARD_OK) {
      return std::nullopt;
    }
    Address out(ToUri(address.uri), ToParams(address.params));
    out.is_star = address.is_star != 0;
    out.in_brackets = address.in_brackets != 0;
    out.text = In(address.text);
    out.display = In(address.display);
    out.tag = In(address.tag);
    return out;
  }
  // Via `index` over all lines, 0 is the topmost (RFC 3261 section 20.42).
  std::optional<Via> ViaAt(uint32_t index) const noexcept {
    sipward_via via{};
    via.struct_size = sizeof via;
    if (sipward_message_via(message_, index, &via) != SIPWARD_OK) return std::nullopt;
    Via out(ToParams(via.params));
    out.text = In(via.text);
    out.transport = In(via.transport);
    out.host = In(via.host);
    out.port = In(via.port);
    out.branch = In(via.branch);
    out.received = In(via.received);
    out.rport = In(via.rport);
    out.port_number = ToPort(via.port_number);
    out.protocol = In(via.protocol);
    out.version = In(via.version);
    out.maddr = In(via.maddr);
    out.ttl = In(via.ttl);
    out.host_kind = static_cast<HostKind>(via.host_kind);
    return out;
  }
  // Line `index` of a header with credentials or challenges (see sipward_message_digest).
  std::optional<Digest> DigestAt(std::string_view header, uint32_t index) const noexcept {
    sipward_digest digest{};
    digest.struct_size = sizeof digest;
    if (sipward_message_digest(message_, header.data(), header.size(), index, &digest) !=
        SIPWARD_OK) {
      return std::nullopt;
    }
    return Digest{In(digest.text),   In(digest.scheme), In(digest.username), In(digest.realm),
                  In(digest.nonce),  In(digest.uri),    In(digest.response), In(digest.algorithm),
                  In(digest.cnonce), In(digest.opaque), In(digest.qop),      In(digest.nc),
                  In(digest.stale),  In(digest.domain)};
  }
  // Header line `index`, in the order of the message.
  std::optional<Header> HeaderAt(uint32_t index) const noexcept {
    sipward_header header{};
    header.struct_size = sizeof header;
    if (sipward_message_header(message_, index, &header) != SIPWARD_OK) return std::nullopt;
    return Header{In(header.name), In(header.value), header.folded != 0,
                  detail::View(header.known)};
  }
  // Anomaly `index`, in the order found: after Validate() all of them, before it those of what was
  // read so far.
  std::optional<Anomaly> AnomalyAt(uint32_t index) const noexcept {
    sipward_anomaly anomaly;
    if (sipward_message_anomaly(message_, index, &anomaly) != SIPWARD_OK) return std::nullopt;
    return Anomaly(anomaly);
  }
  // RFC 3261 section 20.16; none if it is absent.
  std::optional<Cseq> CSeq() const noexcept {
    sipward_cseq cseq{};
    cseq.struct_size = sizeof cseq;
    if (sipward_message_cseq(message_, &cseq) != SIPWARD_OK) return std::nullopt;
    Cseq out{std::nullopt, In(cseq.method)};
    if (cseq.number_valid != 0) out.number = static_cast<uint32_t>(cseq.number);
    return out;
  }
  // Content-Length, Max-Forwards, Expires, Min-Expires, Session-Expires, Min-SE, Retry-After, RSeq;
  // none if absent or not a number in range.
  std::optional<uint64_t> Number(std::string_view header) const noexcept {
    uint64_t number = 0;
    if (sipward_message_number(message_, header.data(), header.size(), &number) != SIPWARD_OK) {
      return std::nullopt;
    }
    return number;
  }

  // Writes the message to out[0, capacity), with the edits and in the form that is asked for; the
  // rules are those of sipward_message_write. `out` may lie neither over the message nor over the
  // text of an edit.
  Written Write(std::initializer_list<Edit> edits, char* out, size_t capacity,
                WriteForm form = WriteForm::kAsIs) const noexcept {
    return WriteRow(edits.begin(), edits.size(), out, capacity, form);
  }
  // The same for a vector, an array: what has data() and size().
  template <typename Row, typename = std::enable_if_t<std::is_convertible_v<
                              decltype(std::declval<const Row&>().data()), const Edit*>>>
  Written Write(const Row& edits, char* out, size_t capacity,
                WriteForm form = WriteForm::kAsIs) const noexcept {
    return WriteRow(edits.data(), edits.size(), out, capacity, form);
  }

  // For range-based loops. `header` must outlive the loop.
  auto Headers() const noexcept { return detail::Sequence<Header, HeaderSource>({message_}); }
  auto Anomalies() const noexcept { return detail::Sequence<Anomaly, AnomalySource>({message_}); }
  auto Vias() const noexcept { return detail::Sequence<Via, ViaSource>({message_}); }
  auto Addresses(std::string_view header) const noexcept {
    return detail::Sequence<Address, AddressSource>({message_, header});
  }
  template <typename String, typename = std::enable_if_t<detail::kDies<String>>>
  void Addresses(String&& header) const = delete;
  auto Digests(std::string_view header) const noexcept {
    return detail::Sequence<Digest, DigestSource>({message_, header});
  }
  template <typename String, typename = std::enable_if_t<detail::kDies<String>>>
  void Digests(String&& header) const = delete;

 private:
  struct HeaderSource {
    sipward_message* message;
    std::optional<Header> operator()(uint32_t index) const noexcept {
      return MessageView(message).HeaderAt(index);
    }
  };
  struct AnomalySource {
    sipward_message* message;
    std::optional<Anomaly> operator()(uint32_t index) const noexcept {
      return MessageView(message).AnomalyAt(index);
    }
  };
  struct ViaSource {
    sipward_message* message;
    std::optional<Via> operator()(uint32_t index) const noexcept {
      return MessageView(message).ViaAt(index);
    }
  };
  struct AddressSource {
    sipward_message* message;
    std::string_view header;
    std::optional<Address> operator()(uint32_t index) const noexcept {
      return MessageView(message).AddressAt(header, index);
    }
  };

  struct DigestSource {
    sipward_message* message;
    std::string_view header;
    std::optional<Digest> operator()(uint32_t index) const noexcept {
      return MessageView(message).DigestAt(header, index);
    }
  };

  Written WriteRow(const Edit* edits, size_t count, char* out, size_t capacity,
                   WriteForm form) const noexcept {
    sipward_edit_result result{};
    result.struct_size = sizeof result;
    const sipward_edit* first = count == 0 ? nullptr : &edits->edit_;
    return Written(
        Status::FromC(sipward_message_write(message_, first, count, static_cast<uint32_t>(form),
                                            out, capacity, &result)),
        result);
  }
  static std::optional<uint16_t> ToPort(int32_t number) noexcept {
    if (number < 0) return std::nullopt;
    return static_cast<uint16_t>(number);
  }
  Uri ToUri(const sipward_uri& uri) const noexcept {
    Uri out(ToParams(uri.params));
    out.scheme_id = static_cast<Scheme>(uri.scheme_id);
    out.text = In(uri.text);
    out.scheme = In(uri.scheme);
    out.user = In(uri.user);
    out.password = In(uri.password);
    out.host = In(uri.host);
    out.port = In(uri.port);
    out.headers = In(uri.headers);
    out.port_number = ToPort(uri.port_number);
    out.host_kind = static_cast<HostKind>(uri.host_kind);
    return out;
  }
};

}  // namespace sipward

#endif  // SIPWARD_MESSAGE_VIEW_H_
