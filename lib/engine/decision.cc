#include "engine/decision.h"

#include <algorithm>
#include <array>

#include "engine/guards.h"

namespace sipward::engine {
namespace {

using rules::ActionRequest;
using rules::RuleInfo;

constexpr uint16_t kServiceUnavailable = 503;

class Decider {
 public:
  Decider(const Circumstances& circumstances, state::Region& region, const EngineTables& tables)
      : in_(circumstances), region_(region), tables_(tables) {}

  // What the rule asked for, and what comes of it once mode, allow-list, emergency and evidence are
  // heard.
  struct Result {
    Action asked = Action::kFlag;
    Action permitted = Action::kFlag;
  };

  Result Apply(const ActionRequest& request, const RuleInfo& rule) {
    const bool enforce = rule.enforce && !in_.report_only && !in_.allow_listed && !in_.emergency;
    switch (request.kind) {
      case ActionRequest::Kind::kTag:
      case ActionRequest::Kind::kAlert:
        return {};
      case ActionRequest::Kind::kScore:
        return Score(request, rule, enforce);
      case ActionRequest::Kind::kReject:
        return Permit(Action::kReject, enforce);
      case ActionRequest::Kind::kDrop:
        return Permit(Action::kDrop, enforce);
      case ActionRequest::Kind::kThrottle:
        return Throttle(request, enforce);
      case ActionRequest::Kind::kBan:
        return BanKey(request, rule, enforce);
    }
    return {};
  }

 private:
  static Result Permit(Action action, bool enforce) {
    return {action, enforce ? action : Action::kFlag};
  }

  // A forged address must not get its owner banned: a ban needs a source that was seen to receive.
  bool Proven(const RuleInfo& rule) const {
    return in_.strong_evidence || rule.weak_evidence_suffices;
  }

  void Ban(const facts::Value& key, const RuleInfo& rule, Nanos duration) {
    std::array<char, 64> text;
    const size_t size = rules::KeyText(key, text);
    region_.Ban(tables_.bans, KeyOf(key, region_.secret()), {text.data(), size}, rule.name,
                in_.now + duration, in_.now);
  }

  Result Score(const ActionRequest& request, const RuleInfo& rule, bool enforce) {
    if (!request.key.present()) return {};
    const double total = region_.AddScore(tables_.scores, KeyOf(request.key, region_.secret()),
                                          request.points, in_.now);
    if (total >= kScoreBanThreshold && request.source_key && enforce && Proven(rule)) {
      Ban(request.key, rule, kScoreBanTime);
      return {Action::kDrop, Action::kDrop};
    }
    return {};
  }

  Result Throttle(const ActionRequest& request, bool enforce) {
    // The bucket is the rule's own for this source, so that two rules do not drain each other's.
    std::array<char, 18> key;
    std::copy(in_.source.bytes.begin(), in_.source.bytes.end(), key.begin());
    key[16] = static_cast<char>(request.rule & 0xff);
    key[17] = static_cast<char>(request.rule >> 8);
    const bool fits =
        region_.Take(tables_.throttles, KeyedHash128(region_.secret(), {key.data(), key.size()}),
                     request.period, request.burst, in_.now);
    return fits ? Result{} : Permit(Action::kThrottle, enforce);
  }

  Result BanKey(const ActionRequest& request, const RuleInfo& rule, bool enforce) {
    if (!request.key.present()) return {};
    if (!enforce || !Proven(rule)) return {Action::kDrop, Action::kFlag};
    Ban(request.key, rule, request.duration);
    return {Action::kDrop, Action::kDrop};
  }

  const Circumstances& in_;
  state::Region& region_;
  const EngineTables& tables_;
};

void Propose(const ActionRequest& request, Action permitted, Verdict* verdict) {
  if (permitted == Action::kReject) {
    verdict->sip_code = request.code;
    verdict->sip_reason = request.text;
  } else {
    verdict->sip_code = permitted == Action::kThrottle ? kServiceUnavailable : 0;
    verdict->sip_reason = {};
  }
}

}  // namespace

void Decide(const rules::RuleSet& rules, const rules::Outcome& outcome,
            const Circumstances& circumstances, state::Region& region, const EngineTables& tables,
            Verdict* verdict) {
  Decider decider(circumstances, region, tables);
  verdict->hits_omitted = outcome.omitted;
  size_t next = 0;  // requests stand in the order of the hits
  for (size_t h = 0; h < outcome.hit_count; ++h) {
    const rules::Hit& hit = outcome.hits[h];
    const RuleInfo& rule = rules.rules()[hit.rule];
    VerdictHit result{.rule = &rule, .value_count = hit.value_count, .values = hit.values};
    Action permitted = Action::kFlag;
    for (; next < outcome.action_count && outcome.actions[next].rule == hit.rule; ++next) {
      const ActionRequest& request = outcome.actions[next];
      const Decider::Result one = decider.Apply(request, rule);
      result.action = std::max(result.action, one.asked);
      permitted = std::max(permitted, one.permitted);
      if (request.kind == ActionRequest::Kind::kScore) result.score += request.points;
      if (one.permitted > verdict->action && one.permitted > Action::kFlag) {
        Propose(request, one.permitted, verdict);
        verdict->action = one.permitted;
      }
    }
    verdict->action = std::max(verdict->action, permitted);
    verdict->score += result.score;
    result.enforced = permitted == result.action;
    if (verdict->hit_count < Verdict::kMaxHits) {
      verdict->hits[verdict->hit_count++] = result;
    } else {
      ++verdict->hits_omitted;
    }
  }
}

}  // namespace sipward::engine
