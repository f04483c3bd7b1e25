#include <gtest/gtest.h>

#include <array>
#include <cstring>
#include <string>
#include <vector>

#include "sample.h"

namespace sipward {
namespace {

using sample::MakePacket;

// Rules and state go at once: the engine holds them.
Engine MakeEngine(const EngineOptions& options = {}) {
  const Rules rules = Rules::FromText("test.ward", sample::kRules).value();
  const State state = State::Create({}).value();
  return Engine::Create(rules, state, options).value();
}

TEST(Verdict, OfNothingIsNoneAndNotAllow) {
  const Verdict verdict;
  EXPECT_EQ(verdict.action(), Action::kNone);
  EXPECT_LT(verdict.action(), Action::kAllow);
  EXPECT_FALSE(verdict.parse_status().ok());
  EXPECT_EQ(verdict.hit_count(), 0u);
  EXPECT_FALSE(verdict.HitAt(0));
}

TEST(Verdict, ActionsHaveNames) {
  EXPECT_EQ(Name(Action::kNone), "none");
  EXPECT_EQ(Name(Action::kAllow), "allow");
  EXPECT_EQ(Name(Action::kDrop), "drop");
}

TEST(Inspector, GivesTheVerdictOfARule) {
  Inspector inspector = Inspector::Create(MakeEngine()).value();
  const Verdict verdict = inspector.Inspect(MakePacket(sample::kOptions));
  EXPECT_EQ(verdict.action(), Action::kReject);
  EXPECT_EQ(verdict.sip_code(), 403u);
  EXPECT_EQ(verdict.sip_reason(), "Not here");
  EXPECT_EQ(verdict.score(), 7);
  EXPECT_TRUE(verdict.parse_status().ok());
  EXPECT_FALSE(verdict.banned() || verdict.emergency() || verdict.allow_listed());
  size_t hits = 0;
  for (const Hit& hit : verdict.Hits()) {
    ++hits;
    EXPECT_EQ(hit.rule(), "test.options");
    EXPECT_EQ(hit.why(), "an OPTIONS request");
    EXPECT_EQ(hit.action(), Action::kReject);
    EXPECT_TRUE(hit.enforced());
    EXPECT_EQ(hit.begin(), hit.end());
  }
  EXPECT_EQ(hits, 1u);
  EXPECT_EQ(inspector.message().From()->uri.user, "100");
}

TEST(Inspector, CountsOverTime) {
  const Engine engine = MakeEngine();
  Inspector inspector = Inspector::Create(engine).value();
  Packet packet = MakePacket(sample::kInvite);
  Verdict verdict;
  for (int i = 0; i < 4; ++i) ASSERT_TRUE(inspector.Inspect(packet, verdict).ok());
  EXPECT_EQ(verdict.action(), Action::kDrop);
  ASSERT_TRUE(verdict.HitAt(0));
  EXPECT_EQ(std::vector<double>(verdict.HitAt(0)->begin(), verdict.HitAt(0)->end()),
            std::vector<double>{4});
  packet.monotonic += std::chrono::minutes(3);
  ASSERT_TRUE(inspector.Inspect(packet, verdict).ok());
  EXPECT_EQ(verdict.action(), Action::kAllow);
  const Statistics counted = engine.statistics();
  EXPECT_EQ(counted.packets, 5u);
  EXPECT_EQ(counted.by_action[static_cast<size_t>(Action::kDrop)], 1u);
}

TEST(Inspector, PassesOnWhatTheHostKnows) {
  const Rules rules = Rules::FromText("k.ward",
                                      "version 1\nrule k {\n  on request\n"
                                      "  when src.registered and src.authenticated\n"
                                      "  then drop\n}\n")
                          .value();
  const Engine engine = Engine::Create(rules, State::Create({}).value()).value();
  Inspector inspector = Inspector::Create(engine).value();
  Packet packet = MakePacket(sample::kOptions);
  EXPECT_EQ(inspector.Inspect(packet).action(), Action::kAllow);
  packet.registered = true;
  EXPECT_EQ(inspector.Inspect(packet).action(), Action::kAllow);
  packet.authenticated = true;
  EXPECT_EQ(inspector.Inspect(packet).action(), Action::kDrop);
}

TEST(Inspector, ReportOnlyFlags) {
  EngineOptions options;
  options.report_only = true;
  Inspector inspector = Inspector::Create(MakeEngine(options)).value();
  const Verdict verdict = inspector.Inspect(MakePacket(sample::kOptions));
  EXPECT_EQ(verdict.action(), Action::kFlag);
  EXPECT_FALSE(verdict.HitAt(0)->enforced());
}

TEST(Inspector, ReadsMessagesAsItsPolicySays) {
  std::string lf(sample::kOptions);
  lf.replace(lf.find("\r\n"), 2, "\n");
  EngineOptions options;
  const auto status = [&] {
    Inspector inspector = Inspector::Create(MakeEngine(options)).value();
    return inspector.Inspect(MakePacket(lf)).parse_status();
  };
  EXPECT_TRUE(status().ok());
  EXPECT_TRUE(options.policy.Refuse("line.bare_lf"));
  EXPECT_EQ(status(), Status(StatusCode::kMalformed));
  options.profile = Profile::kStrict;
  EXPECT_TRUE(options.policy.Accept("line.bare_lf"));
  EXPECT_TRUE(status().ok());
}

TEST(Inspector, BatchGivesTheVerdictsOfOneByOne) {
  const std::string base = std::string(sample::kInvite) + std::string(sample::kOptions) + "noise";
  const std::array<std::string_view, 3> parts = {sample::kInvite, sample::kOptions, "noise"};
  std::vector<sipward_packet> packets;
  std::vector<Packet> singles;
  size_t at = 0;
  for (std::string_view part : parts) {
    for (int i = 0; i < 5; ++i) {
      singles.push_back(MakePacket(std::string_view(base).substr(at, part.size())));
      packets.push_back(singles.back().ToC(at));
    }
    at += part.size();
  }
  Inspector one = Inspector::Create(MakeEngine()).value();
  Inspector many = Inspector::Create(MakeEngine()).value();
  std::vector<Verdict> verdicts(packets.size());
  ASSERT_EQ(many.InspectBatch(base.data(), packets.data(), packets.size(), verdicts.data()),
            packets.size());
  for (size_t i = 0; i < singles.size(); ++i) {
    const Verdict single = one.Inspect(singles[i]);
    EXPECT_EQ(single.action(), verdicts[i].action());
    EXPECT_EQ(single.score(), verdicts[i].score());
    EXPECT_EQ(single.parse_status(), verdicts[i].parse_status());
    ASSERT_EQ(single.hit_count(), verdicts[i].hit_count());
    for (uint32_t h = 0; h < single.hit_count(); ++h) {
      EXPECT_EQ(single.HitAt(h)->rule(), verdicts[i].HitAt(h)->rule());
    }
  }
  packets[3].transport = 99;
  EXPECT_EQ(many.InspectBatch(base.data(), packets.data(), packets.size(), verdicts.data()), 3u);
  EXPECT_EQ(verdicts[2].action(), Action::kDrop);
  EXPECT_EQ(verdicts[3].action(), Action::kNone);
  EXPECT_EQ(verdicts.back().action(), Action::kNone);
  EXPECT_EQ(many.InspectBatch(nullptr, nullptr, 0, nullptr), 0u);
}

TEST(Engine, SaysThatTheRegionIsTooSmall) {
  const Rules rules = Rules::FromText("test.ward", sample::kRules).value();
  StateOptions options;
  options.bytes = 65536;
  const State state = State::Create(options).value();
  const Result<Engine> engine = Engine::Create(rules, state);
  ASSERT_FALSE(engine.ok());
  EXPECT_EQ(engine.error().status, Status(StatusCode::kStateFull));
}

TEST(Endpoint, HoldsIpv4AsMapped) {
  const Endpoint endpoint = Endpoint::V4({192, 0, 2, 1}, 5061);
  const std::array<uint8_t, 16> expected = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, 192, 0, 2, 1};
  EXPECT_EQ(endpoint.address, expected);
  EXPECT_EQ(Endpoint::V6(expected, 5061).address, endpoint.address);
  EXPECT_EQ(endpoint.port, 5061);
}

}  // namespace
}  // namespace sipward
