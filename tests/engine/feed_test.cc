// Feeds that fill dynamic lists, held against what the lists then hold.
#include "engine/feed.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <set>
#include <string>

#include "tests/engine/fixture.h"
#include "tests/lists/minisign_maker.h"

namespace sipward::engine {
namespace {

constexpr char kRules[] =
    "version 1\n"
    "list allowed : cidr [\"203.0.113.200\"]\n"
    "list emergency : exact [\"112\"]\n"
    "list bad : cidr dynamic max 4096\n"
    "list small : cidr dynamic max 16\n"
    "list names : domain dynamic\n"
    "list codes : prefix dynamic\n"
    "list agents : exact dynamic\n"
    "rule bad { on request when src.ip in bad then drop }\n"
    "rule dialled { on request when ruri.digits in codes then reject 603 }\n";

class FeedTest : public EngineTest {
 protected:
  FeedTest() { Load(kRules); }

  static std::unique_ptr<Feed> Make(FeedOptions options) {
    std::string_view wrong;
    auto feed = Feed::Make(std::move(options), &wrong);
    EXPECT_NE(feed, nullptr) << wrong;
    return feed;
  }
  static std::unique_ptr<Feed> OfNetworks(bool additive = false) {
    FeedOptions options;
    options.list = "bad";
    options.settings.kind = lists::FeedKind::kNetwork;
    options.additive = additive;
    return Make(std::move(options));
  }
  // An update, so many entries at once.
  FeedFault Update(Feed& feed, std::string_view bytes, bool force = false, uint64_t work = 7) {
    FeedFault fault = feed.Begin(bytes, "", force);
    if (fault != FeedFault::kNone) return fault;
    steps_ = 1;
    while (!feed.Step(engine_.get(), work, now_, &fault)) ++steps_;
    return fault;
  }
  // What stands on a list, with the reason.
  std::map<std::string, std::string> Held(std::string_view list = "bad") {
    std::map<std::string, std::string> held;
    const auto found = engine_->FindList(list);
    uint64_t cursor = 0;
    while (const auto entry = found->Next(&cursor, now_)) {
      held[std::string(entry->key)] = entry->reason;
    }
    return held;
  }
  std::set<std::string> Keys(std::string_view list = "bad") {
    std::set<std::string> keys;
    for (const auto& [key, unused] : Held(list)) keys.insert(key);
    return keys;
  }
  static std::string Many(int from, int count) {
    std::string lines;
    for (int i = from; i < from + count; ++i) {
      lines += "198.51." + std::to_string(i / 256) + "." + std::to_string(i % 256) + "\n";
    }
    return lines;
  }

  Nanos now_ = packet_.monotonic;
  uint64_t steps_ = 0;
};

using Set = std::set<std::string>;

TEST_F(FeedTest, TakesOffWhatIsGoneAndAddsWhatIsNew) {
  const auto feed = OfNetworks();
  ASSERT_EQ(Update(*feed, "203.0.112.0/24 ; SBL1\n203.0.113.7\n2001:db8::/48\n"), FeedFault::kNone);
  EXPECT_EQ(Held(), (std::map<std::string, std::string>{{"203.0.112.0/24", "feed bad: SBL1"},
                                                        {"203.0.113.7", "feed bad"},
                                                        {"2001:db8::/48", "feed bad"}}));
  From("203.0.112.9");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
  now_ += kHour;
  ASSERT_EQ(Update(*feed, "203.0.113.7\n203.0.113.8\n2001:db8::/48\n"), FeedFault::kNone);
  EXPECT_EQ(Keys(), (Set{"203.0.113.7", "203.0.113.8", "2001:db8::/48"}));
  EXPECT_EQ(engine_->FindList("bad")->Look("203.0.113.7", now_)->until, now_ + kDay) << "renewed";
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kAllow);
  const FeedStatistics& s = feed->statistics();
  EXPECT_EQ(s.updates, 2u);
  EXPECT_EQ(s.entries, 3u);
  EXPECT_EQ(s.added, 4u);
  EXPECT_EQ(s.removed, 1u);
  EXPECT_EQ(s.renewed, 2u);
  EXPECT_EQ(s.last_update, now_);
  EXPECT_GT(steps_, 500u) << "the table has 4096 places, seven at a time";
}

// The same against a set, over many updates: nothing is lost, nothing stays, and what others put
// there is left alone.
TEST_F(FeedTest, HoldsWhatItSaysAfterEveryUpdate) {
  const auto feed = OfNetworks();
  const auto list = engine_->FindList("bad");
  ASSERT_TRUE(list->Add("192.0.2.99", "by hand", 300 * kDay, now_));
  uint32_t random = 1;
  for (int round = 0; round < 40; ++round) {
    Set wanted;
    std::string bytes;
    for (int i = 0; i < 200; ++i) {
      random = random * 1664525 + 1013904223;
      if ((random >> 16) % 4 == 0) continue;
      const std::string key = "198.51.100." + std::to_string(i);
      wanted.insert(key);
      bytes += key + "\n";
    }
    ASSERT_EQ(Update(*feed, bytes, false, 1 + random % 5000), FeedFault::kNone);
    wanted.insert("192.0.2.99");
    ASSERT_EQ(Keys(), wanted) << round;
    EXPECT_EQ(feed->statistics().entries + 1, wanted.size());
    now_ += kMinute;
  }
  const FeedStatistics& s = feed->statistics();
  EXPECT_EQ(s.added - s.removed, s.entries);
}

TEST_F(FeedTest, AGapIsNeverLeft) {
  const auto feed = OfNetworks();
  ASSERT_EQ(Update(*feed, Many(0, 100)), FeedFault::kNone);
  FeedFault fault = feed->Begin(Many(0, 90), "", false);
  const auto list = engine_->FindList("bad");
  while (!feed->Step(engine_.get(), 1, now_, &fault)) {
    ASSERT_TRUE(list->Look("198.51.0.3", now_)) << "what stays is there all the time";
  }
  EXPECT_EQ(Keys().size(), 90u);
}

TEST_F(FeedTest, ABrokenDownloadWipesNothing) {
  const auto feed = OfNetworks();
  ASSERT_EQ(Update(*feed, Many(0, 100)), FeedFault::kNone);
  EXPECT_EQ(Update(*feed, ""), FeedFault::kEmpty);
  EXPECT_EQ(Update(*feed, "<html>502 Bad Gateway</html>"), FeedFault::kEmpty);
  EXPECT_EQ(Update(*feed, Many(0, 49)), FeedFault::kShrunk);
  EXPECT_EQ(Update(*feed, "[\"198.51.0.1\","), FeedFault::kBroken);
  EXPECT_EQ(Keys().size(), 100u);
  EXPECT_EQ(feed->statistics().refused_updates, 4u);
  EXPECT_EQ(feed->statistics().fault, FeedFault::kBroken);
  EXPECT_EQ(Update(*feed, Many(0, 50)), FeedFault::kNone) << "half of it may go";
  EXPECT_EQ(Keys().size(), 50u);
  EXPECT_EQ(Update(*feed, Many(0, 1), true), FeedFault::kNone);
  EXPECT_EQ(Keys().size(), 1u);
  EXPECT_EQ(Update(*feed, "", true), FeedFault::kNone);
  EXPECT_EQ(Keys().size(), 0u);
}

// A new object, as after a restart over a state that was kept: it knows its entries by their
// reason.
TEST_F(FeedTest, AFeedThatStartsAnewKnowsItsEntries) {
  ASSERT_EQ(Update(*OfNetworks(), Many(0, 100)), FeedFault::kNone);
  const auto feed = OfNetworks();
  EXPECT_EQ(Update(*feed, Many(0, 20)), FeedFault::kShrunk);
  EXPECT_EQ(Update(*feed, Many(10, 80)), FeedFault::kNone);
  EXPECT_EQ(Keys().size(), 80u);
  EXPECT_EQ(feed->statistics().removed, 20u);
  EXPECT_EQ(feed->statistics().added, 0u);
}

TEST_F(FeedTest, EntriesLiveAsLongAsTheySay) {
  FeedOptions options;
  options.list = "bad";
  options.settings.ttl_column = "2";
  options.settings.reason_column = "3";
  options.ttl = kHour;
  const auto feed = Make(std::move(options));
  ASSERT_EQ(Update(*feed, "203.0.113.1,60,scan\n203.0.113.2,,\n203.0.113.3,2d,brute force\n"),
            FeedFault::kNone);
  EXPECT_EQ(Held()["203.0.113.3"], "feed bad: brute force");
  now_ += kMinute;
  EXPECT_EQ(Keys(), (Set{"203.0.113.2", "203.0.113.3"}));
  now_ += kHour;
  EXPECT_EQ(Keys(), (Set{"203.0.113.3"}));
  ASSERT_EQ(Update(*feed, "203.0.113.1,60,scan\n"), FeedFault::kNone);
  EXPECT_EQ(feed->statistics().expired, 2u);
}

TEST_F(FeedTest, AnAdditiveFeedTakesNothingOff) {
  const auto feed = OfNetworks(true);
  ASSERT_EQ(Update(*feed, R"({"ipaddress":["203.0.113.1"],"ID":"17"})"), FeedFault::kNone);
  EXPECT_EQ(feed->cursor(), "17");
  ASSERT_EQ(Update(*feed, R"({"ipaddress":["203.0.113.2","203.0.113.1"],"ID":"18"})"),
            FeedFault::kNone);
  EXPECT_EQ(Keys(), (Set{"203.0.113.1", "203.0.113.2"}));
  EXPECT_EQ(feed->statistics().added, 2u);
  EXPECT_EQ(feed->statistics().renewed, 1u);
  ASSERT_EQ(Update(*feed, R"({"ipaddress":["no new bans"],"ID":"none"})"), FeedFault::kNone);
  EXPECT_EQ(feed->cursor(), "");
  EXPECT_EQ(Keys().size(), 2u);
}

TEST_F(FeedTest, RefusesWhatItMustNotBlock) {
  FeedOptions options;
  options.list = "bad";
  options.settings.kind = lists::FeedKind::kNetwork;
  options.settings.allowed = {"198.51.100.0/24"};
  const auto feed = Make(std::move(options));
  ASSERT_EQ(Update(*feed,
                   "0.0.0.0/0\n10.0.0.0/16\n203.0.113.200\n198.51.100.7\nrubbish\n203.0.113.1\n"
                   "203.0.113.1/32\n"),
            FeedFault::kNone);
  EXPECT_EQ(Keys(), Set{"203.0.113.1"});
  const auto refused = [&](lists::Refusal why) {
    return feed->statistics().refused[static_cast<size_t>(why)];
  };
  EXPECT_EQ(refused(lists::Refusal::kTooWide), 1u);
  EXPECT_EQ(refused(lists::Refusal::kSpecial), 1u);
  EXPECT_EQ(refused(lists::Refusal::kAllowed), 2u) << "the rules' list, and the feed's";
  EXPECT_EQ(refused(lists::Refusal::kMalformed), 1u);
  EXPECT_EQ(refused(lists::Refusal::kRepeated), 1u);
  ASSERT_EQ(feed->refusals().size(), 6u);
  EXPECT_EQ(feed->refusals()[4].text, "rubbish");
  EXPECT_EQ(feed->refusals()[4].line, 5u);
  EXPECT_EQ(feed->refusals()[4].column, 1u);
}

TEST_F(FeedTest, HasNoMoreEntriesThanTheList) {
  FeedOptions options;
  options.list = "small";
  const auto feed = Make(std::move(options));
  ASSERT_EQ(Update(*feed, Many(0, 40)), FeedFault::kNone);
  const FeedStatistics& s = feed->statistics();
  EXPECT_EQ(s.entries, 16u);
  EXPECT_EQ(s.refused[static_cast<size_t>(lists::Refusal::kTooMany)], 24u);
  EXPECT_EQ(Keys("small").size() + s.pushed_out, 16u) << "who gave way was counted";
}

TEST_F(FeedTest, EmergencyCallsAreNeverBlockedByAFeed) {
  FeedOptions options;
  options.list = "codes";
  options.settings.kind = lists::FeedKind::kNumber;
  options.settings.limits.digits = 1;
  const auto codes = Make(std::move(options));
  ASSERT_EQ(Update(*codes, "1\n112\n"), FeedFault::kNone);
  const auto addresses = OfNetworks();
  ASSERT_EQ(Update(*addresses, "192.0.2.7\n"), FeedFault::kNone);
  RequestText call;
  call.uri = "sip:112@example.com";
  call.to_user = "112";
  EXPECT_LE(Inspect(call).action, Action::kFlag);
  call.uri = "urn:service:sos";
  EXPECT_LE(Inspect(call).action, Action::kFlag);
  From("192.0.2.8");
  call.uri = "sip:113@example.com";
  EXPECT_EQ(Inspect(call).action, Action::kReject) << "what is no emergency call is blocked";
}

TEST_F(FeedTest, AllowedSourcesAreNeverBlockedByAFeed) {
  const auto list = engine_->FindList("bad");
  ASSERT_TRUE(list->Add("203.0.113.0/24", "by hand", kDay, now_));
  From("203.0.113.200");
  EXPECT_LE(Inspect(RequestText{}).action, Action::kFlag);
  From("203.0.113.201");
  EXPECT_EQ(Inspect(RequestText{}).action, Action::kDrop);
}

TEST_F(FeedTest, WantsAListOfItsKind) {
  FeedOptions options;
  options.list = "names";
  const auto wrong = Make(options);
  EXPECT_EQ(Update(*wrong, "203.0.113.1\n"), FeedFault::kNoList);
  options.list = "none";
  EXPECT_EQ(Update(*Make(options), "203.0.113.1\n"), FeedFault::kNoList);
  options.list = "allowed";
  EXPECT_EQ(Update(*Make(options), "203.0.113.1\n"), FeedFault::kNoList);
  FeedFault fault = FeedFault::kNone;
  EXPECT_TRUE(wrong->Step(engine_.get(), 1, now_, &fault));
  EXPECT_EQ(fault, FeedFault::kNotBegun);
}

TEST_F(FeedTest, GoesOnOverAReload) {
  const auto feed = OfNetworks();
  FeedFault fault = feed->Begin(Many(0, 100), "", false);
  for (int i = 0; i < 40; ++i) ASSERT_FALSE(feed->Step(engine_.get(), 100, now_, &fault));
  std::string rules = kRules;
  rules.replace(rules.find("max 4096"), 8, "max 8192");
  ASSERT_TRUE(engine_->Reload(Compile(rules)));
  while (!feed->Step(engine_.get(), 100, now_, &fault)) continue;
  EXPECT_EQ(fault, FeedFault::kNone);
  EXPECT_EQ(Keys().size(), 100u);
  fault = feed->Begin(Many(0, 100), "", false);
  ASSERT_FALSE(feed->Step(engine_.get(), 10, now_, &fault));
  ASSERT_TRUE(engine_->Reload(Compile("version 1\n")));
  EXPECT_TRUE(feed->Step(engine_.get(), 10, now_, &fault));
  EXPECT_EQ(fault, FeedFault::kNoList);
}

TEST_F(FeedTest, WithoutAnEngineItOnlySays) {
  const auto feed = OfNetworks();
  FeedFault fault = feed->Begin("203.0.113.1\nx\n", "", false);
  ASSERT_TRUE(feed->Step(nullptr, 1000, now_, &fault));
  EXPECT_EQ(fault, FeedFault::kNone);
  EXPECT_EQ(feed->statistics().entries, 1u);
  EXPECT_EQ(feed->statistics().refused[0], 1u);
  EXPECT_EQ(feed->statistics().updates, 0u);
  EXPECT_TRUE(Keys().empty());
}

class SignedFeedTest : public FeedTest {
 protected:
  FeedFault Update(std::string_view bytes, const std::string& signature, bool force = false) {
    FeedFault fault = feed_->Begin(bytes, signature, force);
    while (fault == FeedFault::kNone && !feed_->Step(engine_.get(), 10'000, now_, &fault)) continue;
    return fault;
  }
  std::string Sign(std::string_view bytes, int timestamp) const {
    return maker_.Sign(bytes, "timestamp:" + std::to_string(timestamp), true);
  }

  lists::MinisignMaker maker_;
  std::unique_ptr<Feed> feed_ = [this] {
    FeedOptions options;
    options.list = "bad";
    options.key = lists::MinisignKey::Parse(maker_.PublicKey());
    return Make(std::move(options));
  }();
};

TEST_F(SignedFeedTest, TakesNothingElseThanWhatIsSigned) {
  EXPECT_EQ(Update("203.0.113.1\n", ""), FeedFault::kUnsigned);
  EXPECT_EQ(Update("203.0.113.1\n", "", true), FeedFault::kUnsigned) << "forced or not";
  EXPECT_EQ(Update("203.0.113.1\n", Sign("203.0.113.2\n", 10)), FeedFault::kBadSignature);
  EXPECT_EQ(Update("203.0.113.1\n", "rubbish", true), FeedFault::kBadSignature);
  EXPECT_TRUE(Keys().empty());
  EXPECT_EQ(Update("203.0.113.1\n", Sign("203.0.113.1\n", 10)), FeedFault::kNone);
  EXPECT_EQ(Keys(), Set{"203.0.113.1"});
  EXPECT_EQ(feed_->statistics().timestamp, 10u);
}

TEST_F(SignedFeedTest, DoesNotGoBack) {
  ASSERT_EQ(Update("203.0.113.1\n", Sign("203.0.113.1\n", 10)), FeedFault::kNone);
  EXPECT_EQ(Update("203.0.113.2\n", Sign("203.0.113.2\n", 9)), FeedFault::kOlder);
  EXPECT_EQ(Update("203.0.113.2\n", maker_.Sign("203.0.113.2\n", "no time", true)),
            FeedFault::kOlder);
  EXPECT_EQ(Keys(), Set{"203.0.113.1"});
  EXPECT_EQ(Update("203.0.113.1\n", Sign("203.0.113.1\n", 10)), FeedFault::kNone) << "the same";
  EXPECT_EQ(Update("203.0.113.3\n", Sign("203.0.113.3\n", 11)), FeedFault::kNone);
  EXPECT_EQ(Update("203.0.113.1\n", Sign("203.0.113.1\n", 10), true), FeedFault::kNone);
}

TEST(FeedOptions, ThatCannotBeAreNamed) {
  const auto wrong = [](const auto& change) {
    FeedOptions options;
    options.list = "bad";
    change(options);
    std::string_view name;
    return Feed::Make(std::move(options), &name) == nullptr ? std::string(name) : "none";
  };
  EXPECT_EQ(wrong([](FeedOptions&) {}), "none");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.list.clear(); }), "list");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.name = "a:b"; }), "name");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.name = std::string(33, 'x'); }), "name");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.ttl = 0; }), "ttl");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.ttl = 367 * kDay; }), "ttl");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.most_shrink = 101; }), "most_shrink");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.settings.home = "x"; }), "home");
  EXPECT_EQ(wrong([](FeedOptions& o) { o.settings.allowed = {"x"}; }), "allowed");
}

}  // namespace
}  // namespace sipward::engine
