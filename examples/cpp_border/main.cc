// The border of a session border controller, in small: one SIP request from standard input is
// inspected; what the default rules refuse ends here. Of the rest, what a party that is not trusted
// may not say of itself is taken away, and what a proxy has to add is added (RFC 3261
// section 16.6). Standard output is what would be sent on.
//
//   ./cpp_border < request.sip
#include <sipward/sipward.h>

#include <array>
#include <chrono>
#include <iostream>
#include <iterator>
#include <random>
#include <string>
#include <string_view>

namespace {

sipward::Inspector MakeInspector() {
  const sipward::Rules rules = sipward::Rules::Default().value();
  sipward::StateOptions options;
  std::random_device random;
  for (uint8_t& byte : options.seed) byte = static_cast<uint8_t>(random());
  const sipward::State state = sipward::State::Create(options).value();
  const sipward::Engine engine = sipward::Engine::Create(rules, state).value();
  return sipward::Inspector::Create(engine).value();
}

sipward::Packet MakePacket(std::string_view bytes) {
  sipward::Packet packet;
  packet.bytes = bytes;
  packet.source = sipward::Endpoint::V4({198, 51, 100, 7}, 5060);
  packet.destination = sipward::Endpoint::V4({192, 0, 2, 1}, 5060);
  packet.direction = sipward::Direction::kInbound;
  packet.wall = std::chrono::system_clock::now();
  packet.monotonic = std::chrono::steady_clock::now();
  return packet;
}

int Refuse(std::string_view why) {
  std::cerr << why << '\n';
  return 1;
}

// Writes to standard output what goes on.
int SendOn(const sipward::MessageView& message) {
  if (message.start_line().kind != sipward::MessageKind::kRequest) return Refuse("not a request");
  const uint64_t hops = message.Number("Max-Forwards").value_or(70);
  if (hops == 0) return Refuse("483 Too Many Hops");
  const std::string hops_left = std::to_string(hops - 1);
  // A real proxy computes the branch of the request (section 16.6, step 8).
  const std::string via = "SIP/2.0/UDP border.example.com;branch=z9hG4bKborder";

  std::array<char, 65535> out;  // never the buffer that the message came in
  const sipward::Written written = message.Write(
      {sipward::Edit::Strip(sipward::StripSet::kUntrusted),
       sipward::Edit::Set("Max-Forwards", hops_left),
       sipward::Edit::Add("Via", via, sipward::EditPlace::kTop),
       sipward::Edit::Add("Record-Route", "<sip:border.example.com;lr>", sipward::EditPlace::kTop)},
      out.data(), out.size());
  // A header to be stripped that hides where programs read differently, for one: no call is lost by
  // not sending such a message on.
  if (!written.ok()) return Refuse(Text(written.problem()));
  std::cout.write(out.data(), static_cast<std::streamsize>(written.size()));
  return 0;
}

}  // namespace

int main() {
  sipward::Inspector inspector = MakeInspector();
  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  const sipward::Verdict verdict = inspector.Inspect(MakePacket(bytes));
  if (verdict.action() >= sipward::Action::kReject) return Refuse(Name(verdict.action()));
  return SendOn(inspector.message());
}
