#include "engine/decision.h"

#include <algorithm>
#include <array>
#include <cstring>

#include "engine/witness.h"

namespace sipward::engine {
namespace {

using rules::ActionRequest;
using rules::RuleInfo;
using KeyKind = ActionRequest::KeyKind;

constexpr uint16_t kServiceUnavailable = 503;

// What the rule asked for, and what comes of it once mode, allow-list, emergency and evidence are
// heard.
struct Result {
  Action asked = Action::kFlag;
  Action permitted = Action::kFlag;
  bool unproven = false;  // a ban was withheld for want of evidence
};

class Decider {
 public:
  Decider(const Generation& generation, const Circumstances& circumstances, state::Region& region,
          const EngineTables& tables, Tally& tally, facts::Tape* tape)
      : generation_(generation),
        in_(circumstances),
        region_(region),
        tables_(tables),
        tally_(tally),
        tape_(tape) {}

  bool Enforces(bool enforce) const {
    return enforce && !in_.report_only && !in_.allow_listed && !in_.emergency;
  }

  Result Apply(const ActionRequest& request, const RuleInfo& rule) {
    const bool enforce = Enforces(request.enforce);
    switch (request.kind) {
      case ActionRequest::Kind::kTag:
      case ActionRequest::Kind::kAlert:
      case ActionRequest::Kind::kCapture:
        return {};
      case ActionRequest::Kind::kAdd:
        if (enforce && request.key.present()) Add(request, rule);
        return {};
      case ActionRequest::Kind::kChallenge:
        return Permit(in_.answerable ? Action::kChallenge : Action::kFlag, enforce);
      case ActionRequest::Kind::kHold:
        return Permit(in_.answerable ? Action::kHold : Action::kFlag, enforce);
      case ActionRequest::Kind::kScore:
        return enforce && request.key.present() ? Score(request, rule) : Result{};
      case ActionRequest::Kind::kReject:
        return Permit(in_.answerable ? Action::kReject : Action::kDrop, enforce);
      case ActionRequest::Kind::kDrop:
        return Permit(Action::kDrop, enforce);
      case ActionRequest::Kind::kThrottle:
        return Throttle(request, rule, enforce);
      case ActionRequest::Kind::kBan:
        return request.key.present() ? BanKey(request, rule, enforce) : Result{};
    }
    return {};
  }

 private:
  Result Permit(Action action, bool enforce) const {
    return {action, enforce && in_.refusable ? action : Action::kFlag};
  }

  // A forged address must not get its owner banned: a ban needs a party that was seen to receive.
  // Accounts and trunks are the host's own word.
  bool Proven(KeyKind kind) const {
    switch (kind) {
      case KeyKind::kSource:
        return in_.source_proven;
      case KeyKind::kDestination:
        return in_.destination_proven;
      case KeyKind::kAccount:
      case KeyKind::kTrunk:
        return true;
      case KeyKind::kOther:
        return false;
    }
    return false;
  }

  static KeySpace SpaceOf(KeyKind kind) {
    return kind == KeyKind::kAccount ? KeySpace::kAccount
           : kind == KeyKind::kTrunk ? KeySpace::kTrunk
                                     : KeySpace::kAddress;
  }

  bool playing() const { return tape_ != nullptr && tape_->playing(); }

  void Ban(const ActionRequest& request, const RuleInfo& rule, Nanos duration) {
    if (playing()) return;
    const bool displaced =
        Bans::Put(region_, tables_, SpaceOf(request.key_kind), request.key, rule.name,
                  SaturatingSum(in_.party.now, duration), in_.party.now);
    tally_.Add(tally_.counts.bans);
    if (displaced) TellDisplaced("bans", request);
  }

  void TellDisplaced(std::string_view table, const ActionRequest& request) {
    tally_.Add(tally_.counts.displaced);
    TellOfKey(NoticeCode::kEntryDisplaced, table, request);
  }

  void TellOfKey(NoticeCode code, std::string_view subject, const ActionRequest& request) {
    std::array<char, 64> text;
    const size_t size = rules::KeyText(request.key, text);
    tally_.Tell(code, {.subject = subject, .key = {text.data(), size}});
  }

  // To a list that is filled while the engine runs. What is no entry of its kind, as a text that is
  // no number on a list of prefixes, is not added.
  void Add(const ActionRequest& request, const RuleInfo& rule) {
    const rules::RuleSet::Dynamic* list = generation_.ListOf(request.table);
    if (list == nullptr || playing()) return;
    const rules::DynamicTable table(&region_, generation_.tables()[request.table], list->kind);
    const auto added = table.Add(request.key, rule.name,
                                 SaturatingSum(in_.party.now, request.duration), in_.party.now);
    if (added == rules::DynamicTable::Added::kRefused) return;
    tally_.Add(tally_.counts.list_entries);
    if (added == rules::DynamicTable::Added::kDisplaced) TellDisplaced(list->name, request);
  }

  // Only the score of a proven source, of an account or of a trunk can lead to anything, so no
  // other is kept.
  Result Score(const ActionRequest& request, const RuleInfo& rule) {
    if (request.key_kind == KeyKind::kDestination || !Proven(request.key_kind)) return {};
    const KeySpace space =
        request.key_kind == KeyKind::kSource ? KeySpace::kScore : SpaceOf(request.key_kind);
    const double points = in_.retransmission ? 0 : request.points;
    const double total = PassFloat(tape_, facts::Noted::kScore, [&] {
      return region_.AddScore(tables_.scores, KeyOf(space, request.key, region_.secret()), points,
                              in_.party.now);
    });
    if (total < kScoreBanThreshold) return {};
    Ban(request, rule, kScoreBanTime);
    return {Action::kDrop, Action::kDrop};
  }

  // The bucket is the rule's own for this host, so that two rules do not drain each other's. Of an
  // event without a source it is that of the account or trunk.
  Result Throttle(const ActionRequest& request, const RuleInfo& rule, bool enforce) {
    const bool fits =
        PassBool(tape_, facts::Noted::kFits, [&] { return TakeThrottle(request, rule); });
    if (fits) return {};
    return Permit(in_.answerable ? Action::kThrottle : Action::kDrop, enforce);
  }

  bool TakeThrottle(const ActionRequest& request, const RuleInfo& rule) {
    const Hash128 party = ThrottleKey(in_.party, region_.secret());
    const uint64_t name = KeyedHash64(region_.secret(), rule.name);
    std::array<char, 24> key;
    std::memcpy(key.data(), &party, 16);
    std::memcpy(key.data() + 16, &name, 8);
    return region_.Take(tables_.throttles, KeyedHash128(region_.secret(), {key.data(), key.size()}),
                        request.period, request.burst, in_.party.now);
  }

  Result BanKey(const ActionRequest& request, const RuleInfo& rule, bool enforce) {
    if (!enforce) return {Action::kDrop, Action::kFlag};
    if (!Proven(request.key_kind) && !rule.weak_evidence_suffices) {
      tally_.Add(tally_.counts.bans_withheld);
      TellOfKey(NoticeCode::kBanWithheld, rule.name, request);
      return {Action::kDrop, Action::kFlag, true};
    }
    Ban(request, rule, request.duration);
    return {Action::kDrop, Action::kDrop};
  }

  const Generation& generation_;
  const Circumstances& in_;
  state::Region& region_;
  const EngineTables& tables_;
  Tally& tally_;
  facts::Tape* tape_;
};

MatchFate FateOf(const Circumstances& in, bool enforce, bool enforced, bool unproven) {
  if (in.retransmission) return MatchFate::kAgain;
  if (!enforce || in.report_only) return MatchFate::kReported;
  if (in.allow_listed) return MatchFate::kAllowListed;
  if (in.emergency) return MatchFate::kEmergency;
  if (enforced) return MatchFate::kEnforced;
  return unproven ? MatchFate::kWeakEvidence : MatchFate::kTooLate;
}

// What is only told, and holds nobody back: any mode and guard lets it through.
void Note(const ActionRequest& request, const RuleInfo& rule, Verdict* verdict) {
  if (request.kind == ActionRequest::Kind::kAlert) verdict->alert = true;
  if (request.kind == ActionRequest::Kind::kCapture) verdict->capture = true;
  if (request.kind != ActionRequest::Kind::kTag) return;
  if (verdict->tag_count == Verdict::kMaxTags) {
    ++verdict->tags_omitted;
    return;
  }
  verdict->tags[verdict->tag_count++] = {&rule, request.text};
}

void Propose(const ActionRequest& request, Action permitted, Verdict* verdict) {
  verdict->action = permitted;
  verdict->sip_code = permitted == Action::kReject     ? request.code
                      : permitted == Action::kThrottle ? kServiceUnavailable
                                                       : uint16_t{0};
  verdict->sip_reason = permitted == Action::kReject ? request.text : std::string_view();
}

// Keeps the hit, or lets it take the place of a milder one, so that what decided is always shown.
void Keep(const VerdictHit& hit, Verdict* verdict) {
  if (verdict->hit_count < Verdict::kMaxHits) {
    verdict->hits[verdict->hit_count++] = hit;
    return;
  }
  const auto mildest = std::min_element(
      verdict->hits.begin(), verdict->hits.end(),
      [](const VerdictHit& a, const VerdictHit& b) { return a.action < b.action; });
  if (mildest->action < hit.action) *mildest = hit;
}

}  // namespace

// Walks the actions and not the hits: of a rule that matched behind kMaxHits others, the action
// still counts.
void Decide(const Generation& generation, const rules::Outcome& outcome,
            const Circumstances& circumstances, state::Region& region, const EngineTables& tables,
            Tally& tally, facts::Tape* tape, Verdict* verdict) {
  Decider decider(generation, circumstances, region, tables, tally, tape);
  const uint32_t before = verdict->hit_count + verdict->hits_omitted;
  for (size_t next = 0; next < outcome.action_count;) {
    const uint16_t index = outcome.actions[next].rule;
    const RuleInfo& rule = generation.rules().rules()[index];
    const bool enforce = outcome.actions[next].enforce;
    VerdictHit result{.rule = &rule};
    Action permitted = Action::kFlag;
    bool unproven = false;
    for (; next < outcome.action_count && outcome.actions[next].rule == index; ++next) {
      const ActionRequest& request = outcome.actions[next];
      const Result one = decider.Apply(request, rule);
      result.action = std::max(result.action, one.asked);
      permitted = std::max(permitted, one.permitted);
      unproven = unproven || one.unproven;
      if (request.kind == ActionRequest::Kind::kScore) result.score += request.points;
      Note(request, rule, verdict);
      const Action proposed =
          circumstances.refusable ? one.permitted : std::min(one.permitted, Action::kFlag);
      if (proposed > verdict->action) Propose(request, proposed, verdict);
    }
    verdict->score += result.score;
    result.enforced = decider.Enforces(enforce) && permitted == result.action;
    tally.Match(generation.tally(index), FateOf(circumstances, enforce, result.enforced, unproven));
    const auto end = outcome.hits.begin() + static_cast<ptrdiff_t>(outcome.hit_count);
    const auto hit = std::find_if(outcome.hits.begin(), end,
                                  [&](const rules::Hit& h) { return h.rule == index; });
    if (hit != end) {
      result.value_count = hit->value_count;
      result.values = hit->values;
    }
    Keep(result, verdict);
  }
  const uint32_t matched = before + static_cast<uint32_t>(outcome.hit_count) + outcome.omitted;
  verdict->hits_omitted = matched - std::min(matched, verdict->hit_count);
}

}  // namespace sipward::engine
