// Lines of items against the grammar of each header.
#include <gtest/gtest.h>

#include <array>

#include "sip/items.h"
#include "tests/sip/values_support.h"

namespace sipward::sip {
namespace {

using values_test::EmptyLog;
using values_test::Names;
using values_test::Text;

struct LineCase {
  ItemGrammar grammar;
  std::string_view line;
  std::string_view found;  // "value;params" of each, in brackets
  std::string_view anomalies;
};

std::string Show(const char* base, std::span<const Item> items) {
  std::string shown;
  for (const Item& item : items) {
    shown += '[';
    shown += item.value.In(base);
    if (item.params.present()) shown += '|' + std::string(item.params.In(base));
    shown += ']';
  }
  return shown;
}

void Expect(const LineCase& c) {
  SCOPED_TRACE(c.line);
  const Text text(c.line);
  AnomalyLog log = EmptyLog();
  std::array<Item, 8> room;
  ItemSink sink{room};
  const bool good = ParseItems(text.base(), text.slice(), c.grammar, Limits{}, log, &sink);
  EXPECT_EQ(Show(text.base(), std::span(room).first(sink.count)), c.found);
  EXPECT_EQ(Names(log), c.anomalies);
  EXPECT_EQ(good, c.anomalies.empty());
}

using G = ItemGrammar;

TEST(ItemsTest, TokensAndTexts) {
  for (const LineCase& c : std::initializer_list<LineCase>{
           {G::kText, "any \"thing; at, all", "[any \"thing; at, all]", ""},
           {G::kText, "", "[]", ""},
           {G::kToken, "urgent", "[urgent]", ""},
           {G::kToken, "very urgent", "[very urgent]", "header.value_malformed@4"},
           {G::kTokens, "100rel,\r\n timer , a%b`", "[100rel][timer][a%b`]", ""},
           {G::kTokens, "", "[]", "header.value_malformed@0"},
           {G::kTokens, "a,,b", "[a][][b]", "header.value_malformed@2"},
           {G::kTokens, "a, ", "[a][]", "header.value_malformed@2"},
           {G::kTokens, "a\r\n \r\n ,b", "[a][b]", "header.value_malformed@4"},
           {G::kTokensOrNone, "", "", ""},
           {G::kTokensOrNone, "INVITE, ACK", "[INVITE][ACK]", ""},
           {G::kTokensOrNone, "INVITE ACK", "[INVITE ACK]", "header.value_malformed@7"},
           {G::kTokensOrNone, "a,b,c,d,e,f,g,h,i", "[a][b][c][d][e][f][g][h]",
            "header.too_many_values@16"},
           {G::kPrivacy, "id; critical", "[id][critical]", ""},
           {G::kPrivacy, "id,header", "[id,header]", "header.value_malformed@2"},
           {G::kCallIds, "a\"b<@c, d", "[a\"b<@c][d]", ""},
           {G::kCallIds, "a@b@c", "[a@b@c]", "header.value_malformed@3"},
           {G::kLanguages, "en, es-419, de-CH-1996", "[en][es-419][de-CH-1996]", ""},
           {G::kLanguages, "en_US", "[en_US]", "header.value_malformed@2"},
       }) {
    Expect(c);
  }
}

TEST(ItemsTest, Bodies) {
  for (const LineCase& c : std::initializer_list<LineCase>{
           {G::kMediaType, "application/sdp", "[application/sdp]", ""},
           {G::kMediaType, "text / plain ; charset = \"u;8\"", "[text / plain| charset = \"u;8\"]",
            ""},
           {G::kMediaType, "text", "[text]", "header.value_malformed@4"},
           {G::kMediaType, "a/b, c/d", "[a/b, c/d]", "header.value_malformed@3"},
           {G::kMediaType, "a/b;c", "[a/b|c]", "param.malformed@5"},
           {G::kMediaType, "a/b;c=1;C=2", "[a/b|c=1;C=2]", "param.duplicate@8"},
           {G::kMediaType, "a/b;", "[a/b|]", "param.malformed@4"},
           {G::kAccept, "", "", ""},
           {G::kAccept, "a/b;q=0.7;x, */*;q=1.000", "[a/b|q=0.7;x][*/*|q=1.000]", ""},
           {G::kAccept, "a/b;q=1.001", "[a/b|q=1.001]", "param.malformed@6"},
           {G::kAcceptEncoding, "gzip;q=1, *", "[gzip|q=1][*]", ""},
           {G::kAcceptEncoding, "gzip;q=2", "[gzip|q=2]", "param.malformed@7"},
           {G::kAcceptLanguage, "da, en-GB;q=0.8, *", "[da][en-GB|q=0.8][*]", ""},
           {G::kAcceptLanguage, "abcdefghi", "[abcdefghi]", "header.value_malformed@8"},
           {G::kDisposition, "session;handling=optional", "[session|handling=optional]", ""},
           {G::kDisposition, "session;handling=\"a\"", "[session|handling=\"a\"]",
            "param.malformed@17"},
           {G::kDisposition, "session;handling", "[session|handling]", "param.malformed@16"},
           {G::kMimeVersion, "1.0", "[1.0]", ""},
           {G::kMimeVersion, "1", "[1]", "header.value_malformed@1"},
       }) {
    Expect(c);
  }
}

TEST(ItemsTest, EventsAndDialogs) {
  for (const LineCase& c : std::initializer_list<LineCase>{
           {G::kEvent, "presence.winfo;id=a.1", "[presence.winfo|id=a.1]", ""},
           {G::kEvent, "a..b", "[a..b]", "header.value_malformed@2"},
           {G::kEvent, "a;id", "[a|id]", "param.malformed@4"},
           {G::kEvents, "a, b.c", "[a][b.c]", ""},
           {G::kSubscription, "active;expires=60", "[active|expires=60]", ""},
           {G::kSubscription, "active;expires=-1", "[active|expires=-1]", "param.malformed@15"},
           {G::kSubscription, "pending;retry-after=x", "[pending|retry-after=x]",
            "param.malformed@20"},
           {G::kReason, "SIP ;cause=200 ;text=\"a, b\", Q.850;cause=16",
            "[SIP|cause=200 ;text=\"a, b\"][Q.850|cause=16]", ""},
           {G::kReason, "SIP;cause=abc", "[SIP|cause=abc]", "param.malformed@10"},
           {G::kReason, "SIP;text=abc", "[SIP|text=abc]", "param.malformed@9"},
           {G::kReason, "SIP;text=\"abc", "[SIP|text=\"abc]", "param.malformed@13"},
           {G::kReplaces, "a\"<@b;to-tag=1;from-tag=2;early-only",
            "[a\"<@b|to-tag=1;from-tag=2;early-only]", ""},
           {G::kReplaces, "a;to-tag=1", "[a|to-tag=1]", "header.value_malformed@0"},
           {G::kReplaces, "a;to-tag=1;from-tag=2;to-tag=3", "[a|to-tag=1;from-tag=2;to-tag=3]",
            "param.duplicate@22"},
           {G::kReplaces, "a;to-tag=1;from-tag=2;early-only=1",
            "[a|to-tag=1;from-tag=2;early-only=1]", "param.malformed@33"},
           {G::kJoin, "a@b;from-tag=2;to-tag=1;early-only=1",
            "[a@b|from-tag=2;to-tag=1;early-only=1]", ""},
           {G::kSessionExpires, "1800 ;refresher=uac", "[1800|refresher=uac]", ""},
           {G::kSessionExpires, "x", "[x]", "expires.range@0 number.malformed@0"},
           {G::kSessionExpires, "4294967296", "[4294967296]", "expires.range@0"},
           {G::kSessionExpires, "90;refresher=me", "[90|refresher=me]", "param.malformed@13"},
           {G::kMinSe, "90;x=y", "[90|x=y]", ""},
           {G::kRack, "776656 \t1 INVITE", "[776656 \t1 INVITE]", ""},
           {G::kRack, "776656 INVITE", "[776656 INVITE]", "header.value_malformed@7"},
           {G::kRack, "4294967296 1 INVITE", "[4294967296 1 INVITE]", "number.overflow@0"},
       }) {
    Expect(c);
  }
}

TEST(ItemsTest, IdentityAndPriority) {
  for (const LineCase& c : std::initializer_list<LineCase>{
           {G::kIdentity, "a-_.b;info=<https://a.example/b;c,d>;alg=ES256;ppt=\"shaken\"",
            "[a-_.b|info=<https://a.example/b;c,d>;alg=ES256;ppt=\"shaken\"]", ""},
           {G::kIdentity, "a+/==;alg=x;INFO = <b:c>,..d;info=<e:f>",
            "[a+/==|alg=x;INFO = <b:c>][..d|info=<e:f>]", ""},
           {G::kIdentity, "a;alg=ES256", "[a|alg=ES256]", "header.value_malformed@0"},
           {G::kIdentity, "a", "[a]", ""},
           {G::kIdentity, "\"a\";info=<b:c>", "[\"a\"|info=<b:c>]", "header.value_malformed@0"},
           {G::kIdentity, "a;info=b", "[a|info=b]", "param.malformed@7"},
           {G::kIdentity, "a;info=<b>", "[a|info=<b>]", "param.malformed@9"},
           {G::kIdentity, "a;info=<b:c", "[a|info=<b:c]", "param.malformed@10"},
           {G::kIdentity, "a;info=<b:c>;info=<d:e>", "[a|info=<b:c>;info=<d:e>]",
            "param.duplicate@13"},
           {G::kResourcePriority, "dsn.flash, wps.3", "[dsn.flash][wps.3]", ""},
           {G::kResourcePriority, "dsn", "[dsn]", "header.value_malformed@3"},
           {G::kResourcePriority, "a.b.c", "[a.b.c]", "header.value_malformed@3"},
           {G::kPreferences, "*;audio;require, *;+sip.x=\"<a,b>\"",
            "[*|audio;require][*|+sip.x=\"<a,b>\"]", ""},
           {G::kPreferences, "audio", "[audio]", "header.value_malformed@0"},
       }) {
    Expect(c);
  }
}

TEST(ItemsTest, WarningsTimesAndAuthentication) {
  for (const LineCase& c : std::initializer_list<LineCase>{
           {G::kWarning, "307 isi.edu:5060 \"a, b\", 399 x-1 \"c\"",
            "[307 isi.edu:5060 \"a, b\"][399 x-1 \"c\"]", ""},
           {G::kWarning, "1812 overture \"x\"", "[1812 overture \"x\"]",
            "header.value_malformed@3"},
           {G::kWarning, "399 a b", "[399 a b]", "header.value_malformed@6"},
           {G::kTimestamp, "54.3 0.1", "[54.3 0.1]", ""},
           {G::kTimestamp, "54.", "[54.]", ""},
           {G::kTimestamp, ".5", "[.5]", "header.value_malformed@0"},
           {G::kAuthInfo, "nextnonce=\"a,b\", qop=auth", "[|nextnonce=\"a,b\"][|qop=auth]", ""},
           {G::kAuthInfo, "nextnonce", "[|nextnonce]", "param.malformed@9"},
           {G::kRetryAfter, "18000;duration=3600", "[18000|duration=3600]", ""},
           {G::kRetryAfter, "120 (I'm in; a meeting) ;x", "[120|x]", ""},
           {G::kRetryAfter, "x", "[x]", "number.malformed@0"},
           {G::kRetryAfter, "4294967296", "[4294967296]", "number.overflow@0"},
           {G::kRetryAfter, "1 2", "[1]", "header.value_malformed@2"},
           {G::kRetryAfter, "1;duration=a", "[1|duration=a]", "param.malformed@11"},
           {G::kRetryAfter, "1;;", "[1|;]", "param.malformed@2"},
           {G::kRetryAfter, "1 (a", "[1]", "header.value_malformed@2"},
       }) {
    Expect(c);
  }
}

TEST(ItemsTest, ProductsAndComments) {
  for (const LineCase& c : std::initializer_list<LineCase>{
           {G::kProducts, "SampleGate/2.7", "[SampleGate/2.7]", ""},
           {G::kProducts, "a (b (c) \\) ) d / 1", "[a][(b (c) \\) )][d / 1]", ""},
           {G::kProducts, "a/ 1 b", "[a/ 1][b]", ""},
           {G::kProducts, "(only)", "[(only)]", ""},
           {G::kProducts, "", "", "product.malformed@0"},
           {G::kProducts, "a(b)", "[a][(b)]", "product.malformed@1"},
           {G::kProducts, "(a)b", "[(a)][b]", "product.malformed@3"},
           {G::kProducts, "a, b", "[a,][b]", "product.malformed@1"},
           {G::kProducts, "a/b/c", "[a/b/c]", "product.malformed@3"},
           {G::kProducts, "a (b", "[a][(b]", "product.malformed@2"},
           {G::kProducts, "a (\\\xC3)", "[a][(\\\xC3)]", "product.malformed@4"},
           {G::kProducts, "((((((((8))))))))", "[((((((((8))))))))]", ""},
           {G::kProducts, "(((((((((9)))))))))", "[(((((((((9)))))))))]", "comment.too_deep@8"},
           {G::kProducts, "a\r\n \r\n b", "[a][b]", "product.malformed@7"},
           {G::kProducts, "a\r\n \r\n (b)", "[a][(b)]", ""},
       }) {
    Expect(c);
  }
}

}  // namespace
}  // namespace sipward::sip
