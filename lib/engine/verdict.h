// What the engine says of a message or an event.
#ifndef SIPWARD_ENGINE_VERDICT_H_
#define SIPWARD_ENGINE_VERDICT_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "rules/rules.h"
#include "sip/sip.h"

namespace sipward::engine {

using rules::Action;

// A rule that matched, as the host sees it.
struct VerdictHit {
  const rules::RuleInfo* rule = nullptr;
  Action action = Action::kFlag;  // what the rule asked for
  bool enforced = false;          // false: report mode, or a guard held it back
  int32_t score = 0;
  uint8_t value_count = 0;
  std::array<double, 4> values{};
};

// What a rule calls the event by `tag`.
struct VerdictTag {
  const rules::RuleInfo* rule = nullptr;
  std::string_view text;
};

// A plain value. Texts live as long as the rules.
struct Verdict {
  static constexpr size_t kMaxHits = 16;
  static constexpr size_t kMaxTags = 16;

  Action action = Action::kAllow;
  uint16_t sip_code = 0;
  std::string_view sip_reason;
  int32_t score = 0;
  sip::ParseStatus parse_status = sip::ParseStatus::kOk;
  bool banned = false;        // the source was banned before this message
  bool emergency = false;     // the emergency guard applies
  bool allow_listed = false;  // the source stands in the list `allowed`
  bool alert = false;         // a rule wants somebody to be told, whatever its mode
  bool capture = false;       // a rule wants the message kept, whatever its mode
  bool overload = false;      // there are more emergency calls than there should be
  bool pending = false;       // rules wait for what the host finds of the identity
  uint64_t ticket = 0;        // of what is pending; else 0
  // Of what is pending: the certificate that the check waits for; empty: the host's own. Of what is
  // not: one that was used and is to be fetched anew, or that was missing still when it was
  // resumed. Lives as long as the message and until the next one.
  std::string_view certificate_url;
  uint32_t hit_count = 0;
  uint32_t hits_omitted = 0;
  uint32_t tag_count = 0;
  uint32_t tags_omitted = 0;
  std::array<VerdictHit, kMaxHits> hits;
  std::array<VerdictTag, kMaxTags> tags;

  // Everything but the entries of hits and tags, which nobody reads behind their counts.
  void Clear() {
    action = Action::kAllow;
    sip_code = 0;
    sip_reason = {};
    score = 0;
    parse_status = sip::ParseStatus::kOk;
    banned = emergency = allow_listed = alert = capture = overload = pending = false;
    ticket = 0;
    certificate_url = {};
    hit_count = hits_omitted = tag_count = tags_omitted = 0;
  }
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_VERDICT_H_
