#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <type_traits>
#include <utility>

#include "sample.h"

namespace sipward {
namespace {

TEST(Status, NobodyMakesOneByAccident) {
  EXPECT_FALSE(std::is_default_constructible_v<Status>);
  EXPECT_FALSE(std::is_default_constructible_v<Result<int>>);
  EXPECT_FALSE(std::is_default_constructible_v<Message>);
  EXPECT_FALSE(std::is_default_constructible_v<Engine>);
  EXPECT_FALSE(std::is_default_constructible_v<Inspector>);
}

TEST(Status, ComparesAndExplains) {
  const Status end = StatusCode::kEnd;
  EXPECT_FALSE(end.ok());
  EXPECT_EQ(end, Status::FromC(SIPWARD_END));
  EXPECT_NE(end, Status(StatusCode::kOk));
  EXPECT_EQ(end.text(), sipward_status_text(SIPWARD_END));
}

TEST(Ownership, MovesAndDoesNotCopy) {
  EXPECT_FALSE(std::is_copy_constructible_v<Message>);
  EXPECT_FALSE(std::is_copy_constructible_v<StreamFramer>);
  EXPECT_FALSE(std::is_copy_constructible_v<Rules>);
  EXPECT_FALSE(std::is_copy_constructible_v<State>);
  EXPECT_FALSE(std::is_copy_constructible_v<Engine>);
  EXPECT_FALSE(std::is_copy_constructible_v<Inspector>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Message>);
  EXPECT_TRUE(std::is_nothrow_move_assignable_v<Message>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Inspector>);
  EXPECT_TRUE(std::is_nothrow_move_constructible_v<Rules>);
}

TEST(Result, HoldsAValueOrAnError) {
  Result<std::string> value(std::string("x"));
  ASSERT_TRUE(value.ok());
  EXPECT_EQ(value->size(), 1u);
  EXPECT_EQ(*value, "x");
  Result<std::string> error(Error{StatusCode::kNoMemory});
  ASSERT_FALSE(error);
  EXPECT_EQ(error.error().status, Status(StatusCode::kNoMemory));
  EXPECT_THROW(static_cast<void>(error.value()), std::bad_variant_access);
  EXPECT_EQ(error.error().Render(), std::string(error.error().status.text()) + "\n");
}

// What is bound to a reference lives as long as the reference.
TEST(Result, GivesUpItsValueByValue) {
  EXPECT_TRUE((std::is_same_v<decltype(std::declval<Result<Rules>>().value()), Rules>));
  EXPECT_TRUE((std::is_same_v<decltype(std::declval<Result<Rules>>().error()), Error>));
}

// A packet's bytes are what was given, and a name that nobody gave has no data.
TEST(Packet, BorrowsItsBytesAndNames) {
  const std::string text = "OPTIONS";
  Packet packet;
  EXPECT_EQ(packet.account.data(), nullptr);
  packet.bytes = text;
  EXPECT_EQ(packet.bytes.data(), text.data());
  EXPECT_EQ(packet.bytes, "OPTIONS");
  packet.account = {text.data(), 3};
  EXPECT_EQ(packet.account, "OPT");
  EXPECT_EQ(packet.ToC(0).account_size, 3u);
  EXPECT_TRUE(std::is_trivially_copyable_v<Packet>);
}

TEST(HotPath, IsNoexcept) {
  EXPECT_TRUE(noexcept(std::declval<Message&>().Parse(std::string_view())));
  EXPECT_TRUE(noexcept(std::declval<Message&>().Validate()));
  EXPECT_TRUE(noexcept(std::declval<Message&>().From()));
  EXPECT_TRUE(noexcept(std::declval<Message&>().Find("Via")));
  EXPECT_TRUE(noexcept(std::declval<Inspector&>().Inspect(std::declval<const Packet&>())));
  EXPECT_TRUE(noexcept(
      std::declval<Inspector&>().Inspect(std::declval<const Packet&>(), std::declval<Verdict&>())));
  EXPECT_TRUE(noexcept(
      std::declval<Inspector&>().InspectBatch(nullptr, nullptr, 0, std::declval<Verdict*>())));
  EXPECT_TRUE(noexcept(std::declval<StreamFramer&>().Push(std::string_view())));
  EXPECT_TRUE(noexcept(std::declval<StreamFramer&>().Next()));
}

}  // namespace
}  // namespace sipward
