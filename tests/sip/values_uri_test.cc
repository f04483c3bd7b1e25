#include <gtest/gtest.h>

#include "tests/sip/values_cases.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

std::string Parsed(const Text& text, UriPlace place, AnomalyLog& log) {
  Uri uri;
  if (!ParseUri(text.base(), text.slice(), place, Limits{}, log, &uri)) return "nothing";
  return Show(text.base(), {{"scheme", uri.scheme},
                            {"user", uri.user},
                            {"password", uri.password},
                            {"host", uri.host},
                            {"port", uri.port},
                            {"params", uri.params},
                            {"headers", uri.headers}}) +
         " (" + std::string(KindName(uri.host_kind)) + " " + std::to_string(uri.port_number) + ")";
}

void CheckAll(UriPlace place, std::initializer_list<Case> cases) {
  CheckCases(cases,
             [place](const Text& text, AnomalyLog& log) { return Parsed(text, place, log); });
}

TEST(UriTest, ReadsTheFormsOfRfc3261) {
  CheckAll(
      UriPlace::kBracketed,
      {{"sip:example.com", "scheme=sip host=example.com (name -1)", ""},
       {"SIPS:alice:secret@192.0.2.1:5061;transport=tcp;lr?subject=x&priority=",
        "scheme=SIPS user=alice password=secret host=192.0.2.1 port=5061 params=transport=tcp;lr "
        "headers=subject=x&priority= (ipv4 5061)",
        ""},
       {"sip:[2001:db8::9:1]:5070;lr",
        "scheme=sip host=[2001:db8::9:1] port=5070 params=lr (ipv6 5070)", ""},
       {"sip:alice:@a.example.", "scheme=sip user=alice password= host=a.example. (name -1)",
        "uri.disputed@4"},
       {"sip:a:1@b.example:2", "scheme=sip user=a password=1 host=b.example port=2 (name 2)", ""}});
}

TEST(UriTest, ReadsOtherSchemes) {
  CheckAll(
      UriPlace::kRequestUri,
      {{"tel:+1-201-555-0123;ext=7", "scheme=tel user=+1-201-555-0123 params=ext=7 (none -1)", ""},
       {"tel:911;phone-context=+1", "scheme=tel user=911 params=phone-context=+1 (none -1)", ""},
       {"tel:911", "scheme=tel user=911 (none -1)", "uri.malformed@4"},
       {"tel:+1 201", "scheme=tel user=+1 201 (none -1)", "uri.whitespace@6 uri.disputed@6"},
       {"urn:service:sos.fire", "scheme=urn (none -1)", ""},
       {"urn:service", "scheme=urn (none -1)", "uri.malformed@11"},
       {"soap.beep://192.0.2.103:3002", "scheme=soap.beep (none -1)", "uri.unknown_scheme@0"}});
}

TEST(UriTest, ALocalNumberOutsideBracketsNeverHasAContext) {
  CheckAll(UriPlace::kBracketed,
           {{"tel:+1;isub=a,b/c?d", "scheme=tel user=+1 params=isub=a,b/c?d (none -1)", ""},
            {"tel:7042;phone-context=-", "scheme=tel user=7042 params=phone-context=- (none -1)",
             "uri.malformed@4"},
            {"tel:7042;phone-context=a.example",
             "scheme=tel user=7042 params=phone-context=a.example (none -1)", ""}});
  CheckAll(UriPlace::kBare, {{"tel:911", "scheme=tel user=911 (none -1)", "uri.malformed@4"}});
}

TEST(UriTest, UserMayHoldWhatElsewhereSeparates) {
  CheckAll(UriPlace::kRequestUri,
           {{"sip:1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/"
             ";;*:&it+has=1,weird!*pas$wo~d@example.com",
             "scheme=sip user=1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;* "
             "password=&it+has=1,weird!*pas$wo~d host=example.com (name -1)",
             "uri.user_ambiguous@40"},
            {"sip:user;par=u%40example.net@example.com",
             "scheme=sip user=user;par=u%40example.net host=example.com (name -1)",
             "uri.percent_at@14 uri.user_ambiguous@8"}});
}

TEST(UriTest, NamesWhatAnEscapeHides) {
  CheckAll(
      UriPlace::kBracketed,
      {{"sip:100%00x@h.example", "scheme=sip user=100%00x host=h.example (name -1)",
        "uri.percent_nul@7 uri.disputed@7"},
       {"sip:a%0d%0aVia@h.example", "scheme=sip user=a%0d%0aVia host=h.example (name -1)",
        "injection.crlf_escaped@5 injection.crlf_escaped@8"},
       {"sip:a%07@h.example;x=%7F", "scheme=sip user=a%07 host=h.example params=x=%7F (name -1)",
        "uri.percent_ctl@5 uri.percent_ctl@21"},
       {"sip:a@h.example?Replaces=4%40b",
        "scheme=sip user=a host=h.example headers=Replaces=4%40b (name -1)", ""}});
}

TEST(UriTest, PercentAtTheEndOfAUriIsABadEscape) {
  CheckAll(
      UriPlace::kBracketed,
      {{"sip:a%", "scheme=sip host=a% (bad -1)", "uri.host_bad@4 uri.bad_escape@5 uri.disputed@4"},
       {"sip:a@b.example;x=%4", "scheme=sip user=a host=b.example params=x=%4 (name -1)",
        "uri.bad_escape@18"},
       {"sip:%zz@b.example", "scheme=sip user=%zz host=b.example (name -1)", "uri.bad_escape@4"}});
}

TEST(UriTest, NamesHostsAndPortsThatAreNone) {
  CheckAll(
      UriPlace::kBracketed,
      {{"sip:a@b.example:0", "scheme=sip user=a host=b.example port=0 (name -1)",
        "uri.port_range@16"},
       {"sip:a@b.example:65535", "scheme=sip user=a host=b.example port=65535 (name 65535)", ""},
       {"sip:a@b.example:65536", "scheme=sip user=a host=b.example port=65536 (name -1)",
        "uri.port_range@16 uri.disputed@16"},
       {"sip:a@b.example:", "scheme=sip user=a host=b.example port= (name -1)",
        "uri.port_range@16 uri.disputed@16"},
       {"sip:a@b.example:18446744073709556676",
        "scheme=sip user=a host=b.example port=18446744073709556676 (name -1)",
        "uri.port_range@16 uri.disputed@16"},
       {"sip:a@256.1.1.1", "scheme=sip user=a host=256.1.1.1 (bad -1)", "uri.host_bad@6"},
       {"sip:a@010.0.0.1", "scheme=sip user=a host=010.0.0.1 (bad -1)", "uri.host_bad@6"},
       {"sip:a@my_host", "scheme=sip user=a host=my_host (bad -1)",
        "uri.host_bad@6 uri.disputed@6"},
       {"sip:a@", "scheme=sip user=a host= (bad -1)", "uri.host_bad@6 uri.disputed@0"},
       {"sip:2001:db8::10", "scheme=sip host=2001:db8::10 (bad -1)",
        "uri.ipv6_bad@4 uri.disputed@8"},
       {"sip:a@[2001:db8::1", "scheme=sip user=a host=[2001:db8::1 (bad -1)",
        "uri.ipv6_bad@6 uri.disputed@11"},
       {"sip:a@[1:2:3:4:5:6:7:8:9]", "scheme=sip user=a host=[1:2:3:4:5:6:7:8:9] (bad -1)",
        "uri.ipv6_bad@6"},
       {"sip:a@[192.0.2.1]", "scheme=sip user=a host=[192.0.2.1] (bad -1)",
        "uri.ipv6_bad@6 uri.disputed@6"}});
}

TEST(UriTest, TheThreeColonsOfTheOldGrammarAreNamedAndRefuseNothing) {
  const Text text("sip:user@[2001:db8:::192.0.2.1]");
  AnomalyLog log = EmptyLog(Profile::kStrict);
  EXPECT_EQ(Parsed(text, UriPlace::kRequestUri, log),
            "scheme=sip user=user host=[2001:db8:::192.0.2.1] (bad -1)");
  EXPECT_EQ(Names(log), "uri.ipv6_bad@9 uri.disputed@9");
  EXPECT_EQ(log.error(), nullptr);
}

TEST(UriTest, TwoAtSignsAreAmbiguous) {
  CheckAll(
      UriPlace::kBracketed,
      {{"sip:a@b@c.example", "scheme=sip user=a@b host=c.example (name -1)",
        "uri.two_at@7 uri.disputed@5"},
       {"sip:a@b.example?x=c@d.example", "scheme=sip user=a@b.example?x=c host=d.example (name -1)",
        "uri.two_at@19 uri.user_ambiguous@15 uri.disputed@5"}});
}

TEST(UriTest, ThePlaceDecidesWhatIsAllowed) {
  CheckAll(UriPlace::kRequestUri,
           {{"sip:a@b.example?Route=%3Csip:c%3E",
             "scheme=sip user=a host=b.example headers=Route=%3Csip:c%3E (name -1)",
             "uri.headers_in_request_uri@15"},
            {"<sip:a@b.example>", "scheme=sip user=a host=b.example (name -1)",
             "uri.brackets_in_request_uri@0"},
            {"sip:a@b.example; lr", "scheme=sip user=a host=b.example params= lr (name -1)",
             "uri.whitespace@16 uri.disputed@16"}});
  CheckAll(UriPlace::kBracketed,
           {{" sip:a@b.example ", "scheme=sip user=a host=b.example (name -1)",
             "uri.whitespace@0 uri.disputed@0"}});
  CheckAll(UriPlace::kBare,
           {{"sip:a,b@c.example", "scheme=sip user=a,b host=c.example (name -1)",
             "uri.no_brackets_comma@5 uri.user_ambiguous@5"},
            {"sip:a@b.example?x=y", "scheme=sip user=a host=b.example headers=x=y (name -1)",
             "uri.no_brackets_question@15"}});
}

TEST(UriTest, NamesBrokenParameters) {
  CheckAll(
      UriPlace::kBracketed,
      {{"sip:b.example;;lr", "scheme=sip host=b.example params=;lr (name -1)",
        "uri.param_malformed@14"},
       {"sip:b.example;a=", "scheme=sip host=b.example params=a= (name -1)",
        "uri.param_malformed@16 uri.disputed@15"},
       {"sip:b.example;lr;LR", "scheme=sip host=b.example params=lr;LR (name -1)",
        "param.duplicate@17"},
       {"sip:b.example?x", "scheme=sip host=b.example headers=x (name -1)", "uri.malformed@15"},
       {"sip:\xC3\xA9@b.example", "scheme=sip user=\xC3\xA9 host=b.example (name -1)",
        "uri.malformed@4 uri.disputed@4"}});
}

TEST(UriTest, WithoutASchemeThereIsNothing) {
  CheckAll(UriPlace::kBracketed,
           {{"", "nothing", "uri.malformed@0 uri.disputed@0"},
            {":", "nothing", "uri.malformed@0 uri.disputed@0"},
            {"100@192.0.2.1:5060", "nothing", "uri.malformed@0 uri.disputed@0"},
            {"sip", "nothing", "uri.malformed@3 uri.disputed@0"},
            {"sip:", "nothing", "uri.host_bad@4 uri.disputed@0"}});
}

TEST(UriTest, LengthIsALimit) {
  Limits limits;
  limits.uri_bytes = 15;
  for (const auto& [input, refused] :
       {std::pair("sip:a@b.example", false), std::pair("sip:aa@b.example", true)}) {
    const Text text(input);
    AnomalyLog log = EmptyLog();
    Uri uri;
    EXPECT_TRUE(ParseUri(text.base(), text.slice(), UriPlace::kBracketed, limits, log, &uri));
    EXPECT_EQ(log.error() != nullptr, refused) << input;
    EXPECT_EQ(log.Has(AnomalyId::kUriTooLong), refused) << input;
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
