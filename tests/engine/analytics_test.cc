// What goes on in numbers, as the engine takes it from messages and from what hosts tell.
#include <gtest/gtest.h>

#include <string>
#include <utility>

#include "tests/engine/fixture.h"
#include "tests/support/allocation_counter.h"

namespace sipward::engine {
namespace {

using analytics::Dimension;
using analytics::Method;
using analytics::Report;
using facts::EventKind;
using facts::FieldId;
using facts::Value;

constexpr char kNoRules[] =
    "version 1\nrule none { on tick when engine.pressure > 2 then alert }\n";

class AnalyticsTest : public EngineTest {
 protected:
  void Start(std::string_view rules = kNoRules, uint32_t rows = 16) {
    Load(rules, {.analytics = {.rows = rows}});
  }
  void Send(const std::string& text) { Inspect(text_ = text); }
  // The same transaction's answer: it repeats the Via.
  void Answer(const std::string& request, int code, std::string_view to_tag = "8") {
    std::string text = request;
    const size_t line = text.find("\r\n");
    text.replace(0, line, "SIP/2.0 " + std::to_string(code) + " Reason");
    const size_t to = text.find("To: <");
    const size_t end = text.find("\r\n", to);
    if (text.substr(to, end - to).find(";tag=") == std::string::npos) {
      text.insert(end, ";tag=" + std::string(to_tag));
    }
    std::swap(packet_.source, packet_.destination);
    Send(text);
    std::swap(packet_.source, packet_.destination);
  }
  analytics::Totals Totals() const { return engine_->analytics()->totals(); }
  const Report::Line* Find(Dimension dimension, std::string_view key) {
    report_ = *engine_->analytics();
    for (const Report::Line& line : report_.lines(dimension).lines) {
      if (line.key == key) return &line;
    }
    return nullptr;
  }

 private:
  Report report_;
};

TEST_F(AnalyticsTest, AreOffUnlessAskedFor) {
  Load(kNoRules);
  Inspect(RequestText{});
  EXPECT_FALSE(engine_->analytics().has_value());
}

TEST_F(AnalyticsTest, ACallOfMessages) {
  Start();
  packet_.account = "alice";
  packet_.trunk = "carrier";
  const std::string invite =
      RequestText{.uri = "sip:+442071838750@example.com", .call_id = "a", .from_user = "+493012345"}
          .str();
  Send(invite);
  After(20 * kMillisecond);
  Answer(invite, 100);
  After(980 * kMillisecond);
  Answer(invite, 180);
  After(2 * kSecond);
  Answer(invite, 200);
  After(4 * kSecond);
  Inspect(RequestText{.method = "BYE", .to_tag = "8", .call_id = "a"});
  const analytics::Totals all = Totals();
  EXPECT_EQ(all.calls.attempts, 1u);
  EXPECT_EQ(all.calls.answered, 1u);
  EXPECT_EQ(all.calls.ended, 1u);
  EXPECT_EQ(all.calls.short_calls, 1u);
  EXPECT_EQ(all.calls.talk, 4 * kSecond);
  EXPECT_EQ(all.setup.sum(), kSecond);
  EXPECT_EQ(all.requests[static_cast<size_t>(Method::kInvite)], 1u);
  EXPECT_EQ(all.responses[static_cast<size_t>(Method::kInvite)].count(), 1u) << "the first alone";
  EXPECT_EQ(all.responses[0].sum(), 20 * kMillisecond);
  for (const auto& [dimension, key] : std::initializer_list<std::pair<Dimension, const char*>>{
           {Dimension::kTrunk, "carrier"},
           {Dimension::kAccount, "alice"},
           {Dimension::kCaller, "493012345"},
           {Dimension::kDestination, "442071838750"},
           {Dimension::kRange, "44207183"},
           {Dimension::kCountry, "GB"},
           {Dimension::kUserAgent, "Desk Phone 1.0"},
           {Dimension::kSource, "192.0.2.7"}}) {
    const Report::Line* line = Find(dimension, key);
    ASSERT_NE(line, nullptr) << key;
    EXPECT_EQ(line->counts.ended, 1u) << key;
    EXPECT_EQ(line->counts.talk, 4 * kSecond) << key;
  }
  EXPECT_EQ(Find(Dimension::kSource, "192.0.2.7")->count, 2u) << "its messages";
  EXPECT_EQ(Find(Dimension::kSource, "198.51.100.1")->count, 3u);
}

TEST_F(AnalyticsTest, ResponsesAreTimedByMethodAndOnce) {
  Start();
  for (const char* method : {"REGISTER", "OPTIONS", "MESSAGE"}) {
    const std::string request = RequestText{.method = method, .call_id = method}.str();
    Send(request);
    After(500 * kMillisecond);
    Send(request);  // again
    After(100 * kMillisecond);
    Answer(request, 200);
    Answer(request, 200);
  }
  Inspect(RequestText{.method = "OPTIONS", .call_id = "nobody answers"});
  const analytics::Totals all = Totals();
  const std::array<uint64_t, 4> requests = {0, 1, 2, 1};
  EXPECT_EQ(all.requests, requests);
  EXPECT_EQ(all.responses[0].count(), 0u);
  for (const Method method : {Method::kRegister, Method::kOptions, Method::kOther}) {
    const analytics::Times& times = all.responses[static_cast<size_t>(method)];
    EXPECT_EQ(times.count(), 1u);
    EXPECT_EQ(times.sum(), 600 * kMillisecond) << "from the first copy";
  }
  EXPECT_EQ(all.registers[0], 1u);
}

TEST_F(AnalyticsTest, ResponsesOfOtherBranchesTooLateOrBeforeTheirTimeAreNotTimed) {
  Start();
  const std::string request = RequestText{.method = "OPTIONS", .call_id = "x"}.str();
  Send(request);
  Send(ResponseText(200, "OPTIONS", "bob", "x"));
  After(kResponseTime + kSecond);
  Answer(request, 200);
  const std::string other = RequestText{.method = "OPTIONS", .call_id = "y"}.str();
  Send(other);
  After(-5 * kSecond);
  Answer(other, 200);
  const std::string ack = RequestText{.method = "ACK", .call_id = "z"}.str();
  Send(ack);
  EXPECT_EQ(Totals().responses[static_cast<size_t>(Method::kOptions)].count(), 0u);
  EXPECT_EQ(Totals().requests[static_cast<size_t>(Method::kOther)], 0u) << "an ACK has no answer";
}

TEST_F(AnalyticsTest, ACallThatIsRefusedHasFailed) {
  Start(R"(version 1
rule premium { on call_start when starts_with(dialled ?? "", "+900") then reject 403 "No" }
)");
  Inspect(RequestText{.uri = "sip:+900555@example.com", .call_id = "a"});
  EXPECT_EQ(Totals().calls.attempts, 1u);
  EXPECT_EQ(Totals().calls.failed[static_cast<size_t>(analytics::Failure::kRejected)], 1u);
  EXPECT_EQ(Totals().setup.count(), 0u) << "no time went by";
}

TEST_F(AnalyticsTest, CallsThatTimeEndsAreTimeouts) {
  Start();
  Inspect(RequestText{.call_id = "a"});
  After(kMinute);
  facts::HostEvent tick;
  tick.Reset(EventKind::kTick, packet_.monotonic, packet_.wall, true);
  inspector_->InspectEvent(tick, &verdict_);
  EXPECT_EQ(Totals().calls.failed[static_cast<size_t>(analytics::Failure::kTimeout)], 1u);
  EXPECT_EQ(Totals().setup.count(), 0u);
}

TEST_F(AnalyticsTest, WhoIsBannedStillTalks) {
  Start();
  engine_->bans().Add(BanKind::kAddress, "192.0.2.7", "by hand", kHour, packet_.monotonic);
  packet_.transport = facts::Transport::kTcp;
  for (int i = 0; i < 5; ++i) Inspect(RequestText{.call_id = "c" + std::to_string(i)});
  EXPECT_EQ(verdict_.action, Action::kDrop);
  EXPECT_EQ(Totals().calls.attempts, 0u) << "no call began";
  ASSERT_NE(Find(Dimension::kSource, "192.0.2.7"), nullptr);
  EXPECT_EQ(Find(Dimension::kSource, "192.0.2.7")->count, 5u);
}

TEST_F(AnalyticsTest, EventsOfTheHostCountAsWell) {
  Start("version 1\nconst home = \"DE\"\n" + std::string(kNoRules).substr(10));
  facts::HostEvent event;
  event.Reset(EventKind::kCdr, packet_.monotonic, packet_.wall, true);
  event.Set(FieldId::kAccount, Value::String("alice"));
  event.Set(FieldId::kCalleeNumber, Value::String("030 123456"));
  event.Set(FieldId::kAnswered, Value::Bool(true));
  event.Set(FieldId::kDuration, Value::Int(kMinute));
  event.Set(FieldId::kCost, Value::Int(50'000));
  event.Set(FieldId::kSrcIp, Value::Ip(packet_.source));
  inspector_->InspectEvent(event, &verdict_);
  EXPECT_EQ(Totals().calls.attempts, 1u);
  EXPECT_EQ(Totals().calls.cost, 50'000);
  EXPECT_NE(Find(Dimension::kDestination, "4930123456"), nullptr) << "numbers are of one form";
  EXPECT_NE(Find(Dimension::kCountry, "DE"), nullptr);
  EXPECT_EQ(Find(Dimension::kSource, "192.0.2.7")->count, 1u);
}

TEST_F(AnalyticsTest, InspectorsCountTogetherAndWhatIsCountedStays) {
  Start();
  auto other = std::make_unique<Inspector>(engine_);
  Inspect(RequestText{.call_id = "a"});
  text_ = RequestText{.call_id = "b"}.str();
  packet_.bytes = text_;
  other->Inspect(packet_, &verdict_);
  EXPECT_EQ(Totals().calls.attempts, 2u);
  other.reset();
  EXPECT_EQ(Totals().calls.attempts, 2u);
  other = std::make_unique<Inspector>(engine_);
  text_ = RequestText{.call_id = "c"}.str();
  packet_.bytes = text_;
  other->Inspect(packet_, &verdict_);
  EXPECT_EQ(Totals().calls.attempts, 3u);
  EXPECT_EQ(Find(Dimension::kSource, "192.0.2.7")->count, 3u);
}

TEST_F(AnalyticsTest, AnswerSeenByAnotherInspectorIsTimed) {
  Start();
  Inspector other(engine_);
  const std::string request = RequestText{.method = "OPTIONS", .call_id = "x"}.str();
  text_ = request;
  packet_.bytes = text_;
  other.Inspect(packet_, &verdict_);
  After(kSecond);
  Answer(request, 200);
  EXPECT_EQ(Totals().responses[static_cast<size_t>(Method::kOptions)].count(), 1u);
}

TEST_F(AnalyticsTest, VerdictsAreTheSameWithThem) {
  for (const uint32_t rows : {0u, 4u}) {
    Start("version 1\nrule many { on request when count(by src.ip over 1m) > 3 then reject 403 }\n",
          rows);
    for (int i = 0; i < 3; ++i) Inspect(RequestText{.call_id = "c" + std::to_string(i)});
    EXPECT_EQ(verdict_.action, Action::kAllow);
    Inspect(RequestText{.call_id = "c3"});
    EXPECT_EQ(verdict_.action, Action::kReject);
  }
}

TEST_F(AnalyticsTest, ARegionWithoutRoomIsSaid) {
  const auto rules = Compile(kNoRules);
  int refused = 0;
  for (uint64_t bytes = uint64_t{6} << 20; bytes < 11 << 20; bytes += 64 << 10) {
    std::shared_ptr<state::Region> with = state::Region::Create(bytes, {});
    std::shared_ptr<state::Region> without = state::Region::Create(bytes, {});
    Misfit misfit;
    const auto made = Engine::Create(rules, with, {.analytics = {.rows = 1}}, &misfit);
    const auto plain = Engine::Create(rules, without, {});
    if (made == nullptr && plain != nullptr) {
      ++refused;
      EXPECT_EQ(misfit.signature, "engine.responses");
    }
    EXPECT_TRUE(made == nullptr || plain != nullptr);
  }
  EXPECT_GT(refused, 0);
}

TEST_F(AnalyticsTest, AllocateNothingPerMessage) {
  Start(kNoRules, 8);
  std::vector<std::string> messages;
  for (int i = 0; i < 100; ++i) {
    const std::string n = std::to_string(i);
    const std::string invite =
        RequestText{.uri = "sip:+4420718387" + std::to_string(10 + i % 90) + "@example.com",
                    .call_id = "c" + n,
                    .from_user = "u" + n,
                    .user_agent = "phone " + n}
            .str();
    messages.push_back(invite);
    messages.push_back(ResponseText(i % 2 == 0 ? 200 : 486, "INVITE", "bob", "c" + n));
    messages.push_back(RequestText{.method = "BYE", .to_tag = "8", .call_id = "c" + n}.str());
  }
  const uint64_t before = allocation_count();
  for (const std::string& message : messages) {
    packet_.bytes = message;
    packet_.monotonic += kMillisecond;
    inspector_->Inspect(packet_, &verdict_);
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_EQ(Totals().calls.attempts, 100u);
  EXPECT_EQ(Totals().calls.ended, 100u);
}

}  // namespace
}  // namespace sipward::engine
