// A host with a fetcher: a certificate that is missing comes from a server, and the trust has it.
#include "sipward/fetch.h"

#include <gtest/gtest.h>
#include <sipward/sipward.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <fstream>
#include <string>
#include <string_view>

#include "tests/c/loopback_names.h"
#include "tests/identity/made_pki.h"
#include "tests/identity/pki_files.h"
#include "tests/io/fetch/hostile_server.h"

namespace sipward {
namespace {

sipward_fetch_permit Loopback(uint16_t port) {
  return {{{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127, 0, 0, 1}, port, 0}, 128};
}

TEST(Fetcher, BringsWhatIsMissing) {
  set_loopback_names();
  io::HostileServer server;
  const TrustStore trust = TrustStore::Create().value();
  // The clock is the system's, and these certificates are of another time: they come, and are
  // judged.
  const std::string anchors = identity::PkiFile("anchors.pem");
  ASSERT_EQ(trust.SetAnchors(anchors, TrustStore::Time(std::chrono::seconds(identity::kPkiNow))),
            "");
  FetcherOptions options;
  options.total = options.connect = std::chrono::seconds(20);
  options.permits = {Loopback(server.port())};
  options.authorities = server.ca_file();
  const Fetcher fetcher = Fetcher::Create(trust, options).value();
  EXPECT_GE(fetcher.descriptor(), 0);
  EXPECT_FALSE(fetcher.Next());
  const std::string place = "https://cr.example.test:" + std::to_string(server.port());
  for (const char* path : {"/good", "/redirect/302"}) {
    EXPECT_EQ(fetcher.Request(place + path), Fetcher::Answer::kTaken);
    EXPECT_TRUE(fetcher.Wait(std::chrono::minutes(1)));
    const auto arrival = fetcher.Next();
    ASSERT_TRUE(arrival);
    EXPECT_EQ(arrival->url(), place + path);
    if (path == std::string("/good")) {
      EXPECT_EQ(arrival->sentence(), "a document came");
    } else {
      EXPECT_EQ(arrival->reason(), "X5U_REDIRECT");
      EXPECT_FALSE(arrival->ok());
    }
    EXPECT_EQ(fetcher.Request(place + path), Fetcher::Answer::kKnown);
  }
  EXPECT_EQ(fetcher.Request("https://cr.example.test:1/"), Fetcher::Answer::kRefused);
  EXPECT_EQ(fetcher.statistics().fetches, 2u);
  EXPECT_EQ(server.Count("/good"), 1);
}

constexpr char kPolicy[] = R"(version 1
rule known { on request where method == INVITE when (identity.spc ?? "") == "1234" then tag "known" }
)";

std::string Invite(const identity::MadeLeaf& leaf, std::string_view url, int64_t now) {
  const std::string token = identity::SignToken(
      leaf, R"({"alg":"ES256","ppt":"shaken","typ":"passport","x5u":")" + std::string(url) + "\"}",
      R"({"attest":"A","dest":{"tn":["12025550102"]},"iat":)" + std::to_string(now) +
          R"(,"orig":{"tn":"12025550101"},"origid":"6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11"})");
  return "INVITE sip:+12025550102@example.com SIP/2.0\r\n"
         "Via: SIP/2.0/UDP 192.0.2.7:5060;branch=z9hG4bKa\r\nMax-Forwards: 70\r\n"
         "From: <sip:+12025550101@example.com>;tag=1\r\nTo: <sip:+12025550102@example.com>\r\n"
         "Call-ID: a\r\nCSeq: 1 INVITE\r\nIdentity: " +
         token + ";info=<" + std::string(url) +
         ">;alg=ES256;ppt=shaken\r\nContent-Length: 0\r\n\r\n";
}

// The whole of it: a call whose certificate nobody has waits, the server is asked, the call goes
// on.
TEST(Fetcher, ACallWaitsForItsCertificate) {
  // An engine takes the ports 443 and 8443 alone, so that the server needs an address of its own.
  const auto process = static_cast<uint32_t>(getpid());
  const sipward_endpoint place = {
      {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 127,
       static_cast<uint8_t>(64 + (process >> 14) % 64), static_cast<uint8_t>((process >> 7) % 128),
       static_cast<uint8_t>(1 + process % 128)},
      8443,
      0};
  set_loopback_names();
  std::copy(place.address + 12, place.address + 16,
            reinterpret_cast<uint8_t*>(&loopback_place.sin_addr));
  char address[INET_ADDRSTRLEN];
  inet_ntop(AF_INET, &loopback_place.sin_addr, address, sizeof address);

  const auto wall = std::chrono::system_clock::now();
  const int64_t now = std::chrono::system_clock::to_time_t(wall);
  const identity::MadePki pki(now);
  const identity::MadeLeaf leaf = pki.MakeLeaf();
  const std::string document = testing::TempDir() + "sipward_leaf_" + std::to_string(process);
  std::ofstream(document) << leaf.pem;
  io::HostileServer server(document, address, place.port);
  std::remove(document.c_str());

  const TrustStore trust = TrustStore::Create().value();
  ASSERT_EQ(trust.SetAnchors(pki.anchor(), TrustStore::Time(std::chrono::seconds(now))), "");
  FetcherOptions options;
  options.total = options.connect = std::chrono::seconds(20);
  options.permits = {{place, 128}};
  options.authorities = server.ca_file();
  const Fetcher fetcher = Fetcher::Create(trust, options).value();
  EngineOptions engine_options;
  engine_options.trust = &trust;
  const Engine engine = Engine::Create(Rules::FromText("test.ward", kPolicy).value(),
                                       State::Create({}).value(), engine_options)
                            .value();
  Inspector inspector = Inspector::Create(engine).value();

  const std::string bytes = Invite(leaf, "https://cr.example.test:8443/good", now);
  Packet packet;
  packet.bytes = bytes;
  packet.wall = wall;
  Verdict verdict = inspector.Inspect(packet);
  ASSERT_TRUE(verdict.pending());
  ASSERT_EQ(fetcher.Request(verdict.certificate_url()), Fetcher::Answer::kTaken);
  EXPECT_TRUE(fetcher.Wait(std::chrono::minutes(1)));
  const auto arrival = fetcher.Next();
  ASSERT_TRUE(arrival);
  EXPECT_TRUE(arrival->ok()) << arrival->reason();
  ASSERT_TRUE(inspector.Resume(packet, verdict.ticket(), verdict).ok());
  EXPECT_FALSE(verdict.pending());
  ASSERT_EQ(verdict.tag_count(), 1u);
  EXPECT_EQ(verdict.TagAt(0)->text, "known");
}

TEST(Fetcher, OptionsThatCannotBeAreRefused) {
  const TrustStore trust = TrustStore::Create().value();
  FetcherOptions options;
  options.in_flight = 1000;
  EXPECT_EQ(Fetcher::Create(trust, options).error().status, Status(StatusCode::kArgument));
  const Fetcher moved = Fetcher::Create(trust).value();
  EXPECT_EQ(moved.Request("http://x/"), Fetcher::Answer::kRefused);
}

}  // namespace
}  // namespace sipward
