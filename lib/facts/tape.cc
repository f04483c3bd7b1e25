#include "facts/tape.h"

#include <algorithm>
#include <cstring>

namespace sipward::facts {
namespace {

using Kind = Value::Kind;

constexpr size_t kHead = 6;  // kind, index, kind of the value

template <class Number>
void PutNumber(char* out, Number number) {
  for (size_t i = 0; i < sizeof number; ++i) {
    out[i] = static_cast<char>(static_cast<uint8_t>(number >> (8 * i)));
  }
}

template <class Number>
Number ToNumber(const char* bytes) {
  Number number = 0;
  for (size_t i = 0; i < sizeof number; ++i) {
    number |= static_cast<Number>(static_cast<Number>(static_cast<uint8_t>(bytes[i])) << (8 * i));
  }
  return number;
}

size_t SizeOf(const Value& value) {
  switch (value.kind) {
    case Kind::kAbsent:
      return 0;
    case Kind::kInt:
    case Kind::kFloat:
      return 8;
    case Kind::kString:
      return 4 + value.s.size;
    case Kind::kIp:
      return 16;
    case Kind::kCidr:
      return 17;
  }
  return 0;
}

void PutValue(char* out, const Value& value) {
  switch (value.kind) {
    case Kind::kAbsent:
      return;
    case Kind::kInt:
      return PutNumber(out, static_cast<uint64_t>(value.i));
    case Kind::kFloat: {
      uint64_t bits = 0;
      std::memcpy(&bits, &value.f, sizeof bits);
      return PutNumber(out, bits);
    }
    case Kind::kString:
      PutNumber(out, static_cast<uint32_t>(value.s.size));
      if (value.s.size != 0) std::memcpy(out + 4, value.s.data, value.s.size);
      return;
    case Kind::kCidr:
      out[16] = static_cast<char>(value.bits);
      [[fallthrough]];
    case Kind::kIp:
      std::memcpy(out, value.ip.data(), value.ip.size());
      return;
  }
}

}  // namespace

bool TapeReader::Broken() {
  ok_ = false;
  at_ = bytes_.size();
  return false;
}

bool TapeReader::Next(Fact* fact) {
  *fact = {};
  if (at_ == bytes_.size()) return false;
  const std::string_view left = bytes_.substr(at_);
  if (left.size() < kHead) return Broken();
  const auto kind = static_cast<uint8_t>(left[0]);
  const auto value_kind = static_cast<uint8_t>(left[5]);
  if (kind == 0 || kind > static_cast<uint8_t>(Noted::kCertificate)) return Broken();
  fact->kind = static_cast<Noted>(kind);
  fact->index = ToNumber<uint32_t>(left.data() + 1);
  const std::string_view rest = left.substr(kHead);
  size_t used = 0;
  const auto has = [&](size_t size) {
    used = size;
    return rest.size() >= size;
  };
  switch (static_cast<Kind>(value_kind)) {
    case Kind::kAbsent:
      break;
    case Kind::kInt:
      if (!has(8)) return Broken();
      fact->value = Value::Int(static_cast<int64_t>(ToNumber<uint64_t>(rest.data())));
      break;
    case Kind::kFloat: {
      if (!has(8)) return Broken();
      const auto bits = ToNumber<uint64_t>(rest.data());
      double number = 0;
      std::memcpy(&number, &bits, sizeof number);
      fact->value = Value::Float(number);
      break;
    }
    case Kind::kString: {
      if (!has(4)) return Broken();
      const auto size = ToNumber<uint32_t>(rest.data());
      if (!has(size_t{4} + size)) return Broken();
      fact->value = Value::String(rest.substr(4, size));
      break;
    }
    case Kind::kIp:
    case Kind::kCidr: {
      const bool net = static_cast<Kind>(value_kind) == Kind::kCidr;
      if (!has(net ? 17 : 16)) return Broken();
      IpAddress address;
      std::memcpy(address.bytes.data(), rest.data(), address.bytes.size());
      const auto bits = net ? static_cast<uint8_t>(rest[16]) : uint8_t{0};
      if (bits > 128) return Broken();
      fact->value = net ? Value::Net({address, bits}) : Value::Ip(address);
      break;
    }
    default:
      return Broken();
  }
  at_ += kHead + used;
  return true;
}

Tape::Tape(size_t capacity) : recorded_(capacity) {}

void Tape::Restart() {
  used_ = 0;
  whole_ = true;
}

void Tape::Note(Noted kind, uint32_t index, const Value& value) {
  const size_t size = kHead + SizeOf(value);
  if (size > recorded_.size() - used_) {
    whole_ = false;
    return;
  }
  char* out = recorded_.data() + used_;
  out[0] = static_cast<char>(kind);
  PutNumber(out + 1, index);
  out[5] = static_cast<char>(value.kind);
  PutValue(out + kHead, value);
  used_ += size;
}

Fact Tape::Peek() {
  TapeReader ahead = reader_;
  Fact fact;
  while (ahead.Next(&fact)) {
    if (!IsKeyed(fact.kind)) return fact;
    fact = {};
  }
  return {};
}

Value Tape::Take(Noted kind, uint32_t index) {
  const Fact next = Peek();
  if (next.kind != kind || next.index != index) {
    fits_ = false;
    return {};
  }
  Fact taken;
  do {
    reader_.Next(&taken);
  } while (IsKeyed(taken.kind));
  return taken.value;
}

ChainNotes::ChainNotes(Tape* tape) : tape_(tape), room_(std::min(kMostBytes, tape->room() / 2)) {}

bool ChainNotes::Fits(std::string_view text) {
  const size_t size = kHead + SizeOf(Value::String(text));
  if (size > room_) return false;
  room_ -= size;
  return true;
}

void ChainNotes::Add(std::string_view x5u, uint32_t headers,
                     std::span<const std::string> certificates) {
  if (!Fits(x5u)) {
    ++left_out_;
    return;
  }
  tape_->Note(Noted::kChain, headers, Value::String(x5u));
  uint32_t place = 0;
  for (const std::string& der : certificates) {
    tape_->Note(Noted::kCertificate, place++, Fits(der) ? Value::String(der) : Value());
  }
}

void ChainNotes::Finish() {
  if (left_out_ != 0) tape_->Note(Noted::kChain, left_out_, Value());
}

namespace {

constexpr uint64_t kReasons = 0
#define SIPWARD_IDENTITY_REASON(symbol, name, stage, sip_code, text) +1
#include "facts/identity_reason.def"
#undef SIPWARD_IDENTITY_REASON
    ;

constexpr FieldId kIdentityFields[] = {FieldId::kIdentityResult, FieldId::kIdentityReason,
                                       FieldId::kIdentityAttest, FieldId::kIdentityOrigid,
                                       FieldId::kIdentitySpc,    FieldId::kIdentityVerstat,
                                       FieldId::kIdentityAge,    FieldId::kIdentityDivCount};

// As it was given, whatever rules are shown of it.
Value RawOf(const Identity& identity, FieldId id) {
  switch (id) {
    case FieldId::kIdentityResult:
      return Value::Int(static_cast<int64_t>(identity.result));
    case FieldId::kIdentityReason:
      return Value::Int(static_cast<int64_t>(identity.reason));
    case FieldId::kIdentityAttest:
      return Value::String(identity.attest);
    case FieldId::kIdentityOrigid:
      return Value::String(identity.origid);
    case FieldId::kIdentitySpc:
      return Value::String(identity.spc);
    case FieldId::kIdentityVerstat:
      return Value::String(identity.verstat);
    case FieldId::kIdentityAge:
      return identity.age ? Value::Int(*identity.age) : Value();
    default:
      return Value::Int(identity.div_count);
  }
}

}  // namespace

void NoteIdentity(Tape* tape, Noted kind, const Identity& identity) {
  for (const FieldId id : kIdentityFields) {
    tape->Note(kind, static_cast<uint32_t>(id), RawOf(identity, id));
  }
}

bool TakeIdentity(Tape* tape, Noted kind, Identity* identity) {
  if (tape->Peek().kind != kind) return false;
  const auto take = [&](FieldId id) { return tape->Take(kind, static_cast<uint32_t>(id)); };
  identity->result =
      static_cast<IdentityResult>(static_cast<uint8_t>(take(FieldId::kIdentityResult).i) % 4);
  const auto reason = static_cast<uint64_t>(take(FieldId::kIdentityReason).i);
  identity->reason =
      reason < kReasons ? static_cast<IdentityReason>(reason) : IdentityReason::kOther;
  identity->attest = take(FieldId::kIdentityAttest).str();
  identity->origid = take(FieldId::kIdentityOrigid).str();
  identity->spc = take(FieldId::kIdentitySpc).str();
  identity->verstat = take(FieldId::kIdentityVerstat).str();
  const Value age = take(FieldId::kIdentityAge);
  if (age.present()) identity->age = age.i;
  identity->div_count = static_cast<uint32_t>(take(FieldId::kIdentityDivCount).i);
  return true;
}

}  // namespace sipward::facts
