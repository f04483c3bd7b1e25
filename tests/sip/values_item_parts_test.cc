// What items say.
#include <gtest/gtest.h>

#include <array>

#include "sip/items.h"
#include "tests/sip/values_support.h"

namespace sipward::sip {
namespace {

using values_test::EmptyLog;
using values_test::Show;
using values_test::Text;

// The first item of a line, and the bytes that it lies in.
class One {
 public:
  One(ItemGrammar grammar, std::string_view line) : text_(line) {
    AnomalyLog log = EmptyLog();
    std::array<Item, 4> room;
    ItemSink sink{room};
    ParseItems(text_.base(), text_.slice(), grammar, Limits{}, log, &sink);
    item = room[0];
  }
  const char* base() const { return text_.base(); }
  Item item;

 private:
  Text text_;
};

std::string IdentityText(std::string_view line) {
  const One one(ItemGrammar::kIdentity, line);
  const IdentityValue id = ReadIdentity(one.base(), one.item);
  return Show(one.base(), {{"digest", id.digest},
                           {"header", id.header},
                           {"payload", id.payload},
                           {"signature", id.signature},
                           {"info", id.info},
                           {"alg", id.alg},
                           {"ppt", id.ppt}});
}

TEST(ItemPartsTest, Identities) {
  EXPECT_EQ(IdentityText("a.b.c;ppt=\"shaken\";info=<https://x/y>;alg=ES256"),
            "digest=a.b.c header=a payload=b signature=c info=https://x/y alg=ES256 ppt=shaken");
  EXPECT_EQ(IdentityText("..c;info=<b:c>"), "digest=..c header= payload= signature=c info=b:c");
  EXPECT_EQ(IdentityText("abc;info=<b:c>"), "digest=abc info=b:c");
  EXPECT_EQ(IdentityText("a.b;info=<b:c>"), "digest=a.b info=b:c");
  EXPECT_EQ(IdentityText("a.b.c.d;info=b"), "digest=a.b.c.d info=b");
}

TEST(ItemPartsTest, Reasons) {
  const One one(ItemGrammar::kReason, "Q.850;cause=16;text=\"Normal clearing\"");
  const ReasonValue reason = ReadReason(one.base(), one.item);
  EXPECT_EQ(reason.protocol.In(one.base()), "Q.850");
  EXPECT_EQ(reason.text.In(one.base()), "Normal clearing");
  EXPECT_EQ(reason.cause, 16);
  const One bare(ItemGrammar::kReason, "SIP;cause=4294967296");
  EXPECT_EQ(ReadReason(bare.base(), bare.item).cause, -1);
  EXPECT_FALSE(ReadReason(bare.base(), bare.item).text.present());
}

TEST(ItemPartsTest, Dialogs) {
  const One one(ItemGrammar::kReplaces, "98732@sip.example;from-tag=r33;to-tag=ff8;early-only");
  const DialogReference dialog = ReadDialog(one.base(), one.item);
  EXPECT_EQ(dialog.call_id.In(one.base()), "98732@sip.example");
  EXPECT_EQ(dialog.to_tag.In(one.base()), "ff8");
  EXPECT_EQ(dialog.from_tag.In(one.base()), "r33");
  EXPECT_TRUE(dialog.early_only);
  const One join(ItemGrammar::kJoin, "a;from-tag=r33;to-tag=ff8");
  EXPECT_FALSE(ReadDialog(join.base(), join.item).early_only);
}

std::string ProductText(std::string_view line) {
  const One one(ItemGrammar::kProducts, line);
  const Product product = ReadProduct(one.base(), one.item);
  return Show(one.base(),
              {{"name", product.name}, {"version", product.version}, {"comment", product.comment}});
}

TEST(ItemPartsTest, Products) {
  EXPECT_EQ(ProductText("Gate/2.7 (x)"), "name=Gate version=2.7");
  EXPECT_EQ(ProductText("Gate"), "name=Gate");
  EXPECT_EQ(ProductText("Gate / 1"), "name=Gate version=1");
  EXPECT_EQ(ProductText("(a (b))"), "comment=a (b)");
  EXPECT_EQ(ProductText("(a"), "comment=a");
}

TEST(ItemPartsTest, Numbers) {
  const One rack_line(ItemGrammar::kRack, "776656 1 PRACK");
  const Rack rack = ReadRack(rack_line.base(), rack_line.item);
  EXPECT_EQ(rack.rseq, 776656);
  EXPECT_EQ(rack.cseq, 1);
  EXPECT_EQ(rack.method, Method::kPrack);
  EXPECT_EQ(rack.method_text.In(rack_line.base()), "PRACK");

  const One timer(ItemGrammar::kSessionExpires, "1800;refresher=UAS");
  EXPECT_EQ(ReadSessionExpires(timer.base(), timer.item).seconds, 1800);
  EXPECT_EQ(ReadSessionExpires(timer.base(), timer.item).refresher, Refresher::kUas);
  const One least(ItemGrammar::kMinSe, "90;refresher=uac");
  EXPECT_EQ(ReadSessionExpires(least.base(), least.item).refresher, Refresher::kUac);
  const One none(ItemGrammar::kMinSe, "90x;refresher=no");
  EXPECT_EQ(ReadSessionExpires(none.base(), none.item).seconds, -1);
  EXPECT_EQ(ReadSessionExpires(none.base(), none.item).refresher, Refresher::kNone);

  const One retry(ItemGrammar::kRetryAfter, "120 (in (a) meeting);duration=60");
  EXPECT_EQ(ReadRetryAfter(retry.base(), retry.item).seconds, 120);
  EXPECT_EQ(ReadRetryAfter(retry.base(), retry.item).duration, 60);
  EXPECT_EQ(ReadRetryAfter(retry.base(), retry.item).comment.In(retry.base()), "in (a) meeting");
}

TEST(ItemPartsTest, EventsPrioritiesAndWarnings) {
  const One event(ItemGrammar::kEvent, "presence.winfo.x;id=7");
  const EventType type = ReadEvent(event.base(), event.item);
  EXPECT_EQ(Show(event.base(),
                 {{"package", type.package}, {"template", type.event_template}, {"id", type.id}}),
            "package=presence template=winfo.x id=7");

  const One state(ItemGrammar::kSubscription,
                  "terminated;reason=noresource;retry-after=5;expires=0");
  const Subscription subscription = ReadSubscription(state.base(), state.item);
  EXPECT_EQ(subscription.state.In(state.base()), "terminated");
  EXPECT_EQ(subscription.reason.In(state.base()), "noresource");
  EXPECT_EQ(subscription.retry_after, 5);
  EXPECT_EQ(subscription.expires, 0);

  const One priority(ItemGrammar::kResourcePriority, "wps.3");
  const ResourcePriority wps = ReadResourcePriority(priority.base(), priority.item);
  EXPECT_EQ(wps.name_space.In(priority.base()), "wps");
  EXPECT_EQ(wps.priority.In(priority.base()), "3");

  const One line(ItemGrammar::kWarning, "307 isi.edu : 5060 \"Not \\\"b\\\"\"");
  const WarningValue warning = ReadWarning(line.base(), line.item);
  EXPECT_EQ(warning.code, 307);
  EXPECT_EQ(warning.agent.In(line.base()), "isi.edu : 5060");
  EXPECT_EQ(warning.text.In(line.base()), "Not \\\"b\\\"");
}

}  // namespace
}  // namespace sipward::sip
