// What a message does that the grammar forbids, that other programs read differently, or that
// attacks do.
#ifndef SIPWARD_SIP_ANOMALY_H_
#define SIPWARD_SIP_ANOMALY_H_

#include <array>
#include <bit>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::sip {

// Every anomaly is one line of anomaly.def: its name, class, whether it refuses a message, and a
// sentence.
enum class AnomalyId : uint8_t {
#define SIPWARD_ANOMALY(symbol, name, cls, strict, tolerant, sentence) symbol,
#include "sip/anomaly.def"
#undef SIPWARD_ANOMALY
};

inline constexpr int kAnomalyCount = 0
#define SIPWARD_ANOMALY(symbol, name, cls, strict, tolerant, sentence) +1
#include "sip/anomaly.def"
#undef SIPWARD_ANOMALY
    ;

enum class AnomalyClass : uint8_t {
  kViolation,   // the RFC forbids it, and deployed programs make different things of it
  kAmbiguous,   // deployed programs are known or likely to read a security-relevant field
                // differently
  kSuspicious,  // legal, or read alike by the programs that were asked, but seen in attacks
  kLimit,       // more than an option allows
};

enum class Profile : uint8_t {
  kTolerant,  // accepts what deployed peers send, and names everything that it let pass
  kStrict,    // the grammar of the RFC
};

struct AnomalyInfo {
  std::string_view name;  // "line.bare_lf": stable, the contract with rules and hosts
  AnomalyClass cls;
  bool refused_in_strict;
  bool refused_in_tolerant;
  std::string_view sentence;  // what it is and why it matters, for people
};

// A set of anomalies; empty at first.
class AnomalySet {
 public:
  constexpr void Add(AnomalyId id) { words_[Word(id)] |= Bit(id); }
  constexpr bool Has(AnomalyId id) const { return (words_[Word(id)] & Bit(id)) != 0; }
  constexpr void Add(const AnomalySet& others) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] |= others.words_[i];
  }
  constexpr void Remove(const AnomalySet& others) {
    for (size_t i = 0; i < words_.size(); ++i) words_[i] &= ~others.words_[i];
  }

  friend constexpr bool operator==(const AnomalySet&, const AnomalySet&) = default;

 private:
  static constexpr size_t Word(AnomalyId id) { return static_cast<size_t>(id) / 64; }
  static constexpr uint64_t Bit(AnomalyId id) {
    return uint64_t{1} << (static_cast<unsigned>(id) % 64);
  }

  std::array<uint64_t, (kAnomalyCount + 63) / 64> words_{};
};

// The anomalies that refuse a message, as the table says.
const AnomalySet& RefusedBy(Profile profile);
// Whether a host may accept or refuse it as it likes: every anomaly that `tolerant` accepts. What
// is refused there leaves nothing that could be relied on, or is a limit.
bool IsLeniency(AnomalyId id);

const AnomalyInfo& Describe(AnomalyId id);
std::string_view AnomalyClassName(
    AnomalyClass cls);  // "violation", "ambiguous", "suspicious", "limit"
std::optional<AnomalyId> FindAnomaly(std::string_view name);

struct Anomaly {
  AnomalyId id;
  uint32_t offset;  // of the first byte concerned, in the message
};

// The anomalies of one message, in the order in which they were found. The set is complete; of the
// places, the first of every anomaly and kMaxPlaces in all are kept. The same (anomaly, offset) is
// kept once. Fixed size, nothing allocated.
class AnomalyLog {
 public:
  static constexpr int kMaxPlaces = 64;

  void Clear();
  // What refuses from now on.
  void set_refusing(const AnomalySet& refusing) { refusing_ = refusing; }

  // Notes an anomaly; if it refuses and nothing was refused before, it becomes error().
  void Add(AnomalyId id, uint32_t offset);
  // Notes an anomaly that in this place is no reason to refuse.
  void AddTolerated(AnomalyId id, uint32_t offset);

  bool Has(AnomalyId id) const { return seen_.Has(id); }
  bool empty() const { return size_ == 0; }
  bool HasClass(AnomalyClass cls) const { return class_count_[static_cast<size_t>(cls)] != 0; }
  // How many places carry an anomaly of this class (those beyond kMaxPlaces counted too).
  uint32_t ClassCount(AnomalyClass cls) const { return class_count_[static_cast<size_t>(cls)]; }

  int size() const { return size_; }
  const Anomaly& operator[](int i) const { return places_[static_cast<size_t>(i)]; }
  const Anomaly* begin() const { return places_.data(); }
  const Anomaly* end() const { return places_.data() + size_; }
  uint32_t omitted() const { return omitted_; }  // places found beyond kMaxPlaces

  // The first anomaly that refuses the message, or null.
  const Anomaly* error() const { return refused_ ? &error_ : nullptr; }

 private:
  AnomalySet seen_;
  std::array<uint32_t, 4> class_count_{};
  // Behind kMaxPlaces there is room for the first place of every anomaly, so that repeating one
  // hides no other.
  std::array<Anomaly, kMaxPlaces + kAnomalyCount> places_;
  int size_ = 0;
  uint32_t omitted_ = 0;
  Anomaly error_{};
  bool refused_ = false;
  AnomalySet refusing_ = RefusedBy(Profile::kTolerant);
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_ANOMALY_H_
