// All peers together, asked about one message.
#ifndef SIPWARD_TESTS_PEERS_PANEL_H_
#define SIPWARD_TESTS_PEERS_PANEL_H_

#include <array>
#include <memory>
#include <string_view>

#include "tests/peers/peer.h"
#include "tests/peers/worker.h"

namespace sipward::peers {

// One answer for each peer.
using Answers = std::array<Reading, kPeerCount>;

class Panel {
 public:
  Panel();
  // Asks the peers, all at the same time.
  Answers Ask(std::string_view message);

 private:
  std::array<std::unique_ptr<Worker>, kPeerCount> workers_;
};

// Whether all accept, or none does.
bool AgreeOnAccepting(const Answers& answers);
// Whether those that accept read the same in this field.
bool AgreeOn(Field field, const Answers& answers);
bool AllAcceptTheSame(const Answers& answers);

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_PANEL_H_
