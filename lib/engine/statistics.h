// What the engine counts for its host. Each inspector has counters of its own, which it alone
// writes; whoever asks adds them up. They are those of one process: of workers that share a state,
// the host adds up what it wants to.
#ifndef SIPWARD_ENGINE_STATISTICS_H_
#define SIPWARD_ENGINE_STATISTICS_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <vector>

#include "base/platform/lock.h"
#include "base/time.h"
#include "engine/notices.h"
#include "engine/verdict.h"
#include "facts/facts.h"
#include "sip/sip.h"

namespace sipward::engine {

enum class FeedbackVerdict : uint8_t { kFraud, kLegitimate };

// Numbers and nothing else: they are added up as one array.
struct Statistics {
  uint64_t packets = 0;
  uint64_t not_sip = 0;      // neither a request nor a response
  uint64_t keep_alives = 0;  // of these: not judged
  uint64_t malformed = 0;    // refused by the parser
  uint64_t over_limit = 0;   // of these: beyond one of its limits
  uint64_t events = 0;       // that the host told of by fields
  uint64_t pending = 0;      // packets that waited for their identity
  uint64_t resumed = 0;
  uint64_t checked = 0;  // packets whose Identity headers the library checked
  uint64_t retransmissions = 0;
  std::array<uint64_t, 7> by_action{};                 // of packets and of events
  std::array<uint64_t, facts::kEventKinds> by_kind{};  // of packets that are SIP, of events, and
                                                       // of those that follow from packets
  std::array<uint64_t, 4> by_anomaly{};                // packets with an anomaly of this class
  uint64_t banned = 0;                                 // packets and events of who was banned
  uint64_t allow_listed = 0;
  uint64_t emergency = 0;
  uint64_t overload = 0;
  uint64_t alerts = 0;
  uint64_t captures = 0;
  // Rules that matched, retransmissions left out; how many of them were not enforced.
  uint64_t matches = 0;
  uint64_t matches_reported = 0;
  uint64_t matches_withheld = 0;
  uint64_t bans = 0;           // that rules and scores asked for, and that were made
  uint64_t bans_withheld = 0;  // for want of evidence
  uint64_t list_entries = 0;   // that rules added
  uint64_t displaced = 0;      // bans and list entries that living ones gave way to
  std::array<uint64_t, 2> feedback{};
  uint64_t feedback_again = 0;
  uint64_t reloads = 0;
  uint64_t reloads_refused = 0;
  uint64_t calls_untracked = 0;  // that began and had no room: no end is told of them
  uint64_t calls_given_up = 0;   // that ended because others needed their room
  uint64_t calls_lost = 0;       // that no message ended
};

// What became of a rule that matched.
enum class MatchFate : uint8_t {
  kEnforced,
  kReported,     // mode report, of the rule, a profile or the engine
  kAllowListed,  // withheld, because of the allow-list
  kEmergency,    // because of the emergency guard
  kWeakEvidence,
  kTooLate,  // because what it judged had happened already
  kAgain,    // on a retransmission: counted here alone
};
inline constexpr size_t kMatchFates = 7;

// A rule's counts. One cache line, which all inspectors write: a rule that matches has dearer
// things to do.
struct alignas(64) RuleTally {
  std::array<std::atomic<uint64_t>, kMatchFates> by_fate{};
  uint64_t since = 0;  // the generation that it began with
};

class Ledger;

// One inspector's counts, and its way to tell something.
class Tally {
 public:
  explicit Tally(Ledger& ledger);
  ~Tally();
  Tally(const Tally&) = delete;
  Tally& operator=(const Tally&) = delete;

  // Before everything else of a packet or event: its times. What is `resumed` came before.
  void Begin(Nanos now, Nanos wall, bool resumed = false);
  void Add(uint64_t& counter) {
    const std::atomic_ref<uint64_t> count(counter);
    count.store(count.load(std::memory_order_relaxed) + 1, std::memory_order_relaxed);
  }
  void Set(uint64_t& counter, uint64_t value) {
    std::atomic_ref<uint64_t>(counter).store(value, std::memory_order_relaxed);
  }
  // At its end. Of a packet that is resumed, the verdict counts a second time.
  void EndPacket(const sip::Message& message, bool keep_alive, const Verdict& verdict);
  void EndResumed(const Verdict& verdict);
  void EndEvent(facts::EventKind kind, const Verdict& verdict);

  void Match(RuleTally& rule, MatchFate fate);
  void Tell(NoticeCode code, const NoticeText& text);
  // Tells when pressure begins and when it is over.
  void NotePressure(double pressure);

  Statistics counts;

 private:
  friend class Ledger;
  void EndVerdict(const Verdict& verdict);

  Ledger& ledger_;
  std::atomic<Nanos> now_{INT64_MIN}, wall_{0};
};

// All of an engine's.
class Ledger {
 public:
  // From this pressure on it is told, and under half of it that it is over.
  static constexpr double kPressure = 0.25;

  // False if the system refuses a lock.
  bool Init() { return lock_.Init(platform::Sharing::kPrivate) && notices.Init(); }
  Statistics Sum() const;
  // A reload; `misfit`: it was refused.
  void NoteReload(bool loaded, const NoticeText& text);
  // What no inspector does: at the latest time that one saw.
  void Tell(NoticeCode code, const NoticeText& text);
  void CountFeedback(FeedbackVerdict verdict, bool again);

  Notices notices;

 private:
  friend class Tally;

  mutable platform::SharedLock lock_{};  // of what stands below
  std::vector<Tally*> tallies_;
  Statistics departed_;  // of inspectors that are gone, and what none counts
  Nanos now_ = 0, wall_ = 0;
  std::atomic<bool> under_pressure_{false};
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_STATISTICS_H_
