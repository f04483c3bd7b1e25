#include <gtest/gtest.h>

#include "tests/sip/values_cases.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

std::string Parsed(const Text& text, AddressRole role, AnomalyLog& log) {
  NameAddr address;
  if (!ParseNameAddr(text.base(), text.slice(), Limits{}, log, &address, role)) return "nothing";
  if (address.is_star) return "star";
  return (address.in_brackets ? "<> " : "") + Show(text.base(), {{"display", address.display},
                                                                 {"uri", address.uri.text},
                                                                 {"params", address.params},
                                                                 {"tag", address.tag}});
}

void CheckAll(std::initializer_list<Case> cases, AddressRole role = AddressRole::kUnknown) {
  CheckCases(cases, [role](const Text& text, AnomalyLog& log) { return Parsed(text, role, log); });
}

TEST(NameAddrTest, ReadsTheFormsOfRfc3261) {
  CheckAll({
      {"<sip:a@b.example>", "<> uri=sip:a@b.example", ""},
      {"\"A. G. \\\"Bell\\\" \\\\ Co\"\r\n <sip:bell@b.example>\r\n ; tag = 88s",
       "<> display=\"A. G. \\\"Bell\\\" \\\\ Co\" uri=sip:bell@b.example params= tag = 88s tag=88s",
       ""},
      {"caller<sip:c@b.example>;tag=323",
       "<> display=caller uri=sip:c@b.example params=tag=323 tag=323", ""},
      {"token1~` token2'+_ token3*%!.- <sip:m@b.example>;p''~=\"\xD1\x80\";tag=_t~1'+`*%!-.",
       "<> display=token1~` token2'+_ token3*%!.- uri=sip:m@b.example "
       "params=p''~=\"\xD1\x80\";tag=_t~1'+`*%!-. tag=_t~1'+`*%!-.",
       ""},
      {"sip:a@b.example;tag=1", "uri=sip:a@b.example params=tag=1 tag=1", ""},
      {"sip:a@b.example ;   tag    = 19n", "uri=sip:a@b.example params=   tag    = 19n tag=19n",
       ""},
      {"<sip:a@b.example;lr?x=y>;q=0.33;expires=4294967295",
       "<> uri=sip:a@b.example;lr?x=y params=q=0.33;expires=4294967295", ""},
      {"<sip:a@b.example>;+sip.instance=\"<urn:uuid:f8>\"",
       "<> uri=sip:a@b.example params=+sip.instance=\"<urn:uuid:f8>\"", ""},
      {"*", "star", ""},
      {"* <sip:a@b.example>", "<> display=* uri=sip:a@b.example", ""},
  });
}

TEST(NameAddrTest, ParametersBehindABareUriBelongToTheHeader) {
  CheckAll({
      {"sip:+19725552222@gw1.example.net;unknownparam",
       "uri=sip:+19725552222@gw1.example.net params=unknownparam", ""},
      {"tel:+1-212-555-0123;tag=1", "uri=tel:+1-212-555-0123 params=tag=1 tag=1", ""},
      {"tel:911;phone-context=+1", "uri=tel:911 params=phone-context=+1", "uri.malformed@4"},
      {"isbn:2983792873", "uri=isbn:2983792873", "uri.unknown_scheme@0"},
  });
}

TEST(NameAddrTest, NulInsideTextIsTakenOnlyInAQuotedPair) {
  using namespace std::string_view_literals;
  CheckAll({
      {"\"NUL:\\\0\" <sip:a@b.example>"sv, "<> display=\"NUL:\\\0\" uri=sip:a@b.example"sv, ""},
      {"\"a\0b\" <sip:a@b.example>"sv, "<> display=\"a\0b\" uri=sip:a@b.example"sv,
       "nameaddr.malformed@2"},
  });
}

TEST(NameAddrTest, NamesWhatProgramsReadDifferently) {
  CheckAll({
      {"\"Mr. J <sip:j@b.example>", "<> display=\"Mr. J uri=sip:j@b.example",
       "nameaddr.quote_unbalanced@0"},
      {"<sip:a@b.example;tag=1", "<> uri=sip:a@b.example;tag=1", "nameaddr.unclosed@0"},
      {"Bell, Alexander <sip:a@b.example>;tag=43",
       "<> display=Bell, Alexander uri=sip:a@b.example params=tag=43 tag=43",
       "nameaddr.malformed@4"},
      {"\"W\" < sip:t@b.example >", "<> display=\"W\" uri=sip:t@b.example",
       "uri.whitespace@5 uri.disputed@5"},
      {"sip:a@b.example?Route=%3Csip:c%3E", "uri=sip:a@b.example?Route=%3Csip:c%3E",
       "uri.no_brackets_question@15"},
      {"sip:a,b@b.example", "uri=sip:a,b@b.example",
       "uri.no_brackets_comma@5 uri.user_ambiguous@5"},
      {"sip:a@b.example x;tag=1", "uri=sip:a@b.example params=tag=1 tag=1",
       "uri.whitespace@15 uri.disputed@15"},
      {"<sip:a@b.example> x;tag=1", "<> uri=sip:a@b.example params=tag=1 tag=1",
       "nameaddr.malformed@18"},
      {"\"A\" sip:a@b.example", "display=\"A\" uri=sip:a@b.example", "nameaddr.malformed@4"},
      {"<sip:a@b@c.example>", "<> uri=sip:a@b@c.example", "uri.two_at@8 uri.disputed@6"},
      {"sip:a@b.example;x=<y>;tag=1", "uri=sip:a@b.example params=x=<y>;tag=1 tag=1",
       "param.malformed@18"},
  });
}

TEST(NameAddrTest, HeaderPresentDoesNotMeanThatThereIsAnAddress) {
  CheckAll({
      {"", "nothing", "nameaddr.malformed@0"},
      {" \r\n ", "nothing", "nameaddr.malformed@4"},
      {"<>", "nothing", "nameaddr.malformed@1 uri.malformed@1 uri.disputed@1"},
      {"\"", "nothing", "nameaddr.quote_unbalanced@0"},
      {";tag=1", "nothing", "nameaddr.malformed@0"},
      {"Alice", "nothing", "nameaddr.malformed@5 uri.malformed@5 uri.disputed@0"},
  });
}

TEST(NameAddrTest, NamesBrokenParameters) {
  CheckAll({
      {"<sip:a@b.example>;;;", "<> uri=sip:a@b.example params=;;", "param.malformed@18"},
      {"<sip:a@b.example>;tag=1;TAG=2", "<> uri=sip:a@b.example params=tag=1;TAG=2 tag=1",
       "tag.duplicate@24"},
      {"<sip:a@b.example>;x;y;X", "<> uri=sip:a@b.example params=x;y;X", "param.duplicate@22"},
      {"<sip:a@b.example>;tag", "<> uri=sip:a@b.example params=tag", "param.malformed@18"},
      {"<sip:a@b.example>;tag=", "<> uri=sip:a@b.example params=tag= tag=",
       "param.malformed@22 param.malformed@18"},
      {"<sip:a@b.example>;q=2", "<> uri=sip:a@b.example params=q=2", "param.value@18"},
      {"<sip:a@b.example>;q=1.001", "<> uri=sip:a@b.example params=q=1.001", "param.value@18"},
  });
}

TEST(NameAddrTest, ExpiresLongerThanItsTypeIsNamed) {
  CheckAll({
      {"<sip:a@b.example>;expires=4294967296", "<> uri=sip:a@b.example params=expires=4294967296",
       "expires.range@26"},
      {"<sip:a@b.example>;expires=99999999999999999999999",
       "<> uri=sip:a@b.example params=expires=99999999999999999999999", "expires.range@26"},
  });
}

TEST(NameAddrTest, TheStarStandsAlone) {
  CheckAll({{"*;expires=0", "star", "contact.star_mixed@1"},
            {"*x", "nothing", "nameaddr.malformed@2 uri.malformed@0 uri.disputed@0"}});
}

TEST(NameAddrTest, AStarIsAnAddressInContactAlone) {
  for (const AddressRole role :
       {AddressRole::kFromTo, AddressRole::kNameAddr, AddressRole::kOther}) {
    CheckAll(
        {{"*", "nothing", "nameaddr.malformed@0"}, {"* ;tag=1", "nothing", "nameaddr.malformed@0"}},
        role);
  }
  const Text text("*;tag=1");
  AnomalyLog log = EmptyLog();
  NameAddr address;
  ParseNameAddr(text.base(), text.slice(), Limits{}, log, &address, AddressRole::kFromTo);
  EXPECT_FALSE(address.is_star);
  EXPECT_FALSE(address.uri.text.present());
  EXPECT_EQ(address.tag.In(text.base()), "1");
}

TEST(NameAddrTest, HeadersOfRoutesDemandBrackets) {
  CheckAll({{"<sip:p.example.com;lr>", "<> uri=sip:p.example.com;lr", ""},
            {"sip:p.example.com;lr", "uri=sip:p.example.com params=lr", "nameaddr.malformed@0"}},
           AddressRole::kNameAddr);
  CheckAll({{"sip:p.example.com;lr", "uri=sip:p.example.com params=lr", ""}}, AddressRole::kOther);
}

TEST(NameAddrTest, ParametersHaveAGrammarOfTheirOwnInTheirHeaderAlone) {
  CheckAll(
      {{"<sip:a@b.example>;tag=\"x\"", "<> uri=sip:a@b.example params=tag=\"x\" tag=\"x\"", ""},
       {"<sip:a@b.example>;expires", "<> uri=sip:a@b.example params=expires", "param.malformed@18"},
       {"<sip:a@b.example>;q", "<> uri=sip:a@b.example params=q", "param.value@18"}},
      AddressRole::kContact);
  CheckAll({{"<sip:a@b.example>;q=7;expires", "<> uri=sip:a@b.example params=q=7;expires", ""},
            {"<sip:a@b.example>;tag=\"x\"", "<> uri=sip:a@b.example params=tag=\"x\" tag=\"x\"",
             "param.malformed@18"}},
           AddressRole::kFromTo);
  CheckAll(
      {{"<sip:a@b.example>;x=[2001:db8::1]", "<> uri=sip:a@b.example params=x=[2001:db8::1]", ""},
       {"<sip:a@b.example>;x=[2001:db8:1]", "<> uri=sip:a@b.example params=x=[2001:db8:1]",
        "uri.ipv6_bad@20"}},
      AddressRole::kOther);
}

TEST(NameAddrTest, BlankFoldsMayStandWhereTwoWhiteSpacesMeet) {
  CheckAll({{"A\r\n B\r\n \r\n <sip:a@b.example>\r\n \r\n ;tag=1;x=\r\n \r\n \"y\"",
             "<> display=A\r\n B uri=sip:a@b.example params=tag=1;x=\r\n \r\n \"y\" tag=1", ""}});
}

TEST(NameAddrTest, NamesDisplaysThatSaySomethingElse) {
  CheckAll({
      {"\"sip:bank@b.example\" <sip:e@e.example>",
       "<> display=\"sip:bank@b.example\" uri=sip:e@e.example", "nameaddr.display_contains_uri@0"},
      {"\"ceo@b.example\" <sip:e@e.example>", "<> display=\"ceo@b.example\" uri=sip:e@e.example",
       "nameaddr.display_contains_uri@0"},
      {"\"e@e.example\" <sip:e@e.example>", "<> display=\"e@e.example\" uri=sip:e@e.example", ""},
      {"\"+1 (212) 555-0123\" <sip:100@e.example>",
       "<> display=\"+1 (212) 555-0123\" uri=sip:100@e.example", "nameaddr.display_number@0"},
      {"2125550123 <sip:+12125550123;npdi@e.example;user=phone>",
       "<> display=2125550123 uri=sip:+12125550123;npdi@e.example;user=phone",
       "uri.user_ambiguous@28"},
      {"\"100\" <sip:200@e.example>", "<> display=\"100\" uri=sip:200@e.example", ""},
  });
}

TEST(NameAddrTest, MoreParametersThanTheLimitRefuse) {
  Limits limits;
  limits.params_per_value = 3;
  for (const auto& [input, refused] : {std::pair("<sip:a@b.example>;a;b;c", false),
                                       std::pair("<sip:a@b.example>;a;b;c;d", true)}) {
    const Text text(input);
    AnomalyLog log = EmptyLog();
    NameAddr address;
    EXPECT_TRUE(ParseNameAddr(text.base(), text.slice(), limits, log, &address));
    EXPECT_EQ(log.Has(AnomalyId::kParamTooMany), refused) << input;
    EXPECT_EQ(log.error() != nullptr, refused) << input;
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
