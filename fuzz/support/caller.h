// Who signs calls, and whom an engine trusts for it.
#ifndef SIPWARD_FUZZ_SUPPORT_CALLER_H_
#define SIPWARD_FUZZ_SUPPORT_CALLER_H_

#include <string>

#include "base/time.h"
#include "engine/caller_check.h"
#include "fuzz/support/input.h"

namespace sipward::fuzz {

// The time that certificates are good at.
inline constexpr Nanos kCallerTime = 1'800'000'000 * kSecond;

// Of a store with certificates that hold, that do not, and that are none. Without identity nothing.
engine::CallerTrust TrustOfCallers();

// An INVITE with tokens that name these, or others, some of them forged.
std::string SignedInvite(Input* input, Nanos now);

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_CALLER_H_
