// What a server, a resolver or an environment may do to a fetcher, and what it says of it.
#include <arpa/inet.h>
#include <netinet/in.h>

#include <cstdlib>
#include <string>

#include "tests/io/fetch/fetch_fixture.h"

namespace sipward::io {
namespace {

using testing::Test;

constexpr auto kShort = std::chrono::milliseconds(600);

class HostileTest : public FetchTest {};

TEST_F(HostileTest, AnHonestServerIsBelieved) {
  EXPECT_EQ(Get("/good"), "OK");
  EXPECT_EQ(Get("/chunked"), "OK");
  EXPECT_EQ(Get("/early_hints"), "OK");
  EXPECT_EQ(Get("/cookie"), "OK");
  EXPECT_EQ(server().Count("/good"), 1);
}

TEST_F(HostileTest, AsksForTheNameAndForNothingElse) {
  EXPECT_EQ(Get(Url("/good", "CR.Example.test."), Options()), "OK");
  const std::string last = server().Last();
  EXPECT_NE(last.find(R"("sni": "cr.example.test")"), std::string::npos) << last;
  EXPECT_NE(last.find("GET /good HTTP/1.1\\r\\nHost: cr.example.test:" +
                      std::to_string(server().port()) + "\\r\\n"),
            std::string::npos)
      << last;
  for (const char* never : {"Accept-Encoding", "Cookie", "Authorization", "TE:", "Upgrade"}) {
    EXPECT_EQ(last.find(never), std::string::npos) << last;
  }
}

TEST_F(HostileTest, NoRedirectIsFollowed) {
  for (const char* status : {"301", "302", "303", "307", "308"}) {
    EXPECT_EQ(Get(std::string("/redirect/") + status), "X5U_REDIRECT");
  }
  EXPECT_EQ(server().Count("/redirect"), 5);
  EXPECT_EQ(server().Count("/good"), 0);
}

TEST_F(HostileTest, OnlyTwoHundredCounts) {
  for (const char* status : {"201", "203", "204", "206", "304", "400", "404", "500", "503"}) {
    EXPECT_EQ(Get(std::string("/status/") + status), "CERT_UNAVAILABLE") << status;
  }
}

TEST_F(HostileTest, WhoIsSlowIsLeft) {
  for (const char* path : {"/slow_head", "/slow_body", "/silent"}) {
    FetchOptions options = Options();
    options.total = kShort;
    const auto begin = std::chrono::steady_clock::now();
    EXPECT_EQ(Get(Url(path), std::move(options)), "X5U_TIMEOUT") << path;
    EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(10));
  }
}

TEST_F(HostileTest, WhoIsSilentWhenConnectedIsLeft) {
  FetchOptions options = Options();
  options.total = std::chrono::seconds(60);
  options.limits.connect = kShort;
  const auto begin = std::chrono::steady_clock::now();
  EXPECT_EQ(Get(Url("/good", "cr.example.test", server().mute_port()), std::move(options)),
            "X5U_TIMEOUT");
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(20));
}

TEST_F(HostileTest, WhatIsTooLargeIsBrokenOff) {
  EXPECT_EQ(Get("/endless"), "X5U_TOO_LARGE");
  EXPECT_EQ(Get("/chunks"), "X5U_TOO_LARGE");
  EXPECT_EQ(Get("/huge"), "X5U_TOO_LARGE");  // by what it says; it would never come
  EXPECT_EQ(Get("/big_head"), "X5U_TOO_LARGE");
  EXPECT_EQ(Get("/interim"), "X5U_TOO_LARGE");
  EXPECT_EQ(Get("/limit/16385"), "X5U_TOO_LARGE");
  EXPECT_EQ(Get("/limit/16384"), "CERT_MALFORMED");
}

TEST_F(HostileTest, NothingIsUnpacked) {
  EXPECT_EQ(Get("/bomb/gzip"), "CERT_UNAVAILABLE");
  EXPECT_EQ(sentence_, Describe(FetchOutcome::kEncoded).sentence);
  EXPECT_EQ(Get("/bomb/deflate"), "CERT_UNAVAILABLE");
  EXPECT_EQ(sentence_, Describe(FetchOutcome::kEncoded).sentence);
  EXPECT_EQ(Get("/transfer_bomb"), "CERT_UNAVAILABLE");
  EXPECT_EQ(sentence_, Describe(FetchOutcome::kEncoded).sentence);
}

TEST_F(HostileTest, WhatBreaksOffIsNoDocument) {
  for (const char* path : {"/closed_head", "/closed_body", "/says_more", "/no_http", "/closed"}) {
    EXPECT_EQ(Get(path), "CERT_UNAVAILABLE") << path;
    EXPECT_EQ(sentence_, Describe(FetchOutcome::kBroken).sentence) << path;
  }
}

TEST_F(HostileTest, WhatIsNoCertificateIsRemembered) {
  // The last has no length, and its end is not that of TLS: nobody can say that more would come.
  for (const char* path : {"/html", "/empty", "/says_less", "/closed_unsaid"}) {
    EXPECT_EQ(Get(path), "CERT_MALFORMED") << path;
  }
}

TEST_F(HostileTest, TheServerMustProveItsName) {
  for (const char* host : {"other.example.test", "expired.example.test", "self.example.test",
                           "unknown.example.test"}) {
    EXPECT_EQ(Get(Url("/good", host), Options()), "CERT_UNAVAILABLE") << host;
    EXPECT_EQ(sentence_, Describe(FetchOutcome::kTls).sentence) << host;
  }
  FetchOptions options = Options();
  options.ca_file.clear();  // the system knows nothing of the test's authority
  EXPECT_EQ(Get(Url("/good/1"), std::move(options)), "CERT_UNAVAILABLE");
  EXPECT_EQ(sentence_, Describe(FetchOutcome::kTls).sentence);
  EXPECT_EQ(server().Count("/"), 0);
}

TEST_F(HostileTest, OldOrNoTlsIsNone) {
  for (const uint16_t port : {server().old_port(), server().plain_port()}) {
    EXPECT_EQ(Get(Url("/good", "cr.example.test", port), Options()), "CERT_UNAVAILABLE");
    EXPECT_EQ(sentence_, Describe(FetchOutcome::kTls).sentence);
  }
  EXPECT_EQ(server().Count("/"), 0);
}

TEST_F(HostileTest, WhoDoesNotListenIsTold) {
  FetchOptions options = Options();
  options.permits.push_back({V4(127, 0, 0, 1, 1), 128});
  EXPECT_EQ(Get(Url("/good", "cr.example.test", 1), std::move(options)), "CERT_UNAVAILABLE");
  EXPECT_EQ(sentence_, Describe(FetchOutcome::kNoConnection).sentence);
}

sipward_endpoint Parse(const char* text) {
  sockaddr_in6 v6{};
  sockaddr_in v4{};
  v6.sin6_family = AF_INET6;
  v4.sin_family = AF_INET;
  if (inet_pton(AF_INET6, text, &v6.sin6_addr) == 1) {
    return *EndpointOf(reinterpret_cast<const sockaddr*>(&v6), sizeof v6);
  }
  EXPECT_EQ(inet_pton(AF_INET, text, &v4.sin_addr), 1) << text;
  return *EndpointOf(reinterpret_cast<const sockaddr*>(&v4), sizeof v4);
}

TEST_F(HostileTest, NoNameLeadsInside) {
  for (const char* address :
       {"127.0.0.2", "10.0.0.1", "172.16.3.4", "192.168.0.1", "169.254.169.254", "0.0.0.0",
        "100.100.100.200", "224.0.0.1", "255.255.255.255", "::", "::1", "fe80::1", "fc00::1",
        "fd00:ec2::254", "::ffff:10.0.0.1", "::ffff:127.0.0.2", "64:ff9b::a00:1", "ff02::1",
        "2002:7f00:1::"}) {
    FetchOptions options = Options();
    // The port is one that is ordinary, so that only the address speaks against it.
    options.resolve = [&](const std::string&, Addresses* out) {
      out->push_back(Parse(address));
      return true;
    };
    EXPECT_EQ(Get(std::string("https://cr.example.test/") + address, std::move(options)),
              "X5U_ADDRESS_DENIED")
        << address;
  }
}

TEST_F(HostileTest, OneAddressInsideSpeaksAgainstAll) {
  for (const bool first : {true, false}) {
    FetchOptions options = Options();
    options.resolve = [&](const std::string&, Addresses* out) {
      *out = {V4(127, 0, 0, 1), V4(10, 0, 0, 1)};
      if (first) std::swap(out->front(), out->back());
      return true;
    };
    EXPECT_EQ(Get(Url(first ? "/good/1" : "/good/2"), std::move(options)), "X5U_ADDRESS_DENIED");
  }
  EXPECT_EQ(server().Count("/"), 0);
}

TEST_F(HostileTest, APermitIsForItsPortAlone) {
  FetchOptions options = Options();
  options.permits = {{V4(127, 0, 0, 1, server().port()), 128}, {V4(192, 0, 2, 0, 444), 120}};
  // Another port that some permit has: the URL passes, the address does not.
  EXPECT_EQ(Get(Url("/good", "cr.example.test", 444), options), "X5U_ADDRESS_DENIED");
  options.permits = {{V4(127, 0, 0, 0, server().port()), 96 + 8}};
  EXPECT_EQ(Get(Url("/good/2"), options), "OK");
}

TEST_F(HostileTest, ANameThatMovesIsAskedForOnce) {
  std::atomic<int> asked = 0;
  FetchOptions options = Options();
  options.resolve = [&](const std::string&, Addresses* out) {
    out->push_back(++asked == 1 ? V4(127, 0, 0, 1) : V4(169, 254, 169, 254));
    return true;
  };
  EXPECT_EQ(Get(Url("/good"), options), "OK");
  EXPECT_EQ(asked, 1);
  EXPECT_EQ(Get(Url("/good/2"), std::move(options)), "X5U_ADDRESS_DENIED");
  EXPECT_EQ(asked, 2);
  EXPECT_EQ(server().Count("/"), 1);
}

TEST_F(HostileTest, TheSocketItselfIsTheLastGuard) {
  const std::string url = Url("/good");
  const FetchOptions options = Options();
  std::string_view reason;
  const Place place = *PlaceOf(url, options.permits, &reason);
  const std::atomic<bool> stop = false;
  const auto fetch = [&](const Addresses& addresses, const std::vector<Permit>& permits) {
    return FetchDocument(place, addresses, permits, {}, options.ca_file,
                         Resolver::Clock::now() + std::chrono::seconds(20), now_, &stop)
        .outcome;
  };
  const sipward_endpoint here = V4(127, 0, 0, 1, server().port());
  EXPECT_EQ(fetch({here}, options.permits), FetchOutcome::kArrived);
  EXPECT_EQ(fetch({here}, {}), FetchOutcome::kDenied);
  EXPECT_EQ(server().Count("/"), 1);
}

TEST_F(HostileTest, ANameWithoutAnAddressIsTold) {
  FetchOptions options = Options();
  options.resolve = [](const std::string&, Addresses*) { return false; };
  EXPECT_EQ(Get(Url("/good"), options), "CERT_UNAVAILABLE");
  EXPECT_EQ(sentence_, Describe(FetchOutcome::kNoAddress).sentence);
  options.resolve = [](const std::string&, Addresses*) -> bool { throw std::bad_alloc(); };
  EXPECT_EQ(Get(Url("/good/2"), options), "CERT_UNAVAILABLE");
}

TEST_F(HostileTest, AResolverThatHangsIsLeft) {
  FetchOptions options = Options();
  options.total = kShort;
  options.resolve = [](const std::string&, Addresses*) {
    std::this_thread::sleep_for(2 * kShort);
    return false;
  };
  EXPECT_EQ(Get(Url("/good"), options), "X5U_TIMEOUT");
}

TEST_F(HostileTest, UrlsThatMayNotBeAskedAreRefused) {
  Fetcher fetcher(trust_, Options());
  const auto refusal = [&](std::string_view url) {
    std::string_view reason;
    EXPECT_EQ(fetcher.Request(url, &reason), Fetcher::Answer::kRefused) << url;
    return std::string(reason);
  };
  EXPECT_EQ(refusal("http://cr.example.test/a"), "X5U_SCHEME");
  EXPECT_EQ(refusal("file:///etc/passwd"), "X5U_SCHEME");
  EXPECT_EQ(refusal("https://cr.example.test:22/a"), "X5U_PORT");
  EXPECT_EQ(refusal("https://me@cr.example.test/a"), "X5U_COMPONENT");
  EXPECT_EQ(refusal("https://cr.example.test/a?b"), "X5U_COMPONENT");
  EXPECT_EQ(refusal("https://cr.example.test/a\r\nb"), "X5U_COMPONENT");
  EXPECT_EQ(refusal("https://cr.example.test"), "X5U_COMPONENT");
  EXPECT_EQ(refusal("https://127.0.0.1/a"), "X5U_ADDRESS_DENIED");
  EXPECT_EQ(refusal("https://2130706433/a"), "X5U_ADDRESS_DENIED");
  EXPECT_EQ(refusal("https://[::ffff:127.0.0.1]/a"), "X5U_ADDRESS_DENIED");
  EXPECT_EQ(refusal("https://localhost/a"), "X5U_ADDRESS_DENIED");
  EXPECT_EQ(refusal("https://metadata.google.internal/a"), "X5U_ADDRESS_DENIED");
  EXPECT_EQ(refusal(""), "X5U_SCHEME");
  EXPECT_EQ(fetcher.statistics().refused, 13u);
}

TEST_F(HostileTest, TheEnvironmentDoesNotCount) {
  const std::string proxy = "http://127.0.0.1:" + std::to_string(server().plain_port());
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    setenv(name, proxy.c_str(), 1);
  }
  EXPECT_EQ(Get("/good"), "OK");
  for (const char* name : {"http_proxy", "https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"}) {
    unsetenv(name);
  }
}

}  // namespace
}  // namespace sipward::io
