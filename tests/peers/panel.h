// All peers together, asked about one message.
#ifndef SIPWARD_TESTS_PEERS_PANEL_H_
#define SIPWARD_TESTS_PEERS_PANEL_H_

#include <array>
#include <memory>
#include <optional>
#include <string_view>

#include "tests/peers/peer.h"
#include "tests/peers/worker.h"

namespace sipward::peers {

// One answer for each peer, absent for those that were not asked.
using Answers = std::array<std::optional<Reading>, kPeerCount>;

class Panel {
 public:
  Panel();
  // Asks the peers, all at the same time; the slow one only if `with_slow`.
  Answers Ask(std::string_view message, bool with_slow);

 private:
  std::array<std::unique_ptr<Worker>, kPeerCount> workers_;
};

// Whether all that were asked accept, or none does.
bool AgreeOnAccepting(const Answers& answers);
// Whether those that accept read the same in this field.
bool AgreeOn(Field field, const Answers& answers);
bool AllAcceptTheSame(const Answers& answers);

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_PANEL_H_
