// A host with a fetcher: a certificate that is missing comes from a server, and the trust has it.
#include "sipward/fetch.h"

#include <gtest/gtest.h>

#include <chrono>
#include <string>

#include "tests/c/loopback_names.h"
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
