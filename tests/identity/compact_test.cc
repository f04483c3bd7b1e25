// Compact form: what the request says stands in for header and claims.
#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

class CompactTest : public VerifyFixture {
 protected:
  CompactTest() {
    policy_.header.allow_compact = true;
    request_.knows_date = true;
    request_.date = kNow - 2;
  }
  // The compact form of a token over these claims.
  std::string Compact(std::string_view ppt, const std::string& claims) const {
    const std::string token = SignToken(leaf_, Header(ppt), claims);
    return ".." + token.substr(token.rfind('.') + 1) + Params(ppt);
  }
};

TEST_F(CompactTest, IsRebuiltFromTheRequest) {
  const std::string value = Compact("", Claims("", "12025550102", kNow - 2));
  EXPECT_EQ(ReasonOf({value}), "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kCompactForm));
  EXPECT_EQ(verifier_->Verify(request_).age, 2);
  request_.from = "tel:+12025550199";
  EXPECT_EQ(ReasonOf({value}), "SIG_INVALID");
  policy_.header.allow_compact = false;
  EXPECT_EQ(ReasonOf({value}), "COMPACT_FORM_REFUSED");
}

TEST_F(CompactTest, TakesItsTimeFromDate) {
  const std::string value = Compact("", Claims("", "12025550102", kNow - 61));
  EXPECT_EQ(ReasonOf({value}), "SIG_INVALID");
  request_.date = kNow - 61;
  EXPECT_EQ(ReasonOf({value}), "IAT_STALE");
  request_.date.reset();
  EXPECT_EQ(ReasonOf({value}), "IAT_MISSING");
}

TEST_F(CompactTest, HoldsTheKeysOfTheSession) {
  const Fingerprint keys[] = {{"sha-256", "bb:0c"}, {"sha-256", "AA:0B"}};
  request_.fingerprints = keys;
  request_.knows_session = true;
  const std::string claims =
      "{\"dest\":{\"tn\":[\"12025550102\"]},\"iat\":" + std::to_string(kNow - 2) +
      ",\"mky\":[{\"alg\":\"sha-256\",\"dig\":\"AA0B\"},{\"alg\":\"sha-256\",\"dig\":\"BB0C\"}]"
      ",\"orig\":{\"tn\":\"12025550101\"}}";
  EXPECT_EQ(ReasonOf({Compact("", claims)}), "OK");
}

TEST_F(CompactTest, NeedsWhatItsTypeAdds) {
  const std::string shaken = Compact("shaken", ShakenClaims(kNow - 2));
  EXPECT_EQ(ReasonOf({shaken}), "COMPACT_FORM_REFUSED");
  request_.attest = "A";
  request_.origid = kOrigid;
  EXPECT_EQ(ReasonOf({shaken}), "OK");
  EXPECT_EQ(verifier_->Verify(request_).attest, "A");
  const std::string_view asked[] = {"ets.0"};
  request_.resource_priority = asked;
  request_.knows_priority = true;
  EXPECT_EQ(ReasonOf({shaken, Compact("rph", Claims("", "12025550102", kNow - 2,
                                                    R"(,"rph":{"auth":["ets.0"]})"))}),
            "OK");
  EXPECT_EQ(ReasonOf({Compact("rcd", "{}")}), "COMPACT_FORM_REFUSED");
}

TEST_F(CompactTest, ADiversionGoesFromOneToTheNext) {
  request_.diverted = "tel:+12025550102";
  request_.request_uri = "tel:+12025550103";
  const std::string base = Compact("", Claims("", "12025550102", kNow - 2));
  EXPECT_EQ(
      ReasonOf({base, Compact("div", Claims("", "12025550103", kNow - 2, {}, "12025550102"))}),
      "OK");
  EXPECT_EQ(verifier_->Verify(request_).div_count, 1u);
}

TEST_F(CompactTest, LongTextsDoNotFit) {
  const std::string long_uri = "sip:" + std::string(400, 'a') + "@example.net";
  request_.from = request_.to = long_uri;
  const std::string url = "https://" + std::string(3000, 'a');
  EXPECT_EQ(ReasonOf({"..AAAA;info=<" + url + ">"}), "X5U_COMPONENT");
  EXPECT_EQ(ReasonOf({"..AAAA;info=<" + url + std::string(5000, 'b') + ">"}),
            "COMPACT_FORM_REFUSED");
}

}  // namespace
}  // namespace sipward::identity
