// For a library that is built without identity.
#include "fuzz/support/caller.h"
#include "fuzz/support/disguise.h"

namespace sipward::fuzz {

engine::CallerTrust TrustOfCallers() { return {}; }

std::string SignedInvite(Input* input, Nanos) { return MessageFrom(input); }

}  // namespace sipward::fuzz
