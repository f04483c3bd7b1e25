#include "tests/calls/messages.h"

namespace sipward::calls {
namespace {

using facts::FieldId;

std::string Address(facts::HostEvent& event, FieldId id) {
  const facts::Value& value = event.Get(id);
  return value.present() ? value.address().ToString() : std::string();
}

Seen SeenOf(facts::HostEvent& event, bool answers) {
  const auto text = [&](FieldId id) { return std::string(event.Get(id).str()); };
  Seen seen{.kind = event.kind(), .answers = answers, .proven = event.strong_evidence()};
  seen.source = Address(event, FieldId::kSrcIp);
  seen.account = text(FieldId::kAccount);
  if ((facts::SetOf(event.kind()) & facts::kOnCalls) == 0) {
    seen.aor = text(FieldId::kAor);
    seen.result = static_cast<facts::Result>(event.Get(FieldId::kResult).i);
    if (event.kind() != facts::EventKind::kAuth) return seen;
    seen.user = text(FieldId::kAuthUser);
    seen.reason = static_cast<facts::AuthReason>(event.Get(FieldId::kAuthReason).i);
    return seen;
  }
  seen.call_id = text(FieldId::kCallId);
  seen.caller = text(FieldId::kCallerNumber);
  seen.callee = text(FieldId::kCalleeNumber);
  seen.emergency = event.Get(FieldId::kEmergency).i != 0;
  seen.media = Address(event, FieldId::kMediaIp);
  if (event.kind() == facts::EventKind::kMediaChange)
    seen.media_before = Address(event, FieldId::kMediaBefore);
  if (event.kind() == facts::EventKind::kMediaChange ||
      event.kind() == facts::EventKind::kCallAnswer)
    seen.downgraded = event.Get(FieldId::kMediaDowngraded).i != 0;
  if (event.kind() == facts::EventKind::kCallAnswer || event.kind() == facts::EventKind::kCallEnd) {
    seen.ring = event.Get(FieldId::kRing).i;
    seen.setup = event.Get(FieldId::kSetup).i;
  }
  if (event.kind() != facts::EventKind::kCallEnd) return seen;
  seen.code = event.Get(FieldId::kCode).i;
  seen.ended_by = text(FieldId::kEndedBy);
  seen.answered = event.Get(FieldId::kAnswered).i != 0;
  seen.duration = event.Get(FieldId::kDuration).i;
  return seen;
}

}  // namespace

std::string TextOf(const Sent& sent) {
  std::string text = sent.code == 0 ? sent.method + " sip:" + sent.to_user + "@example.com SIP/2.0"
                                    : "SIP/2.0 " + std::to_string(sent.code) + " Said";
  text +=
      "\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK" + sent.call_id + std::to_string(sent.cseq);
  text += "\r\nMax-Forwards: 70\r\nFrom: \"Al\" <sip:" + sent.from_user + "@example.com>;tag=";
  text += sent.from_tag + "\r\nTo: <sip:" + sent.to_user + "@example.com>";
  if (!sent.to_tag.empty()) text += ";tag=" + sent.to_tag;
  text += "\r\nCall-ID: " + sent.call_id + "\r\nCSeq: " + std::to_string(sent.cseq) + " ";
  text += sent.method + "\r\n" + sent.extra;
  std::string body;
  if (!sent.media.empty()) {
    body = "v=0\r\no=- 1 1 IN IP4 " + sent.media + "\r\ns=-\r\nc=IN IP4 " + sent.media +
           "\r\nt=0 0\r\nm=audio 4000 " + sent.protocol + " 0\r\n";
    text += "Content-Type: application/sdp\r\n";
  }
  return text + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string NamesOf(const std::vector<Seen>& seen) {
  std::string names;
  for (const Seen& one : seen) {
    if (!names.empty()) names += ' ';
    names += facts::EventName(one.kind);
  }
  return names;
}

Watch::Watch(uint32_t capacity, uint64_t region_bytes) {
  HashSecret secret;
  secret.bytes[3] = 9;
  region_ = state::Region::Create(region_bytes, secret);
  const auto specs = TableSpecs(region_bytes, capacity);
  const Tables tables{*region_->Open(specs[0]), *region_->Open(specs[1]), *region_->Open(specs[2])};
  tracker_ = std::make_unique<Tracker>(*region_, tables);
}

facts::Packet Watch::PacketOf(const Sent& sent) {
  bytes_ = TextOf(sent);
  account_ = sent.account;
  facts::Packet packet;
  packet.bytes = bytes_;
  packet.monotonic = sent.at;
  packet.wall = sent.at;
  packet.source = *IpAddress::Parse(sent.source);
  packet.destination = *IpAddress::Parse(sent.destination);
  packet.source_port = packet.destination_port = 5060;
  packet.transport = sent.transport;
  packet.authenticated = sent.authenticated;
  if (!account_.empty()) packet.account = account_;
  return packet;
}

void Watch::Parse(const facts::Packet& packet) {
  message_.Parse(packet.bytes, sip::ParseOptions{});
  message_.Validate();
}

void Watch::Drain(std::vector<Seen>* out) {
  bool answers = false;
  while (tracker_->Next(&event_, &answers)) out->push_back(SeenOf(event_, answers));
}

std::vector<Seen> Watch::Take(const Sent& sent, bool emergency) {
  std::vector<Seen> out;
  const facts::Packet packet = PacketOf(sent);
  Parse(packet);
  tracker_->Take(message_, packet, emergency);
  Drain(&out);
  return out;
}

std::vector<Seen> Watch::PassTime(Nanos now) {
  std::vector<Seen> out;
  size_t before;
  int idle = 0;
  do {
    before = out.size();
    const bool walked = tracker_->PassTime(now, now);
    Drain(&out);
    idle = walked && out.size() == before ? idle + 1 : 0;
  } while (idle < 64);
  return out;
}

std::vector<Seen> Watch::Refuse(uint16_t code) {
  std::vector<Seen> out;
  tracker_->Refuse(code);
  Drain(&out);
  return out;
}

facts::CallFacts Watch::Look(const Sent& sent) {
  const facts::Packet packet = PacketOf(sent);
  Parse(packet);
  return tracker_->Look(message_, packet);
}

}  // namespace sipward::calls
