#include "verdict.h"

#include <algorithm>
#include <cstddef>
#include <cstring>

#include "guard.h"
#include "message_values.h"

namespace sipward::c {
namespace {

using engine::Action;

static_assert(static_cast<int>(Action::kAllow) == SIPWARD_ACTION_ALLOW);
static_assert(static_cast<int>(Action::kFlag) == SIPWARD_ACTION_FLAG);
static_assert(static_cast<int>(Action::kChallenge) == SIPWARD_ACTION_CHALLENGE);
static_assert(static_cast<int>(Action::kThrottle) == SIPWARD_ACTION_THROTTLE);
static_assert(static_cast<int>(Action::kHold) == SIPWARD_ACTION_HOLD);
static_assert(static_cast<int>(Action::kReject) == SIPWARD_ACTION_REJECT);
static_assert(static_cast<int>(Action::kDrop) == SIPWARD_ACTION_DROP);
static_assert(engine::Verdict::kMaxHits == SIPWARD_MAX_HITS);
static_assert(engine::Verdict::kMaxTags == SIPWARD_MAX_TAGS);

uint32_t FlagsOf(const engine::Verdict& verdict) {
  return (verdict.banned ? uint32_t{SIPWARD_VERDICT_BANNED} : 0) |
         (verdict.emergency ? uint32_t{SIPWARD_VERDICT_EMERGENCY} : 0) |
         (verdict.allow_listed ? uint32_t{SIPWARD_VERDICT_ALLOW_LISTED} : 0) |
         (verdict.alert ? uint32_t{SIPWARD_VERDICT_ALERT} : 0) |
         (verdict.capture ? uint32_t{SIPWARD_VERDICT_CAPTURE} : 0) |
         (verdict.overload ? uint32_t{SIPWARD_VERDICT_OVERLOAD} : 0) |
         (verdict.pending ? uint32_t{SIPWARD_VERDICT_PENDING} : 0);
}

sipward_hit ToC(const engine::VerdictHit& hit) {
  sipward_hit out{};
  out.rule = Text(hit.rule->name);
  out.why = Text(hit.rule->why);
  out.action = static_cast<uint32_t>(hit.action);
  out.enforced = hit.enforced ? 1 : 0;
  out.score = hit.score;
  out.value_count = std::min<uint32_t>(hit.value_count, SIPWARD_MAX_HIT_VALUES);
  std::copy_n(hit.values.begin(), out.value_count, out.values);
  return out;
}

sipward_tag ToC(const engine::VerdictTag& tag) { return {Text(tag.text), Text(tag.rule->name)}; }

// The caller's struct, which may end anywhere.
class Writer {
 public:
  explicit Writer(sipward_verdict* out)
      : bytes_(reinterpret_cast<unsigned char*>(out)), size_(out->struct_size) {}

  void Write(size_t at, const void* from, size_t size) {
    if (at < size_) std::memcpy(bytes_ + at, from, std::min(size, size_ - at));
  }

 private:
  unsigned char* bytes_;
  size_t size_;
};

}  // namespace

// Hits and tags are written one by one: most verdicts have none, and the arrays are the larger part
// of the struct.
void WriteVerdict(const engine::Verdict& verdict, sipward_verdict* out) {
  sipward_verdict head;
  head.action = static_cast<uint32_t>(verdict.action);
  head.sip_code = verdict.sip_code;
  head.flags = FlagsOf(verdict);
  head.score = verdict.score;
  head.parse_status = ToC(verdict.parse_status);
  head.hit_count = verdict.hit_count;
  head.hits_omitted = verdict.hits_omitted;
  head.ticket = verdict.ticket;
  head.sip_reason = Text(verdict.sip_reason);
  head.tag_count = verdict.tag_count;
  head.tags_omitted = verdict.tags_omitted;
  constexpr size_t kAction = offsetof(sipward_verdict, action);
  constexpr size_t kHits = offsetof(sipward_verdict, hits);
  constexpr size_t kCounts = offsetof(sipward_verdict, tag_count);
  constexpr size_t kTags = offsetof(sipward_verdict, tags);
  Writer writer(out);
  writer.Write(kAction, &head.action, kHits - kAction);
  for (size_t i = 0; i < verdict.hit_count; ++i) {
    const sipward_hit hit = ToC(verdict.hits[i]);
    writer.Write(kHits + i * sizeof hit, &hit, sizeof hit);
  }
  writer.Write(kCounts, &head.tag_count, kTags - kCounts);
  for (size_t i = 0; i < verdict.tag_count; ++i) {
    const sipward_tag tag = ToC(verdict.tags[i]);
    writer.Write(kTags + i * sizeof tag, &tag, sizeof tag);
  }
  const sipward_text url = Text(verdict.certificate_url);
  writer.Write(offsetof(sipward_verdict, certificate_url), &url, sizeof url);
}

}  // namespace sipward::c
