#include "engine/feedback.h"

#include <array>
#include <cstring>

#include "engine/engine.h"

namespace sipward::engine {

void Engine::TakeFeedback(std::string_view call_id, FeedbackVerdict verdict, Nanos now) const {
  const HashSecret& secret = region_->secret();
  const Hash128 call = KeyedHash128(secret, call_id);
  std::array<char, sizeof call + 1> bytes;
  std::memcpy(bytes.data(), &call, sizeof call);
  bytes.back() = static_cast<char>(verdict);
  const Hash128 key = KeyedHash128(secret, {bytes.data(), bytes.size()});
  const bool again = region_->Repeat(tables_.feedback, key, now).before != 0;
  ledger_.CountFeedback(verdict, again);
}

}  // namespace sipward::engine
