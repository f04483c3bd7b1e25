// What the engine says of a message.
#ifndef SIPWARD_VERDICT_H_
#define SIPWARD_VERDICT_H_

#include <sipward.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "sipward/handle.h"
#include "sipward/status.h"

namespace sipward {

// Ascending. kNone comes before everything: nothing was inspected, so that nothing was allowed
// either.
enum class Action : int8_t {
  kNone = -1,
  kAllow = SIPWARD_ACTION_ALLOW,
  kFlag = SIPWARD_ACTION_FLAG,
  kChallenge = SIPWARD_ACTION_CHALLENGE,
  kThrottle = SIPWARD_ACTION_THROTTLE,
  kHold = SIPWARD_ACTION_HOLD,
  kReject = SIPWARD_ACTION_REJECT,
  kDrop = SIPWARD_ACTION_DROP,
};

// "allow" ...; "none".
inline std::string_view Name(Action action) noexcept {
  const char* name = sipward_action_name(static_cast<uint32_t>(action));
  return name == nullptr ? "none" : name;
}

// A rule that matched: a place in a verdict. Texts live as long as the rules.
class Hit {
 public:
  explicit Hit(const sipward_hit* hit) noexcept : hit_(hit) {}

  std::string_view rule() const noexcept { return detail::View(hit_->rule); }
  std::string_view why() const noexcept { return detail::View(hit_->why); }
  // What the rule asked for.
  Action action() const noexcept { return static_cast<Action>(hit_->action); }
  // False: report mode, or a guard held it back.
  bool enforced() const noexcept { return hit_->enforced != 0; }
  int32_t score() const noexcept { return hit_->score; }
  // The rule's aggregates at the time of the verdict, in the order of its text.
  const double* begin() const noexcept { return hit_->values; }
  const double* end() const noexcept { return hit_->values + hit_->value_count; }

 private:
  const sipward_hit* hit_;
};

// What a rule calls the message or event by `tag`. Texts live as long as the rules.
struct Tag {
  std::string_view text, rule;
};

// A plain value, the same in memory as sipward_verdict. Made once and filled by every inspection.
class Verdict {
 public:
  Verdict() noexcept {
    verdict_.struct_size = sizeof verdict_;
    Clear();
  }

  Action action() const noexcept { return static_cast<Action>(verdict_.action); }
  // A proposed answer: no code means none.
  std::optional<uint32_t> sip_code() const noexcept {
    if (verdict_.sip_code == 0) return std::nullopt;
    return verdict_.sip_code;
  }
  std::string_view sip_reason() const noexcept { return detail::View(verdict_.sip_reason); }
  // Points given by this message.
  int32_t score() const noexcept { return verdict_.score; }
  // What Message::Parse would return.
  Status parse_status() const noexcept { return Status::FromC(verdict_.parse_status); }
  bool banned() const noexcept {
    return Has(SIPWARD_VERDICT_BANNED);
  }  // the source was banned before
  bool emergency() const noexcept { return Has(SIPWARD_VERDICT_EMERGENCY); }
  bool allow_listed() const noexcept { return Has(SIPWARD_VERDICT_ALLOW_LISTED); }

  // A rule says `alert`: somebody should be told, in any mode.
  bool alert() const noexcept { return Has(SIPWARD_VERDICT_ALERT); }
  // A rule says `capture`: the message should be kept, in any mode.
  bool capture() const noexcept { return Has(SIPWARD_VERDICT_CAPTURE); }
  // There are more emergency calls than there should be; none is refused for it.
  bool overload() const noexcept { return Has(SIPWARD_VERDICT_OVERLOAD); }

  // Rules wait for what the host finds of the identity: see Inspector::Resume. The action is that
  // of all others. An emergency call never waits.
  bool pending() const noexcept { return Has(SIPWARD_VERDICT_PENDING); }
  uint64_t ticket() const noexcept { return verdict_.ticket; }  // 0: nothing is pending
  // Of a pending verdict: the certificate that the check waits for, for Fetcher::Request or
  // TrustStore::Provide; empty: the host checks. Of one that is not pending: a certificate that was
  // used and is old, or was still missing when it was resumed. The caller chose it. Valid until the
  // inspector's next packet.
  std::string_view certificate_url() const noexcept {
    return detail::View(verdict_.certificate_url);
  }

  uint32_t hit_count() const noexcept { return verdict_.hit_count; }
  uint32_t hits_omitted() const noexcept { return verdict_.hits_omitted; }
  // Valid while the verdict lives and until it is filled again.
  std::optional<Hit> HitAt(uint32_t index) const& noexcept {
    if (index >= verdict_.hit_count) return std::nullopt;
    return Hit(&verdict_.hits[index]);
  }
  std::optional<Hit> HitAt(uint32_t index) const&& = delete;
  // For range-based loops.
  auto Hits() const& noexcept { return detail::Sequence<Hit, HitSource>({this}); }
  void Hits() const&& = delete;

  uint32_t tag_count() const noexcept { return verdict_.tag_count; }
  uint32_t tags_omitted() const noexcept { return verdict_.tags_omitted; }
  std::optional<Tag> TagAt(uint32_t index) const noexcept {
    if (index >= verdict_.tag_count) return std::nullopt;
    return Tag{detail::View(verdict_.tags[index].text), detail::View(verdict_.tags[index].rule)};
  }
  // For range-based loops.
  auto Tags() const& noexcept { return detail::Sequence<Tag, TagSource>({this}); }
  void Tags() const&& = delete;

 private:
  friend class Inspector;
  struct HitSource {
    const Verdict* verdict;
    std::optional<Hit> operator()(uint32_t index) const noexcept { return verdict->HitAt(index); }
  };

  struct TagSource {
    const Verdict* verdict;
    std::optional<Tag> operator()(uint32_t index) const noexcept { return verdict->TagAt(index); }
  };

  void Clear() noexcept {
    verdict_.action = static_cast<uint32_t>(Action::kNone);
    verdict_.sip_code = 0;
    verdict_.flags = 0;
    verdict_.score = 0;
    verdict_.parse_status = SIPWARD_ERR_ARGUMENT;
    verdict_.hit_count = 0;
    verdict_.hits_omitted = 0;
    verdict_.ticket = 0;
    verdict_.sip_reason = {nullptr, 0};
    verdict_.tag_count = 0;
    verdict_.tags_omitted = 0;
    verdict_.certificate_url = {};
  }
  bool Has(uint32_t flag) const noexcept { return (verdict_.flags & flag) != 0; }

  sipward_verdict verdict_;  // hits and tags behind their counts are never read, nor cleared
};
static_assert(sizeof(Verdict) == sizeof(sipward_verdict) && std::is_standard_layout_v<Verdict> &&
                  std::is_trivially_copyable_v<Verdict>,
              "arrays of verdicts are handed to the C interface as they are");

}  // namespace sipward

#endif  // SIPWARD_VERDICT_H_
