// What becomes of calls, by all that they are told apart by.
#include <gtest/gtest.h>

#include <map>
#include <random>
#include <string>

#include "tests/analytics/happenings.h"

namespace sipward::analytics {
namespace {

constexpr size_t Index(auto value) { return static_cast<size_t>(value); }

void ExpectEqual(const Counts& a, const Counts& b, std::string_view of) {
  EXPECT_EQ(a.attempts, b.attempts) << of;
  EXPECT_EQ(a.answered, b.answered) << of;
  EXPECT_EQ(a.ended, b.ended) << of;
  EXPECT_EQ(a.short_calls, b.short_calls) << of;
  EXPECT_EQ(a.auth_failures, b.auth_failures) << of;
  EXPECT_EQ(a.failed, b.failed) << of;
  EXPECT_EQ(a.attested, b.attested) << of;
  EXPECT_EQ(a.talk, b.talk) << of;
  EXPECT_EQ(a.cost, b.cost) << of;
}

TEST(Analytics, ACallIsCountedOnceInAllDimensions) {
  const Call call{.trunk = "carrier",
                  .account = "alice",
                  .caller = "493012345",
                  .callee = "442071838750",
                  .agent = "Desk Phone",
                  .attest = "A",
                  .setup = 700 * kMillisecond,
                  .ring = 3 * kSecond,
                  .duration = 5 * kSecond,
                  .cost = 120'000};
  Analytics analytics({.rows = 10}, {});
  TellLive(call, &analytics);
  const Report report = ReportOf(analytics);
  const std::map<Dimension, std::string> keys = {
      {Dimension::kTrunk, "carrier"},        {Dimension::kAccount, "alice"},
      {Dimension::kCaller, "493012345"},     {Dimension::kDestination, "442071838750"},
      {Dimension::kRange, "44207183"},       {Dimension::kCountry, "GB"},
      {Dimension::kUserAgent, "Desk Phone"}, {Dimension::kSource, "192.0.2.7"}};
  ASSERT_EQ(keys.size(), kDimensions);
  for (const auto& [dimension, key] : keys) {
    const Report::Line* line = FindLine(report, dimension, key);
    ASSERT_NE(line, nullptr) << key;
    EXPECT_EQ(report.lines(dimension).lines.size(), 1u);
    EXPECT_EQ(line->count, 1u);
    EXPECT_EQ(line->error, 0u);
    ExpectEqual(line->counts, report.totals().calls, key);
    EXPECT_EQ(line->setup.count(), 1u);
    EXPECT_NEAR(static_cast<double>(line->setup.Quantile(0.5)), 7e8, 7e8 / 16);
  }
  const Counts& all = report.totals().calls;
  EXPECT_EQ(all.attempts, 1u);
  EXPECT_EQ(all.answered, 1u);
  EXPECT_EQ(all.ended, 1u);
  EXPECT_EQ(all.short_calls, 1u);
  EXPECT_EQ(all.talk, 5 * kSecond);
  EXPECT_EQ(all.cost, 120'000);
  EXPECT_EQ(all.attested[Index(Attestation::kA)], 1u);
}

TEST(Analytics, RecordsAndLiveCallsGiveTheSame) {
  std::mt19937_64 random(3);
  Analytics live({.rows = 100}, {}), records({.rows = 100}, {});
  for (int i = 0; i < 2000; ++i) {
    constexpr int64_t kCodes[] = {302, 401, 403, 404, 408, 480, 486,
                                  487, 500, 503, 504, 600, 603, 606};
    Call call{.trunk = random() % 3 == 0 ? "" : "t" + std::to_string(random() % 5),
              .account = "a" + std::to_string(random() % 30),
              .caller = "4930" + std::to_string(1000 + random() % 20),
              .callee = "4420718387" + std::to_string(10 + random() % 40),
              .agent = random() % 4 == 0 ? "" : "phone " + std::to_string(random() % 10),
              .source = "198.51.100." + std::to_string(random() % 50),
              .answered = random() % 3 != 0,
              .setup = static_cast<Nanos>(1 + random() % (5 * kSecond)),
              .duration = static_cast<Nanos>(random() % (20 * kSecond)),
              .cost = static_cast<int64_t>(random() % 1'000'000)};
    if (!call.answered) call.code = kCodes[random() % std::size(kCodes)];
    call.ring = call.setup + kSecond;
    TellLive(call, &live);
    TellRecord(call, &records);
  }
  const Report a = ReportOf(live), b = ReportOf(records);
  ExpectEqual(a.totals().calls, b.totals().calls, "all");
  EXPECT_EQ(a.totals().setup.count(), b.totals().setup.count());
  EXPECT_EQ(a.totals().setup.sum(), b.totals().setup.sum());
  for (size_t d = 0; d < kDimensions; ++d) {
    const auto dimension = static_cast<Dimension>(d);
    const auto& lines = a.lines(dimension).lines;
    ASSERT_EQ(lines.size(), b.lines(dimension).lines.size());
    EXPECT_GT(lines.size(), 0u);
    for (size_t i = 0; i < lines.size(); ++i) {
      const Report::Line& other = b.lines(dimension).lines[i];
      EXPECT_EQ(lines[i].key, other.key);
      EXPECT_EQ(lines[i].count, other.count);
      ExpectEqual(lines[i].counts, other.counts, lines[i].key);
      EXPECT_EQ(lines[i].setup.sum(), other.setup.sum());
    }
  }
}

// With fewer keys than rows every row is what a map would say; with more, the count keeps its bound
// and the row is exact since it began.
TEST(Analytics, RowsAreHeldAgainstAMap) {
  for (const uint32_t rows : {8u, 64u}) {
    std::mt19937_64 random(rows);
    std::geometric_distribution<int> skewed(0.1);
    Analytics analytics({.rows = rows}, {});
    std::map<std::string, uint64_t> attempts, seconds;
    for (int i = 0; i < 3000; ++i) {
      const std::string account = "a" + std::to_string(std::min(skewed(random), 49));
      const auto duration = static_cast<uint64_t>(random() % 100);
      ++attempts[account];
      seconds[account] += duration;
      TellRecord({.account = account, .duration = static_cast<Nanos>(duration) * kSecond},
                 &analytics);
    }
    const Report report = ReportOf(analytics);
    const Report::Lines& lines = report.lines(Dimension::kAccount);
    EXPECT_EQ(lines.evictions == 0, rows == 64) << rows;
    EXPECT_EQ(lines.total, 3000u);
    for (const Report::Line& line : lines.lines) {
      EXPECT_GE(line.count, attempts[line.key]);
      EXPECT_LE(line.count - line.error, attempts[line.key]);
      EXPECT_EQ(line.counts.attempts, line.count - line.error) << "since the row began";
      EXPECT_LE(line.counts.talk, static_cast<Nanos>(seconds[line.key]) * kSecond);
      if (line.error == 0) {
        EXPECT_EQ(line.counts.talk, static_cast<Nanos>(seconds[line.key]) * kSecond);
      }
    }
    EXPECT_EQ(report.totals().calls.attempts, 3000u);
  }
}

TEST(Analytics, FailuresAreTheReasonsOfTheField) {
  const std::map<int64_t, Failure> codes = {
      {0, Failure::kUnknown},         {-1, Failure::kUnknown},       {180, Failure::kUnknown},
      {200, Failure::kUnknown},       {300, Failure::kRedirected},   {399, Failure::kRedirected},
      {400, Failure::kRejected},      {401, Failure::kChallenged},   {402, Failure::kChallenged},
      {404, Failure::kRejected},      {407, Failure::kChallenged},   {408, Failure::kTimeout},
      {480, Failure::kNoAnswer},      {486, Failure::kBusy},         {487, Failure::kCancelled},
      {499, Failure::kRejected},      {500, Failure::kServer},       {503, Failure::kServer},
      {504, Failure::kTimeout},       {600, Failure::kBusy},         {603, Failure::kDeclined},
      {607, Failure::kRefused},       {699, Failure::kRefused},      {700, Failure::kUnknown},
      {INT64_MAX, Failure::kUnknown}, {INT64_MIN, Failure::kUnknown}};
  for (const auto& [code, failure] : codes) EXPECT_EQ(FailureOf(code), failure) << code;
}

TEST(Analytics, AShortCallIsAnsweredAndShorterThanTheSetting) {
  Analytics analytics({.rows = 1, .short_call = 6 * kSecond}, {});
  TellRecord({.duration = 6 * kSecond - 1}, &analytics);
  TellRecord({.duration = 6 * kSecond}, &analytics);
  TellRecord({.duration = 0}, &analytics);
  TellRecord({.answered = false, .code = 486}, &analytics);
  EXPECT_EQ(analytics.totals().calls.short_calls, 2u);
  EXPECT_EQ(analytics.totals().calls.answered, 3u);
  EXPECT_EQ(analytics.totals().calls.failed[Index(Failure::kBusy)], 1u);
}

struct SetupCase {
  const char* what;
  Call call;
  Nanos expected;  // 0: nothing is taken
};

TEST(Analytics, PostDialDelayEndsWithTheFirstSignOfProgress) {
  const SetupCase cases[] = {
      {"rang", {.setup = kSecond, .ring = 5 * kSecond}, kSecond},
      {"answered without ringing", {.ring = 2 * kSecond}, 2 * kSecond},
      {"rang in vain",
       {.answered = false, .setup = kSecond, .ring = kMinute, .ended_by = "caller"},
       kSecond},
      {"refused",
       {.answered = false, .ring = 3 * kSecond, .code = 404, .ended_by = "callee"},
       3 * kSecond},
      {"given up before a response",
       {.answered = false, .ring = 9 * kSecond, .code = 487, .ended_by = "caller"},
       0},
      {"no response at all",
       {.answered = false, .ring = 32 * kSecond, .code = 408, .ended_by = "nobody"},
       0},
      {"only its answer was seen", {.ring = 0}, 0},
  };
  for (const SetupCase& at : cases) {
    Analytics analytics({.rows = 1}, {});
    TellLive(at.call, &analytics);
    EXPECT_EQ(analytics.totals().setup.count(), at.expected == 0 ? 0u : 1u) << at.what;
    EXPECT_EQ(analytics.totals().setup.sum(), at.expected) << at.what;
  }
  Analytics records({.rows = 1}, {});
  TellRecord({.ring = 8 * kSecond}, &records);
  EXPECT_EQ(records.totals().setup.count(), 0u) << "a record's ring is not its delay";
}

TEST(Analytics, AttestationIsOfAllThatIdentityCanBe) {
  using facts::IdentityResult;
  const std::pair<IdentityResult, std::string> cases[] = {
      {IdentityResult::kVerified, "A"}, {IdentityResult::kVerified, "B"},
      {IdentityResult::kVerified, "C"}, {IdentityResult::kVerified, ""},
      {IdentityResult::kNone, ""},      {IdentityResult::kFailed, ""},
      {IdentityResult::kPending, ""}};
  Analytics analytics({.rows = 1}, {});
  for (const auto& [result, attest] : cases) {
    HostEvent event;
    event.Reset(EventKind::kCallStart, 0, 0, false);
    event.Set(FieldId::kIdentityResult, Value::Int(static_cast<int64_t>(result)));
    if (!attest.empty()) event.Set(FieldId::kIdentityAttest, Value::String(attest));
    analytics.TakeEvent(event, 0, false);
  }
  for (const uint64_t count : analytics.totals().calls.attested) EXPECT_EQ(count, 1u);
}

TEST(Analytics, AttemptsAndRegistrationsAreCountedByResult) {
  Analytics analytics({.rows = 4}, {});
  analytics.TakeSource(*IpAddress::Parse("203.0.113.9"));
  for (const int64_t result : {0, 1, 1, 2, 99, -1}) {
    for (const EventKind kind : {EventKind::kAuth, EventKind::kRegister}) {
      HostEvent event;
      event.Reset(kind, 0, 0, false);
      event.Set(FieldId::kResult, Value::Int(result));
      event.Set(FieldId::kAccount, Value::String("bob"));
      event.Set(FieldId::kSrcIp, Value::Ip(*IpAddress::Parse("203.0.113.9")));
      analytics.TakeEvent(event, 0, true);
    }
  }
  const std::array<uint64_t, 3> expected = {1, 2, 3};
  EXPECT_EQ(analytics.totals().attempts, expected);
  EXPECT_EQ(analytics.totals().registers, expected);
  const Report report = ReportOf(analytics);
  EXPECT_EQ(report.totals().calls.auth_failures, 2u);
  const Report::Line* source = FindLine(report, Dimension::kSource, "203.0.113.9");
  ASSERT_NE(source, nullptr);
  EXPECT_EQ(source->counts.auth_failures, 2u);
  EXPECT_EQ(source->count, 1u) << "its messages";
  EXPECT_EQ(FindLine(report, Dimension::kAccount, "bob"), nullptr) << "it has made no call";
}

TEST(Analytics, SourcesAreHosts) {
  Analytics analytics({.rows = 4}, {});
  for (const char* text :
       {"2001:db8:1:2::1", "2001:db8:1:2::ffff", "192.0.2.1", "::ffff:192.0.2.1"}) {
    analytics.TakeSource(*IpAddress::Parse(text));
  }
  TellLive({.source = "2001:db8:1:2::77"}, &analytics);
  const Report report = ReportOf(analytics);
  ASSERT_EQ(report.lines(Dimension::kSource).lines.size(), 2u);
  EXPECT_EQ(report.lines(Dimension::kSource).lines[0].key, "2001:db8:1:2::/64");
  EXPECT_EQ(report.lines(Dimension::kSource).lines[0].count, 3u)
      << "and the call that a host told of";
  EXPECT_EQ(report.lines(Dimension::kSource).lines[1].key, "192.0.2.1");
}

TEST(Analytics, WhatIsNoNumberHasNoCountryAndNoRange) {
  Analytics analytics({.rows = 8}, {});
  for (const char* callee : {"bob", "110", "4420", "44207183875x"}) {
    TellLive({.callee = callee}, &analytics);
  }
  const Report report = ReportOf(analytics);
  EXPECT_EQ(report.lines(Dimension::kDestination).lines.size(), 4u);
  EXPECT_EQ(report.lines(Dimension::kRange).lines.size(), 0u);
  EXPECT_EQ(report.lines(Dimension::kCountry).lines.size(), 0u);
}

TEST(Analytics, LongKeysThatBeginAlikeAreTwo) {
  const std::string same(kKeyBytes, 'x');
  Analytics analytics({.rows = 8}, {});
  TellLive({.agent = same}, &analytics);
  TellLive({.agent = same + "1"}, &analytics);
  TellLive({.agent = same + "2"}, &analytics);
  TellLive({.agent = std::string("\0\r\n\xFF\"", 5)}, &analytics);
  const Report report = ReportOf(analytics);
  const auto& lines = report.lines(Dimension::kUserAgent).lines;
  ASSERT_EQ(lines.size(), 4u);
  int cut = 0;
  for (const Report::Line& line : lines) {
    cut += line.cut ? 1 : 0;
    EXPECT_EQ(line.counts.ended, 1u) << "its end found it";
  }
  EXPECT_EQ(cut, 2);
}

TEST(Analytics, MoneyAndTimeSaturate) {
  Analytics analytics({.rows = 1}, {});
  for (int i = 0; i < 3; ++i) {
    TellRecord({.account = "a", .duration = INT64_MAX, .cost = INT64_MAX}, &analytics);
  }
  TellRecord({.account = "a", .duration = INT64_MIN}, &analytics);
  EXPECT_EQ(analytics.totals().calls.talk, INT64_MAX);
  EXPECT_EQ(analytics.totals().calls.cost, INT64_MAX);
  EXPECT_EQ(analytics.totals().calls.short_calls, 1u);
}

TEST(Analytics, AMessageThatIsToldByFieldsHasASource) {
  Analytics analytics({.rows = 2}, {});
  HostEvent event;
  event.Reset(EventKind::kRequest, 0, 0, false);
  event.Set(FieldId::kSrcIp, Value::Ip(*IpAddress::Parse("203.0.113.9")));
  analytics.TakeEvent(event, 0, false);
  analytics.TakeEvent(event, 0, true);
  const Report report = ReportOf(analytics);
  ASSERT_EQ(report.lines(Dimension::kSource).lines.size(), 1u);
  EXPECT_EQ(report.lines(Dimension::kSource).lines[0].count, 1u);
}

TEST(Analytics, OtherEventsAreNothing) {
  Analytics analytics({.rows = 1}, {});
  for (const EventKind kind :
       {EventKind::kTick, EventKind::kRequest, EventKind::kResponse, EventKind::kMediaChange}) {
    HostEvent event;
    event.Reset(kind, 0, 0, false);
    analytics.TakeEvent(event, 1, true);
  }
  EXPECT_EQ(analytics.totals().calls.attempts + analytics.totals().calls.ended, 0u);
}

TEST(Analytics, MemoryIsWhatItSays) {
  const uint64_t small = Analytics::MemoryOf({.rows = 1}),
                 large = Analytics::MemoryOf({.rows = 1001});
  EXPECT_EQ((large - small) / 1000 / 7, (large - small) / 7000) << "seven grow, countries do not";
  EXPECT_LT((large - small) / 7000, 1000u) << "bytes of a row";
  EXPECT_GT((large - small) / 7000, sizeof(Row));
}

TEST(Analytics, EverythingHasAName) {
  for (size_t i = 0; i < kDimensions; ++i) EXPECT_FALSE(NameOf(static_cast<Dimension>(i)).empty());
  for (size_t i = 0; i < kFailures; ++i) EXPECT_FALSE(NameOf(static_cast<Failure>(i)).empty());
  for (size_t i = 0; i < kAttestations; ++i)
    EXPECT_FALSE(NameOf(static_cast<Attestation>(i)).empty());
  for (size_t i = 0; i < kMethods; ++i) EXPECT_FALSE(NameOf(static_cast<Method>(i)).empty());
}

}  // namespace
}  // namespace sipward::analytics
