// What is noted on a tape is read off it; any bytes may be read.
#include "facts/tape.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace sipward::facts {
namespace {

const std::vector<Value>& Values() {
  static const std::vector<Value> values = {Value(),
                                            Value::Int(-1),
                                            Value::Int(INT64_MAX),
                                            Value::Float(-0.5),
                                            Value::String(""),
                                            Value::String(std::string_view("a\0b", 3)),
                                            Value::Ip(*IpAddress::Parse("192.0.2.7")),
                                            Value::Net(*Cidr::Parse("2001:db8::/32"))};
  return values;
}

bool Same(const Value& a, const Value& b) {
  if (a.kind != b.kind || a.str() != b.str()) return false;
  if (a.kind == Value::Kind::kString || a.kind == Value::Kind::kAbsent) return true;
  if (a.kind == Value::Kind::kInt || a.kind == Value::Kind::kFloat) return a.i == b.i;
  return a.ip == b.ip && a.bits == b.bits;
}

std::string Recorded() {
  Tape tape;
  uint32_t index = 0;
  for (const Value& value : Values()) tape.Note(Noted::kField, index++, value);
  tape.Note(Noted::kAnomaly, UINT32_MAX, Value());
  EXPECT_TRUE(tape.whole());
  return std::string(tape.bytes());
}

TEST(Tape, WhatWasNotedIsRead) {
  const std::string bytes = Recorded();
  TapeReader reader(bytes);
  Fact fact;
  for (uint32_t i = 0; i < Values().size(); ++i) {
    ASSERT_TRUE(reader.Next(&fact));
    EXPECT_EQ(fact.kind, Noted::kField);
    EXPECT_EQ(fact.index, i);
    EXPECT_TRUE(Same(fact.value, Values()[i])) << i;
  }
  ASSERT_TRUE(reader.Next(&fact));
  EXPECT_EQ(fact.kind, Noted::kAnomaly);
  EXPECT_EQ(fact.index, UINT32_MAX);
  EXPECT_FALSE(reader.Next(&fact));
  EXPECT_TRUE(reader.ok());
  EXPECT_EQ(reader.position(), bytes.size());
}

TEST(Tape, WhatIsCutIsSeenToBe) {
  const std::string bytes = Recorded();
  std::vector<size_t> ends = {0};
  TapeReader whole(bytes);
  Fact fact;
  while (whole.Next(&fact)) ends.push_back(whole.position());
  for (size_t cut = 0; cut < bytes.size(); ++cut) {
    // A copy of its own, so that a sanitizer sees what is read behind it.
    const std::vector<char> copy(bytes.begin(), bytes.begin() + static_cast<ptrdiff_t>(cut));
    TapeReader reader({copy.data(), copy.size()});
    size_t facts = 0;
    while (reader.Next(&fact)) ++facts;
    const bool at_end = std::find(ends.begin(), ends.end(), cut) != ends.end();
    EXPECT_EQ(reader.ok(), at_end) << cut;
    EXPECT_LE(facts, Values().size());
  }
}

TEST(Tape, AnyBytesAreReadToAnEnd) {
  std::mt19937 random(4);
  const std::string good = Recorded();
  for (int i = 0; i < 20'000; ++i) {
    std::string bytes = i % 2 == 0 ? good : std::string(random() % 64, '\0');
    for (int change = 0; change < 4 && !bytes.empty(); ++change) {
      bytes[random() % bytes.size()] = static_cast<char>(random() % (i % 3 == 0 ? 256 : 6));
    }
    TapeReader reader(bytes);
    Fact fact;
    size_t before = 0;
    while (reader.Next(&fact)) {
      ASSERT_GE(reader.position(), before + 6);
      before = reader.position();
      ASSERT_NE(fact.kind, Noted::kEnd);
      ASSERT_LE(fact.value.bits, 128);
      const std::string_view text = fact.value.str();
      ASSERT_TRUE(text.empty() || (text.data() > bytes.data() &&
                                   text.data() + text.size() <= bytes.data() + bytes.size()));
    }
    ASSERT_EQ(reader.position(), bytes.size());
    Tape tape{std::string_view(bytes)};
    while (tape.Peek().kind != Noted::kEnd) tape.Take(tape.Peek().kind, tape.Peek().index);
  }
}

TEST(Tape, WithoutRoomItIsNotWhole) {
  Tape tape(40);
  tape.Note(Noted::kField, 0, Value::String("0123456789"));
  EXPECT_TRUE(tape.whole());
  tape.Note(Noted::kField, 1, Value::String("0123456789"));
  EXPECT_TRUE(tape.whole());  // twenty octets each
  tape.Note(Noted::kField, 2, Value());
  EXPECT_FALSE(tape.whole());
  tape.Restart();
  EXPECT_TRUE(tape.whole());
  EXPECT_TRUE(tape.bytes().empty());
}

TEST(Tape, OrderedFactsAreTakenInTheirOrderAndOthersByTheirIndex) {
  Tape recorded;
  recorded.Note(Noted::kAggregate, 3, Value::Int(5));
  recorded.Note(Noted::kBan, 0, Value::String("x"));
  recorded.Note(Noted::kPressure, 0, Value::Float(0.5));
  const std::string bytes(recorded.bytes());
  Tape tape{std::string_view(bytes)};
  int keyed = 0;
  tape.ForEachKeyed([&](const Fact& fact) { keyed += fact.index == 3 && fact.value.i == 5; });
  EXPECT_EQ(keyed, 1);
  EXPECT_EQ(tape.Pass(Noted::kBan, 0, [] { return Value::Int(1); }).str(), "x");
  EXPECT_TRUE(tape.fits());
  EXPECT_FALSE(tape.Take(Noted::kBan, 0).present());  // another one is next
  EXPECT_FALSE(tape.fits());
}

TEST(Tape, IdentitiesComeBack) {
  Identity identity;
  identity.result = IdentityResult::kFailed;
  identity.reason = IdentityReason::kOther;
  identity.attest = "B";
  identity.origid = "o";
  identity.spc = "709J";
  identity.verstat = "v";
  identity.age = -kSecond;
  identity.div_count = 3;
  Tape recorded;
  NoteIdentity(&recorded, Noted::kFound, identity);
  const std::string bytes(recorded.bytes());
  Tape tape{std::string_view(bytes)};
  Identity again;
  EXPECT_FALSE(TakeIdentity(&tape, Noted::kGiven, &again));
  ASSERT_TRUE(TakeIdentity(&tape, Noted::kFound, &again));
  EXPECT_TRUE(tape.fits());
  EXPECT_EQ(again.result, identity.result);
  EXPECT_EQ(again.reason, identity.reason);
  EXPECT_EQ(again.attest, identity.attest);
  EXPECT_EQ(again.origid, identity.origid);
  EXPECT_EQ(again.spc, identity.spc);
  EXPECT_EQ(again.verstat, identity.verstat);
  EXPECT_EQ(again.age, identity.age);
  EXPECT_EQ(again.div_count, identity.div_count);
}

}  // namespace
}  // namespace sipward::facts
