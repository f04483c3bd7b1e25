#include "identity/header_value.h"

#include <gtest/gtest.h>

#include <string>

namespace sipward::identity {
namespace {

constexpr std::string_view kInfo = ";info=<https://x.example/c.pem>";

std::string_view ReasonOf(std::string_view value, HeaderValue* out,
                          const HeaderPolicy& policy = {}) {
  return Describe(ReadHeaderValue(value, policy, out)).name;
}
std::string_view ReasonOf(std::string_view value, const HeaderPolicy& policy = {}) {
  HeaderValue out;
  return ReasonOf(value, &out, policy);
}
std::string With(std::string_view params) {
  return "aa.bb.cc" + std::string(kInfo) + std::string(params);
}

TEST(HeaderValueTest, ReadsTokenAndParameters) {
  HeaderValue value;
  EXPECT_EQ(ReasonOf("aa.bb.cc ; INFO = <https://x.example/c.pem> ;Alg=ES256\r\n "
                     ";x;y=\"a;b\\\"\";ppt=\"shaken\" ",
                     &value),
            "OK");
  EXPECT_EQ(value.token, "aa.bb.cc");
  EXPECT_EQ(value.header, "aa");
  EXPECT_EQ(value.payload, "bb");
  EXPECT_EQ(value.signature, "cc");
  EXPECT_EQ(value.info, "https://x.example/c.pem");
  EXPECT_EQ(value.ppt, Ppt::kShaken);
}

TEST(HeaderValueTest, SyntaxIsThatOfTheRfc) {
  for (const std::string& value :
       {std::string(""), std::string(";info=<x:y>"), std::string("aa.b b.cc") + std::string(kInfo),
        std::string("aa.bb\r\n .cc") + std::string(kInfo), With(";"), With(";;x"), With(";=a"),
        With(";x="), With(";x=\"a"), With(" x"), With(";ppt"), With(";x=<a b>"),
        std::string("aa.bb.cc;info=<x:y"), std::string("aa,bb.cc") + std::string(kInfo)}) {
    EXPECT_EQ(ReasonOf(value), "HEADER_SYNTAX") << value;
  }
}

TEST(HeaderValueTest, ParametersStandOnce) {
  for (const char* params : {";info=<x:y>", ";alg=ES256;ALG=ES256", ";ppt=div;ppt=div"}) {
    EXPECT_EQ(ReasonOf(With(params)), "HEADER_PARAM_DUP") << params;
  }
  EXPECT_EQ(ReasonOf(With(";x=1;x=1")), "OK");
}

TEST(HeaderValueTest, InfoIsAUriInBrackets) {
  for (const char* value :
       {"aa.bb.cc", "aa.bb.cc;alg=ES256", "aa.bb.cc;info", "aa.bb.cc;info=<>",
        "aa.bb.cc;info=https://x.example/", "aa.bb.cc;info=\"https://x.example/\""}) {
    EXPECT_EQ(ReasonOf(value), "INFO_MISSING") << value;
  }
}

TEST(HeaderValueTest, AlgorithmIsEs256Alone) {
  for (const char* params : {";alg=es256", ";alg=HS256", ";alg", ";alg=\"ES256\"", ";alg=none"}) {
    EXPECT_EQ(ReasonOf(With(params)), "ALG_UNSUPPORTED") << params;
  }
}

TEST(HeaderValueTest, TypesAreThoseOfThePolicy) {
  for (const char* ppt : {"shaken", "div", "div-o", "rph", "rcd", "msg"}) {
    HeaderValue value;
    EXPECT_EQ(ReasonOf(With(std::string(";ppt=") + ppt), &value), "OK");
    EXPECT_EQ(PptName(value.ppt), ppt);
    EXPECT_EQ(ReasonOf(With(std::string(";ppt=") + ppt), {.ppts = SetOf(Ppt::kNone)}),
              "PPT_UNSUPPORTED");
  }
  for (const char* ppt : {"SHAKEN", "shaken2", "foo", "\"\""}) {
    EXPECT_NE(ReasonOf(With(std::string(";ppt=") + ppt)), "OK") << ppt;
  }
  // Whatever else is wrong with it.
  EXPECT_EQ(ReasonOf("aa;ppt=foo;alg=RS256"), "PPT_UNSUPPORTED");
}

TEST(HeaderValueTest, TokensHaveThreeParts) {
  for (const char* token :
       {"aa", "aa.bb", "aa.bb.", "aa..cc", ".bb.cc", "aa.bb.cc.dd", "..", "..."}) {
    EXPECT_EQ(ReasonOf(std::string(token) + std::string(kInfo)), "JWS_MALFORMED") << token;
  }
  EXPECT_EQ(ReasonOf("..cc" + std::string(kInfo)), "COMPACT_FORM_REFUSED");
  EXPECT_EQ(ReasonOf("..cc" + std::string(kInfo), {.allow_compact = true}), "OK");
}

TEST(HeaderValueTest, WhatFollowsACommaIsIgnored) {
  HeaderValue value;
  EXPECT_EQ(ReasonOf(With(";ppt=shaken,bb.cc.dd;ppt=div"), &value), "OK");
  EXPECT_TRUE(value.flags.Has(Flag::kCommaIgnored));
  EXPECT_EQ(value.ppt, Ppt::kShaken);
}

TEST(HeaderValueTest, LimitsHoldAtTheirValueAndNotBeyond) {
  std::string params;
  for (int i = 0; i < 15; ++i) params += ";x";
  EXPECT_EQ(ReasonOf(With(params)), "OK");
  EXPECT_EQ(ReasonOf(With(params + ";x")), "HEADER_TOO_LARGE");
  const std::string most =
      "aa.bb." + std::string(8192 - 6 - kInfo.size(), 'c') + std::string(kInfo);
  EXPECT_EQ(ReasonOf(most), "OK");
  EXPECT_EQ(ReasonOf(most + " "), "HEADER_TOO_LARGE");
  EXPECT_EQ(ReasonOf(With(""), {.octets = 8}), "HEADER_TOO_LARGE");
}

}  // namespace
}  // namespace sipward::identity
