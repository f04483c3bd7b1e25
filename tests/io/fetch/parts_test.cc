// The parts of a fetcher, each alone: heads, places, rates, names.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "io/fetch_head.h"
#include "io/fetch_place.h"
#include "io/fetch_rates.h"
#include "io/fetch_resolver.h"

namespace sipward::io {
namespace {

constexpr int64_t kNow = 784'111'777;  // Sun, 06 Nov 1994 08:49:37 GMT

ResponseHead Head(const std::vector<std::string>& fields) {
  ResponseHead head;
  head.Add("HTTP/1.1 200 OK\r\n");
  for (const std::string& field : fields) head.Add(field + "\r\n");
  head.Add("\r\n");
  return head;
}

int64_t MaxAge(const std::vector<std::string>& fields) { return Head(fields).max_age(kNow); }

TEST(ResponseHead, ReadsTheStatus) {
  ResponseHead head;
  EXPECT_EQ(head.status(), 0);
  head.Add("HTTP/1.1 100 Continue\r\n");
  head.Add("Content-Encoding: gzip\r\n");
  EXPECT_EQ(head.status(), 100);
  EXPECT_TRUE(head.encoded());
  EXPECT_FALSE(head.complete());
  head.Add("\r\n");
  EXPECT_TRUE(head.complete());
  head.Add("HTTP/1.1 200\r\n");
  EXPECT_EQ(head.status(), 200);
  EXPECT_FALSE(head.encoded());
  EXPECT_FALSE(head.complete());
  EXPECT_EQ(head.bytes(), 23u + 24u + 2u + 14u);  // of both
  for (const char* odd : {"HTTP/1.1", "HTTP/1.1 ", "HTTP/1.1 20", "HTTP/1.1 2x0 OK"}) {
    head.Add(odd);
    EXPECT_EQ(head.status(), 0) << odd;
  }
}

TEST(ResponseHead, KnowsWhatWasNotAskedFor) {
  EXPECT_FALSE(Head({"Content-Encoding: Identity", "Transfer-Encoding: Chunked"}).encoded());
  EXPECT_TRUE(Head({"content-encoding:br"}).encoded());
  EXPECT_TRUE(Head({"Content-Encoding: identity, gzip"}).encoded());
  EXPECT_TRUE(Head({"Transfer-Encoding: gzip, chunked"}).encoded());
  ResponseHead head = Head({});
  head.Add("Content-Encoding: gzip");  // behind the body
  EXPECT_FALSE(head.encoded());
}

TEST(ResponseHead, ReadsHowLongItIsFresh) {
  EXPECT_EQ(MaxAge({}), -1);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=60"}), 60);
  EXPECT_EQ(MaxAge({"cache-control: public , MAX-AGE = \"60\" "}), 60);
  EXPECT_EQ(MaxAge({"Cache-Control: private=\"a, max-age=5\", max-age=60"}), 60);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=60", "Age: 20"}), 40);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=60", "Age: 80"}), 0);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=60", "Age: many"}), 60);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=60, max-age=30"}), 30);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=30", "Cache-Control: max-age=60"}), 30);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=-1"}), 0);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age"}), 0);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=99999999999999999999999"}), 2'147'483'648);
  EXPECT_EQ(MaxAge({"Cache-Control: max-age=60, no-store"}), 0);
  EXPECT_EQ(MaxAge({"Cache-Control: no-cache"}), 0);
  EXPECT_EQ(MaxAge({"Cache-Control: \"max-age=5", "Cache-Control: ,,a\\"}), -1);
  EXPECT_EQ(MaxAge({"Cache-Control"}), -1);
}

TEST(ResponseHead, ReadsWhenItExpires) {
  const std::string date = "Date: Sun, 06 Nov 1994 08:49:37 GMT";
  EXPECT_EQ(MaxAge({date, "Expires: Sun, 06 Nov 1994 09:49:37 GMT"}), 3600);
  EXPECT_EQ(MaxAge({"Expires: Sun, 06 Nov 1994 08:50:00 GMT"}), 23);
  EXPECT_EQ(MaxAge({date, "Expires: Sat, 05 Nov 1994 09:49:37 GMT"}), 0);
  EXPECT_EQ(MaxAge({"Expires: 0"}), 0);
  EXPECT_EQ(MaxAge({date, "Expires: Fri, 31 Dec 9999 23:59:59 GMT"}), 2'147'483'648);
  EXPECT_EQ(MaxAge({date, "Expires: Sun, 06 Nov 1994 09:49:37 GMT", "Cache-Control: max-age=5"}),
            5);
}

TEST(HttpDate, IsOfOneForm) {
  EXPECT_EQ(ParseHttpDate("Sun, 06 Nov 1994 08:49:37 GMT"), kNow);
  EXPECT_EQ(ParseHttpDate("Thu, 01 Jan 1970 00:00:00 GMT"), 0);
  EXPECT_EQ(ParseHttpDate("Tue, 29 Feb 2000 00:00:00 GMT"), 951'782'400);
  EXPECT_EQ(ParseHttpDate("Mon, 01 Mar 2100 00:00:00 GMT"), 4'107'542'400);
  for (const char* odd : {"", "0", "Sunday, 06-Nov-94 08:49:37 GMT", "Sun Nov  6 08:49:37 1994",
                          "Sun, 06 Nov 1994 08:49:37 UTC", "Sun, 6 Nov 1994 08:49:37 GMT",
                          "Sun, 06 nov 1994 08:49:37 GMT", "Sun, 00 Nov 1994 08:49:37 GMT",
                          "Sun, 06 Nov 1994 24:49:37 GMT", "Sun, 06 Nov 1994 08:60:37 GMT",
                          "Sun, 06 Nov 1994 08:49:61 GMT", "Sun, 06 Nov 1994 08:49:37 GMT "}) {
    EXPECT_EQ(ParseHttpDate(odd), std::nullopt) << odd;
  }
}

TEST(PlaceOf, CutsWhatWasChecked) {
  std::string_view reason;
  const auto place = PlaceOf("HTTPS://CR.Example.com.:8443/a%2F//b;c", {}, &reason);
  ASSERT_TRUE(place);
  EXPECT_EQ(place->host, "cr.example.com");
  EXPECT_EQ(place->port, 8443);
  EXPECT_EQ(place->url, "https://cr.example.com:8443/a%2F//b;c");
  EXPECT_EQ(PlaceOf("https://a.example/", {}, &reason)->port, 443);
  EXPECT_FALSE(PlaceOf("https://a.example:444/", {}, &reason));
  EXPECT_EQ(reason, "X5U_PORT");
}

TEST(HostRates, FillUpAgain) {
  HostRates rates(2, 1);
  const HostRates::Time begin{};
  EXPECT_TRUE(rates.Take("a", begin));
  EXPECT_TRUE(rates.Take("a", begin));
  EXPECT_FALSE(rates.Take("a", begin));
  EXPECT_TRUE(rates.Take("b", begin));
  EXPECT_FALSE(rates.Take("a", begin + std::chrono::milliseconds(900)));
  EXPECT_TRUE(rates.Take("a", begin + std::chrono::milliseconds(1100)));
  EXPECT_FALSE(rates.Take("a", begin + std::chrono::milliseconds(1200)));
  EXPECT_TRUE(rates.Take("a", begin + std::chrono::hours(1)));
  EXPECT_TRUE(rates.Take("a", begin + std::chrono::hours(1)));
  EXPECT_FALSE(rates.Take("a", begin + std::chrono::hours(1)));
}

TEST(HostRates, AreBounded) {
  HostRates rates(1, 0.001);
  HostRates::Time now{};
  for (size_t i = 0; i < 3 * HostRates::kMostHosts; ++i) {
    now += std::chrono::nanoseconds(1);
    EXPECT_TRUE(rates.Take(std::to_string(i), now));
  }
  EXPECT_EQ(rates.size(), HostRates::kMostHosts);
  EXPECT_FALSE(rates.Take(std::to_string(3 * HostRates::kMostHosts - 1), now));
}

TEST(ResolverTest, NamesThatHangDoNotHoldUpOthers) {
  std::atomic<bool> go = false;
  Resolver resolver([&](const std::string& host, Addresses* out) {
    while (host != "quick" && !go) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    out->emplace_back();
    return true;
  });
  Addresses addresses;
  for (int i = 0; i < 16; ++i) {
    EXPECT_EQ(resolver.Find("slow", Resolver::Clock::now(), &addresses),
              Resolver::Outcome::kTimeout);
  }
  const auto later = Resolver::Clock::now() + std::chrono::seconds(60);
  EXPECT_EQ(resolver.Find("quick", later, &addresses), Resolver::Outcome::kFound);
  EXPECT_EQ(addresses.size(), 1u);
  std::thread waiting([&] {
    Addresses none;
    EXPECT_EQ(resolver.Find("slow", later, &none), Resolver::Outcome::kStopped);
  });
  std::this_thread::sleep_for(std::chrono::milliseconds(20));
  resolver.Stop();
  waiting.join();
  EXPECT_EQ(resolver.Find("quick", later, &addresses), Resolver::Outcome::kStopped);
  go = true;
}

TEST(ResolverTest, AsksTheSystem) {
  Addresses addresses;
  // Neither the network nor its resolver is needed for what no name is, and for a number.
  EXPECT_FALSE(ResolveBySystem(std::string(300, 'a'), &addresses));
  EXPECT_TRUE(ResolveBySystem("192.0.2.1", &addresses));
  ASSERT_EQ(addresses.size(), 1u);
  EXPECT_EQ(AddressText(addresses[0]), "192.0.2.1");
}

}  // namespace
}  // namespace sipward::io
