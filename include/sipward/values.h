// The parts of a message: views into its bytes.
//
// A std::string_view of a field that was not written has no data (data() == nullptr); of one that
// was written with nothing in it, it is empty and has data. Views live as long as the bytes that
// were parsed.
#ifndef SIPWARD_VALUES_H_
#define SIPWARD_VALUES_H_

#include <sipward.h>

#include <cstdint>
#include <iterator>
#include <optional>
#include <string_view>

#include "sipward/handle.h"

namespace sipward {

enum class AnomalyClass : uint8_t {
  kViolation = SIPWARD_CLASS_VIOLATION,  // the RFC forbids it, and programs act on that
  kAmbiguous = SIPWARD_CLASS_AMBIGUOUS,  // deployed programs read it differently
  kSuspicious =
      SIPWARD_CLASS_SUSPICIOUS,  // legal, or a slip that programs read alike; seen in attacks
  kLimit = SIPWARD_CLASS_LIMIT,  // more than an option allows
};

// Something that a message does and should not. Its texts live as long as the library.
class Anomaly {
 public:
  explicit Anomaly(const sipward_anomaly& from) noexcept : offset_(from.offset) {
    info_.struct_size = sizeof info_;
    static_cast<void>(sipward_anomaly_describe(from.id, &info_));
  }

  std::string_view name() const noexcept { return detail::View(info_.name); }  // "line.bare_lf"
  std::string_view class_name() const noexcept { return detail::View(info_.class_name); }
  std::string_view sentence() const noexcept { return detail::View(info_.sentence); }
  AnomalyClass anomaly_class() const noexcept {
    return static_cast<AnomalyClass>(info_.anomaly_class);
  }
  // Whether it refuses a message in this profile; what tolerant refuses can't be accepted.
  bool refused_in_strict() const noexcept { return info_.refused_in_strict != 0; }
  bool refused_in_tolerant() const noexcept { return info_.refused_in_tolerant != 0; }
  // Of the first byte concerned, in the message.
  uint32_t offset() const noexcept { return offset_; }

 private:
  sipward_anomaly_info info_{};
  uint32_t offset_;
};

// One parameter; a value without data means that there was no equals sign. Quoted strings keep
// their quotes.
struct Param {
  std::string_view name;
  std::string_view value;
};

// The parameters of a value, for range-based loops. Reads them as it goes; valid until the message
// is parsed again.
class Params {
 public:
  class iterator {
   public:
    using iterator_category = std::input_iterator_tag;
    using value_type = Param;
    using difference_type = std::ptrdiff_t;
    using pointer = const Param*;
    using reference = const Param&;

    iterator() = default;
    iterator(const sipward_message* message, const char* base, sipward_slice rest) noexcept
        : message_(message), base_(base), rest_(rest) {
      ++*this;
    }

    reference operator*() const noexcept { return value_; }
    pointer operator->() const noexcept { return &value_; }
    iterator& operator++() noexcept {
      sipward_param next;
      if (sipward_param_next(message_, &rest_, &next) == SIPWARD_OK) {
        value_ = {detail::View(base_, next.name), detail::View(base_, next.value)};
      } else {
        *this = iterator();
      }
      return *this;
    }
    void operator++(int) noexcept { ++*this; }
    friend bool operator==(const iterator& a, const iterator& b) noexcept {
      return a.value_.name.data() == b.value_.name.data();
    }
    friend bool operator!=(const iterator& a, const iterator& b) noexcept { return !(a == b); }

   private:
    const sipward_message* message_ = nullptr;
    const char* base_ = nullptr;
    sipward_slice rest_{SIPWARD_ABSENT, 0};
    Param value_;
  };

  Params(const sipward_message* message, const char* base, sipward_slice slice) noexcept
      : message_(message), base_(base), slice_(slice) {}

  iterator begin() const noexcept { return iterator(message_, base_, slice_); }
  iterator end() const noexcept { return iterator(); }
  // As written.
  std::string_view text() const noexcept { return detail::View(base_, slice_); }

 private:
  const sipward_message* message_;
  const char* base_;
  sipward_slice slice_;
};

enum class Scheme : uint8_t {
  kOther = SIPWARD_SCHEME_OTHER,
  kSip = SIPWARD_SCHEME_SIP,
  kSips = SIPWARD_SCHEME_SIPS,
  kTel = SIPWARD_SCHEME_TEL,
  kUrn = SIPWARD_SCHEME_URN,
};

enum class HostKind : uint8_t {
  kNone = SIPWARD_HOST_NONE,
  kName = SIPWARD_HOST_NAME,
  kIpv4 = SIPWARD_HOST_IPV4,
  kIpv6 = SIPWARD_HOST_IPV6,
  kBad = SIPWARD_HOST_BAD,  // written, and neither a name nor an address
};

// RFC 3261 section 19.1, RFC 3966. As written, nothing unescaped.
struct Uri {
  explicit Uri(const Params& from) noexcept : params_(from) {}
  // By value, so that `for (Param p : message.RequestUri()->params())` outlives the Uri.
  Params params() const noexcept { return params_; }

  Scheme scheme_id = Scheme::kOther;
  std::string_view text, scheme;
  std::string_view user;  // of a tel URI: the number
  std::string_view password;
  std::string_view host;  // IPv6 with its brackets
  std::string_view port, headers;
  std::optional<uint16_t> port_number;
  HostKind host_kind = HostKind::kNone;

 private:
  Params params_;
};

// RFC 3261 section 20.10.
struct Address {
  Address(const Uri& uri_part, const Params& from) noexcept : uri(uri_part), params_(from) {}
  Params params() const noexcept { return params_; }

  bool is_star = false;  // Contact: *
  bool in_brackets = false;
  std::string_view text;
  std::string_view display;  // with its quotes, if it has them
  std::string_view tag;
  Uri uri;

 private:
  Params params_;
};

// RFC 3261 section 20.42.
struct Via {
  explicit Via(const Params& from) noexcept : params_(from) {}
  Params params() const noexcept { return params_; }

  std::string_view protocol, version;  // "SIP", "2.0"
  std::string_view text, transport, host, port, branch, received, rport, maddr, ttl;
  std::optional<uint16_t> port_number;
  HostKind host_kind = HostKind::kNone;

 private:
  Params params_;
};

// Credentials or a challenge (RFC 3261 sections 20.7 and 20.44, RFC 8760). Quoted values without
// their quotes, nothing unescaped. Of a scheme other than Digest only the scheme is read.
struct Digest {
  std::string_view text, scheme;
  std::string_view username, realm, nonce, uri, response, algorithm, cnonce, opaque, qop, nc, stale,
      domain;
};

// RFC 3261 section 20.16. No number: not digits, or not below 2^32.
struct Cseq {
  std::optional<uint32_t> number;
  std::string_view method;
};

struct Header {
  std::string_view name;
  std::string_view value;  // as written, folds included
  bool folded;
  std::string_view known;  // the long name of a header that the library knows: "From" of f
};

enum class MessageKind : uint8_t {
  kNone = SIPWARD_KIND_NONE,
  kRequest = SIPWARD_KIND_REQUEST,
  kResponse = SIPWARD_KIND_RESPONSE,
};

struct StartLine {
  MessageKind kind;
  std::string_view method, request_uri, version, reason;
  uint32_t status_code;  // 0: not a response
};

}  // namespace sipward

#endif  // SIPWARD_VALUES_H_
