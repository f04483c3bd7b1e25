// Inspects one SIP message from standard input with the default rules and prints the verdict.
#include <sipward/sipward.h>

#include <chrono>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

int main() {
  const sipward::Result<sipward::Rules> rules = sipward::Rules::Default();
  if (!rules.ok()) {
    std::cerr << rules.error().Render();
    return 2;
  }
  sipward::StateOptions options;
  std::random_device random;
  for (uint8_t& byte : options.seed) byte = static_cast<uint8_t>(random());
  const sipward::State state = sipward::State::Create(options).value();
  const sipward::Engine engine = sipward::Engine::Create(rules.value(), state).value();
  sipward::Inspector inspector = sipward::Inspector::Create(engine).value();

  const std::string message{std::istreambuf_iterator<char>(std::cin), {}};
  sipward::Packet packet;
  packet.bytes = message;
  packet.source = sipward::Endpoint::V4({198, 51, 100, 7}, 5060);
  packet.destination = sipward::Endpoint::V4({192, 0, 2, 1}, 5060);
  packet.direction = sipward::Direction::kInbound;
  packet.wall = std::chrono::system_clock::now();
  packet.monotonic = std::chrono::steady_clock::now();

  const sipward::Verdict verdict = inspector.Inspect(packet);
  std::cout << Name(verdict.action()) << '\n';
  for (const sipward::Hit& hit : verdict.Hits()) {
    std::cout << "  " << hit.rule() << ": " << hit.why() << '\n';
  }
  return verdict.action() == sipward::Action::kNone ? 2 : 0;
}
