// Header values that are a head (a token, a number, a product) and parameters.
#ifndef SIPWARD_HEADER_VALUES_H_
#define SIPWARD_HEADER_VALUES_H_

#include <sipward.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "sipward/handle.h"
#include "sipward/values.h"

namespace sipward {

// What every value below has: its parameters, valid until the message is parsed again.
class Parameterized {
 public:
  explicit Parameterized(const Params& from) noexcept : params_(from) {}
  Params params() const noexcept { return params_; }

 private:
  Params params_;
};

// Any of them, as written.
struct Item : Parameterized {
  using Parameterized::Parameterized;
  std::string_view text;   // all of it
  std::string_view value;  // before the parameters
};

// RFC 3261 section 20.15: Content-Type, Accept.
struct MediaType : Parameterized {
  using Parameterized::Parameterized;
  std::string_view type, subtype;
};

// RFC 8224 section 4. Header, payload and signature have no data if the digest is no token; the
// first two are empty in the compact form.
struct IdentityValue : Parameterized {
  using Parameterized::Parameterized;
  std::string_view digest, header, payload, signature;
  std::string_view info;      // the URI, without its angle brackets
  std::string_view alg, ppt;  // without quotes
};

// RFC 3326 section 2.
struct ReasonValue : Parameterized {
  using Parameterized::Parameterized;
  std::string_view protocol;
  std::string_view text;  // without its quotes, nothing unescaped
  std::optional<uint32_t> cause;
};

// RFC 3891 section 6.1, RFC 3911 section 7.1: Replaces, Join.
struct DialogReference : Parameterized {
  using Parameterized::Parameterized;
  std::string_view call_id, to_tag, from_tag;
  bool early_only = false;
};

// RFC 3261 sections 20.35 and 20.41: User-Agent, Server. A product or a comment.
struct Product {
  std::string_view name, version;
  std::string_view comment;  // without its outermost brackets; otherwise without data
};

// RFC 3262 section 7.2. No number: not one below 2^32.
struct RackValue {
  std::optional<uint32_t> rseq, cseq;
  std::string_view method;
};

enum class Refresher : uint8_t {
  kNone = SIPWARD_REFRESHER_NONE,
  kUac = SIPWARD_REFRESHER_UAC,
  kUas = SIPWARD_REFRESHER_UAS,
};
// RFC 4028: Session-Expires, Min-SE.
struct SessionTimer {
  std::optional<uint32_t> seconds;  // none: not a number below 2^32
  Refresher refresher = Refresher::kNone;
};

// RFC 6665 section 8.4: Event, Allow-Events.
struct EventType : Parameterized {
  using Parameterized::Parameterized;
  std::string_view package, event_template, id;
};

// RFC 6665 section 4.1.3.
struct Subscription : Parameterized {
  using Parameterized::Parameterized;
  std::string_view state, reason;
  std::optional<uint32_t> expires, retry_after;  // seconds
};

// RFC 4412 section 3.1.
struct ResourcePriority {
  std::string_view name_space, priority;
};

// RFC 3261 section 20.43.
struct WarningValue {
  std::optional<uint32_t> code;
  std::string_view agent;
  std::string_view text;  // without its quotes, nothing unescaped
};

// RFC 3261 section 20.33.
struct RetryAfterValue : Parameterized {
  using Parameterized::Parameterized;
  std::optional<uint32_t> seconds, duration;
  std::string_view comment;  // without its outermost brackets
};

// The part of a MessageView that reads them. `index` counts over all lines of a header; none
// behind the last, if the header is absent, or if it does not hold such values (c/values.h says
// which do).
class HeaderValues {
 public:
  std::optional<Item> ItemAt(std::string_view header, uint32_t index) const noexcept {
    sipward_item item{};
    if (!Read(sipward_message_item, &item, header.data(), header.size(), index)) return {};
    Item out(ToParams(item.params));
    out.text = In(item.text);
    out.value = In(item.value);
    return out;
  }
  // For range-based loops. `header` must outlive the loop.
  auto Items(std::string_view header) const noexcept {
    return detail::Sequence<Item, ItemSource>({message_, header});
  }
  template <typename String, typename = std::enable_if_t<detail::kDies<String>>>
  void Items(String&& header) const = delete;

  std::optional<MediaType> MediaTypeAt(std::string_view header, uint32_t index) const noexcept {
    sipward_media_type media{};
    if (!Read(sipward_message_media_type, &media, header.data(), header.size(), index)) return {};
    MediaType out(ToParams(media.params));
    out.type = In(media.type);
    out.subtype = In(media.subtype);
    return out;
  }
  std::optional<IdentityValue> IdentityAt(uint32_t index) const noexcept {
    sipward_identity identity{};
    if (!Read(sipward_message_identity, &identity, index)) return {};
    IdentityValue out(ToParams(identity.params));
    out.digest = In(identity.digest);
    out.header = In(identity.header);
    out.payload = In(identity.payload);
    out.signature = In(identity.signature);
    out.info = In(identity.info);
    out.alg = In(identity.alg);
    out.ppt = In(identity.ppt);
    return out;
  }
  std::optional<ReasonValue> ReasonAt(uint32_t index) const noexcept {
    sipward_reason reason{};
    if (!Read(sipward_message_reason, &reason, index)) return {};
    ReasonValue out(ToParams(reason.params));
    out.protocol = In(reason.protocol);
    out.text = In(reason.text);
    out.cause = ToNumber(reason.cause);
    return out;
  }
  // Of Replaces or Join.
  std::optional<DialogReference> DialogOf(std::string_view header) const noexcept {
    sipward_dialog dialog{};
    if (!Read(sipward_message_dialog, &dialog, header.data(), header.size())) return {};
    DialogReference out(ToParams(dialog.params));
    out.call_id = In(dialog.call_id);
    out.to_tag = In(dialog.to_tag);
    out.from_tag = In(dialog.from_tag);
    out.early_only = dialog.early_only != 0;
    return out;
  }
  // Of User-Agent or Server.
  std::optional<Product> ProductAt(std::string_view header, uint32_t index) const noexcept {
    sipward_product product{};
    if (!Read(sipward_message_product, &product, header.data(), header.size(), index)) return {};
    return Product{In(product.name), In(product.version), In(product.comment)};
  }
  std::optional<RackValue> RAck() const noexcept {
    sipward_rack rack{};
    if (!Read(sipward_message_rack, &rack)) return {};
    return RackValue{ToNumber(rack.rseq), ToNumber(rack.cseq), In(rack.method)};
  }
  // Of Session-Expires or Min-SE.
  std::optional<SessionTimer> SessionTimerOf(std::string_view header) const noexcept {
    sipward_session_timer timer{};
    if (!Read(sipward_message_session_timer, &timer, header.data(), header.size())) return {};
    return SessionTimer{ToNumber(timer.seconds), static_cast<Refresher>(timer.refresher)};
  }
  // Seconds since 1970; none if it is absent or no date.
  std::optional<int64_t> Date() const noexcept {
    int64_t seconds = 0;
    if (sipward_message_date(message_, &seconds) != SIPWARD_OK) return {};
    return seconds;
  }
  // Of Event or Allow-Events.
  std::optional<EventType> EventAt(std::string_view header, uint32_t index) const noexcept {
    sipward_event event{};
    if (!Read(sipward_message_event, &event, header.data(), header.size(), index)) return {};
    EventType out(ToParams(event.params));
    out.package = In(event.package);
    out.event_template = In(event.event_template);
    out.id = In(event.id);
    return out;
  }
  std::optional<Subscription> SubscriptionState() const noexcept {
    sipward_subscription subscription{};
    if (!Read(sipward_message_subscription, &subscription)) return {};
    Subscription out(ToParams(subscription.params));
    out.state = In(subscription.state);
    out.reason = In(subscription.reason);
    out.expires = ToNumber(subscription.expires);
    out.retry_after = ToNumber(subscription.retry_after);
    return out;
  }
  std::optional<ResourcePriority> ResourcePriorityAt(uint32_t index) const noexcept {
    sipward_resource_priority priority{};
    if (!Read(sipward_message_resource_priority, &priority, index)) return {};
    return ResourcePriority{In(priority.name_space), In(priority.priority)};
  }
  std::optional<WarningValue> WarningAt(uint32_t index) const noexcept {
    sipward_warning warning{};
    if (!Read(sipward_message_warning, &warning, index)) return {};
    return WarningValue{ToNumber(warning.code), In(warning.agent), In(warning.text)};
  }
  std::optional<RetryAfterValue> RetryAfter() const noexcept {
    sipward_retry_after retry{};
    if (!Read(sipward_message_retry_after, &retry)) return {};
    RetryAfterValue out(ToParams(retry.params));
    out.seconds = ToNumber(retry.seconds);
    out.duration = ToNumber(retry.duration);
    out.comment = In(retry.comment);
    return out;
  }

 protected:
  explicit HeaderValues(sipward_message* message) noexcept : message_(message) {}
  std::string_view In(sipward_slice slice) const noexcept { return detail::View(Base(), slice); }
  Params ToParams(sipward_slice slice) const noexcept { return {message_, Base(), slice}; }

  sipward_message* message_;

 private:
  struct ItemSource {
    sipward_message* message;
    std::string_view header;
    std::optional<Item> operator()(uint32_t index) const noexcept {
      return HeaderValues(message).ItemAt(header, index);
    }
  };

  template <typename Function, typename Out, typename... Which>
  bool Read(Function function, Out* out, Which... which) const noexcept {
    out->struct_size = sizeof *out;
    return function(message_, which..., out) == SIPWARD_OK;
  }
  static std::optional<uint32_t> ToNumber(int64_t number) noexcept {
    if (number < 0) return std::nullopt;
    return static_cast<uint32_t>(number);
  }
  const char* Base() const noexcept {
    sipward_text text{};
    static_cast<void>(sipward_message_bytes(message_, &text));
    return text.data;
  }
};

}  // namespace sipward

#endif  // SIPWARD_HEADER_VALUES_H_
