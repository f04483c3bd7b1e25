// Checks who calls (STIR/SHAKEN, RFC 8224): one INVITE from standard input, and a certificate that
// is missing is fetched while the call waits. A server does not wait in one place as this does: it
// keeps packet and ticket, puts fetcher.descriptor() into its event loop, and resumes when the URL
// arrives.
//
//   ./cpp_callers anchors.pem < invite.sip
#include <sipward/fetch.h>
#include <sipward/sipward.h>

#include <chrono>
#include <fstream>
#include <iostream>
#include <iterator>
#include <random>
#include <string>

namespace {

constexpr char kPolicy[] = R"(version 1
rule forged { on request where method == INVITE when identity.result == failed
  then reject 438 "Invalid Identity Header" }
rule nobody_knows { on request where method == INVITE when identity.result == pending
  then tag "unverified" }
rule known { on request where method == INVITE when identity.result == verified
  then tag "verified" }
)";

// Every table whose keys strangers choose has a secret.
template <typename Seed>
void Fill(Seed* seed) {
  std::random_device random;
  for (uint8_t& byte : *seed) byte = static_cast<uint8_t>(random());
}

sipward::TrustStore MakeTrust(const std::string& anchors) {
  sipward::TrustOptions options;
  Fill(&options.seed);
  sipward::TrustStore trust = sipward::TrustStore::Create(options).value();
  const auto now = std::chrono::system_clock::now();
  const auto why =
      trust.SetAnchors(anchors, std::chrono::time_point_cast<std::chrono::seconds>(now));
  if (!why.empty()) std::cerr << "anchors: " << why << '\n';
  return trust;
}

sipward::Inspector MakeInspector(const sipward::TrustStore& trust) {
  const sipward::Rules rules = sipward::Rules::FromText("callers.ward", kPolicy).value();
  sipward::StateOptions state;
  Fill(&state.seed);
  sipward::EngineOptions options;
  options.trust = &trust;
  const sipward::Engine engine =
      sipward::Engine::Create(rules, sipward::State::Create(state).value(), options).value();
  return sipward::Inspector::Create(engine).value();
}

// Waits no longer than a caller may be kept waiting. What came, or why nothing did, the trust
// knows.
void Fetch(const sipward::Fetcher& fetcher, const std::string& url) {
  if (fetcher.Request(url) != sipward::Fetcher::Answer::kTaken) return;
  fetcher.Wait(std::chrono::seconds(3));
  while (const auto arrival = fetcher.Next()) {
    std::cerr << arrival->url() << ": " << arrival->reason() << ", " << arrival->sentence() << '\n';
  }
}

}  // namespace

int main(int argc, char** argv) {
  if (argc != 2) return 2;
  std::ifstream file(argv[1], std::ios::binary);
  const std::string anchors{std::istreambuf_iterator<char>(file), {}};
  const sipward::TrustStore trust = MakeTrust(anchors);
  const sipward::Fetcher fetcher = sipward::Fetcher::Create(trust).value();
  sipward::Inspector inspector = MakeInspector(trust);

  const std::string bytes{std::istreambuf_iterator<char>(std::cin), {}};
  sipward::Packet packet;
  packet.bytes = bytes;
  packet.wall = std::chrono::system_clock::now();
  packet.monotonic = std::chrono::steady_clock::now();
  sipward::Verdict verdict = inspector.Inspect(packet);
  if (verdict.pending()) {
    Fetch(fetcher, std::string(verdict.certificate_url()));
    // Without the certificate the rules see `identity.result == pending`.
    if (!inspector.Resume(packet, verdict.ticket(), verdict).ok()) return 2;
  }
  std::cout << Name(verdict.action());
  for (uint32_t i = 0; i < verdict.tag_count(); ++i) std::cout << ' ' << verdict.TagAt(i)->text;
  std::cout << '\n';
  return verdict.action() >= sipward::Action::kReject ? 1 : 0;
}
