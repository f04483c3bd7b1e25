#include "engine/replayer.h"

#include <utility>

#include "engine/witness.h"
#include "evidence/evidence.h"

namespace sipward::engine {

std::unique_ptr<Replayer> Replayer::Create(std::shared_ptr<const rules::RuleSet> rules,
                                           Misfit* misfit) {
  const uint64_t bytes = state::Region::kDefaultBytes + 2 * rules->state_bytes();
  std::shared_ptr<state::Region> region = state::Region::Create(bytes, {});
  if (region == nullptr) return nullptr;
  std::shared_ptr<Engine> engine = Engine::Create(std::move(rules), std::move(region), {}, misfit);
  if (engine == nullptr) return nullptr;
  std::unique_ptr<Replayer> replayer(new Replayer(std::move(engine)));
  return replayer->inspector_.ok() ? std::move(replayer) : nullptr;
}

Replayer::Replayer(std::shared_ptr<Engine> engine)
    : engine_(std::move(engine)), inspector_(engine_, Inspector::Purpose::kReplay) {}

bool Replayer::Play(const DecisionRecord& record, Verdict* verdict) {
  verdict->Clear();
  facts::Tape tape(record.tape);
  Setting setting;
  const facts::Subject subject = TakeBegin(&tape, &setting);
  inspector_.Play(&tape, setting);
  bool done = true;
  if (subject == facts::Subject::kEvent) {
    bool answers = false;
    done = TakeEvent(&tape, &event_, &answers);
    if (done) inspector_.InspectEvent(event_, verdict);
  } else {
    uint64_t ticket = 0;
    TakePacket(&tape, record.kept, &identity_, &packet_, &ticket);
    if (subject == facts::Subject::kResumed) {
      done = inspector_.Resume(packet_, ticket, verdict);
    } else {
      inspector_.Inspect(packet_, verdict);
    }
  }
  inspector_.Record(nullptr, false);
  return done && tape.fits() && tape.Peek().kind == facts::Noted::kEnd;
}

namespace {

// Of a message that was kept whole the hash is known; of others it is for who has the message.
bool IsItself(const DecisionRecord& record) {
  return record.kept.size() != record.message_size ||
         evidence::ToHex(evidence::HashOf(record.kept)) == record.message_hash;
}

}  // namespace

Replayed Replayer::Run(const DecisionRecord& record, Verdict* verdict) {
  if (record.rules != engine_->generation()->rules().content_hash()) return Replayed::kOtherRules;
  if (!IsItself(record) || !Play(record, verdict)) return Replayed::kBroken;
  std::string text;
  AppendVerdict(*verdict, &text);
  return text == record.verdict ? Replayed::kSame : Replayed::kOther;
}

std::string Replayer::Describe(const DecisionRecord& record) {
  const rules::RuleSet& rules = engine_->generation()->rules();
  if (record.rules != rules.content_hash()) return {};
  const bool fits = Play(record, &again_);
  const bool of_message = fits && !record.kept.empty();
  return engine::Describe(record, rules, of_message ? &inspector_.message_event(packet_) : nullptr);
}

}  // namespace sipward::engine
