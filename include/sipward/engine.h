// Rules and state together, and one thread's way to ask them.
//
//   auto engine = sipward::Engine::Create(rules, state).value();
//   auto inspector = sipward::Inspector::Create(engine).value();   // one for each thread
//   sipward::Verdict verdict = inspector.Inspect(packet);
//   if (verdict.action() >= sipward::Action::kReject) ...
#ifndef SIPWARD_ENGINE_H_
#define SIPWARD_ENGINE_H_

#include <sipward.h>

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sipward/analytics.h"
#include "sipward/ban.h"
#include "sipward/event.h"
#include "sipward/handle.h"
#include "sipward/list.h"
#include "sipward/message.h"
#include "sipward/notice.h"
#include "sipward/packet.h"
#include "sipward/policy.h"
#include "sipward/result.h"
#include "sipward/rules.h"
#include "sipward/state.h"
#include "sipward/statistics.h"
#include "sipward/status.h"
#include "sipward/trust.h"
#include "sipward/verdict.h"

namespace sipward {

struct EngineOptions {
  bool report_only = false;  // no verdict above flag, whatever the rules say
  // The host checks Identity headers: verdicts for which rules need the result are pending until
  // Inspector::Resume, unless the packet brings it along.
  bool identity_by_host = false;
  // The library checks them: a verdict for which a certificate is missing is pending, with its URL.
  // Needed during Create alone.
  const TrustStore* trust = nullptr;
  CallerPolicy caller_policy = {};
  Profile profile = Profile::kTolerant;
  Policy policy;
  // The host tells of calls, registrations and attempts to authenticate as events. Else they follow
  // from the messages.
  bool calls_by_host = false;
  uint32_t call_capacity = 0;  // calls that are to have room at once; 0: by the size of the state
  // Rows of each dimension of Engine::analytics, at most 65,536; 0: nothing is counted for it.
  uint32_t analytics_rows = 0;
  // Answered calls that are shorter are short; in whole milliseconds, 6 seconds if it is 0.
  std::chrono::milliseconds short_call{0};
};

// What did not fit when rules were loaded.
struct Misfit {
  std::string signature;  // of the table: its key, what it counts, its window
  uint64_t bytes = 0;     // that it needs
  uint64_t room = 0;      // the largest that the region has room for
};

// Shared by any number of threads. Holds its rules and state.
class Engine {
 public:
  // kStateFull if the region is too small for the rules.
  static Result<Engine> Create(const Rules& rules, const State& state,
                               const EngineOptions& options = {}) {
    sipward_engine_options given{};
    given.struct_size = sizeof given;
    given.report_only = options.report_only ? 1 : 0;
    given.identity_by_host = options.identity_by_host ? 1 : 0;
    given.profile = static_cast<uint32_t>(options.profile);
    given.calls_by_host = options.calls_by_host ? 1 : 0;
    given.call_capacity = options.call_capacity;
    given.analytics_rows = options.analytics_rows;
    given.short_call_ms =
        static_cast<uint32_t>(std::clamp<int64_t>(options.short_call.count(), 0, UINT32_MAX));
    given.policy = options.policy.c_policy();
    const sipward_caller_policy caller_policy = options.caller_policy.ToC();
    if (options.trust != nullptr) {
      given.trust = options.trust->c_trust();
      given.caller_policy = &caller_policy;
    }
    sipward_engine* engine = nullptr;
    const Status status =
        Status::FromC(sipward_engine_create(rules.c_rules(), state.c_state(), &given, &engine));
    if (!status.ok()) return Error{status};
    return Engine(engine);
  }

  // Puts other rules in the place of those that run. Every inspector takes them up with its next
  // packet, event or batch. What both count alike goes on; bans and scores stay. kStateFull if the
  // new tables do not fit beside the old, and *misfit (may be null) then says which: the old rules
  // go on. May be called while others inspect.
  Status Reload(const Rules& rules, Misfit* misfit = nullptr) const {
    sipward_misfit told{};
    told.struct_size = sizeof told;
    const Status status =
        Status::FromC(sipward_engine_reload(engine_.get(), rules.c_rules(), &told));
    if (misfit != nullptr && status == StatusCode::kStateFull) {
      misfit->signature.assign(told.signature, told.signature_size);
      misfit->bytes = told.bytes;
      misfit->room = told.room;
    }
    return status;
  }

  // Bans are those of the state. `now` is a time on the monotonic clock of the packets. All of this
  // may be called while others inspect.

  // kArgument if the key is nothing that messages are looked up by (see BanKind), or if the key,
  // the reason or the time is empty. A ban that stands is lengthened, never shortened.
  Status AddBan(BanKind kind, std::string_view key, std::string_view reason,
                std::chrono::nanoseconds ttl, Ban::Time now) const noexcept {
    return Status::FromC(sipward_engine_ban_add(engine_.get(), static_cast<uint32_t>(kind),
                                                key.data(), key.size(), reason.data(),
                                                reason.size(), ttl.count(), Count(now)));
  }
  // Why is it banned? The ban that its messages meet: of an address also that of its network.
  std::optional<Ban> FindBan(BanKind kind, std::string_view key, Ban::Time now) const noexcept {
    Ban ban;
    const int32_t status = sipward_engine_ban_find(engine_.get(), static_cast<uint32_t>(kind),
                                                   key.data(), key.size(), Count(now), &ban.ban_);
    if (status != SIPWARD_OK) return std::nullopt;
    return ban;
  }
  // Takes back the ban of this very key. False if there is none.
  bool RemoveBan(BanKind kind, std::string_view key, Ban::Time now) const noexcept {
    return sipward_engine_ban_remove(engine_.get(), static_cast<uint32_t>(kind), key.data(),
                                     key.size(), Count(now)) == SIPWARD_OK;
  }
  // All that stand, in no order. Reads the whole table.
  std::vector<Ban> Bans(Ban::Time now) const {
    std::vector<Ban> out;
    uint64_t cursor = 0;
    for (Ban ban;
         sipward_engine_ban_next(engine_.get(), Count(now), &cursor, &ban.ban_) == SIPWARD_OK;) {
      out.push_back(ban);
    }
    return out;
  }

  // Lists that say `dynamic` in the rules. Entries are those of the state, and stay over a reload
  // that keeps the list. All of this may be called while others inspect; kList where the rules have
  // no such list.

  // kArgument if the key cannot stand there (of a list of networks: an address, or a network from 8
  // bits, of IPv6 16; of prefixes digits; of domains a name), or if the key, the reason or the time
  // is empty. What stands there is lengthened, never shortened.
  Status AddToList(std::string_view list, std::string_view key, std::string_view reason,
                   std::chrono::nanoseconds ttl, ListEntry::Time now) const noexcept {
    return Status::FromC(sipward_engine_list_add(engine_.get(), list.data(), list.size(),
                                                 key.data(), key.size(), reason.data(),
                                                 reason.size(), ttl.count(), Count(now)));
  }
  // Why is it there? The entry for which rules find the key: of an address also that of a network
  // around it, of a number that of its prefix, of a name that of its domain. Nothing if it is not
  // there, or there is no such list.
  std::optional<ListEntry> FindInList(std::string_view list, std::string_view key,
                                      ListEntry::Time now) const noexcept {
    ListEntry entry;
    const int32_t status = sipward_engine_list_find(
        engine_.get(), list.data(), list.size(), key.data(), key.size(), Count(now), &entry.entry_);
    if (status != SIPWARD_OK) return std::nullopt;
    return entry;
  }
  // Takes this very key off the list. False if it is not there.
  bool RemoveFromList(std::string_view list, std::string_view key,
                      ListEntry::Time now) const noexcept {
    return sipward_engine_list_remove(engine_.get(), list.data(), list.size(), key.data(),
                                      key.size(), Count(now)) == SIPWARD_OK;
  }
  // All that stand there, in no order. Reads the whole table.
  Result<std::vector<ListEntry>> ListEntries(std::string_view list, ListEntry::Time now) const {
    std::vector<ListEntry> out;
    uint64_t cursor = 0;
    for (;;) {
      ListEntry entry;
      const int32_t status = sipward_engine_list_next(engine_.get(), list.data(), list.size(),
                                                      Count(now), &cursor, &entry.entry_);
      if (status == SIPWARD_END) return out;
      if (status != SIPWARD_OK) return Error{Status::FromC(status)};
      out.push_back(entry);
    }
  }

  Statistics statistics() const noexcept {
    sipward_statistics counted{};
    counted.struct_size = sizeof counted;
    static_cast<void>(sipward_engine_statistics(engine_.get(), &counted));
    return detail::ToStatistics(counted);
  }
  // What was counted of calls until now; kEnd where EngineOptions::analytics_rows is 0. May be
  // called while others inspect. Copies all of it.
  Result<Analytics> analytics() const {
    sipward_analytics* analytics = nullptr;
    const Status status = Status::FromC(sipward_engine_analytics(engine_.get(), &analytics));
    if (status != StatusCode::kOk) return Error{status};
    return Analytics(analytics);
  }
  // Of each of the rules that run, in their order.
  std::vector<RuleStatistics> RulesCounted() const {
    std::vector<RuleStatistics> out;
    sipward_rule_statistics counted{};
    counted.struct_size = sizeof counted;
    for (uint32_t index = 0;
         sipward_engine_rule_statistics(engine_.get(), index, &counted) == SIPWARD_OK; ++index) {
      if (!out.empty() && out.front().generation != counted.generation) {
        out.clear();  // rules were loaded meanwhile
        index = UINT32_MAX;
        continue;
      }
      out.push_back(detail::ToRuleStatistics(counted));
    }
    return out;
  }
  // The next of what an operator should hear of; nothing if there is no more yet. `cursor` begins
  // at 0 and is this reader's own.
  std::optional<Notice> NextNotice(uint64_t& cursor) const noexcept {
    Notice notice;
    const int32_t status = sipward_engine_notice_next(engine_.get(), &cursor, &notice.notice_);
    if (status != SIPWARD_OK) return std::nullopt;
    return notice;
  }
  // The host's word on a call that is over. It is counted, the same word on the same call once a
  // day. kArgument if there is no Call-ID.
  Status Tell(std::string_view call_id, Feedback feedback, Ban::Time now) const noexcept {
    return Status::FromC(sipward_engine_feedback(engine_.get(), call_id.data(), call_id.size(),
                                                 static_cast<uint32_t>(feedback), Count(now)));
  }
  const sipward_engine* c_engine() const noexcept { return engine_.get(); }

 private:
  explicit Engine(sipward_engine* engine) noexcept : engine_(engine) {}
  static int64_t Count(Ban::Time time) noexcept { return time.time_since_epoch().count(); }

  detail::Handle<sipward_engine, sipward_engine_destroy> engine_;
};

// One thread's working memory. Holds the engine. Nothing is allocated after Create, but when rules
// were loaded since. Texts of verdicts live until then, or as long as the Rules are held.
class Inspector {
 public:
  static Result<Inspector> Create(const Engine& engine) {
    sipward_inspector* inspector = nullptr;
    const Status status = Status::FromC(sipward_inspector_create(engine.c_engine(), &inspector));
    if (!status.ok()) return Error{status};
    return Inspector(inspector);
  }

  // Parses, evaluates, decides. A malformed message is a verdict; Action::kNone means that the
  // packet was not usable (2 GiB or more).
  [[nodiscard]] Verdict Inspect(const Packet& packet) noexcept {
    Verdict verdict;
    static_cast<void>(Inspect(packet, verdict));
    return verdict;
  }
  // The same into a verdict that is used again. kOk, or kArgument with Action::kNone.
  Status Inspect(const Packet& packet, Verdict& verdict) noexcept {
    const sipward_packet given = packet.ToC(0);
    const Status status = Status::FromC(sipward_inspector_inspect(
        inspector_.get(), packet.bytes.data(), &given, &verdict.verdict_));
    if (!status.ok()) verdict.Clear();
    return status;
  }
  // The rest of a pending verdict, once packet.identity is known; everything else of the packet is
  // as it was. Without one the rules see kPending. The hits, tags and points are those of the rules
  // that waited, the action is the worse of both verdicts. Counts nothing twice, whoever resumes
  // and how often. Action::kNone: the ticket is not that of the packet, or the packet is not
  // usable.
  [[nodiscard]] Verdict Resume(const Packet& packet, uint64_t ticket) noexcept {
    Verdict verdict;
    static_cast<void>(Resume(packet, ticket, verdict));
    return verdict;
  }
  // The same into a verdict that is used again. kOk, or kTicket or kArgument with Action::kNone.
  Status Resume(const Packet& packet, uint64_t ticket, Verdict& verdict) noexcept {
    const sipward_packet given = packet.ToC(0);
    const Status status = Status::FromC(sipward_inspector_resume(
        inspector_.get(), packet.bytes.data(), &given, ticket, &verdict.verdict_));
    if (!status.ok()) verdict.Clear();
    return status;
  }
  // Guards, evaluates, decides for an event. Action::kNone means that a fact has no meaning: a text
  // that is no address, network or name of the enumeration.
  [[nodiscard]] Verdict Inspect(const HostEvent& event) noexcept {
    Verdict verdict;
    static_cast<void>(Inspect(event, verdict));
    return verdict;
  }
  // The same into a verdict that is used again. kOk, or kField with Action::kNone.
  Status Inspect(const HostEvent& event, Verdict& verdict) noexcept {
    const sipward_host_event given = event.ToC();
    const Status status =
        Status::FromC(sipward_inspector_event(inspector_.get(), &given, &verdict.verdict_));
    if (!status.ok()) verdict.Clear();
    return status;
  }
  // `count` packets whose offsets are behind `base`, in order; the same verdicts as one by one.
  // Returns how many were done: fewer than `count` means that the next packet is not usable, and
  // its verdict and those behind it are Action::kNone.
  [[nodiscard]] size_t InspectBatch(const char* base, const sipward_packet* packets, size_t count,
                                    Verdict* verdicts) noexcept {
    size_t done = 0;
    static_cast<void>(sipward_inspector_inspect_batch(
        inspector_.get(), base, packets, count, count == 0 ? nullptr : &verdicts->verdict_, &done));
    for (size_t i = done; i < count; ++i) verdicts[i].Clear();
    return done;
  }
  // From now on each inspection but those of a batch is recorded, for TakeRecord: evidence.h.
  // `bodies`: the messages with their bodies, which are personal.
  Status Record(bool bodies = false) noexcept {
    const uint32_t flags = SIPWARD_RECORD_ON | (bodies ? uint32_t{SIPWARD_RECORD_BODIES} : 0u);
    return Status::FromC(sipward_inspector_record(inspector_.get(), flags));
  }
  void StopRecording() noexcept {
    static_cast<void>(sipward_inspector_record(inspector_.get(), 0));
  }
  // What was recorded of the last inspection, whose bytes must still live: a Replayer judges it
  // again. kEnd if nothing was, or more than there is room for. Allocates.
  Result<std::string> TakeRecord() const {
    std::string record;
    size_t size = 4096;
    int32_t status = SIPWARD_ERR_SPACE;
    while (status == SIPWARD_ERR_SPACE) {
      record.resize(size);
      status = sipward_inspector_take_record(inspector_.get(), record.data(), record.size(), &size);
    }
    if (status != SIPWARD_OK) return Error{Status::FromC(status)};
    record.resize(size);
    return record;
  }
  // The message that was inspected last, with everything read. Valid until the next inspection.
  MessageView message() & noexcept {
    return MessageView(sipward_inspector_message(inspector_.get()));
  }
  void message() && = delete;

 private:
  explicit Inspector(sipward_inspector* inspector) noexcept : inspector_(inspector) {}

  detail::Handle<sipward_inspector, sipward_inspector_destroy> inspector_;
};

}  // namespace sipward

#endif  // SIPWARD_ENGINE_H_
