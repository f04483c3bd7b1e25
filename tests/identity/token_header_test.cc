// The protected header of a token, before any key is touched.
#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

class TokenHeaderTest : public VerifyFixture {
 protected:
  // Of a token with these members in its header, beside x5u.
  std::string_view With(const std::string& members) {
    const std::string header = "{" + members + ",\"x5u\":\"" + std::string(kUrl) + "\"}";
    return ReasonOf({SignToken(leaf_, header, ShakenClaims()) + Params("shaken")});
  }
  static constexpr const char* kGood = R"("alg":"ES256","ppt":"shaken","typ":"passport")";
};

TEST_F(TokenHeaderTest, AlgorithmAndTypeAreExact) {
  EXPECT_EQ(With(kGood), "OK");
  for (const char* alg :
       {"\"none\"", "\"es256\"", "\"HS256\"", "\"ES384\"", "1", "null", "\"ES256 \""}) {
    EXPECT_EQ(With(std::string("\"alg\":") + alg + R"(,"ppt":"shaken","typ":"passport")"),
              "ALG_UNSUPPORTED")
        << alg;
  }
  EXPECT_EQ(With(R"("ppt":"shaken","typ":"passport")"), "ALG_UNSUPPORTED");
  EXPECT_EQ(With(R"("alg":"ES256","ppt":"shaken","typ":"PASSporT")"), "TYP_INVALID");
  EXPECT_EQ(With(R"("alg":"ES256","ppt":"shaken")"), "TYP_INVALID");
}

TEST_F(TokenHeaderTest, TypesOfHeaderAndTokenAreTheSame) {
  EXPECT_EQ(With(R"("alg":"ES256","typ":"passport")"), "PPT_MISMATCH");
  EXPECT_EQ(With(R"("alg":"ES256","ppt":"div","typ":"passport")"), "PPT_MISMATCH");
  EXPECT_EQ(With(R"("alg":"ES256","ppt":1,"typ":"passport")"), "PPT_MISMATCH");
  EXPECT_EQ(ReasonOf({SignToken(leaf_, Header("shaken"), ShakenClaims()) + Params("")}),
            "PPT_MISMATCH");
}

TEST_F(TokenHeaderTest, InfoIsTheUrlOfTheTokenToTheOctet) {
  const std::string token = SignToken(leaf_, Header("shaken"), ShakenClaims());
  EXPECT_EQ(ReasonOf({token + Params("shaken", "https://certs.example.net/1234.PEM")}),
            "INFO_X5U_MISMATCH");
  const std::string none = R"({"alg":"ES256","ppt":"shaken","typ":"passport"})";
  EXPECT_EQ(ReasonOf({SignToken(leaf_, none, ShakenClaims()) + Params("shaken")}), "X5U_MISSING");
}

TEST_F(TokenHeaderTest, NothingIsCriticalThatNobodyUnderstands) {
  for (const char* more : {R"("crit":["x"],"x":1)", R"("crit":[])", R"("crit":"x")",
                           R"("crit":null)", R"("b64":false)", R"("b64":true,"crit":["b64"])"}) {
    EXPECT_EQ(With(std::string(kGood) + "," + more), "CRIT_UNSUPPORTED") << more;
  }
  EXPECT_EQ(With(std::string(kGood) + ",\"exp2\":1"), "OK");
}

TEST_F(TokenHeaderTest, KeysComeFromTheUrlAlone) {
  for (const char* more : {R"("jwk":{"kty":"EC"})", R"("jku":"https://evil.example/")",
                           R"("x5c":["AA"])", R"("kid":"1")"}) {
    EXPECT_EQ(With(std::string(kGood) + "," + more), "OK") << more;
    EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kKeyHintIgnored)) << more;
  }
}

TEST_F(TokenHeaderTest, WhatIsNotCanonicalIsVerifiedAsItCame) {
  EXPECT_EQ(With(R"("typ":"passport","alg":"ES256","ppt":"shaken")"), "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kNoncanonicalJson));
  std::string claims = ShakenClaims();
  claims.insert(1, " ");
  EXPECT_EQ(ReasonOf({Value("shaken", claims)}), "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kNoncanonicalJson));
}

TEST_F(TokenHeaderTest, SignaturesHaveOneFormThatCanBe) {
  const std::string octets = Base64Url(Header("shaken")) + "." + Base64Url(ShakenClaims()) + ".";
  const auto signed_by = [&](const std::string& signature) {
    return ReasonOf({octets + signature + Params("shaken")});
  };
  const std::string good = SignOctets(leaf_, octets.substr(0, octets.size() - 1));
  EXPECT_EQ(signed_by(good), "OK");
  EXPECT_EQ(signed_by(Base64Url(std::string(63, 'x'))), "SIG_LENGTH");
  EXPECT_EQ(signed_by(Base64Url(std::string(65, 'x'))), "SIG_LENGTH");
  EXPECT_EQ(signed_by(Base64Url(std::string(96, 'x'))), "SIG_LENGTH");
  EXPECT_EQ(signed_by(Base64Url(std::string(64, '\0'))), "SIG_RANGE");
  EXPECT_EQ(signed_by(Base64Url(std::string(64, '\xff'))), "SIG_RANGE");
  EXPECT_EQ(signed_by(Base64Url(std::string(64, 'x'))), "SIG_INVALID");
  EXPECT_EQ(signed_by(good + "="), "B64_INVALID");
}

}  // namespace
}  // namespace sipward::identity
