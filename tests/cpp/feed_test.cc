#include "sipward/feed.h"

#include <gtest/gtest.h>

#include <chrono>

#include "sample.h"

namespace sipward {
namespace {

using std::chrono::hours;

class FeedTest : public testing::Test {
 protected:
  FeedTest()
      : engine_(Engine::Create(
                    Rules::FromText("test.ward", "version 1\nlist bad : cidr dynamic max 256\n")
                        .value(),
                    State::Create({}).value())
                    .value()) {}
  Status Update(Feed& feed, std::string_view bytes) {
    Status status = feed.Begin(bytes);
    if (!status.ok()) return status;
    do {
      status = feed.Step(engine_, 10, now_);
    } while (status == StatusCode::kIncomplete);
    return status;
  }

  Engine engine_;
  const Feed::Time now_ = Feed::Time(std::chrono::seconds(1000));
};

TEST_F(FeedTest, FillsAListAndSaysWhatItRefused) {
  FeedOptions options(FeedKind::kNetwork, "bad");
  options.ttl = hours(2);
  options.allowed = "203.0.113.9";
  Feed feed = Feed::Create(options).value();
  ASSERT_TRUE(Update(feed, "198.51.100.0/24 ; x\n203.0.113.9\nrubbish\n").ok());
  const auto entry = engine_.FindInList("bad", "198.51.100.7", now_);
  ASSERT_TRUE(entry);
  EXPECT_EQ(entry->reason(), "feed bad: x");
  EXPECT_EQ(entry->until(), now_ + hours(2));
  EXPECT_EQ(feed.statistics().entries, 1u);
  ASSERT_EQ(feed.refusals().size(), 2u);
  EXPECT_EQ(feed.refusals()[0].kind, FeedRefusalKind::kAllowed);
  EXPECT_EQ(feed.refusals()[1].line, 3u);
  EXPECT_EQ(feed.refusals()[1].column, 1u);
  EXPECT_EQ(feed.refusals()[1].text, "rubbish");
  EXPECT_EQ(FeedRefusalName(FeedRefusalKind::kTooWide), "too_wide");
  EXPECT_EQ(Update(feed, ""), StatusCode::kFeed);
  EXPECT_EQ(feed.fault(), FeedFault::kEmpty);
  EXPECT_EQ(FeedFaultName(feed.fault()), "empty");
  EXPECT_TRUE(engine_.FindInList("bad", "198.51.100.7", now_));
  ASSERT_TRUE(feed.Begin("", {}, true).ok());
  while (feed.Step(engine_, 10, now_) == StatusCode::kIncomplete) continue;
  EXPECT_FALSE(engine_.FindInList("bad", "198.51.100.7", now_));
  EXPECT_EQ(feed.Step(engine_, 10, now_), StatusCode::kArgument);
}

TEST_F(FeedTest, WithoutAnEngineItOnlySays) {
  FeedOptions options(FeedKind::kAddress, "none");
  options.additive = true;
  Feed feed = Feed::Create(options).value();
  ASSERT_TRUE(feed.Begin(R"({"ipaddress":["203.0.113.1"],"ID":"42"})").ok());
  EXPECT_TRUE(feed.Try(1000).ok());
  EXPECT_EQ(feed.cursor(), "42");
  EXPECT_EQ(feed.statistics().entries, 1u);
}

TEST_F(FeedTest, OptionsThatCannotBeAreNamed) {
  std::string wrong;
  FeedOptions options(FeedKind::kNumber, "bad");
  options.home = "x";
  const auto made = Feed::Create(options, &wrong);
  EXPECT_FALSE(made.ok());
  EXPECT_EQ(made.error().status, StatusCode::kArgument);
  EXPECT_EQ(wrong, "home");
  options.home.clear();
  options.key = "no key";
  EXPECT_FALSE(Feed::Create(options, &wrong).ok());
  EXPECT_EQ(wrong, "key");
}

}  // namespace
}  // namespace sipward
