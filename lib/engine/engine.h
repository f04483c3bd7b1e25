// The one path that a message or an event takes: parse, guards, rules, decision.
#ifndef SIPWARD_ENGINE_ENGINE_H_
#define SIPWARD_ENGINE_ENGINE_H_

#include <atomic>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "analytics/analytics.h"
#include "base/platform/lock.h"
#include "engine/analytics_books.h"
#include "engine/bans.h"
#include "engine/caller_check.h"
#include "engine/dynamic_lists.h"
#include "engine/feedback.h"
#include "engine/generation.h"
#include "engine/notices.h"
#include "engine/rule_test.h"
#include "engine/setting.h"
#include "engine/statistics.h"
#include "engine/tables.h"
#include "engine/verdict.h"
#include "facts/facts.h"
#include "facts/tape.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

struct Options {
  bool report_only = false;       // no verdict above flag
  bool identity_by_host = false;  // rules that name identity wait for what the host finds
  // The host tells of calls, registrations and attempts to authenticate as events. Else they follow
  // from the messages.
  bool calls_by_host = false;
  uint32_t call_capacity = 0;  // calls that are to have room at once; 0: by the size of the region
  // The library itself finds it, wherever the host has not; then only certificates are waited for.
  CallerTrust trust = {};
  sip::Profile profile = sip::Profile::kTolerant;
  sip::AnomalySet accepted = {};  // changes to the profile, as in sip::ParseOptions
  sip::AnomalySet refused = {};
  // What goes on in numbers: rows of each dimension. 0: nothing is kept.
  analytics::Options analytics = {};
};

// Rules, state and options together. Shared by any number of threads, each with its own Inspector.
class Engine {
 public:
  // Opens the tables of the rules and of the guards in the region. Null, with *misfit filled (may
  // be null), if the region has no room for them.
  static std::shared_ptr<Engine> Create(std::shared_ptr<const rules::RuleSet> rules,
                                        std::shared_ptr<state::Region> region,
                                        const Options& options, Misfit* misfit = nullptr);

  // Puts other rules in the place of those that run. Each inspector takes them up with its next
  // message, event or batch, and allocates what they need then. Aggregates and lists that both have
  // alike keep what they counted; bans, scores and emergency calls stay. False, with *misfit filled
  // (may be null), if the region has no room for the new tables beside the old: these go on then.
  // May be called while others inspect. The old rules are freed when the last inspector has left
  // them.
  bool Reload(std::shared_ptr<const rules::RuleSet> rules, Misfit* misfit = nullptr);

  // The rules that run, and how often they were exchanged.
  std::shared_ptr<const Generation> generation() const;
  state::Region& region() const { return *region_; }
  const Options& options() const { return options_; }
  // Of this process since the engine was made.
  Statistics statistics() const { return ledger_.Sum(); }
  const Notices& notices() const { return ledger_.notices; }
  // The same of calls by all that they are told apart by; nothing where options().analytics has no
  // rows. Allocates; under a microsecond for each row of a dimension.
  std::optional<analytics::Report> analytics() const;
  // A host's word on a call that is over.
  void TakeFeedback(std::string_view call_id, FeedbackVerdict verdict, Nanos now) const;
  Bans bans() const { return Bans(region_, tables_, generation()->shared_rules()); }
  // A dynamic list of the rules that run; nothing if they have none of this name.
  std::optional<DynamicList> FindList(std::string_view name) const {
    return DynamicList::Find(region_, generation(), name);
  }

 private:
  friend class Inspector;
  Engine() = default;

  std::shared_ptr<state::Region> region_;
  Options options_;
  EngineTables tables_;
  platform::SharedLock reload_{};           // one reload at a time
  mutable platform::SharedLock current_{};  // of generation_, for as long as it takes to copy it
  std::shared_ptr<const Generation> generation_;
  std::atomic<uint64_t> number_{0};  // of generation_
  mutable Ledger ledger_;
  std::unique_ptr<AnalyticsBooks> books_;  // null: none is kept
};

// One thread's working memory.
class Inspector {
 public:
  enum class Purpose : uint8_t { kInspect, kReplay };
  explicit Inspector(std::shared_ptr<const Engine> engine, Purpose purpose = Purpose::kInspect);
  ~Inspector();

  // False if memory ran out while it was made: it must not be used then.
  bool ok() const;
  // Takes up the rules of the last reload, if there was one since; the next Inspect would do it.
  // Where memory runs out the old ones go on, and the next call tries again.
  void Adopt();
  // Nothing is allocated, but after a reload. `packet` and its bytes must live during the call, and
  // as long as message() is used. Texts in the verdict live until the next Adopt, Inspect or
  // InspectEvent.
  void Inspect(const facts::Packet& packet, Verdict* verdict);
  // The same by the rules of the call before, whatever was loaded meanwhile: of a batch.
  void InspectNext(const facts::Packet& packet, Verdict* verdict);
  // The same guards and rules for an event that the host tells of by fields. Where the guard finds
  // an emergency call, it sets the event's field `emergency`. Nothing is allocated, but after a
  // reload.
  void InspectEvent(facts::HostEvent& event, Verdict* verdict);
  // The second stage of a packet whose verdict was pending, now with packet.identity or, where the
  // engine checks by itself, with the certificate; without it the rules see `pending`. The packet
  // is as it was: it counts at its time. Nothing is counted twice, however often and by whichever
  // inspector it is resumed. The verdict is of this stage, but no milder than what the first said.
  // False, with nothing done, if the ticket is not the packet's.
  bool Resume(const facts::Packet& packet, uint64_t ticket, Verdict* verdict);
  // From now on everything that a verdict depends on, but the rules and the message, is recorded
  // anew by each call of Inspect, InspectEvent and Resume. `bodies`: the message is kept with its
  // body, so that what the rules asked of it need not be. Null: no longer. The tape must live as
  // long.
  void Record(facts::Tape* tape, bool bodies);
  // What was recorded of the last call as bytes (decision_record.h), for a log. Empty if nothing
  // was, or if it was more than the tape has room for. `verdict` is what that call gave, and the
  // packet's bytes still live.
  std::string TakeRecord(const Verdict& verdict) const;
  // Plays a tape in the place of the state: of an inspector that was made to replay.
  void Play(facts::Tape* tape, const Setting& setting);
  // The message inspected last, and what is known of it. `packet`: that of the last call, which was
  // one of a packet.
  sip::Message& message();
  facts::MessageEvent& message_event(const facts::Packet& packet);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_ENGINE_H_
