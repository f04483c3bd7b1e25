#include "auth/second_factor.h"

#include <sodium/utils.h>

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "auth/hasher.h"
#include "auth/memory.h"

namespace sipward::auth {
namespace {

using state::TableKind;

constexpr std::array<std::string_view, 4> kNames = {"wrong", "right", "used", "locked"};

}  // namespace

std::string_view CodeResultName(CodeResult result) { return kNames[static_cast<size_t>(result)]; }

struct SecondFactor::Impl {
  Impl(const CodePolicy& given, state::Region* given_region)
      : policy(given), region(*given_region) {}
  ~Impl() {
    if (used) region.Close(*used);
    if (attempts) region.Close(*attempts);
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  bool Open();
  // The step whose code it is.
  std::optional<int64_t> StepOf(std::string_view secret, std::string_view code, Nanos wall);

  const CodePolicy policy;
  state::Region& region;
  std::optional<state::Region::Table> used, attempts;
  Hasher hasher;
};

bool SecondFactor::Impl::Open() {
  // A code ends before what is remembered of it.
  const Nanos window = policy.step * (2 * policy.window + 2) + kHour;
  const std::string step = " " + std::to_string(policy.step / kSecond);
  used = region.Open({.kind = TableKind::kSequence,
                      .window = window,
                      .capacity = policy.accounts,
                      .signature = "auth.codes" + step});
  attempts = region.Open({.kind = TableKind::kBucket,
                          .window = 0,
                          .capacity = policy.accounts,
                          .signature = "auth.code_attempts" + step});
  return used && attempts;
}

// All are made and compared, whichever fits.
std::optional<int64_t> SecondFactor::Impl::StepOf(std::string_view secret, std::string_view code,
                                                  Nanos wall) {
  const int64_t present = wall / policy.step;
  const auto width = static_cast<int64_t>(policy.window);
  std::optional<int64_t> found;
  for (int64_t step = std::max<int64_t>(0, present - width); step <= present + width; ++step) {
    Code right;
    if (!MakeCode(&hasher, policy.hash, secret, static_cast<uint64_t>(step), policy.digits,
                  &right)) {
      return std::nullopt;
    }
    const bool same = code.size() == right.size &&
                      sodium_memcmp(code.data(), right.digits.data(), right.size) == 0;
    if (same) found = step;
  }
  return found;
}

SecondFactor::SecondFactor(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
SecondFactor::~SecondFactor() = default;

std::unique_ptr<SecondFactor> SecondFactor::Create(const CodePolicy& policy,
                                                   state::Region* region) {
  auto impl = std::make_unique<Impl>(policy, region);
  if (!impl->Open()) return nullptr;
  return std::unique_ptr<SecondFactor>(new SecondFactor(std::move(impl)));
}

CodeResult SecondFactor::Check(std::string_view account, std::string_view secret,
                               std::string_view code, std::string_view use, Nanos wall,
                               Nanos monotonic) {
  Impl& impl = *impl_;
  const HashSecret& hash_secret = impl.region.secret();
  const Hash128 key = HashOf(hash_secret, {account});
  if (!impl.region.Take(*impl.attempts, key, impl.policy.recovers, impl.policy.attempts,
                        monotonic)) {
    return CodeResult::kLocked;
  }
  const std::optional<int64_t> step = impl.StepOf(secret, code, wall);
  if (!step) return CodeResult::kWrong;
  const auto note = static_cast<uint32_t>(HashOf(hash_secret, {use}).low);
  const state::Taken taken = impl.region.TakeNumber(*impl.used, key, *step, note, 0, monotonic);
  const bool again = taken == state::Taken::kSame && !use.empty();
  return taken == state::Taken::kNew || again ? CodeResult::kRight : CodeResult::kUsed;
}

const CodePolicy& SecondFactor::policy() const { return impl_->policy; }

}  // namespace sipward::auth
