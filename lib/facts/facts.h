// What can be known of an event: fields with names and types, and the values of one event. No
// judgement here.
#ifndef SIPWARD_FACTS_FACTS_H_
#define SIPWARD_FACTS_FACTS_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/ip.h"
#include "base/time.h"
#include "sip/sip.h"

namespace sipward::facts {

// Types of the rule language. The last three are enumerations; their values are ints.
enum class Type : uint8_t {
  kBool,
  kInt,
  kFloat,
  kString,
  kDuration,  // int, nanoseconds
  kTime,      // int, nanoseconds since 1970 UTC
  kIp,
  kCidr,
  kMethod,     // sip::Method
  kTransport,  // facts::Transport
  kDirection,  // facts::Direction
};
std::string_view TypeName(Type type);

enum class Transport : uint8_t { kUdp, kTcp, kTls, kWs, kWss, kSctp };
enum class Direction : uint8_t { kUnknown, kInbound, kOutbound };

// Names of an enumeration's values as the rule language writes them: INVITE, udp, inbound.
// FindEnumValue finds a value by its name in any of the enumeration types; the type is returned as
// well.
struct EnumValue {
  Type type;
  int64_t value;
};
std::optional<EnumValue> FindEnumValue(std::string_view name);
std::string_view EnumValueName(Type type, int64_t value);  // "" if there is none

enum class EventKind : uint8_t { kRequest, kResponse };
std::string_view EventName(EventKind kind);

enum class FieldId : uint8_t {
#define SIPWARD_FIELD(symbol, name, type, optional, request, response, meaning) symbol,
#include "facts/field.def"
#undef SIPWARD_FIELD
};
inline constexpr int kFieldCount = 0
#define SIPWARD_FIELD(symbol, name, type, optional, request, response, meaning) +1
#include "facts/field.def"
#undef SIPWARD_FIELD
    ;

struct FieldInfo {
  std::string_view name;
  Type type;
  bool optional;
  bool on_request;
  bool on_response;
  std::string_view meaning;
};
const FieldInfo& Describe(FieldId id);
std::optional<FieldId> FindField(std::string_view name);

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
  };  // bools, durations, times and enums are ints

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

  Value() : i(0) {}
  static Value Int(int64_t v);
  static Value Bool(bool v) { return Int(v ? 1 : 0); }
  static Value Float(double v);
  static Value String(std::string_view v);
  static Value Ip(const IpAddress& v);
  static Value Net(const Cidr& v);

  bool present() const { return kind != Kind::kAbsent; }
  std::string_view str() const {
    return kind == Kind::kString ? std::string_view(s.data, s.size) : std::string_view();
  }
  IpAddress address() const { return IpAddress{ip}; }
};

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

  const Value& Get(FieldId id) {
    Value& slot = values_[static_cast<size_t>(id)];
    const uint64_t bit = uint64_t{1} << (static_cast<unsigned>(id) % 64);
    uint64_t& word = known_[static_cast<size_t>(id) / 64];
    if ((word & bit) == 0) {
      word |= bit;
      slot = Compute(id);
    }
    return slot;
  }
  // Value of the first header of this name; absent if there is none.
  virtual Value Header(std::string_view name) = 0;
  virtual bool HasAnomaly(sip::AnomalyId id) = 0;

 protected:
  void Restart(EventKind kind, Nanos now, bool strong_evidence = false) {
    kind_ = kind;
    strong_evidence_ = strong_evidence;
    now_ = now;
    known_.fill(0);
  }
  virtual Value Compute(FieldId id) = 0;

 private:
  EventKind kind_ = EventKind::kRequest;
  bool strong_evidence_ = false;
  Nanos now_ = 0;
  std::array<uint64_t, (kFieldCount + 63) / 64> known_{};
  std::array<Value, kFieldCount> values_;
};

// The facts of a message in a packet. Reusable; holds pointers to both until the next Reset.
class MessageEvent final : public Event {
 public:
  // `message` has been parsed and validated from packet.bytes. `emergency`: what the engine's guard
  // found. A message whose start line could not be read counts as a request.
  void Reset(sip::Message& message, const Packet& packet, bool emergency);

  Value Header(std::string_view name) override;
  bool HasAnomaly(sip::AnomalyId id) override;

 private:
  Value Compute(FieldId id) override;
  Value ComputeAddress(FieldId id);
  Value ComputeDigest(FieldId id);
  Value HeaderOrder();
  Value Digits(std::string_view user, std::array<char, 64>& scratch);

  sip::Message* message_ = nullptr;
  const Packet* packet_ = nullptr;
  bool emergency_ = false;
  std::array<char, 64> ruri_digits_, from_digits_, to_digits_;
  std::array<char, 1024> header_order_;
};

}  // namespace sipward::facts

#endif  // SIPWARD_FACTS_FACTS_H_
