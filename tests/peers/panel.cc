#include "tests/peers/panel.h"

#include <csignal>

namespace sipward::peers {

std::span<const Peer* const> AllPeers() {
  static const Peer* const peers[kPeerCount] = {&kOsip, &kSofia, &kRe, &kBelle};
  return peers;
}

Panel::Panel() {
  std::signal(SIGPIPE, SIG_IGN);
  for (size_t i = 0; i < kPeerCount; ++i) {
    workers_[i] = std::make_unique<Worker>(*AllPeers()[i]);
  }
}

Answers Panel::Ask(std::string_view message) {
  Answers answers;
  for (const auto& worker : workers_) worker->Send(message);
  for (size_t i = 0; i < kPeerCount; ++i) answers[i] = workers_[i]->Receive();
  return answers;
}

bool AgreeOnAccepting(const Answers& answers) {
  for (const auto& answer : answers) {
    if (answer.accepted() != answers[0].accepted()) return false;
  }
  return true;
}

bool AgreeOn(Field field, const Answers& answers) {
  const std::optional<std::string>* first = nullptr;
  for (const auto& answer : answers) {
    if (!answer.accepted()) continue;
    const std::optional<std::string>& value = answer[field];
    if (first == nullptr) first = &value;
    if (*first != value) return false;
  }
  return true;
}

bool AllAcceptTheSame(const Answers& answers) {
  for (const auto& answer : answers) {
    if (!answer.accepted()) return false;
  }
  for (size_t i = 0; i < kFieldCount; ++i) {
    if (!AgreeOn(static_cast<Field>(i), answers)) return false;
  }
  return true;
}

}  // namespace sipward::peers
