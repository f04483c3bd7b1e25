// For a library that is built without identity.
#include "engine/caller_check.h"

namespace sipward::engine {

bool CallerCheck::Prepare(const CallerTrust& trust, state::Region*, Misfit*) {
  return trust.store == nullptr;
}

std::unique_ptr<CallerCheck> CallerCheck::Create(const CallerTrust&, state::Region*) {
  return nullptr;
}

}  // namespace sipward::engine
