#include <gtest/gtest.h>

#include "tests/sip/values_cases.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

std::string Parsed(const Text& text, AnomalyLog& log) {
  Digest d;
  if (!ParseDigest(text.base(), text.slice(), Limits{}, log, &d)) return "nothing";
  return Show(text.base(), {{"scheme", d.scheme},
                            {"username", d.username},
                            {"realm", d.realm},
                            {"nonce", d.nonce},
                            {"uri", d.uri},
                            {"response", d.response},
                            {"algorithm", d.algorithm},
                            {"cnonce", d.cnonce},
                            {"opaque", d.opaque},
                            {"qop", d.qop},
                            {"nc", d.nc},
                            {"stale", d.stale},
                            {"domain", d.domain}});
}

void CheckAll(std::initializer_list<Case> cases) { CheckCases(cases, Parsed); }

TEST(DigestTest, ReadsCredentials) {
  CheckAll({
      {"Digest username=\"bob\", realm=\"b.example\", nonce=\"Y2\", uri=\"sip:b.example\", "
       "response=\"66\", "
       "algorithm=MD5, cnonce=\"0a\", qop=auth, nc=00000002",
       "scheme=Digest username=bob realm=b.example nonce=Y2 uri=sip:b.example response=66 "
       "algorithm=MD5 "
       "cnonce=0a qop=auth nc=00000002",
       ""},
      {"digest\r\n username=\"a, b=\\\"c\\\"\",realm = \"\"",
       "scheme=digest username=a, b=\\\"c\\\" realm=", ""},
  });
}

TEST(DigestTest, ReadsChallenges) {
  CheckAll(
      {{"Digest realm=\"a,b\", qop=\"auth,auth-int\", nonce=\"n==\", stale=FALSE, "
        "domain=\"sip:x\", opaque=\"o\"",
        "scheme=Digest realm=a,b nonce=n== opaque=o qop=auth,auth-int stale=FALSE domain=sip:x",
        ""}});
}

TEST(DigestTest, OtherSchemesAreNamedAndLeftAlone) {
  CheckAll(
      {{"NoOneKnowsThisScheme opaque-data=here", "scheme=NoOneKnowsThisScheme",
        "digest.unknown_scheme@0"},
       {"Basic YTpi", "scheme=Basic", "digest.unknown_scheme@0"},
       {"Basic", "scheme=Basic", "digest.disputed@5 digest.unknown_scheme@0 digest.malformed@5"},
       {"x: digest realm=\"b\"", "scheme=x",
        "digest.disputed@1 digest.unknown_scheme@0 digest.malformed@1"},
       {"Digest;realm=\"a\"", "scheme=Digest",
        "digest.disputed@6 digest.malformed@6 digest.realm_missing@0"}});
}

TEST(DigestTest, ParametersWithoutEqualsAreNamed) {
  CheckAll({{"Digest username, realm=\"r\"", "scheme=Digest realm=r", "digest.no_equals@7"},
            {"Digest realm=\"r\",\"x\"", "scheme=Digest realm=r", "digest.no_equals@17"}});
}

TEST(DigestTest, QopNeedsANonceCountAndAClientNonce) {
  CheckAll({
      {"Digest realm=\"r\",response=\"66\",qop=auth", "scheme=Digest realm=r response=66 qop=auth",
       "digest.qop_without_nc@35"},
      {"Digest realm=\"r\",response=\"66\",qop=auth,nc=00000001",
       "scheme=Digest realm=r response=66 qop=auth nc=00000001", "digest.qop_without_nc@35"},
      {"Digest realm=\"r\",response=\"66\"", "scheme=Digest realm=r response=66", ""},
      {"Digest realm=\"r\",qop=\"auth\"", "scheme=Digest realm=r qop=auth", ""},
  });
}

TEST(DigestTest, NamesWhatIsDoubledMissingOrBroken) {
  CheckAll({
      {"Digest realm=\"r\",Realm=\"s\"", "scheme=Digest realm=r", "digest.duplicate_param@17"},
      {"Digest username=\"u\"", "scheme=Digest username=u", "digest.realm_missing@0"},
      {"Digest realm=\"r", "scheme=Digest realm=\"r", "digest.disputed@13 digest.malformed@13"},
      {"Digest realm=\"r\",uri=sip:x", "scheme=Digest realm=r uri=sip:x", "digest.malformed@24"},
      {"Digest realm=\"r\",", "scheme=Digest realm=r", "digest.malformed@17"},
      {"Digest", "scheme=Digest", "digest.disputed@6 digest.malformed@6 digest.realm_missing@0"},
      {"", "nothing", "digest.disputed@0 digest.malformed@0"},
      {"=", "nothing", "digest.disputed@0 digest.malformed@0"},
  });
}

}  // namespace
}  // namespace sipward::sip::values_test
