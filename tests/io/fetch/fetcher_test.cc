// How a fetcher works with many: what is fetched, how often, and how it ends.
#include <poll.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <set>
#include <string>
#include <thread>
#include <vector>

#include "tests/io/fetch/fetch_fixture.h"

namespace sipward::io {
namespace {

class FetcherTest : public FetchTest {
 protected:
  static std::vector<Fetcher::Arrival> WaitFor(Fetcher* fetcher, size_t count) {
    std::vector<Fetcher::Arrival> arrivals(count);
    for (Fetcher::Arrival& arrival : arrivals) {
      EXPECT_TRUE(fetcher->Wait(std::chrono::seconds(60)));
      EXPECT_TRUE(fetcher->Next(&arrival));
    }
    return arrivals;
  }
};

TEST_F(FetcherTest, AThousandRequestsAreOneFetch) {
  Fetcher fetcher(trust_, Options());
  std::vector<std::thread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      for (int k = 0; k < 125; ++k) {
        const Fetcher::Answer answer = Request(&fetcher, Url("/delay"));
        EXPECT_TRUE(answer == Fetcher::Answer::kTaken || answer == Fetcher::Answer::kKnown);
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(WaitFor(&fetcher, 1)[0].reason, "OK");
  EXPECT_EQ(Request(&fetcher, Url("/delay")), Fetcher::Answer::kKnown);
  EXPECT_EQ(server().Count("/"), 1);
  const Fetcher::Statistics statistics = fetcher.statistics();
  EXPECT_EQ(statistics.requests, 1001u);
  EXPECT_EQ(statistics.joined + statistics.known, 1000u);
  EXPECT_EQ(statistics.fetches, 1u);
  EXPECT_EQ(statistics.failures, 0u);
}

TEST_F(FetcherTest, AtMostSoManyAtATime) {
  FetchOptions options = Options();
  options.host_burst = 1000;
  Fetcher fetcher(trust_, std::move(options));
  std::set<std::string> urls;
  for (int i = 0; i < 24; ++i) urls.insert(Url("/delay/" + std::to_string(i)));
  for (const std::string& url : urls) EXPECT_EQ(Request(&fetcher, url), Fetcher::Answer::kTaken);
  for (const Fetcher::Arrival& arrival : WaitFor(&fetcher, 24)) {
    EXPECT_EQ(arrival.reason, "OK");
    EXPECT_EQ(urls.erase(arrival.url), 1u);
  }
  EXPECT_EQ(server().Count("/"), 24);
  EXPECT_LE(server().Most(), 8);
  EXPECT_GE(server().Most(), 2);
}

TEST_F(FetcherTest, AHostIsAskedSoOftenAndNoMore) {
  FetchOptions options = Options();
  options.host_burst = 3;
  options.host_per_second = 0.0001;
  Fetcher fetcher(trust_, std::move(options));
  int taken = 0;
  for (int i = 0; i < 5; ++i) {
    // Letter case makes no other host of it.
    const std::string url =
        Url("/good/" + std::to_string(i), i % 2 == 0 ? "cr.example.test" : "CR.example.test");
    const Fetcher::Answer answer = Request(&fetcher, url);
    if (answer == Fetcher::Answer::kTaken) {
      ++taken;
    } else {
      EXPECT_EQ(answer, Fetcher::Answer::kKnown);
      EXPECT_EQ(Known(url), "X5U_RATE");
    }
  }
  EXPECT_EQ(taken, 3);
  EXPECT_EQ(Request(&fetcher, Url("/good", "self.example.test")), Fetcher::Answer::kTaken);
  WaitFor(&fetcher, 4);
  EXPECT_EQ(server().Count("/"), 3);
  EXPECT_EQ(fetcher.statistics().limited, 2u);
}

TEST_F(FetcherTest, WhatDoesNotFitIsRefusedAndNothingIsSaidOfIt) {
  FetchOptions options = Options();
  options.in_flight = 1;
  options.queue = 2;
  Fetcher fetcher(trust_, std::move(options));
  int full = 0;
  std::string last;
  for (int i = 0; i < 10; ++i) {
    const std::string url = Url("/delay/" + std::to_string(i));
    if (Request(&fetcher, url) == Fetcher::Answer::kFull) {
      ++full;
      last = url;
    }
  }
  EXPECT_GE(full, 7);
  EXPECT_EQ(Known(last), "missing");
  EXPECT_EQ(fetcher.statistics().full, static_cast<uint64_t>(full));
  WaitFor(&fetcher, static_cast<size_t>(10 - full));
  EXPECT_EQ(Request(&fetcher, last), Fetcher::Answer::kTaken);
}

TEST_F(FetcherTest, EndsWhileFetchesAreOnTheirWay) {
  const auto begin = std::chrono::steady_clock::now();
  {
    Fetcher fetcher(trust_, Options());
    for (int i = 0; i < 12; ++i) Request(&fetcher, Url("/silent/" + std::to_string(i)));
    while (server().Count("/silent") < 8) std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_LT(std::chrono::steady_clock::now() - begin, std::chrono::seconds(15));
  for (int i = 0; i < 12; ++i) {
    EXPECT_EQ(Known(Url("/silent/" + std::to_string(i))), "missing") << i;
  }
}

TEST_F(FetcherTest, EndsAtOnceWithNothingToDo) { const Fetcher fetcher(trust_, Options()); }

TEST_F(FetcherTest, AFailureIsTriedAgainLater) {
  Fetcher fetcher(trust_, Options());
  EXPECT_EQ(Request(&fetcher, Url("/status/404")), Fetcher::Answer::kTaken);
  WaitFor(&fetcher, 1);
  EXPECT_EQ(Request(&fetcher, Url("/status/404")), Fetcher::Answer::kKnown);
  now_ += 61;
  EXPECT_EQ(Request(&fetcher, Url("/status/404")), Fetcher::Answer::kTaken);
  WaitFor(&fetcher, 1);
  EXPECT_EQ(server().Count("/status"), 2);
}

TEST_F(FetcherTest, WhatIsOldIsFetchedAnewAndUsedMeanwhile) {
  Fetcher fetcher(trust_, Options());
  EXPECT_EQ(Request(&fetcher, Url("/good/172800")), Fetcher::Answer::kTaken);
  EXPECT_EQ(Request(&fetcher, Url("/good")), Fetcher::Answer::kTaken);
  WaitFor(&fetcher, 2);
  now_ += 100'000;  // what nobody says anything of is fresh for a day
  EXPECT_EQ(Known(Url("/good/172800")), "OK");
  EXPECT_EQ(Known(Url("/good")), "stale");
  EXPECT_EQ(Request(&fetcher, Url("/good/172800")), Fetcher::Answer::kKnown);
  EXPECT_EQ(Request(&fetcher, Url("/good")), Fetcher::Answer::kTaken);
  WaitFor(&fetcher, 1);
  EXPECT_EQ(Known(Url("/good")), "OK");
  EXPECT_EQ(server().Count("/good"), 3);
}

TEST_F(FetcherTest, ADescriptorSaysThatSomethingCame) {
  Fetcher fetcher(trust_, Options());
  pollfd poll_for = {fetcher.descriptor(), POLLIN, 0};
  EXPECT_EQ(poll(&poll_for, 1, 0), 0);
  EXPECT_FALSE(fetcher.Wait(std::chrono::milliseconds(1)));
  Request(&fetcher, Url("/good"));
  Request(&fetcher, Url("/html"));
  EXPECT_EQ(poll(&poll_for, 1, 60'000), 1);
  WaitFor(&fetcher, 2);
  EXPECT_EQ(poll(&poll_for, 1, 0), 0);
  Fetcher::Arrival arrival;
  EXPECT_FALSE(fetcher.Next(&arrival));
}

TEST_F(FetcherTest, AChildMakesItsOwn) {
  Fetcher fetcher(trust_, Options());
  Request(&fetcher, Url("/delay"));
  const pid_t child = fork();
  if (child == 0) {
    Fetcher::Arrival arrival;
    const bool refused = Request(&fetcher, Url("/good")) == Fetcher::Answer::kForked &&
                         !fetcher.Next(&arrival) && !fetcher.Wait(std::chrono::seconds(60)) &&
                         fetcher.descriptor() == -1 && fetcher.statistics().requests == 0;
    fetcher.~Fetcher();  // neither waits for threads that are not there nor fails
    _exit(refused ? 0 : 1);
  }
  int status = 0;
  EXPECT_EQ(waitpid(child, &status, 0), child);
  EXPECT_EQ(status, 0);
  EXPECT_EQ(WaitFor(&fetcher, 1)[0].reason, "OK");
}

TEST_F(FetcherTest, SignalsAreForThreadsOfTheHost) {
  const auto held = [] {
    sigset_t now;
    sigemptyset(&now);
    pthread_sigmask(SIG_BLOCK, nullptr, &now);
    return sigismember(&now, SIGPIPE) == 1 && sigismember(&now, SIGTERM) == 1;
  };
  const std::thread::id own = std::this_thread::get_id();
  std::atomic<int> elsewhere = 0;
  FetchOptions options = Options();
  options.resolve = [&](const std::string&, Addresses* out) {
    if (held()) ++elsewhere;
    out->push_back(V4(127, 0, 0, 1));
    return true;
  };
  options.now = [&] {  // of the caller and of the thread that fetches
    EXPECT_NE(held(), std::this_thread::get_id() == own);
    return now_.load();
  };
  Fetcher fetcher(trust_, std::move(options));
  EXPECT_EQ(Request(&fetcher, Url("/good")), Fetcher::Answer::kTaken);
  WaitFor(&fetcher, 1);
  EXPECT_EQ(elsewhere, 1);
  EXPECT_FALSE(held());
}

TEST_F(FetcherTest, SeveralStandSideBySide) {
  Fetcher first(trust_, Options());
  Fetcher second(trust_, Options());
  EXPECT_EQ(Request(&first, Url("/good/1")), Fetcher::Answer::kTaken);
  EXPECT_EQ(Request(&second, Url("/good/2")), Fetcher::Answer::kTaken);
  EXPECT_EQ(WaitFor(&first, 1)[0].url, Url("/good/1"));
  EXPECT_EQ(WaitFor(&second, 1)[0].url, Url("/good/2"));
}

}  // namespace
}  // namespace sipward::io
