// Values of headers that are made of items.
#include <initializer_list>
#include <optional>
#include <span>

#include "guard.h"
#include "message_handle.h"
#include "message_values.h"
#include "sip/header_kind.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

using sip::HeaderId;
using sip::Item;

static_assert(static_cast<int>(sip::Refresher::kNone) == SIPWARD_REFRESHER_NONE);
static_assert(static_cast<int>(sip::Refresher::kUac) == SIPWARD_REFRESHER_UAC);
static_assert(static_cast<int>(sip::Refresher::kUas) == SIPWARD_REFRESHER_UAS);

// The header that the caller names, if it is one of these; otherwise kOther.
HeaderId NameOneOf(const char* header, size_t header_size, std::initializer_list<HeaderId> known) {
  if (!UsableBytes(header, header_size)) return HeaderId::kOther;
  const HeaderId id = sip::FindHeader(View(header, header_size));
  for (const HeaderId one : known) {
    if (id == one) return id;
  }
  return HeaderId::kOther;
}

// Writes what `read(base, item)` makes of value `index` of the header.
template <typename Out, typename Read>
int32_t WriteValue(sipward_message* message, HeaderId id, uint32_t index, Out* out, Read read) {
  if (!Usable(message) || id == HeaderId::kOther || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  if (!message->parsed) return SIPWARD_END;
  const std::span<const Item> items = message->message->items(id);
  if (index >= items.size()) return SIPWARD_END;
  WriteStruct(read(message->message->bytes().data(), items[index]), out);
  return SIPWARD_OK;
}

sipward_item ToItem(const char*, const Item& item) {
  sipward_item out{};
  out.text = ToC(item.text);
  out.value = ToC(item.value);
  out.params = ToC(item.params);
  return out;
}

sipward_media_type ToMediaType(const char* base, const Item& item) {
  const sip::MediaType media = sip::ReadMediaType(base, item.text);
  sipward_media_type out{};
  out.type = ToC(media.type);
  out.subtype = ToC(media.subtype);
  out.params = ToC(media.params);
  return out;
}

sipward_identity ToIdentity(const char* base, const Item& item) {
  const sip::IdentityValue identity = sip::ReadIdentity(base, item);
  sipward_identity out{};
  out.digest = ToC(identity.digest);
  out.header = ToC(identity.header);
  out.payload = ToC(identity.payload);
  out.signature = ToC(identity.signature);
  out.info = ToC(identity.info);
  out.alg = ToC(identity.alg);
  out.ppt = ToC(identity.ppt);
  out.params = ToC(item.params);
  return out;
}

sipward_reason ToReason(const char* base, const Item& item) {
  const sip::ReasonValue reason = sip::ReadReason(base, item);
  sipward_reason out{};
  out.protocol = ToC(reason.protocol);
  out.text = ToC(reason.text);
  out.params = ToC(item.params);
  out.cause = reason.cause;
  return out;
}

sipward_dialog ToDialog(const char* base, const Item& item) {
  const sip::DialogReference dialog = sip::ReadDialog(base, item);
  sipward_dialog out{};
  out.early_only = dialog.early_only ? 1 : 0;
  out.call_id = ToC(dialog.call_id);
  out.to_tag = ToC(dialog.to_tag);
  out.from_tag = ToC(dialog.from_tag);
  out.params = ToC(item.params);
  return out;
}

sipward_product ToProduct(const char* base, const Item& item) {
  const sip::Product product = sip::ReadProduct(base, item);
  sipward_product out{};
  out.name = ToC(product.name);
  out.version = ToC(product.version);
  out.comment = ToC(product.comment);
  return out;
}

sipward_rack ToRack(const char* base, const Item& item) {
  const sip::Rack rack = sip::ReadRack(base, item);
  sipward_rack out{};
  out.method = ToC(rack.method_text);
  out.rseq = rack.rseq;
  out.cseq = rack.cseq;
  return out;
}

sipward_session_timer ToSessionTimer(const char* base, const Item& item) {
  const sip::SessionExpires session = sip::ReadSessionExpires(base, item);
  sipward_session_timer out{};
  out.refresher = static_cast<uint32_t>(session.refresher);
  out.seconds = session.seconds;
  return out;
}

sipward_event ToEvent(const char* base, const Item& item) {
  const sip::EventType event = sip::ReadEvent(base, item);
  sipward_event out{};
  out.package = ToC(event.package);
  out.event_template = ToC(event.event_template);
  out.id = ToC(event.id);
  out.params = ToC(item.params);
  return out;
}

sipward_subscription ToSubscription(const char* base, const Item& item) {
  const sip::Subscription subscription = sip::ReadSubscription(base, item);
  sipward_subscription out{};
  out.state = ToC(subscription.state);
  out.reason = ToC(subscription.reason);
  out.params = ToC(item.params);
  out.expires = subscription.expires;
  out.retry_after = subscription.retry_after;
  return out;
}

sipward_resource_priority ToResourcePriority(const char* base, const Item& item) {
  const sip::ResourcePriority priority = sip::ReadResourcePriority(base, item);
  sipward_resource_priority out{};
  out.name_space = ToC(priority.name_space);
  out.priority = ToC(priority.priority);
  return out;
}

sipward_warning ToWarning(const char* base, const Item& item) {
  const sip::WarningValue warning = sip::ReadWarning(base, item);
  sipward_warning out{};
  out.agent = ToC(warning.agent);
  out.text = ToC(warning.text);
  out.code = warning.code;
  return out;
}

sipward_retry_after ToRetryAfter(const char* base, const Item& item) {
  const sip::RetryAfter retry = sip::ReadRetryAfter(base, item);
  sipward_retry_after out{};
  out.comment = ToC(retry.comment);
  out.params = ToC(item.params);
  out.seconds = retry.seconds;
  out.duration = retry.duration;
  return out;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
using sipward::sip::HeaderId;

extern "C" {

int32_t sipward_message_item(sipward_message* message, const char* header, size_t header_size,
                             uint32_t index, sipward_item* out) {
  if (!UsableBytes(header, header_size)) return SIPWARD_ERR_ARGUMENT;
  HeaderId id = sipward::sip::FindHeader(View(header, header_size));
  if (sipward::sip::KindOf(id) != sipward::sip::HeaderKind::kItems) id = HeaderId::kOther;
  return WriteValue(message, id, index, out, ToItem);
}

int32_t sipward_message_media_type(sipward_message* message, const char* header, size_t header_size,
                                   uint32_t index, sipward_media_type* out) {
  const HeaderId id = NameOneOf(header, header_size, {HeaderId::kContentType, HeaderId::kAccept});
  return WriteValue(message, id, index, out, ToMediaType);
}

int32_t sipward_message_identity(sipward_message* message, uint32_t index, sipward_identity* out) {
  return WriteValue(message, HeaderId::kIdentity, index, out, ToIdentity);
}

int32_t sipward_message_reason(sipward_message* message, uint32_t index, sipward_reason* out) {
  return WriteValue(message, HeaderId::kReason, index, out, ToReason);
}

int32_t sipward_message_dialog(sipward_message* message, const char* header, size_t header_size,
                               sipward_dialog* out) {
  const HeaderId id = NameOneOf(header, header_size, {HeaderId::kReplaces, HeaderId::kJoin});
  return WriteValue(message, id, 0, out, ToDialog);
}

int32_t sipward_message_product(sipward_message* message, const char* header, size_t header_size,
                                uint32_t index, sipward_product* out) {
  const HeaderId id = NameOneOf(header, header_size, {HeaderId::kUserAgent, HeaderId::kServer});
  return WriteValue(message, id, index, out, ToProduct);
}

int32_t sipward_message_rack(sipward_message* message, sipward_rack* out) {
  return WriteValue(message, HeaderId::kRack, 0, out, ToRack);
}

int32_t sipward_message_session_timer(sipward_message* message, const char* header,
                                      size_t header_size, sipward_session_timer* out) {
  const HeaderId id = NameOneOf(header, header_size, {HeaderId::kSessionExpires, HeaderId::kMinSe});
  return WriteValue(message, id, 0, out, ToSessionTimer);
}

int32_t sipward_message_date(sipward_message* message, int64_t* out) {
  if (!Usable(message) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  const std::optional<int64_t> date = message->message->date();
  if (!date) return SIPWARD_END;
  *out = *date;
  return SIPWARD_OK;
}

int32_t sipward_message_event(sipward_message* message, const char* header, size_t header_size,
                              uint32_t index, sipward_event* out) {
  const HeaderId id = NameOneOf(header, header_size, {HeaderId::kEvent, HeaderId::kAllowEvents});
  return WriteValue(message, id, index, out, ToEvent);
}

int32_t sipward_message_subscription(sipward_message* message, sipward_subscription* out) {
  return WriteValue(message, HeaderId::kSubscriptionState, 0, out, ToSubscription);
}

int32_t sipward_message_resource_priority(sipward_message* message, uint32_t index,
                                          sipward_resource_priority* out) {
  return WriteValue(message, HeaderId::kResourcePriority, index, out, ToResourcePriority);
}

int32_t sipward_message_warning(sipward_message* message, uint32_t index, sipward_warning* out) {
  return WriteValue(message, HeaderId::kWarning, index, out, ToWarning);
}

int32_t sipward_message_retry_after(sipward_message* message, sipward_retry_after* out) {
  return WriteValue(message, HeaderId::kRetryAfter, 0, out, ToRetryAfter);
}

}  // extern "C"
