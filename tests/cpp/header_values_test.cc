#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "sample.h"

namespace sipward {
namespace {

Message Parsed(std::string_view bytes) {
  Message message = Message::Create().value();
  static_cast<void>(message.Parse(bytes));
  return message;
}

std::string With(std::string_view headers) {
  std::string text(sample::kOptions);
  text.insert(text.find("Via"), headers);
  return text;
}

TEST(HeaderValues, WalksItems) {
  const std::string text = With("Allow: INVITE, ACK\r\nAllow: BYE\r\nAccept: a/b;q=0.5;x\r\n");
  const Message message = Parsed(text);
  std::vector<std::string_view> methods;
  for (const Item& item : message.Items("Allow")) methods.push_back(item.value);
  EXPECT_EQ(methods, (std::vector<std::string_view>{"INVITE", "ACK", "BYE"}));
  const auto accept = message.ItemAt("accept", 0);
  ASSERT_TRUE(accept);
  EXPECT_EQ(accept->text, "a/b;q=0.5;x");
  EXPECT_EQ(accept->params().text(), "q=0.5;x");
  EXPECT_EQ(message.MediaTypeAt("Accept", 0)->subtype, "b");
  EXPECT_FALSE(message.ItemAt("Via", 0));
  EXPECT_FALSE(message.ItemAt("Require", 0));
}

TEST(HeaderValues, ReadsIdentityReasonAndDialogs) {
  const std::string text = With(
      "Identity: a.b.c;info=<https://x.example/c>;alg=ES256;ppt=shaken\r\n"
      "Reason: SIP;cause=200;text=\"elsewhere\"\r\n"
      "Join: c@d;to-tag=1;from-tag=2\r\n"
      "Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n");
  const Message message = Parsed(text);
  const auto identity = message.IdentityAt(0);
  ASSERT_TRUE(identity);
  EXPECT_EQ(identity->payload, "b");
  EXPECT_EQ(identity->info, "https://x.example/c");
  EXPECT_EQ(identity->ppt, "shaken");
  EXPECT_FALSE(message.IdentityAt(1));
  const auto reason = message.ReasonAt(0);
  ASSERT_TRUE(reason);
  EXPECT_EQ(reason->cause, 200u);
  EXPECT_EQ(reason->text, "elsewhere");
  const auto dialog = message.DialogOf("Join");
  ASSERT_TRUE(dialog);
  EXPECT_EQ(dialog->call_id, "c@d");
  EXPECT_EQ(dialog->from_tag, "2");
  EXPECT_FALSE(dialog->early_only);
  EXPECT_FALSE(message.DialogOf("Replaces"));
  EXPECT_EQ(message.Date(), 1289690940);
}

TEST(HeaderValues, ReadsTheOthers) {
  const std::string text = With(
      "User-Agent: Gate/1 (b)\r\nRAck: 7 1 INVITE\r\nSession-Expires: 90;refresher=uac\r\n"
      "Event: a.b;id=c\r\nSubscription-State: active;expires=5\r\n"
      "Resource-Priority: dsn.flash\r\nWarning: 399 h \"w\"\r\nRetry-After: 5 (x)\r\n");
  const Message message = Parsed(text);
  EXPECT_EQ(message.ProductAt("User-Agent", 0)->version, "1");
  EXPECT_EQ(message.ProductAt("User-Agent", 1)->comment, "b");
  EXPECT_EQ(message.RAck()->rseq, 7u);
  EXPECT_EQ(message.RAck()->method, "INVITE");
  EXPECT_EQ(message.SessionTimerOf("x")->seconds, 90u);
  EXPECT_EQ(message.SessionTimerOf("x")->refresher, Refresher::kUac);
  EXPECT_FALSE(message.SessionTimerOf("Min-SE"));
  EXPECT_EQ(message.EventAt("o", 0)->event_template, "b");
  EXPECT_EQ(message.SubscriptionState()->expires, 5u);
  EXPECT_EQ(message.SubscriptionState()->retry_after, std::nullopt);
  EXPECT_EQ(message.ResourcePriorityAt(0)->name_space, "dsn");
  EXPECT_EQ(message.WarningAt(0)->code, 399u);
  EXPECT_EQ(message.RetryAfter()->comment, "x");
  EXPECT_EQ(message.Number("Session-Expires"), 90u);
}

}  // namespace
}  // namespace sipward
