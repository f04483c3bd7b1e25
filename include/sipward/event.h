// Events: what happens and is no packet, told by fields.
//
//   sipward::HostEvent call(sipward::EventKind::kCallStart);
//   call.monotonic = now;
//   call.proven = true;
//   if (!call.Set("callee.number", number).ok()) ...      // no such field, or another type
//   sipward::Verdict verdict = inspector.Inspect(call);
//
// A Field that was found once is set without a search. The fields are those of the rule language:
// `sipward::Field::All(kind)` or lib/rules/README.md list them.
#ifndef SIPWARD_EVENT_H_
#define SIPWARD_EVENT_H_

#include <sipward.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <ratio>
#include <string_view>
#include <type_traits>
#include <vector>

#include "sipward/handle.h"
#include "sipward/packet.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

// What has happened already (kCallAnswer, kCallEnd, kCdr) and kTick get Action::kFlag at most.
enum class EventKind : uint8_t {
  kRequest = SIPWARD_EVENT_REQUEST,
  kResponse = SIPWARD_EVENT_RESPONSE,
  kAuth = SIPWARD_EVENT_AUTH,                 // an attempt to authenticate ended
  kRegister = SIPWARD_EVENT_REGISTER,         // a registration was accepted or refused
  kCallStart = SIPWARD_EVENT_CALL_START,      // a call was asked for
  kCallAnswer = SIPWARD_EVENT_CALL_ANSWER,    // and answered
  kCallEnd = SIPWARD_EVENT_CALL_END,          // and is over, answered or not
  kMediaChange = SIPWARD_EVENT_MEDIA_CHANGE,  // media of a call goes elsewhere
  kCdr = SIPWARD_EVENT_CDR,                   // a call record: a call that is over
  kTick = SIPWARD_EVENT_TICK,                 // time goes by
};

// "request" ...
inline std::string_view Name(EventKind kind) noexcept {
  const char* name = sipward_event_name(static_cast<uint32_t>(kind));
  return name == nullptr ? "none" : name;
}

enum class FieldType : uint8_t {
  kBool = SIPWARD_TYPE_BOOL,
  kInt = SIPWARD_TYPE_INT,
  kFloat = SIPWARD_TYPE_FLOAT,
  kString = SIPWARD_TYPE_STRING,
  kDuration = SIPWARD_TYPE_DURATION,
  kTime = SIPWARD_TYPE_TIME,
  kIp = SIPWARD_TYPE_IP,
  kCidr = SIPWARD_TYPE_CIDR,
  kMoney = SIPWARD_TYPE_MONEY,
  kNumber = SIPWARD_TYPE_NUMBER,
  kEnum = SIPWARD_TYPE_ENUM,
};

// An amount of the host's currency, exact.
struct Money {
  int64_t millionths = 0;
};

// A field of events of one kind. A plain value that lives as long as it likes.
class Field {
 public:
  // kField if events of this kind have no such field. For load time: names are searched.
  static Result<Field> Find(EventKind event, std::string_view name) {
    const std::optional<Field> found = TryFind(event, name);
    if (!found) return Error{StatusCode::kField};
    return *found;
  }
  // The fields of events of this kind.
  static std::vector<Field> All(EventKind event) {
    std::vector<Field> out;
    for (uint32_t number = 0;; ++number) {
      const std::optional<Field> field = Describe(number);
      if (!field) return out;
      if (field->IsOf(event)) out.push_back(*field);
    }
  }

  std::string_view name() const noexcept { return detail::View(info_.name); }
  FieldType type() const noexcept { return static_cast<FieldType>(info_.type); }
  std::string_view type_name() const noexcept { return detail::View(info_.type_name); }
  std::string_view meaning() const noexcept { return detail::View(info_.meaning); }
  // Rules can ask whether it is there; of others, 0 or no text stands for what is not known.
  bool optional() const noexcept { return info_.optional != 0; }
  bool IsOf(EventKind event) const noexcept {
    return (info_.events >> static_cast<unsigned>(event) & 1) != 0;
  }

 private:
  friend class HostEvent;
  Field() noexcept : info_{} { info_.struct_size = sizeof info_; }
  static std::optional<Field> Describe(uint32_t number) noexcept {
    Field field;
    if (sipward_field_describe(number, &field.info_) != SIPWARD_OK) return std::nullopt;
    return field;
  }
  static std::optional<Field> TryFind(EventKind event, std::string_view name) noexcept {
    uint32_t number = 0;
    const int32_t status =
        sipward_field_find(static_cast<uint32_t>(event), name.data(), name.size(), &number);
    return status == SIPWARD_OK ? Describe(number) : std::nullopt;
  }

  sipward_field_info info_;
};

// What happened, and what is known of it. Texts are views: they must live while the event is
// inspected. Nothing is allocated.
class HostEvent {
 public:
  explicit HostEvent(EventKind kind) noexcept { Reset(kind); }
  // One of the C interface, as others of this library make it; of its facts the first 128.
  explicit HostEvent(const sipward_host_event& event) noexcept
      : wall(std::chrono::nanoseconds(event.wall_ns)),
        monotonic(std::chrono::nanoseconds(event.monotonic_ns)),
        proven((event.flags & SIPWARD_EVENT_PROVEN) != 0),
        kind_(static_cast<EventKind>(event.kind)),
        count_(std::min<uint32_t>(event.fact_count, kMostFacts)) {
    std::copy_n(event.facts, count_, facts_.begin());
  }

  // Forgets the facts; times and `proven` stay.
  void Reset(EventKind kind) noexcept {
    kind_ = kind;
    count_ = 0;
  }

  std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> wall{};
  // The same clock as of packets.
  std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds> monotonic{};
  // The source has shown that it receives what is sent to it (a connection, or credentials that
  // were checked). Only proven sources are banned, and their counts are kept apart.
  bool proven = false;

  EventKind kind() const noexcept { return kind_; }

  // Gives a field its value, or another one. By type of the field:
  //   string, number       text
  //   enumerations         text as rules write it ("INVITE", "fail"), Transport, Direction
  //   bool, int, float     bool, any integer, double or float
  //   duration, time       any std::chrono::duration, a time_point of the system clock
  //   money                Money
  //   ip, cidr             text, Endpoint (its address) or 16 octets (ip)
  // kField, with nothing changed, if events of this kind have no such field or it is of another
  // type; kSpace if there are more than 128 facts. Texts of ip, cidr and enumerations are read
  // when the event is inspected, which is then kField if they mean nothing.
  template <typename T>
  Status Set(const Field& field, T&& value) noexcept {
    static_assert(!kTemporary<T>, "the text would be gone before the event is inspected");
    sipward_fact fact{};
    fact.field = field.info_.field;
    if (!field.IsOf(kind_) || !Fill(field.type(), value, &fact)) return StatusCode::kField;
    return Put(fact);
  }
  template <typename T>
  Status Set(std::string_view name, T&& value) noexcept {
    static_assert(!kTemporary<T>, "the text would be gone before the event is inspected");
    const std::optional<Field> field = Field::TryFind(kind_, name);
    return field ? Set(*field, static_cast<T&&>(value)) : Status(StatusCode::kField);
  }

  sipward_host_event ToC() const noexcept {
    sipward_host_event out{};
    out.struct_size = sizeof out;
    out.kind = static_cast<uint32_t>(kind_);
    out.flags = proven ? uint32_t{SIPWARD_EVENT_PROVEN} : 0;
    out.fact_count = count_;
    out.wall_ns = wall.time_since_epoch().count();
    out.monotonic_ns = monotonic.time_since_epoch().count();
    out.facts = facts_.data();
    return out;
  }

 private:
  friend class CallRecord;
  template <typename T>
  static constexpr bool kTemporary = !std::is_lvalue_reference_v<T> && detail::kDies<T>;
  template <typename T>
  struct IsDuration : std::false_type {};
  template <typename Count, typename Period>
  struct IsDuration<std::chrono::duration<Count, Period>> : std::true_type {};
  template <typename T>
  struct IsSystemTime : std::false_type {};
  template <typename Duration>
  struct IsSystemTime<std::chrono::time_point<std::chrono::system_clock, Duration>>
      : std::true_type {};

  static bool Integer(int64_t number, sipward_fact* fact) noexcept {
    fact->kind = SIPWARD_FACT_INTEGER;
    fact->integer = number;
    return true;
  }
  static bool Text(std::string_view text, sipward_fact* fact) noexcept {
    fact->kind = SIPWARD_FACT_TEXT;
    fact->text = text.data();
    fact->text_size = text.size();
    return true;
  }
  static bool Address(const std::array<uint8_t, 16>& address, sipward_fact* fact) noexcept {
    fact->kind = SIPWARD_FACT_ADDRESS;
    std::copy(address.begin(), address.end(), fact->address);
    return true;
  }
  static bool IsText(FieldType type) noexcept {
    return type == FieldType::kString || type == FieldType::kNumber || type == FieldType::kIp ||
           type == FieldType::kCidr || type == FieldType::kEnum;
  }
  static int64_t Nanoseconds(std::chrono::nanoseconds time) noexcept { return time.count(); }

  template <typename T>
  static bool Fill(FieldType type, const T& value, sipward_fact* fact) noexcept {
    if constexpr (std::is_same_v<T, bool>) {
      return type == FieldType::kBool && Integer(value ? 1 : 0, fact);
    } else if constexpr (std::is_integral_v<T>) {
      if constexpr (sizeof(T) == sizeof(int64_t) && std::is_unsigned_v<T>) {
        if (value > static_cast<T>(std::numeric_limits<int64_t>::max())) return false;
      }
      return type == FieldType::kInt && Integer(static_cast<int64_t>(value), fact);
    } else if constexpr (std::is_floating_point_v<T>) {
      fact->kind = SIPWARD_FACT_REAL;
      fact->real = static_cast<double>(value);
      return type == FieldType::kFloat;
    } else if constexpr (IsDuration<T>::value) {
      return type == FieldType::kDuration &&
             Integer(Nanoseconds(std::chrono::duration_cast<std::chrono::nanoseconds>(value)),
                     fact);
    } else if constexpr (IsSystemTime<T>::value) {
      return type == FieldType::kTime &&
             Integer(Nanoseconds(std::chrono::duration_cast<std::chrono::nanoseconds>(
                         value.time_since_epoch())),
                     fact);
    } else if constexpr (std::is_same_v<T, Money>) {
      return type == FieldType::kMoney && Integer(value.millionths, fact);
    } else if constexpr (std::is_same_v<T, Endpoint>) {
      return type == FieldType::kIp && Address(value.address, fact);
    } else if constexpr (std::is_same_v<T, std::array<uint8_t, 16>>) {
      return type == FieldType::kIp && Address(value, fact);
    } else if constexpr (std::is_same_v<T, Transport>) {
      constexpr std::string_view kNames[] = {"udp", "tcp", "tls", "ws", "wss", "sctp"};
      return type == FieldType::kEnum && Text(kNames[static_cast<size_t>(value)], fact);
    } else if constexpr (std::is_same_v<T, Direction>) {
      constexpr std::string_view kNames[] = {"unknown", "inbound", "outbound"};
      return type == FieldType::kEnum && Text(kNames[static_cast<size_t>(value)], fact);
    } else {
      static_assert(std::is_convertible_v<const T&, std::string_view>,
                    "no field holds a value of this type");
      return IsText(type) && Text(value, fact);
    }
  }

  Status Put(const sipward_fact& fact) noexcept {
    const auto end = facts_.begin() + static_cast<ptrdiff_t>(count_);
    const auto same = std::find_if(facts_.begin(), end,
                                   [&](const sipward_fact& f) { return f.field == fact.field; });
    if (same == facts_.end()) return StatusCode::kSpace;
    *same = fact;
    if (same == end) ++count_;
    return StatusCode::kOk;
  }

  static constexpr uint32_t kMostFacts = 128;
  EventKind kind_ = EventKind::kTick;
  uint32_t count_ = 0;
  std::array<sipward_fact, kMostFacts> facts_;  // those behind count_ are never read
};

}  // namespace sipward

#endif  // SIPWARD_EVENT_H_
