#include <algorithm>
#include <cstring>

#include "base/ascii.h"
#include "facts/facts.h"

namespace sipward::facts {
namespace {

using sip::HeaderId;

constexpr size_t kOrderedHeaders = 32;

// The names of headers as header.order has them: a blank, then the name in lower case, or x. All
// of the room is copied, which is faster than as much of it as is used.
class OrderedName {
 public:
  static constexpr size_t kRoom = 32;

  constexpr explicit OrderedName(std::string_view name) {
    bytes_[size_++] = ' ';
    for (const char c : name) bytes_[size_++] = ToLower(c);
  }
  size_t size() const { return size_; }
  void CopyTo(char* out) const { std::memcpy(out, bytes_.data(), kRoom); }

 private:
  size_t size_ = 0;
  std::array<char, kRoom> bytes_{};
};

constexpr std::array kOrderedNames = {
    OrderedName("x"),
#define SIPWARD_HEADER(symbol, name, compact, singleton) OrderedName(name),
#include "sip/header.def"
#undef SIPWARD_HEADER
};
static_assert(static_cast<int>(HeaderId::kOther) == 0 &&
              kOrderedNames.size() == sip::kHeaderIdCount);

Value OfSlice(Slice slice, const char* base) {
  return slice.present() ? Value::String(slice.In(base)) : Value();
}

// A quoted display name without its quotes: what people see, but for escapes.
Value OfDisplay(Slice display, const char* base) {
  if (!display.present()) return {};
  std::string_view text = display.In(base);
  if (text.size() >= 2 && text.front() == '"' && text.back() == '"')
    text = text.substr(1, text.size() - 2);
  return Value::String(text);
}

Value OfNumber(int64_t number) { return number < 0 ? Value() : Value::Int(number); }

}  // namespace

void MessageEvent::Reset(sip::Message& message, const Packet& packet, bool emergency) {
  Restart(message.is_response() ? EventKind::kResponse : EventKind::kRequest, packet.monotonic,
          packet.strong_evidence());
  message_ = &message;
  packet_ = &packet;
  identity_ = packet.identity;
  calls_ = nullptr;
  parsed_ = nullptr;
  call_.reset();
  emergency_ = emergency;
}

Value MessageEvent::Header(std::string_view name) {
  const sip::Header* header = message_->Find(name);
  return header ? OfSlice(header->value, message_->bytes().data()) : Value();
}

bool MessageEvent::HasAnomaly(sip::AnomalyId id) {
  return parsed_ == nullptr ? message_->anomalies().Has(id) : parsed_->anomalies.Has(id);
}

bool MessageEvent::HasAnomalies() {
  if (parsed_ == nullptr) return !message_->anomalies().empty();
  return std::any_of(parsed_->counts.begin(), parsed_->counts.end(),
                     [](uint32_t count) { return count != 0; });
}

Value MessageEvent::HeaderOrder() {
  const auto headers = message_->headers();
  const size_t count = std::min(headers.size(), kOrderedHeaders);
  char* at = header_order_.data();
  for (size_t i = 0; i < count; ++i) {
    const OrderedName& name = kOrderedNames[static_cast<size_t>(headers[i].id)];
    name.CopyTo(at);
    at += name.size();
  }
  const auto size = static_cast<size_t>(at - header_order_.data());
  return Value::String(std::string_view(header_order_.data(), size).substr(size == 0 ? 0 : 1));
}

Value MessageEvent::ComputeAddress(FieldId id) {
  const char* base = message_->bytes().data();
  const auto first = [&](HeaderId header) -> const sip::NameAddr* {
    const auto all = message_->addresses(header);
    return all.empty() ? nullptr : &all.front();
  };
  switch (id) {
    case FieldId::kFromUri:
      return OfSlice(message_->from().uri.text, base);
    case FieldId::kFromUser:
      return OfSlice(message_->from().uri.user, base);
    case FieldId::kFromHost:
      return OfSlice(message_->from().uri.host, base);
    case FieldId::kFromDisplay:
      return OfDisplay(message_->from().display, base);
    case FieldId::kFromTag:
      return OfSlice(message_->from().tag, base);
    case FieldId::kFromDigits:
      return Value::String(DigitsOf(message_->from().uri.user.In(base), from_digits_));
    case FieldId::kToUri:
      return OfSlice(message_->to().uri.text, base);
    case FieldId::kToUser:
      return OfSlice(message_->to().uri.user, base);
    case FieldId::kToHost:
      return OfSlice(message_->to().uri.host, base);
    case FieldId::kToDisplay:
      return OfDisplay(message_->to().display, base);
    case FieldId::kToTag:
      return OfSlice(message_->to().tag, base);
    case FieldId::kToDigits:
      return Value::String(DigitsOf(message_->to().uri.user.In(base), to_digits_));
    case FieldId::kContactCount:
      return Value::Int(static_cast<int64_t>(message_->addresses(HeaderId::kContact).size()));
    case FieldId::kContactUri:
    case FieldId::kContactUser:
    case FieldId::kContactHost: {
      const sip::NameAddr* contact = first(HeaderId::kContact);
      if (!contact) return {};
      return OfSlice(id == FieldId::kContactUri    ? contact->uri.text
                     : id == FieldId::kContactUser ? contact->uri.user
                                                   : contact->uri.host,
                     base);
    }
    case FieldId::kPaiUri:
    case FieldId::kPaiUser: {
      const sip::NameAddr* pai = first(HeaderId::kPAssertedIdentity);
      if (!pai) return {};
      return OfSlice(id == FieldId::kPaiUri ? pai->uri.text : pai->uri.user, base);
    }
    default:
      return {};
  }
}

Value MessageEvent::ComputeDigest(FieldId id) {
  const char* base = message_->bytes().data();
  auto all = message_->digests(HeaderId::kAuthorization);
  if (all.empty()) all = message_->digests(HeaderId::kProxyAuthorization);
  if (id == FieldId::kAuthPresent) return Value::Bool(!all.empty());
  if (all.empty()) return {};
  const sip::Digest& digest = all.front();
  switch (id) {
    case FieldId::kAuthScheme:
      return OfSlice(digest.scheme, base);
    case FieldId::kAuthUser:
      return OfSlice(digest.username, base);
    case FieldId::kAuthRealm:
      return OfSlice(digest.realm, base);
    case FieldId::kAuthNonce:
      return OfSlice(digest.nonce, base);
    case FieldId::kAuthUri:
      return OfSlice(digest.uri, base);
    case FieldId::kAuthResponse:
      return OfSlice(digest.response, base);
    case FieldId::kAuthAlgorithm:
      return OfSlice(digest.algorithm, base);
    case FieldId::kAuthQop:
      return OfSlice(digest.qop, base);
    case FieldId::kAuthNc:
      return OfSlice(digest.nc, base);
    default:
      return {};
  }
}

CallFacts MessageEvent::Call() {
  if (!call_) call_ = calls_ == nullptr ? CallFacts{} : calls_->Look(*message_, *packet_);
  return *call_;
}

Value MessageEvent::ComputeCall(FieldId id) {
  const CallFacts call = Call();
  return Value::Bool(id == FieldId::kCallKnown   ? call.known
                     : id == FieldId::kCallParty ? call.party
                                                 : call.replayed);
}

bool MessageEvent::has_identity() const { return message_->Find(HeaderId::kIdentity) != nullptr; }

Value MessageEvent::ComputeIdentity(FieldId id) {
  if (identity_ != nullptr) return FactOf(*identity_, id);
  Identity nothing;
  if (!has_identity()) nothing.result = IdentityResult::kNone;
  return FactOf(nothing, id);
}

Value MessageEvent::Compute(FieldId id) {
  const char* base = message_->bytes().data();
  const sip::StartLine& start = message_->start();
  const auto count = [&](sip::AnomalyClass cls) {
    return Value::Int(parsed_ == nullptr ? message_->anomalies().ClassCount(cls)
                                         : parsed_->counts[static_cast<size_t>(cls)]);
  };
  const auto text_of = [&](HeaderId header) { return OfSlice(message_->ValueOf(header), base); };
  switch (id) {
    case FieldId::kSrcIp:
      return Value::Ip(packet_->source);
    case FieldId::kSrcNet:
      return Value::Net(NetworkOf(packet_->source));
    case FieldId::kSrcHost:
      return Value::Net(HostOf(packet_->source));
    case FieldId::kClientHost:
      return Value::Net(HostOf(message_->is_response() ? packet_->destination : packet_->source));
    case FieldId::kDstHost:
      return Value::Net(HostOf(packet_->destination));
    case FieldId::kSrcPort:
      return Value::Int(packet_->source_port);
    case FieldId::kSrcRegistered:
      return Value::Bool(packet_->registered);
    case FieldId::kSrcAuthenticated:
      return Value::Bool(packet_->authenticated);
    case FieldId::kDstIp:
      return Value::Ip(packet_->destination);
    case FieldId::kDstNet:
      return Value::Net(NetworkOf(packet_->destination));
    case FieldId::kDstPort:
      return Value::Int(packet_->destination_port);
    case FieldId::kTransport:
      return Value::Int(static_cast<int64_t>(packet_->transport));
    case FieldId::kDirection:
      return Value::Int(static_cast<int64_t>(packet_->direction));
    case FieldId::kAccount:
      return packet_->account ? Value::String(*packet_->account) : Value();
    case FieldId::kTrunk:
      return packet_->trunk ? Value::String(*packet_->trunk) : Value();
    case FieldId::kTime:
      return Value::Int(packet_->wall);

    case FieldId::kMethod:
      return Value::Int(
          static_cast<int64_t>(message_->is_response() ? message_->cseq().method : start.method));
    case FieldId::kMethodText:
      return Value::String(
          (message_->is_response() ? message_->cseq().method_text : start.method_text).In(base));
    case FieldId::kCode:
      return Value::Int(start.code);
    case FieldId::kReason:
      return Value::String(start.reason.In(base));
    case FieldId::kMessageSize:
      return Value::Int(parsed_ == nullptr ? static_cast<int64_t>(message_->bytes().size())
                                           : parsed_->message_size);
    case FieldId::kBodySize:
      if (parsed_ != nullptr) return Value::Int(parsed_->body_size);
      return Value::Int(message_->body().present() ? message_->body().length : 0);
    case FieldId::kBody:
      return Value::String(message_->body().In(base));
    case FieldId::kHeaderCount:
      return Value::Int(static_cast<int64_t>(message_->headers().size()));
    case FieldId::kHeaderOrder:
      return HeaderOrder();
    case FieldId::kMalformed:
      return Value::Bool(parsed_ == nullptr ? message_->error() != nullptr : parsed_->malformed);
    case FieldId::kViolations:
      return count(sip::AnomalyClass::kViolation);
    case FieldId::kAmbiguities:
      return count(sip::AnomalyClass::kAmbiguous);
    case FieldId::kSuspicions:
      return count(sip::AnomalyClass::kSuspicious);
    case FieldId::kLimits:
      return count(sip::AnomalyClass::kLimit);
    case FieldId::kEmergency:
      return Value::Bool(emergency_);
    case FieldId::kInDialog:
      return Value::Bool(message_->to().tag.present());
    case FieldId::kCallKnown:
    case FieldId::kCallParty:
    case FieldId::kCallReplayed:
      return ComputeCall(id);

    case FieldId::kRuri:
      return Value::String(start.request_uri.In(base));
    case FieldId::kRuriScheme:
      return Value::String(message_->request_uri().scheme.In(base));
    case FieldId::kRuriUser:
      return OfSlice(message_->request_uri().user, base);
    case FieldId::kRuriHost:
      return OfSlice(message_->request_uri().host, base);
    case FieldId::kRuriDigits:
      return Value::String(DigitsOf(message_->request_uri().user.In(base), ruri_digits_));

    case FieldId::kCallId:
      return text_of(HeaderId::kCallId);
    case FieldId::kCseqNumber:
      return message_->cseq().number_valid
                 ? Value::Int(static_cast<int64_t>(message_->cseq().number))
                 : Value();
    case FieldId::kCseqMethod:
      return OfSlice(message_->cseq().method_text, base);
    case FieldId::kMaxForwards:
      return OfNumber(message_->number(HeaderId::kMaxForwards));
    case FieldId::kExpires:
      return OfNumber(message_->number(HeaderId::kExpires));
    case FieldId::kContentType:
      return text_of(HeaderId::kContentType);
    case FieldId::kUserAgent:
      return text_of(HeaderId::kUserAgent);
    case FieldId::kServer:
      return text_of(HeaderId::kServer);
    case FieldId::kSubject:
      return text_of(HeaderId::kSubject);
    case FieldId::kPriority:
      return text_of(HeaderId::kPriority);

    case FieldId::kViaCount:
      return Value::Int(static_cast<int64_t>(message_->vias().size()));
    case FieldId::kViaBranch:
    case FieldId::kViaHost:
    case FieldId::kViaPort:
    case FieldId::kViaTransport: {
      const auto vias = message_->vias();
      if (vias.empty()) return {};
      const sip::Via& top = vias.front();
      if (id == FieldId::kViaPort) return OfNumber(top.port_number);
      return OfSlice(id == FieldId::kViaBranch ? top.branch
                     : id == FieldId::kViaHost ? top.host
                                               : top.transport,
                     base);
    }

    case FieldId::kAuthPresent:
    case FieldId::kAuthScheme:
    case FieldId::kAuthUser:
    case FieldId::kAuthRealm:
    case FieldId::kAuthNonce:
    case FieldId::kAuthUri:
    case FieldId::kAuthResponse:
    case FieldId::kAuthAlgorithm:
    case FieldId::kAuthQop:
    case FieldId::kAuthNc:
      return ComputeDigest(id);

    case FieldId::kIdentityResult:
    case FieldId::kIdentityReason:
    case FieldId::kIdentityAttest:
    case FieldId::kIdentityOrigid:
    case FieldId::kIdentitySpc:
    case FieldId::kIdentityVerstat:
    case FieldId::kIdentityAge:
    case FieldId::kIdentityDivCount:
      return ComputeIdentity(id);

    case FieldId::kPressure:
      return Pressure();

    default:
      return ComputeAddress(id);
  }
}

}  // namespace sipward::facts
