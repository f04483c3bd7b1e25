#include <memory>
#include <new>
#include <optional>
#include <string_view>
#include <utility>

#include "calls/calls.h"
#include "engine/analytics_books.h"
#include "engine/caller_check.h"
#include "engine/decision.h"
#include "engine/emergency.h"
#include "engine/engine.h"
#include "engine/guards.h"
#include "engine/response_times.h"
#include "engine/transactions.h"

namespace sipward::engine {
namespace {

using facts::FieldId;

// What phones send to keep their way through a NAT open: line ends or NULs (RFC 5626
// section 3.5.1), or a STUN message (section 3.5.2), known by its first bits and its magic cookie
// (RFC 8489 section 5).
bool IsKeepAlive(std::string_view bytes) {
  constexpr std::string_view kCookie = "\x21\x12\xA4\x42";
  if (bytes.size() >= 20 && (bytes[0] & 0xC0) == 0 && bytes.substr(4, 4) == kCookie) return true;
  return bytes.find_first_not_of(std::string_view("\r\n\0", 3)) == bytes.npos;
}

// What can be answered, and so refused: requests but ACK, and what waits for the host's word.
bool IsAnswerable(facts::HostEvent& event) {
  using facts::EventKind;
  switch (event.kind()) {
    case EventKind::kRequest:
      return event.Get(FieldId::kMethod).i != static_cast<int64_t>(sip::Method::kAck);
    case EventKind::kAuth:
    case EventKind::kRegister:
    case EventKind::kCallStart:
    case EventKind::kMediaChange:
      return true;
    default:
      return false;
  }
}

// What an inspector makes of one generation.
struct Judgement {
  Judgement(const Engine& engine, const EngineTables& tables,
            std::shared_ptr<const Generation> current)
      : generation(std::move(current)),
        evaluator(generation->rules(), engine.region(), generation->tables()),
        guards(engine.region(), generation->rules().FindList("allowed"), tables),
        emergency(engine.region(), generation->rules(), tables) {}

  std::shared_ptr<const Generation> generation;  // outlives what stands below
  rules::Evaluator evaluator;
  Guards guards;
  EmergencyGuard emergency;
};

}  // namespace

struct Inspector::Impl {
  explicit Impl(std::shared_ptr<const Engine> from)
      : engine(std::move(from)), tally(engine->ledger_), book(engine->books_.get()) {
    parse_options.profile = engine->options().profile;
    parse_options.accepted = engine->options().accepted;
    parse_options.refused = engine->options().refused;
    judgement = std::make_unique<Judgement>(*engine, engine->tables_, engine->generation());
    caller_check = CallerCheck::Create(engine->options().trust, &engine->region());
    if (!engine->options().calls_by_host) {
      tracker.emplace(engine->region(), engine->tables_.calls, static_cast<bool>(book));
    }
  }

  // A look at one number, as long as nothing was loaded.
  void Adopt() {
    if (engine->number_.load(std::memory_order_acquire) == judgement->generation->number()) return;
    try {
      auto made = std::make_unique<Judgement>(*engine, engine->tables_, engine->generation());
      if (made->evaluator.ok()) {
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
    sip::ParseOptions options = parse_options;
    options.stream =
        packet.transport == facts::Transport::kTcp || packet.transport == facts::Transport::kTls;
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
    std::string_view reason;
    if (circumstances.allow_listed || circumstances.emergency ||
        !judgement->guards.IsBanned(circumstances.party, &reason)) {
      return false;
    }
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

  Circumstances CircumstancesOf(const facts::Packet& packet) const {
    Circumstances circumstances;
    circumstances.party = Party::Of(packet);
    circumstances.answerable =
        !message.is_response() && message.start().method != sip::Method::kAck;
    circumstances.source_proven = packet.strong_evidence();
    circumstances.destination_proven = packet.direction == facts::Direction::kOutbound &&
                                       packet.transport != facts::Transport::kUdp;
    return circumstances;
  }

  void Judge(const facts::Packet& packet, Verdict* verdict) {
    Circumstances circumstances = CircumstancesOf(packet);
    if (Guard(judgement->emergency.Judge(message, packet, judgement->evaluator), &circumstances,
              verdict))
      return;
    Transaction transaction = Join(message, packet, engine->region(), engine->tables_);
    message_event.Reset(message, packet, circumstances.emergency);
    if (tracker) message_event.set_calls(*tracker);
    message_event.set_retransmission(transaction.again);
    circumstances.retransmission = transaction.again;
    if (transaction.again) tally.Add(tally.counts.retransmissions);
    bool checked = false;  // the library did, so that it need not for what is sent again
    if (RunFirst(message_event, circumstances, verdict)) {
      checked = JudgeIdentity(packet, &transaction, &circumstances, verdict);
    }
    judgement->evaluator.Finish();
    if (tracker && !IsFinal(verdict->action)) FollowCalls(packet, circumstances, verdict);
    if (circumstances.report_only || circumstances.allow_listed || circumstances.emergency) return;
    if (transaction.again) {
      Recall(transaction, *judgement->generation, verdict);
    } else {
      Remember(transaction, *verdict, checked, packet.monotonic, engine->region(), engine->tables_);
    }
  }

  // What the message means for calls, registrations and attempts to authenticate. A message that
  // was refused means nothing: the host does not act on it.
  void FollowCalls(const facts::Packet& packet, const Circumstances& of_message, Verdict* verdict) {
    tracker->Take(message, packet, of_message.emergency);
    bool answers = false;
    while (tracker->Next(&happened, &answers)) {
      const bool begins = answers && happened.kind() == facts::EventKind::kCallStart;
      if (begins) TellIdentity();
      JudgeHappened(answers && of_message.answerable, verdict);
      if (begins && IsFinal(verdict->action)) tracker->Refuse(verdict->sip_code);
    }
    NoteCalls();
  }

  void PassTime(const facts::HostEvent& tick, Verdict* verdict) {
    bool answers = false;
    do {
      tracker->PassTime(tick.now(), tick.wall());
      NoteCalls();
      if (!tracker->Next(&happened, &answers)) return;
      do {
        JudgeHappened(false, verdict);
      } while (tracker->Next(&happened, &answers));
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
    circumstances.report_only = engine->options().report_only;
    circumstances.allow_listed = judgement->guards.IsAllowListed(circumstances.party.source);
    circumstances.emergency = (facts::SetOf(happened.kind()) & facts::kOnCalls) != 0 &&
                              happened.Get(FieldId::kEmergency).i != 0;
    if (RunFirst(happened, circumstances, verdict)) RunSecond(circumstances, verdict);
    judgement->evaluator.Finish();
  }

  void NoteCalls() {
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
                      (engine->options().identity_by_host || caller_check != nullptr) &&
                      message_event.has_identity();
    bool checked = false;
    if (open) {
      if (transaction->again && WasResumed(*transaction)) return false;
      if (judgement->evaluator.AsksForIdentity()) {
        checked = CheckCaller(packet, verdict);
        if (!checked) {
          verdict->pending = true;
          verdict->ticket = Wait(message, packet, engine->region(), engine->tables_, transaction);
          if (caller_check != nullptr) verdict->certificate_url = caller_check->missing();
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
    if (caller_check == nullptr) return false;
    tally.Add(tally.counts.checked);
    const facts::Identity& found = caller_check->Check(message, packet);
    if (found.result == facts::IdentityResult::kPending) return false;
    message_event.set_identity(found);
    verdict->certificate_url = caller_check->stale();
    return true;
  }

  // What is in the second stage for another time counts there no more, whether it waited or not.
  void EnterSecond(const Transaction& transaction, Circumstances* circumstances) {
    const bool again =
        WasInSecondStage(transaction, message_event.now(), engine->region(), engine->tables_);
    message_event.set_retransmission(again);
    circumstances->retransmission = again;
  }

  bool Resume(const facts::Packet& packet, uint64_t ticket, Verdict* verdict) {
    const Transaction transaction =
        Return(message, packet, ticket, engine->region(), engine->tables_);
    if (!transaction.known) return false;
    Circumstances circumstances = CircumstancesOf(packet);
    if (Guard(EmergencyFinding{}, &circumstances, verdict)) return true;
    message_event.Reset(message, packet, false);
    if (packet.identity == nullptr && !CheckCaller(packet, verdict) && caller_check != nullptr) {
      verdict->certificate_url = caller_check->missing();  // the same still, or another token's
    }
    EnterSecond(transaction, &circumstances);
    SetPressure(message_event);
    judgement->evaluator.Resume(message_event, &outcome);
    Settle(circumstances, verdict);
    judgement->evaluator.Finish();
    if (circumstances.report_only || circumstances.allow_listed) return true;
    Recall(transaction, *judgement->generation, verdict);
    Remember(transaction, *verdict, true, packet.monotonic, engine->region(), engine->tables_);
    return true;
  }

  void Judge(facts::HostEvent& event, Verdict* verdict) {
    event.set_home(judgement->generation->rules().home());
    Circumstances circumstances;
    circumstances.party = Party::Of(event);
    circumstances.answerable = IsAnswerable(event);
    circumstances.refusable =
        circumstances.answerable || (facts::SetOf(event.kind()) & facts::kOnMessages) != 0;
    circumstances.source_proven = event.strong_evidence();
    circumstances.destination_proven =
        event.kind() != facts::EventKind::kTick &&
        event.Get(FieldId::kDirection).i == static_cast<int64_t>(facts::Direction::kOutbound) &&
        event.Get(FieldId::kTransport).i != static_cast<int64_t>(facts::Transport::kUdp);
    const EmergencyFinding finding =
        judgement->emergency.Judge(event, circumstances.party, judgement->evaluator);
    if (Guard(finding, &circumstances, verdict)) return;
    if (book) book->TakeEvent(event, 0, false);
    if (RunFirst(event, circumstances, verdict)) RunSecond(circumstances, verdict);
    judgement->evaluator.Finish();
    if (tracker && event.kind() == facts::EventKind::kTick) PassTime(event, verdict);
  }

  // What the guards say. True: they said all there is.
  bool Guard(const EmergencyFinding& finding, Circumstances* circumstances, Verdict* verdict) {
    circumstances->report_only = engine->options().report_only;
    circumstances->allow_listed = judgement->guards.IsAllowListed(circumstances->party.source);
    circumstances->emergency = finding.guarded;
    verdict->allow_listed = circumstances->allow_listed;
    verdict->emergency = finding.guarded;
    verdict->overload = finding.overload;
    return DropIfBanned(*circumstances, verdict);
  }

  void SetPressure(facts::Event& event) {
    const double pressure = engine->region().pressure(event.now());
    event.set_pressure(pressure);
    tally.NotePressure(pressure);
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
           verdict);
  }

  std::shared_ptr<const Engine> engine;
  Tally tally;
  BorrowedBook book;  // none: no analytics are kept
  sip::Message message;
  sip::ParseOptions parse_options;
  std::unique_ptr<Judgement> judgement;
  std::unique_ptr<CallerCheck> caller_check;  // null: the library checks no identities
  std::optional<calls::Tracker> tracker;      // none: the host tells of calls
  facts::MessageEvent message_event;
  facts::HostEvent happened;  // what follows from the message
  rules::Outcome outcome;
};

Inspector::Inspector(std::shared_ptr<const Engine> engine)
    : impl_(std::make_unique<Impl>(std::move(engine))) {}
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
  const bool keep_alive = IsKeepAlive(packet.bytes);
  if (impl_->book && !keep_alive) impl_->NoteMessage(packet);
  if (!keep_alive) impl_->Judge(packet, verdict);
  impl_->tally.EndPacket(impl_->message, keep_alive, *verdict);
}

bool Inspector::Resume(const facts::Packet& packet, uint64_t ticket, Verdict* verdict) {
  impl_->Adopt();
  impl_->tally.Begin(packet.monotonic, packet.wall, true);
  verdict->Clear();
  verdict->parse_status = impl_->Parse(packet);
  if (!impl_->Resume(packet, ticket, verdict)) return false;
  impl_->tally.EndResumed(*verdict);
  return true;
}

void Inspector::InspectEvent(facts::HostEvent& event, Verdict* verdict) {
  impl_->Adopt();
  impl_->tally.Begin(event.now(), event.wall());
  verdict->Clear();
  impl_->Judge(event, verdict);
  impl_->tally.EndEvent(event.kind(), *verdict);
}

}  // namespace sipward::engine
