#include <algorithm>
#include <limits>

#include "facts/facts.h"

namespace sipward::facts {
namespace {

using Kind = Value::Kind;

Kind KindOf(Type type) {
  switch (type) {
    case Type::kFloat:
      return Kind::kFloat;
    case Type::kString:
    case Type::kNumber:
      return Kind::kString;
    case Type::kIp:
      return Kind::kIp;
    case Type::kCidr:
      return Kind::kCidr;
    default:
      return Kind::kInt;
  }
}

// What a field is of which the host said nothing. An address stays absent, so that no key is made
// of it: all calls without a known source would be one source.
Value Unknown(const FieldInfo& info) {
  if (info.optional || info.type == Type::kIp || info.type == Type::kCidr) return {};
  const Kind kind = KindOf(info.type);
  return kind == Kind::kString  ? Value::String("")
         : kind == Kind::kFloat ? Value::Float(0)
                                : Value::Int(0);
}

}  // namespace

void HostEvent::Reset(EventKind kind, Nanos now, Nanos wall, bool proven) {
  Restart(kind, now, proven);
  is_given_.fill(0);
  wall_ = wall;
}

void HostEvent::set_home(numbering::Home home) {
  if (home == home_) return;
  home_ = home;
  Forget(FieldId::kCallerNumber);
  Forget(FieldId::kCalleeNumber);
}

bool HostEvent::Set(FieldId id, const Value& value) {
  const FieldInfo& info = Describe(id);
  if ((info.events & SetOf(kind())) == 0) return false;
  if (value.present() && value.kind != KindOf(info.type)) return false;
  given_[static_cast<size_t>(id)] = value;
  if (value.present()) {
    is_given_[WordOf(id)] |= BitOf(id);
  } else {
    is_given_[WordOf(id)] &= ~BitOf(id);
  }
  return true;
}

const Value* HostEvent::Given(FieldId id) const {
  return (is_given_[WordOf(id)] & BitOf(id)) != 0 ? &given_[static_cast<size_t>(id)] : nullptr;
}

Value HostEvent::Compute(FieldId id) {
  if (IsOfIdentity(id)) return OfIdentity(id);
  const Value* given = Given(id);
  if (given != nullptr) return Describe(id).type == Type::kNumber ? Number(id, *given) : *given;
  const Value derived = Derive(id);
  return derived.present() ? derived : Unknown(Describe(id));
}

// A telephone number however the host writes it; what is none stays as it is.
Value HostEvent::Number(FieldId id, const Value& number) {
  const std::string_view digits = numbering::Canonical(
      number.str(), home_, id == FieldId::kCallerNumber ? caller_digits_ : callee_digits_);
  return digits.empty() ? number : Value::String(digits);
}

Value HostEvent::Derive(FieldId id) {
  const auto net = [&](FieldId of, Cidr (*make)(const IpAddress&)) {
    const Value* ip = Given(of);
    return ip == nullptr ? Value() : Value::Net(make(ip->address()));
  };
  const auto digits = [&](FieldId user, std::span<char> out) {
    return Value::String(DigitsOf(Get(user).str(), out));
  };
  switch (id) {
    case FieldId::kTime:
      return Value::Int(wall_);
    case FieldId::kPressure:
      return Pressure();
    case FieldId::kSrcNet:
      return net(FieldId::kSrcIp, NetworkOf);
    case FieldId::kSrcHost:
      return net(FieldId::kSrcIp, HostOf);
    case FieldId::kDstNet:
      return net(FieldId::kDstIp, NetworkOf);
    case FieldId::kDstHost:
      return net(FieldId::kDstIp, HostOf);
    case FieldId::kClientHost:
      return net(kind() == EventKind::kResponse ? FieldId::kDstIp : FieldId::kSrcIp, HostOf);
    case FieldId::kInDialog:
      return Value::Bool(Given(FieldId::kToTag) != nullptr);
    case FieldId::kRuriDigits:
      return digits(FieldId::kRuriUser, ruri_digits_);
    case FieldId::kFromDigits:
      return digits(FieldId::kFromUser, from_digits_);
    case FieldId::kToDigits:
      return digits(FieldId::kToUser, to_digits_);
    case FieldId::kRuriScheme:
    case FieldId::kRuriUser:
    case FieldId::kRuriHost:
      return Part(FieldId::kRuri, id);
    case FieldId::kFromUser:
    case FieldId::kFromHost:
      return Part(FieldId::kFromUri, id);
    case FieldId::kToUser:
    case FieldId::kToHost:
      return Part(FieldId::kToUri, id);
    case FieldId::kContactUser:
    case FieldId::kContactHost:
      return Part(FieldId::kContactUri, id);
    case FieldId::kPaiUser:
      return Part(FieldId::kPaiUri, id);
    default:
      return {};
  }
}

// The same as of a message for which the host gave a result.
Value HostEvent::OfIdentity(FieldId id) {
  const auto number = [&](FieldId of) {
    const Value* given = Given(of);
    return given == nullptr ? int64_t{0} : given->i;
  };
  const auto text = [&](FieldId of) {
    const Value* given = Given(of);
    return given == nullptr ? std::string_view() : given->str();
  };
  Identity identity;
  identity.result = static_cast<IdentityResult>(number(FieldId::kIdentityResult));
  identity.reason = static_cast<IdentityReason>(number(FieldId::kIdentityReason));
  identity.attest = text(FieldId::kIdentityAttest);
  identity.origid = text(FieldId::kIdentityOrigid);
  identity.spc = text(FieldId::kIdentitySpc);
  identity.verstat = text(FieldId::kIdentityVerstat);
  if (Given(FieldId::kIdentityAge) != nullptr) identity.age = number(FieldId::kIdentityAge);
  identity.div_count = static_cast<uint32_t>(std::clamp<int64_t>(
      number(FieldId::kIdentityDivCount), 0, std::numeric_limits<uint32_t>::max()));
  return FactOf(identity, id);
}

// A part of a URI that the host gave as a whole.
Value HostEvent::Part(FieldId uri, FieldId id) {
  const Value* given = Given(uri);
  if (given == nullptr || given->s.size > UINT32_MAX) return {};
  const char* base = given->s.data;
  sip::Uri parsed;
  sip::AnomalyLog log;
  log.Clear();
  const Slice whole{0, static_cast<uint32_t>(given->s.size)};
  const auto place =
      id == FieldId::kRuriUser || id == FieldId::kRuriHost || id == FieldId::kRuriScheme
          ? sip::UriPlace::kRequestUri
          : sip::UriPlace::kBracketed;
  if (!sip::ParseUri(base, whole, place, sip::Limits{}, log, &parsed)) return {};
  const Slice part = id == FieldId::kRuriScheme ? parsed.scheme
                     : id == FieldId::kRuriHost || id == FieldId::kFromHost ||
                             id == FieldId::kToHost || id == FieldId::kContactHost
                         ? parsed.host
                         : parsed.user;
  return part.present() ? Value::String(part.In(base)) : Value();
}

}  // namespace sipward::facts
