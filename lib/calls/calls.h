// From messages to what happens: calls that begin, are answered and end, media that move,
// registrations, attempts to authenticate.
//
// A call is known by Call-ID and the caller's tag, whichever side it is seen on and however often
// its messages come, out of order or not at all: it begins once and ends once. What nothing ends,
// time does (RFC 3261 timers B and C, session timers of RFC 4028, else four hours without a
// message). All of it stands in the state's region.
#ifndef SIPWARD_CALLS_CALLS_H_
#define SIPWARD_CALLS_CALLS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "calls/records.h"
#include "facts/facts.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::calls {

inline constexpr Nanos kAnswerTime = 32 * kSecond;  // timer B; also how long what is over is kept
inline constexpr Nanos kRingTime = 3 * kMinute;     // timer C
inline constexpr Nanos kSilence = 4 * kHour;        // of a call without a session timer
inline constexpr Nanos kNonceTime = kHour;

struct Tables {
  state::Region::Table calls, requests, nonces;
};
// Of those, in this order. `call_capacity`: calls that are to have room at once; 0: as a sixteenth
// of the region holds.
std::array<state::TableSpec, 3> TableSpecs(uint64_t region_bytes, uint32_t call_capacity);

// Of this process.
struct Counts {
  uint64_t untracked = 0;  // calls that began and had no room: no end is told of them
  uint64_t given_up = 0;   // that ended because others needed their room
  uint64_t lost = 0;       // that no message ended
};

// One inspector's view of them. Not for several threads at once; any number of trackers may share
// the tables. Nothing is allocated.
class Tracker final : public facts::CallLook {
 public:
  // `agents`: to keep of each call which User-Agent it began with.
  Tracker(state::Region& region, const Tables& tables, bool agents = false)
      : region_(region), tables_(tables), agents_(agents) {}

  facts::CallFacts Look(sip::Message& message, const facts::Packet& packet) override;

  // Takes a message in, that has been parsed and validated, and up to one call whose time is over.
  // What follows from them are events, for Next. The message and the packet must live until the
  // next call of Take or PassTime.
  void Take(sip::Message& message, const facts::Packet& packet, bool emergency);
  // Calls whose time is over, some at a time: up to kMostEvents events for Next. False: there may
  // be more.
  bool PassTime(Nanos now, Nanos wall);
  // The next event; false if there is none. Its texts live until the next Take or PassTime.
  // *answers: the event is what the message asks for, so that the message may be refused for it.
  bool Next(facts::HostEvent* event, bool* answers);
  // Keyed hash of the User-Agent that the call of the last event of Next began with; 0: not known.
  uint64_t agent() const { return agent_; }
  // The call that began with the last event of Next was refused: its end is an event as well.
  void Refuse(uint16_t code);

  const Counts& counts() const { return counts_; }

  static constexpr size_t kMostEvents = 8;

 private:
  // An event that is still to be told.
  struct Happened {
    facts::EventKind kind;
    bool answers;
    CallRecord call;        // of events of calls
    RequestRecord request;  // of others
    // Of media that moved.
    IpAddress media, media_before;
    bool media_secure, media_downgraded;
    // Of an attempt, what came of it.
    facts::Result result;
    facts::AuthReason reason;
  };
  // The call that a message belongs to; `by_callee`: it was found by the tag in To, which is the
  // caller's in requests of the callee, and in the answers to them.
  struct Dialog {
    bool found = false;
    bool by_callee = false;
    Hash128 key;
    state::Record record;
  };

  void Restart(Nanos now, Nanos wall);
  Hash128 CallKey(std::string_view call_id, std::string_view tag) const;
  Hash128 FromKey(sip::Message& message) const;
  Dialog Find(sip::Message& message, const Hash128& from_key);
  // change(CallRecord&) says whether it changed the call. A call whose time is over ends first.
  template <class Change>
  bool ChangeCall(const Hash128& key, Change&& change) {
    return region_.ChangeRecord(tables_.calls, key, [&](state::Record& record) {
      CallRecord call = LoadCall(record);
      bool changed = EndIfOver(record.until, &call);
      changed |= change(call);
      if (changed) Keep(call, &record);
    });
  }
  bool EndOne();
  bool EndIfOver(Nanos until, CallRecord* call);
  static void Keep(const CallRecord& call, state::Record* record);

  // invite.cc
  void TakeInvite(const facts::Packet& packet, bool emergency);
  bool TakeNextInvite(const facts::Packet& packet, bool emergency, CallRecord* call);
  void Begin(const facts::Packet& packet, CallRecord* call);
  void BeginHalfSeen(const facts::Packet& packet);
  void Add(const CallRecord& call);
  // in_dialog.cc
  void TakeInDialog(const facts::Packet& packet);
  bool TakeBye(const facts::Packet& packet, bool by_callee, CallRecord* call);
  void TakeCancel();
  bool MoveMedia(bool by_callee, bool answers, CallRecord* call);
  // answers.cc
  void TakeAnswer(const facts::Packet& packet);
  bool TakeAnswerToInvite(CallRecord* call);
  bool TakeAnswerInDialog(const facts::Packet& packet, bool by_callee, CallRecord* call);
  void Connect(CallRecord* call);
  // attempts.cc
  Hash128 RequestKey() const;
  Hash128 NonceKey(std::string_view nonce, const IpAddress& source) const;
  bool IsAttempt() const;
  void NoteAttempt(const facts::Packet& packet);
  void TakeFinal(const facts::Packet& packet);
  void JudgeAttempt(int code, const RequestRecord& request);
  // events.cc
  Happened* Tell(facts::EventKind kind);
  Happened* TellOf(facts::EventKind kind, const CallRecord& call);
  void End(EndedBy by, Nanos own_end, CallRecord* call);
  void FillCall(const Happened& what, facts::HostEvent* event) const;
  void FillAttempt(const Happened& what, facts::HostEvent* event) const;

  uint32_t ShortHash(std::string_view text) const;
  uint32_t HostHash(const IpAddress& address) const;
  bool IsParty(const IpAddress& source, const CallRecord& call) const;
  void NoteHost(const IpAddress& address, CallRecord* call) const;
  void NoteWay(const facts::Packet& packet, CallRecord* call) const;

  state::Region& region_;
  Tables tables_;
  bool agents_;
  uint64_t agent_ = 0;
  Counts counts_;
  uint64_t sweep_ = 0;
  Nanos now_ = 0, own_now_ = 0, wall_ = 0;
  sip::Message* message_ = nullptr;  // that is taken in
  Hash128 from_key_;                 // of Call-ID and the tag in From
  Hash128 begun_;                    // key of the call that it began
  size_t told_ = 0, count_ = 0;
  std::array<Happened, kMostEvents> events_;
};

}  // namespace sipward::calls

#endif  // SIPWARD_CALLS_CALLS_H_
