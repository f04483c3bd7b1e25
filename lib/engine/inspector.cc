#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "calls/calls.h"
#include "engine/analytics_books.h"
#include "engine/caller_check.h"
#include "engine/circumstances.h"
#include "engine/decision.h"
#include "engine/decision_record.h"
#include "engine/emergency.h"
#include "engine/engine.h"
#include "engine/guards.h"
#include "engine/judgement.h"
#include "engine/recording.h"
#include "engine/response_times.h"
#include "engine/transactions.h"
#include "engine/witness.h"

namespace sipward::engine {
namespace {

using facts::FieldId;
using facts::Noted;

}  // namespace

struct Inspector::Impl : Recording {
  Impl(std::shared_ptr<const Engine> from, Purpose purpose)
      : engine(std::move(from)),
        tally(engine->ledger_),
        book(engine->books_.get()),
        asking(purpose == Purpose::kReplay ? rules::Asking::kEveryRule
                                           : rules::Asking::kCandidates) {
    const Options& options = engine->options();
    judgement = Judge(engine->generation());
    caller_check = CallerCheck::Create(options.trust, &engine->region());
    if (!options.calls_by_host) {
      tracker.emplace(engine->region(), engine->tables_.calls, static_cast<bool>(book));
    }
    setting = {.report_only = options.report_only,
               .identity_by_host = options.identity_by_host,
               .checks_identity = caller_check != nullptr,
               .follows_calls = tracker.has_value()};
    setting.parse.profile = options.profile;
    setting.parse.accepted = options.accepted;
    setting.parse.refused = options.refused;
  }

  std::unique_ptr<Judgement> Judge(std::shared_ptr<const Generation> generation) const {
    return std::make_unique<Judgement>(*engine, engine->tables_, std::move(generation), asking);
  }

  // A look at one number, as long as nothing was loaded.
  void Adopt() {
    if (engine->number_.load(std::memory_order_acquire) == judgement->generation->number()) return;
    try {
      auto made = Judge(engine->generation());
      if (made->evaluator.ok()) {
        made->evaluator.set_tape(tape);
        judgement = std::move(made);
        return;
      }
    } catch (const std::bad_alloc&) {
      // As if the evaluator had none.
    }
    // The old rules go on: a verdict by these is better than none.
    tally.Tell(NoticeCode::kOutOfMemory, {.amount = engine->number_.load()});
  }

  sip::ParseStatus Parse(const facts::Packet& packet) {
    sip::ParseOptions options = setting.parse;
    options.stream =
        packet.transport == facts::Transport::kTcp || packet.transport == facts::Transport::kTls;
    event_is_of_message = false;
    message.Parse(packet.bytes, options);
    return message.Validate();
  }

  // Whatever becomes of it, who sends most is told.
  void NoteMessage(const facts::Packet& packet) {
    book->TakeMessage(packet.source, TakeExchange(message, packet.monotonic, engine->region(),
                                                  engine->tables_.responses));
  }

  // A banned source costs a look-up and no rules. What cannot be refused goes on to the rules: the
  // end of a call is counted, whoever made it.
  bool DropIfBanned(const Circumstances& circumstances, Verdict* verdict) {
    if (circumstances.allow_listed || circumstances.emergency) return false;
    const facts::Value ban = facts::PassBy(tape, Noted::kBan, 0, [&] {
      std::string_view by;
      const bool banned = judgement->guards.IsBanned(circumstances.party, &by);
      return banned ? facts::Value::String(by) : facts::Value();
    });
    if (!ban.present()) return false;
    const std::string_view reason = ban.str();
    verdict->banned = true;
    if (!circumstances.refusable) return false;
    verdict->action = circumstances.report_only ? Action::kFlag : Action::kDrop;
    const rules::RuleInfo* rule = judgement->generation->FindRule(reason);
    if (rule != nullptr) {
      verdict->hits[0] =
          VerdictHit{.rule = rule, .action = Action::kDrop, .enforced = !circumstances.report_only};
      verdict->hit_count = 1;
    }
    return true;
  }

  void Judge(const facts::Packet& packet, Verdict* verdict) {
    PassParsed(message, &verdict->parse_status);
    Circumstances circumstances = CircumstancesOf(message, packet);
    const EmergencyFinding finding = PassFinding(
        tape, [&] { return judgement->emergency.Judge(message, packet, judgement->evaluator); });
    if (Guard(finding, &circumstances, verdict)) return;
    Transaction transaction = PassTransaction(
        tape, [&] { return Join(message, packet, engine->region(), engine->tables_); });
    ResetMessageEvent(packet, circumstances.emergency);
    message_event.set_retransmission(transaction.again);
    circumstances.retransmission = transaction.again;
    if (transaction.again) tally.Add(tally.counts.retransmissions);
    bool checked = false;  // the library did, so that it need not for what is sent again
    if (RunFirst(message_event, circumstances, verdict)) {
      checked = JudgeIdentity(packet, &transaction, &circumstances, verdict);
    }
    FinishMessage();
    if (setting.follows_calls && !IsFinal(verdict->action)) {
      FollowCalls(packet, circumstances, verdict);
    }
    if (circumstances.report_only || circumstances.allow_listed || circumstances.emergency) return;
    if (transaction.again) {
      Recall(transaction, *judgement->generation, verdict);
    } else {
      RememberAnswer(transaction, *verdict, checked, packet.monotonic);
    }
  }

  // While a tape plays, nothing is kept.
  void RememberAnswer(const Transaction& transaction, const Verdict& verdict, bool checked,
                      Nanos now) {
    if (playing()) return;
    Remember(transaction, verdict, checked, now, engine->region(), engine->tables_);
  }

  void ResetMessageEvent(const facts::Packet& packet, bool emergency) {
    message_event.Reset(message, packet, emergency);
    event_is_of_message = true;
    if (parsed_before) message_event.set_parsed(parsed);
    if (playing()) {
      recorded_call.facts = FindCall(*tape);
      message_event.set_calls(recorded_call);
    } else if (tracker) {
      message_event.set_calls(*tracker);
    }
  }

  // Behind the rules of a message.
  void FinishMessage() {
    if (recording()) {
      judgement->evaluator.NoteFacts(cut());
      NoteCall(tape, message_event.Call());
    }
    judgement->evaluator.Finish();
  }

  // Behind those of an event.
  void Finish() {
    if (recording()) judgement->evaluator.NoteFacts(!bodies);
    judgement->evaluator.Finish();
  }

  // What the message means for calls, registrations and attempts to authenticate. A message that
  // was refused means nothing: the host does not act on it.
  void FollowCalls(const facts::Packet& packet, const Circumstances& of_message, Verdict* verdict) {
    if (!playing()) tracker->Take(message, packet, of_message.emergency);
    bool answers = false;
    while (NextHappened(&answers)) {
      const bool begins = answers && happened.kind() == facts::EventKind::kCallStart;
      JudgeHappened(answers && of_message.answerable, verdict);
      if (begins && IsFinal(verdict->action) && !playing()) tracker->Refuse(verdict->sip_code);
    }
    NoteCalls();
  }

  // What follows next from the message or from time.
  bool NextHappened(bool* answers) {
    if (playing()) return TakeEvent(tape, &happened, answers);
    if (!tracker->Next(&happened, answers)) return false;
    if (*answers && happened.kind() == facts::EventKind::kCallStart) TellIdentity();
    if (tape != nullptr) NoteEvent(tape, happened, *answers, bodies);
    return true;
  }

  void PassTime(const facts::HostEvent& tick, Verdict* verdict) {
    bool answers = false;
    do {
      if (!playing()) tracker->PassTime(tick.now(), tick.wall());
      NoteCalls();
      if (!NextHappened(&answers)) return;
      do {
        JudgeHappened(false, verdict);
      } while (NextHappened(&answers));
    } while (true);
  }

  // What is known of it by now: who resumes the message later asks the message's rules alone.
  void TellIdentity() {
    if (!message_event.has_identity()) {
      happened.Set(FieldId::kIdentityResult,
                   facts::Value::Int(static_cast<int64_t>(facts::IdentityResult::kNone)));
      return;
    }
    for (int id = 0; id < facts::kFieldCount; ++id) {
      const auto field = static_cast<FieldId>(id);
      if (facts::IsOfIdentity(field)) happened.Set(field, message_event.Get(field));
    }
  }

  // An event that follows from a message. Its verdict is the message's, but only what the message
  // asks for can be refused.
  void JudgeHappened(bool refusable, Verdict* verdict) {
    tally.Add(tally.counts.by_kind[static_cast<size_t>(happened.kind())]);
    happened.set_home(judgement->generation->rules().home());
    if (book) book->TakeEvent(happened, tracker->agent(), true);
    Circumstances circumstances;
    circumstances.party = Party::Of(happened);
    circumstances.answerable = circumstances.refusable = refusable;
    circumstances.source_proven = happened.strong_evidence();
    circumstances.report_only = setting.report_only;
    circumstances.allow_listed = judgement->guards.IsAllowListed(circumstances.party.source);
    circumstances.emergency = (facts::SetOf(happened.kind()) & facts::kOnCalls) != 0 &&
                              happened.Get(FieldId::kEmergency).i != 0;
    if (RunFirst(happened, circumstances, verdict)) RunSecond(circumstances, verdict);
    Finish();
  }

  void NoteCalls() {
    if (!tracker) return;
    const calls::Counts& counts = tracker->counts();
    tally.Set(tally.counts.calls_untracked, counts.untracked);
    tally.Set(tally.counts.calls_given_up, counts.given_up);
    tally.Set(tally.counts.calls_lost, counts.lost);
  }

  // The second stage, or that it has to wait. An emergency call does not wait, and a retransmission
  // of what was resumed or checked has its answer. True if the library checked the identity.
  bool JudgeIdentity(const facts::Packet& packet, Transaction* transaction,
                     Circumstances* circumstances, Verdict* verdict) {
    const bool open = packet.identity == nullptr && !circumstances->emergency &&
                      (setting.identity_by_host || setting.checks_identity) &&
                      message_event.has_identity();
    bool checked = false;
    if (open) {
      if (transaction->again && WasResumed(*transaction)) return false;
      if (PassBool(tape, Noted::kAsks, [&] { return judgement->evaluator.AsksForIdentity(); })) {
        checked = CheckCaller(packet, verdict);
        if (!checked) {
          verdict->pending = true;
          const facts::Value ticket = facts::PassBy(tape, Noted::kTicket, 0, [&] {
            return facts::Value::Int(static_cast<int64_t>(
                Wait(message, packet, engine->region(), engine->tables_, transaction)));
          });
          verdict->ticket = static_cast<uint64_t>(ticket.i);
          TellMissing(verdict);
          return false;
        }
      }
    }
    RunSecond(*transaction, circumstances, verdict);
    return checked;
  }

  // The dearest thing that is done for a message, and nothing is allocated for it. False: a
  // certificate is missing, or it is the host who checks.
  bool CheckCaller(const facts::Packet& packet, Verdict* verdict) {
    if (!setting.checks_identity) return false;
    tally.Add(tally.counts.checked);
    const facts::Identity& found = Checked(packet);
    if (found.result == facts::IdentityResult::kPending) return false;
    message_event.set_identity(found);
    verdict->certificate_url =
        PassText(tape, Noted::kMissing, [&] { return caller_check->stale(); });
    return true;
  }

  const facts::Identity& Checked(const facts::Packet& packet) {
    if (playing()) {
      recorded_identity = {};
      TakeIdentity(tape, Noted::kFound, &recorded_identity);
      return recorded_identity;
    }
    const facts::Identity& found = caller_check->Check(message, packet);
    if (tape == nullptr) return found;
    NoteIdentity(tape, Noted::kFound, found);
    caller_check->NoteChains(tape);
    return found;
  }

  void TellMissing(Verdict* verdict) {
    if (!setting.checks_identity) return;
    verdict->certificate_url =
        PassText(tape, Noted::kMissing, [&] { return caller_check->missing(); });
  }

  // What is in the second stage for another time counts there no more, whether it waited or not.
  void EnterSecond(const Transaction& transaction, Circumstances* circumstances) {
    const bool again = PassBool(tape, Noted::kSecond, [&] {
      return WasInSecondStage(transaction, message_event.now(), engine->region(), engine->tables_);
    });
    message_event.set_retransmission(again);
    circumstances->retransmission = again;
  }

  bool Resume(const facts::Packet& packet, uint64_t ticket, Verdict* verdict) {
    PassParsed(message, &verdict->parse_status);
    const Transaction transaction = PassTransaction(
        tape, [&] { return Return(message, packet, ticket, engine->region(), engine->tables_); });
    if (!transaction.known) return false;
    Circumstances circumstances = CircumstancesOf(message, packet);
    if (Guard(EmergencyFinding{}, &circumstances, verdict)) return true;
    ResetMessageEvent(packet, false);
    // The same still, or another token's.
    if (packet.identity == nullptr && !CheckCaller(packet, verdict)) TellMissing(verdict);
    EnterSecond(transaction, &circumstances);
    SetPressure(message_event);
    judgement->evaluator.Resume(message_event, &outcome);
    Settle(circumstances, verdict);
    FinishMessage();
    if (circumstances.report_only || circumstances.allow_listed) return true;
    Recall(transaction, *judgement->generation, verdict);
    RememberAnswer(transaction, *verdict, true, packet.monotonic);
    return true;
  }

  void Judge(facts::HostEvent& event, Verdict* verdict) {
    event.set_home(judgement->generation->rules().home());
    Circumstances circumstances = CircumstancesOf(event);
    const EmergencyFinding finding = PassFinding(tape, [&] {
      return judgement->emergency.Judge(event, circumstances.party, judgement->evaluator);
    });
    if (playing() && finding.guarded) {
      static_cast<void>(event.Set(FieldId::kEmergency, facts::Value::Bool(true)));
    }
    if (Guard(finding, &circumstances, verdict)) return;
    if (book) book->TakeEvent(event, 0, false);
    if (RunFirst(event, circumstances, verdict)) RunSecond(circumstances, verdict);
    Finish();
    if (setting.follows_calls && event.kind() == facts::EventKind::kTick) PassTime(event, verdict);
  }

  // What the guards say. True: they said all there is.
  bool Guard(const EmergencyFinding& finding, Circumstances* circumstances, Verdict* verdict) {
    circumstances->report_only = setting.report_only;
    circumstances->allow_listed = judgement->guards.IsAllowListed(circumstances->party.source);
    circumstances->emergency = finding.guarded;
    verdict->allow_listed = circumstances->allow_listed;
    verdict->emergency = finding.guarded;
    verdict->overload = finding.overload;
    return DropIfBanned(*circumstances, verdict);
  }

  void SetPressure(facts::Event& event) {
    const double pressure =
        PassFloat(tape, Noted::kPressure, [&] { return engine->region().pressure(event.now()); });
    event.set_pressure(pressure);
    if (!playing()) tally.NotePressure(pressure);  // of a tape it may be anything
  }

  // True: there is a second stage, and something left for it to decide.
  bool RunFirst(facts::Event& event, const Circumstances& circumstances, Verdict* verdict) {
    SetPressure(event);
    judgement->evaluator.RunFirst(event, &outcome);
    Settle(circumstances, verdict);
    return !IsFinal(verdict->action) && judgement->evaluator.HasSecond();
  }

  void RunSecond(const Circumstances& circumstances, Verdict* verdict) {
    outcome.Clear();
    judgement->evaluator.RunSecond(&outcome);
    Settle(circumstances, verdict);
  }

  // Where nothing is counted, most messages match no rule, and none of this need be remembered.
  void RunSecond(const Transaction& transaction, Circumstances* circumstances, Verdict* verdict) {
    const bool counts = judgement->evaluator.SecondCounts();
    if (counts) EnterSecond(transaction, circumstances);
    outcome.Clear();
    judgement->evaluator.RunSecond(&outcome);
    if (!counts && outcome.hit_count == 0) return;
    if (!counts) EnterSecond(transaction, circumstances);
    Settle(*circumstances, verdict);
  }

  void Settle(const Circumstances& circumstances, Verdict* verdict) {
    Decide(*judgement->generation, outcome, circumstances, engine->region(), engine->tables_, tally,
           tape, verdict);
  }

  std::shared_ptr<const Engine> engine;
  Tally tally;
  BorrowedBook book;  // none: no analytics are kept
  const rules::Asking asking;
  sip::Message message;
  std::unique_ptr<Judgement> judgement;
  std::unique_ptr<CallerCheck> caller_check;  // null: the library checks no identities
  std::optional<calls::Tracker> tracker;      // none: the host tells of calls
  facts::MessageEvent message_event;
  bool event_is_of_message = false;  // and not of one before
  facts::HostEvent happened;         // what follows from the message
  rules::Outcome outcome;
};

Inspector::Inspector(std::shared_ptr<const Engine> engine, Purpose purpose)
    : impl_(std::make_unique<Impl>(std::move(engine), purpose)) {}
Inspector::~Inspector() = default;

bool Inspector::ok() const { return impl_->judgement->evaluator.ok(); }

sip::Message& Inspector::message() { return impl_->message; }

void Inspector::Adopt() { impl_->Adopt(); }

void Inspector::Inspect(const facts::Packet& packet, Verdict* verdict) {
  impl_->Adopt();
  InspectNext(packet, verdict);
}

void Inspector::InspectNext(const facts::Packet& packet, Verdict* verdict) {
  impl_->tally.Begin(packet.monotonic, packet.wall);
  verdict->Clear();
  verdict->parse_status = impl_->Parse(packet);
  impl_->BeginPacket(packet, impl_->message);
  const bool keep_alive = impl_->IsOnlyKeepAlive(packet.bytes);
  if (impl_->book && !keep_alive) impl_->NoteMessage(packet);
  if (!keep_alive) impl_->Judge(packet, verdict);
  impl_->tally.EndPacket(impl_->message, keep_alive, *verdict);
}

bool Inspector::Resume(const facts::Packet& packet, uint64_t ticket, Verdict* verdict) {
  impl_->Adopt();
  impl_->tally.Begin(packet.monotonic, packet.wall, true);
  verdict->Clear();
  verdict->parse_status = impl_->Parse(packet);
  impl_->BeginResumed(packet, impl_->message, ticket);
  if (!impl_->Resume(packet, ticket, verdict)) {
    impl_->Forget();  // no verdict came of it
    return false;
  }
  impl_->tally.EndResumed(*verdict);
  return true;
}

void Inspector::InspectEvent(facts::HostEvent& event, Verdict* verdict) {
  impl_->Adopt();
  impl_->tally.Begin(event.now(), event.wall());
  impl_->BeginEvent(event);
  verdict->Clear();
  impl_->Judge(event, verdict);
  impl_->tally.EndEvent(event.kind(), *verdict);
}

void Inspector::Record(facts::Tape* tape, bool bodies) {
  impl_->tape = tape;
  impl_->bodies = bodies;
  impl_->Forget();  // what another recording left there
  impl_->judgement->evaluator.set_tape(tape);
}

void Inspector::Play(facts::Tape* tape, const Setting& setting) {
  impl_->setting = setting;
  Record(tape, false);
}

std::string Inspector::TakeRecord(const Verdict& verdict) const {
  if (impl_->tape == nullptr || !impl_->tape->whole() || impl_->tape->bytes().empty()) return {};
  return RecordOf(verdict, impl_->judgement->generation->rules(), *impl_->tape, impl_->bytes,
                  impl_->kept);
}

facts::MessageEvent& Inspector::message_event(const facts::Packet& packet) {
  // Guards may have spoken before it was needed.
  if (!impl_->event_is_of_message) impl_->ResetMessageEvent(packet, false);
  return impl_->message_event;
}

}  // namespace sipward::engine
