// What can be known of an event: fields with names and types, and the values of one event. No
// judgement here.
#ifndef SIPWARD_FACTS_FACTS_H_
#define SIPWARD_FACTS_FACTS_H_

#include <array>
#include <cstdint>
#include <new>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/time.h"
#include "numbering/numbering.h"
#include "sip/sip.h"

namespace sipward::facts {

// Types of the rule language. Those from kMethod on are enumerations; their values are ints.
enum class Type : uint8_t {
  kBool,
  kInt,
  kFloat,
  kString,
  kDuration,  // int, nanoseconds
  kTime,      // int, nanoseconds since 1970 UTC
  kIp,
  kCidr,
  kMoney,           // int, millionths of the host's currency
  kNumber,          // a telephone number: its digits
  kMethod,          // sip::Method
  kTransport,       // facts::Transport
  kDirection,       // facts::Direction
  kResult,          // facts::Result
  kAuthReason,      // facts::AuthReason
  kNumberType,      // numbering::NumberType
  kIdentityResult,  // facts::IdentityResult
  kIdentityReason,  // facts::IdentityReason
};
constexpr bool IsEnum(Type type) { return type >= Type::kMethod; }
std::string_view TypeName(Type type);
std::optional<Type> FindType(std::string_view name);

enum class Transport : uint8_t { kUdp, kTcp, kTls, kWs, kWss, kSctp };
enum class Direction : uint8_t { kUnknown, kInbound, kOutbound };
enum class Result : uint8_t { kSuccess, kFail, kChallenged };
enum class AuthReason : uint8_t {
  kUnspecified,
  kWrongPassword,
  kUnknownUser,
  kForgedNonce,
  kStaleNonce,
  kReplayedNonce,
  kNoCredentials,
};
// What came of the check of a message's Identity headers. Pending: there is no result, because the
// check is not done yet or nobody does it.
enum class IdentityResult : uint8_t { kPending, kNone, kFailed, kVerified };
enum class IdentityReason : uint8_t {
#define SIPWARD_IDENTITY_REASON(symbol, name, stage, sip_code, text) symbol,
#include "facts/identity_reason.def"
#undef SIPWARD_IDENTITY_REASON
};
// Units of money in one of the host's currency.
inline constexpr int64_t kMoneyUnits = 1'000'000;

// Names of an enumeration's values as the rule language writes them: INVITE, udp, inbound.
// FindEnumValue finds a value by its name in any of the enumeration types; the type is returned as
// well.
struct EnumValue {
  Type type;
  int64_t value;
};
std::optional<EnumValue> FindEnumValue(std::string_view name);
std::string_view EnumValueName(Type type, int64_t value);  // "" if there is none
std::vector<std::string_view> EnumValueNames();            // of all of them
// What a verifier of the host calls its reason; kOther if it is none of ours.
IdentityReason ReasonNamed(std::string_view name);

enum class EventKind : uint8_t {
  kRequest,
  kResponse,
  kAuth,         // an attempt to authenticate ended
  kRegister,     // a registration was accepted or refused
  kCallStart,    // a call was asked for
  kCallAnswer,   // and answered
  kCallEnd,      // and is over, answered or not
  kMediaChange,  // media of a call goes elsewhere
  kCdr,          // a call record: a call that is over
  kTick,         // time goes by
};
inline constexpr size_t kEventKinds = 10;
std::string_view EventName(EventKind kind);
std::optional<EventKind> FindEvent(std::string_view name);

// Sets of events, a bit of each.
using EventSet = uint16_t;
constexpr EventSet SetOf(EventKind kind) {
  return static_cast<EventSet>(1u << static_cast<unsigned>(kind));
}
inline constexpr EventSet kOnRequests = SetOf(EventKind::kRequest);
inline constexpr EventSet kOnResponses = SetOf(EventKind::kResponse);
inline constexpr EventSet kOnMessages = kOnRequests | kOnResponses;
inline constexpr EventSet kOnAuth = SetOf(EventKind::kAuth);
inline constexpr EventSet kOnRegister = SetOf(EventKind::kRegister);
inline constexpr EventSet kOnAnswer = SetOf(EventKind::kCallAnswer);
inline constexpr EventSet kOnEnds = SetOf(EventKind::kCallEnd) | SetOf(EventKind::kCdr);
inline constexpr EventSet kOnCalls =
    SetOf(EventKind::kCallStart) | kOnAnswer | kOnEnds | SetOf(EventKind::kMediaChange);
inline constexpr EventSet kOnIdentity = kOnRequests | kOnCalls;
inline constexpr EventSet kOnAllButTick = kOnMessages | kOnAuth | kOnRegister | kOnCalls;
inline constexpr EventSet kOnAll = kOnAllButTick | SetOf(EventKind::kTick);

// Events that tell of such values.
EventSet EventsWith(Type type);

enum class FieldId : uint8_t {
#define SIPWARD_FIELD(symbol, name, type, optional, events, meaning) symbol,
#include "facts/field.def"
#undef SIPWARD_FIELD
};
inline constexpr int kFieldCount = 0
#define SIPWARD_FIELD(symbol, name, type, optional, events, meaning) +1
#include "facts/field.def"
#undef SIPWARD_FIELD
    ;

struct FieldInfo {
  std::string_view name;
  Type type;
  bool optional;
  EventSet events;  // that have it
  std::string_view meaning;
};
const FieldInfo& Describe(FieldId id);
// The field tells what the check of the Identity headers found: it is known late, and rules that
// name it wait for it.
constexpr bool IsOfIdentity(FieldId id) {
  return id >= FieldId::kIdentityResult && id <= FieldId::kIdentityDivCount;
}
// The field of this name that all of `events` have; else one of the name that some of them have;
// else any of the name.
std::optional<FieldId> FindField(std::string_view name, EventSet events = kOnAll);

// One value: a plain, copyable thing that owns nothing. Strings point into the message, the packet
// or the rules.
struct Value {
  enum class Kind : uint8_t {
    kAbsent,
    kInt,
    kFloat,
    kString,
    kIp,
    kCidr
  };  // bools, durations, times, money and enums are ints; numbers are strings

  Kind kind = Kind::kAbsent;
  uint8_t bits = 0;  // of a cidr
  union {
    int64_t i;
    double f;
    struct {
      const char* data;
      size_t size;
    } s;
    std::array<uint8_t, 16> ip;
  };

  Value() : ip{} { i = 0; }  // all of it is 0, whichever part is read
  static Value Int(int64_t v) {
    Value value;
    value.kind = Kind::kInt;
    value.i = v;
    return value;
  }
  static Value Bool(bool v) { return Int(v ? 1 : 0); }
  static Value Float(double v) {
    Value value;
    value.kind = Kind::kFloat;
    value.f = v;
    return value;
  }
  static Value String(std::string_view v) {
    Value value;
    value.kind = Kind::kString;
    value.s = {v.data(), v.size()};
    return value;
  }
  static Value Ip(const IpAddress& v) {
    Value value;
    value.kind = Kind::kIp;
    value.ip = v.bytes;
    return value;
  }
  static Value Net(const Cidr& v) {
    Value value;
    value.kind = Kind::kCidr;
    value.bits = v.bits;
    value.ip = v.address.bytes;
    return value;
  }
  // The address, of a network that is one address alone.
  static Value IpOrNet(const Cidr& v);

  bool present() const { return kind != Kind::kAbsent; }
  std::string_view str() const {
    return kind == Kind::kString ? std::string_view(s.data, s.size) : std::string_view();
  }
  IpAddress address() const { return IpAddress{ip}; }
};

// The digits of a telephone number, written to `out`: visual separators `-.()` (RFC 3966 section 3)
// and a leading + left out; empty if there is anything else, or more than fits.
inline constexpr size_t kMaxDigits = 64;
std::string_view DigitsOf(std::string_view text, std::span<char> out);

// What a check of the Identity headers of a message found (RFC 8224). Texts are not copied.
struct Identity {
  IdentityResult result = IdentityResult::kPending;
  IdentityReason reason = IdentityReason::kNotChecked;   // of kFailed
  std::string_view attest = {};                          // "A", "B" or "C"; empty: there is none
  std::string_view origid = {}, spc = {}, verstat = {};  // empty: there is none
  std::optional<Nanos> age = {};                         // since iat
  uint32_t div_count = 0;
};
// One of the identity fields. What a token says is shown of a verified one alone, so that no rule
// takes a forged attestation for a true one.
Value FactOf(const Identity& identity, FieldId id);

// A packet as the core sees it.
struct Packet {
  std::string_view bytes;
  Nanos wall = 0;
  Nanos monotonic = 0;
  IpAddress source, destination;
  uint16_t source_port = 0, destination_port = 0;
  Transport transport = Transport::kUdp;
  Direction direction = Direction::kUnknown;
  bool registered = false;
  bool authenticated = false;
  std::optional<std::string_view> account, trunk;
  const Identity* identity = nullptr;  // what the host found; null: nothing yet

  // The source has shown that it receives what is sent to it, so it cannot be a forged address.
  // That it is registered proves nothing on UDP: the host knows it by the address, which is what is
  // forged.
  bool strong_evidence() const { return transport != Transport::kUdp || authenticated; }
};

// The facts of one event. Each is computed at most once, when it is first asked for. Nothing is
// allocated.
class Event {
 public:
  virtual ~Event() = default;

  EventKind kind() const { return kind_; }
  Nanos now() const { return now_; }  // monotonic
  // Whether the source is proven. What proven sources do is counted apart from what anybody can
  // forge, so that a forger cannot drive an honest party's counts.
  bool strong_evidence() const { return strong_evidence_; }
  // The message was seen before: its sender sends it again because no answer came. Counts know it
  // already.
  bool retransmission() const { return retransmission_; }
  void set_retransmission(bool retransmission) { retransmission_ = retransmission; }
  // What the field engine.pressure gives, until the next Reset.
  void set_pressure(double pressure) { pressure_ = pressure; }

  const Value& Get(FieldId id) {
    Value& slot = values_[static_cast<size_t>(id)];
    uint64_t& word = known_[WordOf(id)];
    if ((word & BitOf(id)) == 0) {
      word |= BitOf(id);
      // Made where it stands: a copy of what was written in pieces just now waits for them.
      ::new (static_cast<void*>(&slot)) Value(Compute(id));
    }
    return slot;
  }
  // Value of the first header of this name; absent if there is none.
  virtual Value Header(std::string_view name) = 0;
  virtual bool HasAnomaly(sip::AnomalyId id) = 0;
  virtual bool HasAnomalies() = 0;  // any at all

 protected:
  void Restart(EventKind kind, Nanos now, bool strong_evidence = false) {
    kind_ = kind;
    strong_evidence_ = strong_evidence;
    retransmission_ = false;
    now_ = now;
    pressure_ = 0;
    known_.fill(0);
  }
  // Computes the field anew when it is asked for again.
  void Forget(FieldId id) { known_[WordOf(id)] &= ~BitOf(id); }
  Value Pressure() const { return Value::Float(pressure_); }
  virtual Value Compute(FieldId id) = 0;

  // A bit of each field.
  using FieldBits = std::array<uint64_t, (kFieldCount + 63) / 64>;
  static constexpr size_t WordOf(FieldId id) { return static_cast<size_t>(id) / 64; }
  static constexpr uint64_t BitOf(FieldId id) {
    return uint64_t{1} << (static_cast<unsigned>(id) % 64);
  }

 private:
  EventKind kind_ = EventKind::kRequest;
  bool strong_evidence_ = false;
  bool retransmission_ = false;
  Nanos now_ = 0;
  double pressure_ = 0;
  FieldBits known_{};
  std::array<Value, kFieldCount> values_;
};

// What is known of the call that a message belongs to.
struct CallFacts {
  bool known = false, party = false, replayed = false;
};
class CallLook {
 public:
  virtual CallFacts Look(sip::Message& message, const Packet& packet) = 0;

 protected:
  ~CallLook() = default;
};

// What parsing found of a message that is not whole any more.
struct ParsedFacts {
  bool malformed = false;
  std::array<uint32_t, 4> counts{};  // by sip::AnomalyClass
  sip::AnomalySet anomalies = {};
  uint32_t message_size = 0, body_size = 0;
};

// The facts of a message in a packet. Reusable; holds pointers to both until the next Reset.
class MessageEvent final : public Event {
 public:
  // `message` has been parsed and validated from packet.bytes. `emergency`: what the engine's guard
  // found. A message whose start line could not be read counts as a request.
  void Reset(sip::Message& message, const Packet& packet, bool emergency);
  // The message has an Identity header.
  bool has_identity() const;
  // What came of it, where the packet does not say. Before anything asks; it must live as long.
  void set_identity(const Identity& identity) { identity_ = &identity; }
  // Who knows the calls. Before anything asks; it must live as long.
  void set_calls(CallLook& calls) { calls_ = &calls; }

  // What holds instead of what parsing finds now. Before anything asks; it must live as long.
  void set_parsed(const ParsedFacts& parsed) { parsed_ = &parsed; }
  // What is known of its call.
  CallFacts Call();

  Value Header(std::string_view name) override;
  bool HasAnomaly(sip::AnomalyId id) override;
  bool HasAnomalies() override;

 private:
  Value Compute(FieldId id) override;
  Value ComputeAddress(FieldId id);
  Value ComputeDigest(FieldId id);
  Value ComputeIdentity(FieldId id);
  Value ComputeCall(FieldId id);
  Value HeaderOrder();

  sip::Message* message_ = nullptr;
  const Packet* packet_ = nullptr;
  const Identity* identity_ = nullptr;
  CallLook* calls_ = nullptr;
  const ParsedFacts* parsed_ = nullptr;
  std::optional<CallFacts> call_;
  bool emergency_ = false;
  std::array<char, kMaxDigits> ruri_digits_, from_digits_, to_digits_;
  std::array<char, 32 * 32> header_order_;  // as many names as are told, of 32 bytes at most
};

// An event that a host tells of, by fields: a call, a call record, an authentication, a
// registration, or a message whose bytes it never sees.
class HostEvent final : public Event {
 public:
  // `proven`: as Event::strong_evidence.
  void Reset(EventKind kind, Nanos now, Nanos wall, bool proven);
  // In which country numbers are dialled, for all events from now on: as numbers of one form,
  // caller.number and callee.number follow from it.
  void set_home(numbering::Home home);
  Nanos wall() const { return wall_; }
  // False if the event has no such field or the value is of another kind than its type wants; an
  // absent value takes the field back. Texts are not copied: they live as long as the event is
  // used.
  bool Set(FieldId id, const Value& value);
  // What was set; null if nothing was.
  const Value* Given(FieldId id) const;

  Value Header(std::string_view) override { return {}; }
  bool HasAnomaly(sip::AnomalyId) override { return false; }
  bool HasAnomalies() override { return false; }

 private:
  // What the host gave; else what follows from what it gave; else nothing, 0 or empty.
  Value Compute(FieldId id) override;
  Value Number(FieldId id, const Value& number);
  Value Derive(FieldId id);
  Value Part(FieldId uri, FieldId id);
  Value OfIdentity(FieldId id);

  FieldBits is_given_{};
  std::array<Value, kFieldCount> given_;
  Nanos wall_ = 0;
  numbering::Home home_;
  std::array<char, kMaxDigits> ruri_digits_, from_digits_, to_digits_;
  std::array<char, numbering::kMaxDigits> caller_digits_, callee_digits_;
};

}  // namespace sipward::facts

#endif  // SIPWARD_FACTS_FACTS_H_
