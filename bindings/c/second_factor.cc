#include <algorithm>
#include <cstring>
#include <memory>

#include "auth/auth.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace auth = sipward::auth;
using sipward::kDay;
using sipward::kHour;
using sipward::kSecond;
using sipward::Nanos;

struct sipward_second_factor {
  std::shared_ptr<sipward::state::Region> region;
  std::unique_ptr<auth::SecondFactor> factor;

  // Takes its tables back before the region goes.
  ~sipward_second_factor() { factor.reset(); }
};

namespace sipward::c {
namespace {

constexpr uint32_t kMostAttempts = 1000;
constexpr uint32_t kMostAccounts = uint32_t{1} << 24;

static_assert(static_cast<int>(auth::CodeHash::kSha512) == SIPWARD_CODE_SHA_512);
static_assert(static_cast<int>(auth::CodeResult::kLocked) == SIPWARD_CODE_LOCKED);

bool UsableDigits(uint32_t digits) {
  return digits >= auth::kLeastDigits && digits <= auth::kMostDigits;
}

bool UsableOptions(const sipward_second_factor_options& given) {
  return given.hash <= SIPWARD_CODE_SHA_512 && (given.digits == 0 || UsableDigits(given.digits)) &&
         given.present_only <= 1 && given.window <= auth::kWidestWindow &&
         (given.present_only == 0 || given.window == 0) && given.attempts <= kMostAttempts &&
         given.step_s <= static_cast<uint64_t>(kHour / kSecond) &&
         given.recovers_s <= static_cast<uint64_t>(kDay / kSecond) &&
         given.accounts <= kMostAccounts && given.reserved == 0 && Usable(given.state);
}

auth::CodePolicy ToPolicy(const sipward_second_factor_options& given) {
  auth::CodePolicy policy;
  policy.hash = static_cast<auth::CodeHash>(given.hash);
  if (given.digits != 0) policy.digits = given.digits;
  if (given.window != 0 || given.present_only != 0) policy.window = given.window;
  if (given.attempts != 0) policy.attempts = given.attempts;
  if (given.step_s != 0) policy.step = static_cast<Nanos>(given.step_s) * kSecond;
  if (given.recovers_s != 0) policy.recovers = static_cast<Nanos>(given.recovers_s) * kSecond;
  if (given.accounts != 0) policy.accounts = given.accounts;
  return policy;
}

}  // namespace
}  // namespace sipward::c

extern "C" {

int32_t sipward_second_factor_create(const sipward_second_factor_options* options,
                                     sipward_second_factor** out) {
  sipward_second_factor_options given{};
  if (!Usable(out) || !ReadStruct(options, &given) || !UsableOptions(given)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    auto made = std::make_unique<sipward_second_factor>();
    made->region = given.state->region;
    made->factor = auth::SecondFactor::Create(ToPolicy(given), made->region.get());
    if (made->factor == nullptr) return int32_t{SIPWARD_ERR_STATE_FULL};
    *out = made.release();
    return int32_t{SIPWARD_OK};
  });
}

void sipward_second_factor_destroy(sipward_second_factor* factor) {
  if (Usable(factor)) delete factor;
}

int32_t sipward_second_factor_check(sipward_second_factor* factor,
                                    const sipward_code_attempt* attempt, uint32_t* result) {
  sipward_code_attempt given{};
  if (!Usable(factor) || !ReadStruct(attempt, &given) || given.reserved != 0 || given.wall_ns < 0 ||
      !UsableText(given.account) || !UsableText(given.secret) || !UsableText(given.code) ||
      !UsableText(given.use) || !Usable(result)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  auth::Secret secret;
  if (!auth::DecodeBase32(View(given.secret), &secret)) return SIPWARD_ERR_CREDENTIAL;
  *result = static_cast<uint32_t>(factor->factor->Check(View(given.account), secret.text(),
                                                        View(given.code), View(given.use),
                                                        given.wall_ns, given.monotonic_ns));
  return SIPWARD_OK;
}

int32_t sipward_code_make(uint32_t hash, const char* secret, size_t secret_size, uint64_t counter,
                          uint32_t digits, char* out, size_t capacity, size_t* size) {
  if (hash > SIPWARD_CODE_SHA_512 || !UsableBytes(secret, secret_size) || !UsableDigits(digits) ||
      !UsableBytes(out, capacity) || !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    auth::Secret octets;
    auth::Code code;
    if (!auth::DecodeBase32(View(secret, secret_size), &octets) ||
        !auth::MakeCode(static_cast<auth::CodeHash>(hash), octets.text(), counter, digits, &code)) {
      return int32_t{SIPWARD_ERR_CREDENTIAL};
    }
    *size = code.size;
    if (code.size > capacity) return int32_t{SIPWARD_ERR_SPACE};
    std::memcpy(out, code.digits.data(), code.size);
    return int32_t{SIPWARD_OK};
  });
}

int32_t sipward_code_split(const char* dialled, size_t dialled_size, uint32_t digits,
                           sipward_text* number, sipward_text* code) {
  if (!UsableBytes(dialled, dialled_size) || !UsableDigits(digits) || !Usable(number) ||
      !Usable(code)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const auto split = auth::SplitCode(View(dialled, dialled_size), digits);
  if (!split) return SIPWARD_END;
  *number = Text(split->number);
  *code = Text(split->code);
  return SIPWARD_OK;
}

}  // extern "C"
