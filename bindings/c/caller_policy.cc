#include "caller_policy.h"

#include <algorithm>
#include <string_view>

#include "guard.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

constexpr uint32_t kCallerFlags = 2 * SIPWARD_CALLER_UNCACHED - 1;
constexpr uint32_t kMostSeconds = 86'400;
constexpr uint32_t kMostCached = 65'536;
constexpr size_t kMostCodes = 256;
constexpr uint32_t kLeastCode = 300;
constexpr uint32_t kMostCode = 699;

// False if it names no reason that a check has, or no code that refuses.
bool AddCode(const sipward_reason_code& given, identity::CodeMap* codes) {
  if (given.reserved != 0 || given.sip_code < kLeastCode || given.sip_code > kMostCode ||
      !UsableText(given.reason)) {
    return false;
  }
  const std::string_view name = View(given.reason);
  const identity::Reason reason = facts::ReasonNamed(name);
  if (identity::Describe(reason).name != name) return false;
  codes->Set(reason, static_cast<uint16_t>(given.sip_code));
  return true;
}

bool ReadCodes(const sipward_caller_policy& given, identity::CodeMap* codes) {
  if (given.code_count == 0) return true;
  if (given.code_count > kMostCodes || !Usable(given.codes)) return false;
  return std::all_of(given.codes, given.codes + given.code_count,
                     [codes](const sipward_reason_code& code) { return AddCode(code, codes); });
}

}  // namespace

bool ReadCallerPolicy(const sipward_caller_policy* caller, identity::Policy* out) {
  if (caller == nullptr) return true;
  sipward_caller_policy given{};
  if (!ReadStruct(caller, &given) || (given.flags & ~kCallerFlags) != 0 ||
      given.cached_tokens > kMostCached ||
      std::max({given.window_s, given.skew_s, given.div_span_s}) > kMostSeconds ||
      !ReadCodes(given, &out->codes)) {
    return false;
  }
  const auto has = [&](uint32_t flag) { return (given.flags & flag) != 0; };
  if (has(SIPWARD_CALLER_RFC8224)) out->profile = identity::Profile::kRfc8224;
  out->header.allow_compact = has(SIPWARD_CALLER_COMPACT);
  out->best_of = has(SIPWARD_CALLER_BEST_OF);
  out->passed_b = has(SIPWARD_CALLER_PASSED_B);
  out->passed_c = has(SIPWARD_CALLER_PASSED_C);
  out->check_mky = !has(SIPWARD_CALLER_ANY_MEDIA_KEY);
  out->require = has(SIPWARD_CALLER_REQUIRED);
  if (given.cached_tokens != 0) out->cached_tokens = given.cached_tokens;
  if (has(SIPWARD_CALLER_UNCACHED)) out->cached_tokens = 0;
  if (given.window_s != 0) out->window = given.window_s;
  if (given.skew_s != 0) out->skew = given.skew_s;
  if (given.div_span_s != 0) out->div_span = given.div_span_s;
  return true;
}

}  // namespace sipward::c
