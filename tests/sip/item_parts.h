// Everything that the readers of sip/items.h make of one item.
#ifndef SIPWARD_TESTS_SIP_ITEM_PARTS_H_
#define SIPWARD_TESTS_SIP_ITEM_PARTS_H_

#include "sip/items.h"

namespace sipward::sip {

// Calls take(slice) for every part, absent ones too. An item is given to every reader, whatever
// grammar it came from: none may rely on another's.
template <typename Take>
void ForEachPart(const char* base, const Item& item, Take take) {
  const IdentityValue identity = ReadIdentity(base, item);
  const ReasonValue reason = ReadReason(base, item);
  const DialogReference dialog = ReadDialog(base, item);
  const Product product = ReadProduct(base, item);
  const Rack rack = ReadRack(base, item);
  const EventType event = ReadEvent(base, item);
  const Subscription subscription = ReadSubscription(base, item);
  const ResourcePriority priority = ReadResourcePriority(base, item);
  const WarningValue warning = ReadWarning(base, item);
  const RetryAfter retry = ReadRetryAfter(base, item);
  for (const Slice part :
       {identity.digest,     identity.header,      identity.payload,  identity.signature,
        identity.info,       identity.alg,         identity.ppt,      reason.protocol,
        reason.text,         dialog.call_id,       dialog.to_tag,     dialog.from_tag,
        product.name,        product.version,      product.comment,   rack.method_text,
        event.package,       event.event_template, event.id,          subscription.state,
        subscription.reason, priority.name_space,  priority.priority, warning.agent,
        warning.text,        retry.comment}) {
    take(part);
  }
}

// Numbers are -1 or fit into 32 bits.
template <typename Check>
void ForEachNumber(const char* base, const Item& item, Check check) {
  const Rack rack = ReadRack(base, item);
  const Subscription subscription = ReadSubscription(base, item);
  const RetryAfter retry = ReadRetryAfter(base, item);
  for (const int64_t number :
       {ReadReason(base, item).cause, rack.rseq, rack.cseq, ReadSessionExpires(base, item).seconds,
        subscription.expires, subscription.retry_after, ReadWarning(base, item).code, retry.seconds,
        retry.duration}) {
    check(number);
  }
}

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_ITEM_PARTS_H_
