#include "identity/message_request.h"

#include "sip/sdp_attribute.h"

namespace sipward::identity {
namespace {

// As many as there is room for.
template <typename Room>
class Filler {
 public:
  explicit Filler(Room& room) : room_(room) {}
  void Add(const typename Room::value_type& value) {
    if (count_ < room_.size()) room_[count_++] = value;
  }
  bool full() const { return count_ == room_.size(); }
  std::span<const typename Room::value_type> all() const { return {room_.data(), count_}; }

 private:
  Room& room_;
  size_t count_ = 0;
};

}  // namespace

void MessageRequest::ReadIdentity(sip::Message& message) {
  const char* base = message.bytes().data();
  Filler values(identity_);
  const sip::Header* header = message.Find(sip::HeaderId::kIdentity);
  for (; header != nullptr; header = message.Next(*header)) values.Add(header->value.In(base));
  request_.identity = values.all();
}

void MessageRequest::ReadCaller(sip::Message& message) {
  const char* base = message.bytes().data();
  Filler asserted(asserted_);
  for (const sip::NameAddr& address : message.addresses(sip::HeaderId::kPAssertedIdentity)) {
    asserted.Add(address.uri.text.In(base));
  }
  request_.asserted = asserted.all();
  request_.from = message.from().uri.text.In(base);
  request_.to = message.to().uri.text.In(base);
  request_.request_uri = message.request_uri().text.In(base);
  request_.call_id = message.call_id().In(base);
  request_.from_tag = message.from().tag.In(base);
}

void MessageRequest::ReadPriorities(sip::Message& message) {
  const char* base = message.bytes().data();
  Filler priorities(priorities_);
  for (const sip::Item& item : message.items(sip::HeaderId::kResourcePriority)) {
    priorities.Add(item.value.In(base));
  }
  request_.resource_priority = priorities.all();
  // Of more than anybody sends nothing is known for certain: none of them is permitted.
  if (priorities.full()) priorities_.back() = "";
  request_.knows_priority = true;
}

void MessageRequest::ReadSession(sip::Message& message) {
  const char* base = message.bytes().data();
  request_.body.reset();
  request_.fingerprints = {};
  request_.knows_session = message.complete();
  if (!message.complete()) return;
  request_.body = message.body().In(base);
  const sip::Sdp* sdp = message.sdp();
  if (sdp == nullptr) return;
  Filler fingerprints(fingerprints_);
  for (const sip::SdpAttribute& attribute : sdp->attributes()) {
    sip::SdpFingerprint fingerprint;
    if (attribute.id == sip::SdpAttributeId::kFingerprint && attribute.value.present() &&
        sip::ReadFingerprint(base, attribute.value, &fingerprint)) {
      fingerprints.Add({fingerprint.hash.In(base), fingerprint.value.In(base)});
    }
  }
  request_.fingerprints = fingerprints.all();
}

const Request& MessageRequest::Read(sip::Message& message, Nanos now, Nanos monotonic) {
  request_ = {};
  request_.now = now / kSecond;
  request_.monotonic = monotonic;
  ReadIdentity(message);
  ReadCaller(message);
  ReadPriorities(message);
  ReadSession(message);
  request_.knows_date = true;
  request_.date = message.date();
  return request_;
}

}  // namespace sipward::identity
