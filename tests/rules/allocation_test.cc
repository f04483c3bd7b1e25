// Evaluation allocates nothing.
#include <gtest/gtest.h>

#include "tests/rules/support.h"
#include "tests/support/allocation_counter.h"

namespace sipward::rules::testing {
namespace {

// Like FakeEvent, but itself without memory of its own.
class PlainEvent final : public facts::Event {
 public:
  void Begin(int number) {
    number_ = number;
    Restart(facts::EventKind::kRequest, number * kMillisecond);
  }
  Value Header(std::string_view) override { return Value::String("Some Header"); }
  bool HasAnomaly(sip::AnomalyId) override { return true; }
  bool HasAnomalies() override { return true; }

 private:
  Value Compute(FieldId id) override {
    switch (facts::Describe(id).type) {
      case facts::Type::kString:
        return Value::String("Some Longer Text 12345");
      case facts::Type::kIp:
        return Value::Ip(IpAddress::FromV4(static_cast<uint32_t>(number_)));
      case facts::Type::kCidr:
        return Value::Net({IpAddress::FromV4(static_cast<uint32_t>(number_) << 8), 24});
      case facts::Type::kMethod:
        return Value::Int(static_cast<int64_t>(sip::Method::kInvite));
      default:
        return Value::Int(number_);
    }
  }
  int number_ = 0;
};

TEST(Allocation, RunAllocatesNothing) {
  const auto rules = Compile(
      "version 1\n"
      "list nets : cidr [\"10.0.0.0/8\", \"2001:db8::/32\"]\n"
      "list agents : pattern nocase [\"scan\", \"text\"]\n"
      "list words : exact [\"a\"]\nlist zones : domain [\"example.com\"]\nlist codes : prefix "
      "[\"1\"]\n"
      "rule a { on request where lower(user_agent ?? \"\") in agents\n"
      "  when rate(by src.ip over 1s) > 0 and count(by (src.net, from.user, to.user, method) over "
      "1m) > 0\n"
      "  then score 5 on src.ip, ban src.net for 1h, reject 403 \"No\", tag \"t\", throttle 5/s }\n"
      "rule b { on request when distinct(call_id by src.ip over 1m reset on src.port == 3) >= 0\n"
      "  and (matches(body, \"[0-9]+\") or contains(digits(body), \"1\") or (header(\"X-A\") ?? "
      "\"\") == \"a\")\n"
      "  then drop }\n"
      "rule c { on request when src.ip in nets or body in words or body in zones or body in codes\n"
      "  or (int(body) ?? 0) > 5 or src.port * 1.5 > 3 or anomaly(\"line.nul\") then alert }\n");
  ASSERT_NE(rules, nullptr);
  Running running(rules);
  PlainEvent event;
  event.Begin(1);
  running.Run(event);
  const uint64_t before = allocation_count();
  size_t hits = 0;
  for (int i = 2; i < 20'000; ++i) {
    event.Begin(i);
    hits += running.Run(event).hit_count;
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_GT(hits, 20'000u);
}

TEST(Allocation, KeysAreWrittenWithoutMemory) {
  const Value values[] = {Value::Ip(*IpAddress::Parse("2001:db8:1111:2222:3333:4444:5555:6666")),
                          Value::Net(*Cidr::Parse("192.168.100.0/24")), Value::Int(-1),
                          Value::Float(0.1)};
  char room[300];
  const uint64_t before = allocation_count();
  for (const Value& value : values) {
    EXPECT_GT(KeyText(value, room), 0u);
    EXPECT_GT(CanonicalBytes(value, HashSecret{}, room), 0u);
  }
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace sipward::rules::testing
