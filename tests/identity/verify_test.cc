// One header at a time: every claim, the request it is held against, policy.
#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

using facts::IdentityResult;

class VerifyTest : public VerifyFixture {
 protected:
  std::string_view Of(std::string_view ppt, std::string_view payload) {
    return ReasonOf({Value(ppt, payload)});
  }
  // A plain token with more claims behind orig.
  std::string_view With(std::string_view more) {
    return Of("", Claims("", "12025550102", kNow, "," + std::string(more)));
  }
};

TEST_F(VerifyTest, TellsWhoIsVerifiedAndByWhom) {
  const Result& result = Verify({Shaken()});
  EXPECT_EQ(result.result, IdentityResult::kVerified);
  EXPECT_EQ(Describe(result.reason).name, "OK");
  EXPECT_EQ(result.sip_code, 0);
  EXPECT_EQ(result.attest, "A");
  EXPECT_EQ(result.origid, kOrigid);
  EXPECT_EQ(result.spc, "1234");
  EXPECT_EQ(result.issuer, "CN=Anchor");
  EXPECT_EQ(result.verstat, "TN-Validation-Passed");
  EXPECT_EQ(result.age, 5);
  EXPECT_EQ(result.flags, FlagSet());
  ASSERT_EQ(result.headers.size(), 1u);
  EXPECT_EQ(result.headers[0].ppt, Ppt::kShaken);
}

TEST_F(VerifyTest, NoIdentityIsRefusedOnlyIfItIsRequired) {
  EXPECT_EQ(Verify({}).result, IdentityResult::kNone);
  EXPECT_EQ(Verify({}).sip_code, 0);
  policy_.require = true;
  EXPECT_EQ(Verify({}).sip_code, 428);
  EXPECT_EQ(ReasonOf({Value("hiya", "{}")}), "PPT_UNSUPPORTED");
  EXPECT_EQ(verifier_->Verify(request_).result, IdentityResult::kNone);
  EXPECT_EQ(verifier_->Verify(request_).verstat, "No-TN-Validation");
}

TEST_F(VerifyTest, AnUnsupportedTypeBesideAnotherIsIgnored) {
  const Result& result = Verify({Value("hiya", "{}"), Shaken()});
  EXPECT_EQ(result.result, IdentityResult::kVerified);
  EXPECT_TRUE(result.flags.Has(Flag::kPptIgnored));
  EXPECT_TRUE(result.headers[0].ignored);
}

TEST_F(VerifyTest, AMissingCertificateIsPendingWithItsUrl) {
  const std::string_view url = "https://certs.example.net/other.pem";
  const std::string value =
      SignToken(leaf_, Header("shaken", url), ShakenClaims()) + Params("shaken", url);
  const Result& result = Verify({value});
  EXPECT_EQ(result.result, IdentityResult::kPending);
  EXPECT_EQ(result.missing, url);
  EXPECT_EQ(Describe(result.reason).name, "NOT_CHECKED");
  Provide(url, leaf_);
  EXPECT_EQ(verifier_->Verify(request_).result, IdentityResult::kVerified);
}

TEST_F(VerifyTest, WhatFailsForSureDoesNotWaitForACertificate) {
  const std::string_view url = "https://certs.example.net/other.pem";
  const std::string waits =
      SignToken(leaf_, Header("shaken", url), ShakenClaims()) + Params("shaken", url);
  EXPECT_EQ(ReasonOf({waits, Shaken(kNow - 100)}), "IAT_STALE");
}

TEST_F(VerifyTest, HostsMapCodes) {
  policy_.codes.Set(Reason::kIatStale, 438);
  EXPECT_EQ(Verify({Shaken(kNow - 61)}).sip_code, 438);
  EXPECT_EQ(Verify({Shaken(kNow - 61)}).headers[0].sip_code, 438);
}

TEST_F(VerifyTest, FreshnessHoldsAtTheWindowAndNotBeyond) {
  EXPECT_EQ(ReasonOf({Shaken(kNow - 60)}), "OK");
  EXPECT_EQ(ReasonOf({Shaken(kNow - 61)}), "IAT_STALE");
  EXPECT_EQ(ReasonOf({Shaken(kNow + 60)}), "OK");
  EXPECT_EQ(ReasonOf({Shaken(kNow + 61)}), "IAT_FUTURE");
}

TEST_F(VerifyTest, DateIsFlaggedOrRefusesByProfile) {
  request_.knows_date = true;
  EXPECT_TRUE(Verify({Shaken()}).flags.Has(Flag::kDateMissing));
  request_.date = kNow - 61;
  EXPECT_TRUE(Verify({Shaken(kNow)}).flags.Has(Flag::kDateStale));
  EXPECT_TRUE(Verify({Shaken(kNow)}).flags.Has(Flag::kDateIatSkew));
  EXPECT_EQ(ReasonOf({Shaken()}), "OK");
  policy_.profile = Profile::kRfc8224;
  EXPECT_EQ(ReasonOf({Shaken()}), "DATE_STALE");
  request_.date = kNow;
  EXPECT_EQ(ReasonOf({Shaken()}), "OK");
  EXPECT_EQ(Verify({Shaken()}).flags, FlagSet());
}

TEST_F(VerifyTest, TheCallerIsTheAssertedOneBeforeFrom) {
  request_.from = "sip:anonymous@anonymous.invalid";
  EXPECT_EQ(ReasonOf({Shaken()}), "ORIG_SOURCE_MISSING");
  EXPECT_EQ(Verify({Shaken()}).sip_code, 433);
  const std::string_view asserted[] = {"sip:+12025550199@x;user=phone", "tel:+12025550101"};
  request_.asserted = asserted;
  EXPECT_EQ(ReasonOf({Shaken()}), "OK");
  request_.asserted = std::span(asserted).first(1);
  EXPECT_EQ(ReasonOf({Shaken()}), "ORIG_MISMATCH");
  policy_.profile = Profile::kRfc8224;
  request_.from = "tel:+12025550101";
  EXPECT_EQ(ReasonOf({Shaken()}), "OK");
}

TEST_F(VerifyTest, UrisCompareInTheirCanonicalForm) {
  request_.from = "sip:Bob@Example.NET:5060;transport=tcp";
  request_.to = "sips:alice%61@example.com";
  const std::string claims =
      "{\"dest\":{\"uri\":[\"sips:alicea@example.com\"]},\"iat\":" + std::to_string(kNow) +
      ",\"orig\":{\"uri\":\"sip:Bob@example.net\"}}";
  EXPECT_EQ(Of("", claims), "OK");
  EXPECT_EQ(verifier_->Verify(request_).verstat, "No-TN-Validation");
  request_.from = "sip:bob@example.net";
  EXPECT_EQ(Of("", claims), "ORIG_MISMATCH");
  EXPECT_EQ(Of("shaken", claims), "ORIG_TYPE");
}

TEST_F(VerifyTest, NumbersMayBeLongerOrHaveAPlusOnlyByPolicy) {
  request_.from = "tel:+1202555010112345";
  const std::string longer =
      "{\"dest\":{\"tn\":[\"12025550102\"]},\"iat\":" + std::to_string(kNow) +
      ",\"orig\":{\"tn\":\"1202555010112345\"}}";
  EXPECT_EQ(Of("", longer), "TN_NOT_CANONICAL");
  policy_.claims.tn_digits = 16;
  EXPECT_EQ(Of("", longer), "OK");
  request_.from = "tel:+12025550101";
  const std::string plus = "{\"dest\":{\"tn\":[\"+12025550102\"]},\"iat\":" + std::to_string(kNow) +
                           ",\"orig\":{\"tn\":\"+12025550101\"}}";
  EXPECT_EQ(Of("", plus), "TN_NOT_CANONICAL");
  policy_.claims.lenient_plus = true;
  EXPECT_EQ(Of("", plus), "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kTnPlus));
}

TEST_F(VerifyTest, ResourcePriorityMustBePermitted) {
  const std::string_view asked[] = {"ets.0", "WPS.0"};
  request_.resource_priority = asked;
  request_.knows_priority = true;
  EXPECT_EQ(With(R"("rph":{"auth":["ets.0","wps.0"]})"), "OK");
  EXPECT_EQ(With(R"("rph":{"auth":["ets.0"],"ESorig":["wps.0"]},"sph":"psap-callback")"), "OK");
  EXPECT_EQ(With(R"("rph":{"auth":["ets.0"]})"), "RPH_MISMATCH");
  EXPECT_EQ(With(R"("rph":{"auth":"ets.0"})"), "RPH_INVALID");
  EXPECT_EQ(With(R"("rph":{})"), "RPH_INVALID");
  EXPECT_EQ(With(R"("sph":1)"), "SPH_INVALID");
  EXPECT_EQ(Of("rph", Claims("", "12025550102", kNow)), "RPH_INVALID");
}

TEST_F(VerifyTest, RichCallDataIsHeldAgainstItsDigests) {
  EXPECT_EQ(With(R"("rcd":{"nam":"James"})"), "OK");
  EXPECT_EQ(verifier_->Verify(request_).nam, "James");
  EXPECT_EQ(
      With(
          R"("rcd":{"nam":"James"},"rcdi":{"/nam":"sha256-ldoCQqs/LnqBnq27qrcb66bsqjazWkICdXA4K8Z+h8I="})"),
      "RCDI_MISMATCH");
  EXPECT_EQ(With(R"("rcd":{"nam":"x"},"rcdi":{"/nam":"md5-AAAA"})"), "RCDI_INVALID");
  EXPECT_EQ(
      With(
          R"("rcd":{"nam":"x"},"rcdi":{"nam":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="})"),
      "RCDI_INVALID");
  EXPECT_EQ(
      With(
          R"("rcd":{"nam":"x"},"rcdi":{"/jcd":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="})"),
      "RCDI_MISMATCH");
  // sha256("hello") without quotes.
  EXPECT_EQ(
      With(
          R"("rcd":{"nam":"hello"},"rcdi":{"/nam":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="})"),
      "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kRcdiUnquoted));
  // And with them, as RFC 9795 wants it.
  EXPECT_EQ(
      With(
          R"("rcd":{"nam":"hello"},"rcdi":{"/nam":"sha256-Wqdirjg/u3J688ejbUlApbjECpiUUtIwT8lY/z81Tno="})"),
      "OK");
  EXPECT_EQ(verifier_->Verify(request_).flags, FlagSet());
  EXPECT_EQ(
      With(
          R"("rcd":{"icn":"https://x.example/i.png","nam":"x"},"rcdi":{"/icn":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ="})"),
      "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kRcdiPending));
  EXPECT_EQ(With(R"("rcd":{"jcd":["vcard",[]],"jcl":"https://x.example/","nam":"x"})"),
            "RCD_INVALID");
  EXPECT_EQ(With(R"("rcd":{"nam":1})"), "RCD_INVALID");
  EXPECT_EQ(With(R"("crn":1)"), "CRN_INVALID");
  EXPECT_EQ(Of("rcd", Claims("", "12025550102", kNow)), "RCD_INVALID");
}

TEST_F(VerifyTest, AMessageIsHeldAgainstItsDigest) {
  constexpr std::string_view kHello =
      R"("msgi":"sha256-LPJNul+wow4m6DsqxbninhsWHlwfp0JecwQzYpOLmCQ=")";
  const auto msg = [&](std::string_view msgi) {
    return Of("msg", "{\"dest\":{\"tn\":[\"12025550102\"]},\"iat\":" + std::to_string(kNow) + "," +
                         std::string(msgi) + ",\"orig\":{\"tn\":\"12025550101\"}}");
  };
  EXPECT_EQ(msg(kHello), "OK");  // it may stand alone
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kMsgiUnchecked));
  request_.body = "hello";
  EXPECT_EQ(msg(kHello), "OK");
  request_.body = "hello!";
  EXPECT_EQ(msg(kHello), "MSGI_MISMATCH");
  EXPECT_EQ(msg(R"("msgi":"sha256-LPJNul")"), "MSGI_INVALID");
  EXPECT_EQ(msg(R"("x":1)"), "MSGI_INVALID");
}

TEST_F(VerifyTest, KeysOfTheSessionAreThoseOfTheToken) {
  constexpr std::string_view kMky = R"("mky":[{"alg":"sha-256","dig":"4AADB9"}])";
  EXPECT_EQ(With(kMky), "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kMkyUnchecked));
  request_.knows_session = true;
  EXPECT_EQ(With(kMky), "MKY_MISMATCH");
  const Fingerprint keys[] = {{"SHA-256", "4a:ad:b9"}, {"sha-256", "4A:AD:BA"}};
  request_.fingerprints = std::span(keys).first(1);
  EXPECT_EQ(With(kMky), "OK");
  request_.fingerprints = keys;
  EXPECT_EQ(With(kMky), "MKY_MISMATCH");
  policy_.check_mky = false;
  EXPECT_EQ(With(kMky), "OK");
  EXPECT_EQ(With(R"("mky":[])"), "MKY_INVALID");
  EXPECT_EQ(With(R"("mky":[{"alg":"sha-256"}])"), "MKY_INVALID");
}

TEST_F(VerifyTest, AttestationsBelowAArePassedByPolicy) {
  const std::string claims = Claims("\"attest\":\"B\",", "12025550102", kNow, ",\"origid\":\"x\"");
  const Result& result = Verify({Value("shaken", claims)});
  EXPECT_EQ(result.attest, "B");
  EXPECT_EQ(result.verstat, "No-TN-Validation");
  EXPECT_TRUE(result.flags.Has(Flag::kOrigidNotUuid));
  policy_.passed_b = true;
  EXPECT_EQ(Verify({Value("shaken", claims)}).verstat, "TN-Validation-Passed");
}

TEST_F(VerifyTest, ClaimConstraintsOfTheCertificateHold) {
  // permittedValues: attest is "B"; mustInclude: origid.
  const std::string include(
      "\xa0\x0a\x30\x08\x16\x06"
      "origid",
      12);
  const std::string permitted(
      "\xa1\x11\x30\x0f\x30\x0d\x16\x06"
      "attest"
      "\x30\x03\x0c\x01"
      "B",
      19);
  const std::string der = std::string("\x30\x1f", 2) + include + permitted;
  leaf_ = pki().MakeLeaf(std::string("\x30\x08\xa0\x06\x16\x04"
                                     "1234",
                                     10),
                         der);
  Provide(kUrl, leaf_);
  EXPECT_EQ(ReasonOf({Shaken()}), "CLAIM_CONSTRAINT");
  EXPECT_EQ(Of("shaken", Claims("\"attest\":\"B\",", "12025550102", kNow, ",\"origid\":\"x\"")),
            "OK");
  EXPECT_EQ(Of("", Claims("", "12025550102", kNow)), "CLAIM_CONSTRAINT");
}

}  // namespace
}  // namespace sipward::identity
