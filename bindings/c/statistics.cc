#include <algorithm>
#include <span>

#include "engine/engine.h"
#include "fixed_text.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

using engine::FeedbackVerdict;
using engine::MatchFate;
using engine::NoticeCode;
using engine::NoticeSeverity;

static_assert(static_cast<int>(NoticeCode::kRulesLoaded) == SIPWARD_NOTICE_RULES_LOADED);
static_assert(static_cast<int>(NoticeCode::kBanWithheld) == SIPWARD_NOTICE_BAN_WITHHELD);
static_assert(static_cast<int>(NoticeCode::kOutOfMemory) == SIPWARD_NOTICE_OUT_OF_MEMORY);
static_assert(static_cast<int>(NoticeSeverity::kError) == SIPWARD_NOTICE_ERROR);
static_assert(static_cast<int>(NoticeSeverity::kInfo) == SIPWARD_NOTICE_INFO);
static_assert(static_cast<int>(FeedbackVerdict::kFraud) == SIPWARD_FEEDBACK_FRAUD);
static_assert(static_cast<int>(FeedbackVerdict::kLegitimate) == SIPWARD_FEEDBACK_LEGITIMATE);

// As many as both have.
template <size_t kFrom, size_t kTo>
void CopyEach(const std::array<uint64_t, kFrom>& from, uint64_t (&to)[kTo]) {
  static_assert(kFrom <= kTo);
  std::copy(from.begin(), from.end(), to);
}

sipward_statistics ToC(const engine::Statistics& counted) {
  sipward_statistics out{};
  out.packets = counted.packets;
  out.not_sip = counted.not_sip;
  out.malformed = counted.malformed;
  CopyEach(counted.by_action, out.by_action);
  out.events = counted.events;
  out.pending = counted.pending;
  out.resumed = counted.resumed;
  out.keep_alives = counted.keep_alives;
  out.over_limit = counted.over_limit;
  out.retransmissions = counted.retransmissions;
  CopyEach(counted.by_kind, out.by_kind);
  CopyEach(counted.by_anomaly, out.by_anomaly);
  out.banned = counted.banned;
  out.allow_listed = counted.allow_listed;
  out.emergency = counted.emergency;
  out.overload = counted.overload;
  out.alerts = counted.alerts;
  out.captures = counted.captures;
  out.matches = counted.matches;
  out.matches_reported = counted.matches_reported;
  out.matches_withheld = counted.matches_withheld;
  out.bans = counted.bans;
  out.bans_withheld = counted.bans_withheld;
  out.list_entries = counted.list_entries;
  out.displaced = counted.displaced;
  out.feedback_fraud = counted.feedback[SIPWARD_FEEDBACK_FRAUD];
  out.feedback_legitimate = counted.feedback[SIPWARD_FEEDBACK_LEGITIMATE];
  out.feedback_repeated = counted.feedback_again;
  out.reloads = counted.reloads;
  out.reloads_refused = counted.reloads_refused;
  out.calls_untracked = counted.calls_untracked;
  out.calls_given_up = counted.calls_given_up;
  out.calls_lost = counted.calls_lost;
  out.identity_checks = counted.checked;
  return out;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_engine_statistics(const sipward_engine* engine, sipward_statistics* out) {
  if (!Usable(engine) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  sipward_statistics statistics = ToC(engine->engine->statistics());
  const sipward::engine::Notices& notices = engine->engine->notices();
  statistics.notices = notices.put();
  statistics.notices_omitted = notices.omitted();
  const sipward::state::RegionStats state = engine->engine->region().stats();
  statistics.evictions = state.evictions;
  statistics.state_bytes = state.bytes;
  statistics.state_used = state.used;
  statistics.state_insertions = state.insertions;
  statistics.state_sketches_refused = state.sketches_refused;
  WriteStruct(statistics, out);
  return SIPWARD_OK;
}

int32_t sipward_engine_rule_statistics(const sipward_engine* engine, uint32_t index,
                                       sipward_rule_statistics* out) {
  if (!Usable(engine) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const auto generation = engine->engine->generation();
  const auto rules = generation->rules().rules();
  if (index >= rules.size()) return SIPWARD_END;
  const sipward::engine::RuleTally& tally = generation->tally(index);
  const auto count = [&](MatchFate fate) {
    return tally.by_fate[static_cast<size_t>(fate)].load(std::memory_order_relaxed);
  };
  sipward_rule_statistics told{};
  told.generation = generation->number();
  told.since = tally.since;
  told.enforced = count(MatchFate::kEnforced);
  told.reported = count(MatchFate::kReported);
  told.allow_listed = count(MatchFate::kAllowListed);
  told.emergency = count(MatchFate::kEmergency);
  told.weak_evidence = count(MatchFate::kWeakEvidence);
  told.too_late = count(MatchFate::kTooLate);
  told.again = count(MatchFate::kAgain);
  told.name_size = CopyText(rules[index].name, told.name);
  WriteStruct(told, out);
  return SIPWARD_OK;
}

const char* sipward_notice_name(uint32_t code) {
  if (code >= sipward::engine::kNoticeCodes) return nullptr;
  return sipward::engine::Describe(static_cast<NoticeCode>(code)).name.data();
}

const char* sipward_notice_sentence(uint32_t code) {
  if (code >= sipward::engine::kNoticeCodes) return nullptr;
  return sipward::engine::Describe(static_cast<NoticeCode>(code)).sentence.data();
}

int32_t sipward_engine_notice_next(const sipward_engine* engine, uint64_t* cursor,
                                   sipward_notice* out) {
  if (!Usable(engine) || !Usable(cursor) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  uint64_t lost = 0;
  const auto notice = engine->engine->notices().Next(cursor, &lost);
  if (!notice) return SIPWARD_END;
  sipward_notice told{};
  told.code = static_cast<uint32_t>(notice->code);
  told.severity = static_cast<uint32_t>(sipward::engine::Describe(notice->code).severity);
  told.lost = lost;
  told.omitted = notice->omitted;
  told.wall_ns = notice->wall;
  told.monotonic_ns = notice->now;
  told.amount = notice->amount;
  told.limit = notice->limit;
  told.subject_size = CopyText(notice->subject(), told.subject);
  told.key_size = CopyText(notice->key(), told.key);
  WriteStruct(told, out);
  return SIPWARD_OK;
}

int32_t sipward_engine_feedback(const sipward_engine* engine, const char* call_id,
                                size_t call_id_size, uint32_t verdict, int64_t now_ns) {
  if (!Usable(engine) || !UsableBytes(call_id, call_id_size) || call_id_size == 0 ||
      verdict > SIPWARD_FEEDBACK_LEGITIMATE) {
    return SIPWARD_ERR_ARGUMENT;
  }
  engine->engine->TakeFeedback(View(call_id, call_id_size), static_cast<FeedbackVerdict>(verdict),
                               now_ns);
  return SIPWARD_OK;
}

}  // extern "C"
