// Several headers: chains of diversions, tokens within tokens, what belongs together.
#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

using facts::IdentityResult;

class ChainTest : public VerifyFixture {
 protected:
  void Target(std::string_view tn) {
    target_ = "tel:+" + std::string(tn);
    request_.request_uri = target_;
  }
  std::string DivO(std::string_view from, std::string_view to, std::string_view opt,
                   int64_t iat = kNow - 3) const {
    return Value("div-o", Claims("", to, iat, ",\"x\":0", from)
                              .replace(0, 1, "{\"opt\":\"" + std::string(opt) + "\","));
  }
  static std::string TokenOf(const std::string& value) { return value.substr(0, value.find(';')); }

 private:
  std::string target_;
};

TEST_F(ChainTest, LeadsFromTheCallerToTheCalled) {
  Target("12025550103");
  EXPECT_EQ(ReasonOf({Shaken(), Div("12025550102", "12025550103")}), "OK");
  EXPECT_EQ(verifier_->Verify(request_).div_count, 1u);
  EXPECT_EQ(verifier_->Verify(request_).attest, "A");
  Target("12025550104");
  EXPECT_EQ(
      ReasonOf({Shaken(), Div("12025550102", "12025550103"), Div("12025550103", "12025550104")}),
      "OK");
  EXPECT_EQ(verifier_->Verify(request_).div_count, 2u);
  // In any order of headers.
  EXPECT_EQ(
      ReasonOf({Div("12025550103", "12025550104"), Shaken(), Div("12025550102", "12025550103")}),
      "OK");
  EXPECT_EQ(verifier_->Verify(request_).div_count, 2u);
}

TEST_F(ChainTest, BrokenOnesSayHow) {
  Target("12025550103");
  EXPECT_EQ(ReasonOf({Div("12025550102", "12025550103")}), "DIV_NO_BASE");
  EXPECT_EQ(ReasonOf({Shaken(), Div("12025550109", "12025550103")}), "DIV_CHAIN_BROKEN");
  EXPECT_EQ(ReasonOf({Shaken(), Div("12025550102", "12025550109")}), "DEST_MISMATCH");
  const std::string other =
      "{\"dest\":{\"tn\":[\"12025550103\"]},\"div\":{\"tn\":\"12025550102\"},\"iat\":" +
      std::to_string(kNow) + ",\"orig\":{\"tn\":\"12025550199\"}}";
  EXPECT_EQ(ReasonOf({Shaken(), Value("div", other)}), "DIV_ORIG_MISMATCH");
  EXPECT_EQ(ReasonOf({Shaken(), Value("div", Claims("", "12025550103", kNow))}), "DIV_MISSING");
  EXPECT_EQ(ReasonOf({Shaken(), Value("div", Claims("", "12025550103", kNow, ",\"div\":{}"))}),
            "DIV_TYPE");
}

TEST_F(ChainTest, TheLastLinkIsFreshAndNoneGoesBack) {
  Target("12025550103");
  EXPECT_EQ(ReasonOf({Shaken(kNow - 200), Div("12025550102", "12025550103")}), "OK");
  EXPECT_EQ(ReasonOf({Shaken(kNow - 304), Div("12025550102", "12025550103")}), "DIV_CHAIN_TIME");
  EXPECT_EQ(ReasonOf({Shaken(kNow), Div("12025550102", "12025550103", kNow - 1)}),
            "DIV_CHAIN_TIME");
  EXPECT_EQ(ReasonOf({Shaken(kNow - 100), Div("12025550102", "12025550103", kNow - 61)}),
            "IAT_STALE");
  EXPECT_EQ(ReasonOf({Shaken(kNow + 61), Div("12025550102", "12025550103")}), "IAT_FUTURE");
}

TEST_F(ChainTest, WhatLeadsElsewhereIsFlagged) {
  Target("12025550104");
  const Result& result =
      Verify({Shaken(), Div("12025550102", "12025550104"), Div("12025550102", "12025550105")});
  EXPECT_EQ(Describe(result.reason).name, "OK");
  EXPECT_EQ(result.div_count, 1u);
  EXPECT_FALSE(result.headers[1].flags.Has(Flag::kDivUnused));
  EXPECT_TRUE(result.headers[2].flags.Has(Flag::kDivUnused));
}

TEST_F(ChainTest, ATokenWithinATokenIsItsBase) {
  Target("12025550103");
  const std::string shaken = TokenOf(Shaken());
  EXPECT_EQ(ReasonOf({DivO("12025550102", "12025550103", shaken)}), "OK");
  EXPECT_EQ(verifier_->Verify(request_).attest, "A");
  EXPECT_EQ(verifier_->Verify(request_).div_count, 1u);
  EXPECT_EQ(ReasonOf({Shaken(), DivO("12025550102", "12025550103", shaken)}), "OK");
  Target("12025550104");
  const std::string inner = TokenOf(DivO("12025550102", "12025550103", shaken));
  EXPECT_EQ(ReasonOf({DivO("12025550103", "12025550104", inner)}), "OK");
  EXPECT_EQ(verifier_->Verify(request_).div_count, 2u);
  EXPECT_EQ(ReasonOf({DivO("12025550109", "12025550104", inner)}), "DIV_CHAIN_BROKEN");
}

TEST_F(ChainTest, TheCallerIsTheSameInEveryTokenWithin) {
  Target("12025550104");
  const std::string other =
      "{\"dest\":{\"tn\":[\"12025550103\"]},\"div\":{\"tn\":\"12025550102\"},\"iat\":" +
      std::to_string(kNow - 4) + ",\"opt\":\"" + TokenOf(Shaken()) +
      "\",\"orig\":{\"tn\":\"12025550199\"}}";
  const std::string inner = TokenOf(Value("div-o", other));
  EXPECT_EQ(ReasonOf({DivO("12025550103", "12025550104", inner)}), "DIV_ORIG_MISMATCH");
}

TEST_F(ChainTest, ACertificateOfNumbersSpeaksForWhoDiverts) {
  // The number 12025550102 alone.
  const std::string one(
      "\x30\x0f\xa2\x0d\x16\x0b"
      "12025550102",
      17);
  const std::string_view url = "https://certs.example.net/one.pem";
  const MadeLeaf leaf = pki().MakeLeaf(one);
  Provide(url, leaf);
  const auto div = [&](std::string_view from, std::string_view to) {
    return SignToken(leaf, Header("div", url), Claims("", to, kNow, {}, from)) + Params("div", url);
  };
  Target("12025550103");
  EXPECT_EQ(ReasonOf({Shaken(), div("12025550102", "12025550103")}), "OK");
  Target("12025550104");
  EXPECT_EQ(
      ReasonOf({Shaken(), Div("12025550102", "12025550103"), div("12025550103", "12025550104")}),
      "TNAUTH_NOT_COVERED");
}

TEST_F(ChainTest, FiveTokensStandWithinEachOther) {
  std::string token = TokenOf(Shaken());
  std::string value;
  for (int i = 2; i < 8; ++i) {
    const std::string from = "1202555010" + std::to_string(i);
    const std::string to = "1202555010" + std::to_string(i + 1);
    value = DivO(from, to, token);
    token = TokenOf(value);
    Target(to);
    EXPECT_EQ(ReasonOf({value}), i < 7 ? "OK" : "OPT_INVALID") << i;
    EXPECT_EQ(verifier_->Verify(request_).div_count, i < 7 ? static_cast<uint32_t>(i - 1) : 0);
  }
}

TEST_F(ChainTest, WhatStandsWithinIsVerifiedToo) {
  Target("12025550103");
  const auto within = [this](const std::string& opt) {
    return ReasonOf({DivO("12025550102", "12025550103", opt)});
  };
  const std::string shaken = TokenOf(Shaken());
  EXPECT_EQ(within("x"), "OPT_INVALID");
  EXPECT_EQ(within(".." + shaken.substr(shaken.rfind('.') + 1)), "OPT_INVALID");
  EXPECT_EQ(within(TokenOf(Div("12025550102", "12025550103"))), "OPT_INVALID");
  EXPECT_EQ(within(Forged(shaken)), "SIG_INVALID");
  EXPECT_EQ(within(TokenOf(Value("shaken", Claims("\"attest\":\"A\",", "12025550102", kNow)))),
            "OPT_INVALID");
  policy_.div_depth = 0;
  EXPECT_EQ(within(TokenOf(Shaken())), "OPT_INVALID");
}

TEST_F(ChainTest, WhatAddsBelongsToTheSameCall) {
  const std::string rcd = ",\"rcd\":{\"nam\":\"Bob\"}";
  EXPECT_EQ(ReasonOf({Shaken(), Value("rcd", Claims("", "12025550102", kNow, rcd))}), "OK");
  EXPECT_EQ(verifier_->Verify(request_).nam, "Bob");
  EXPECT_EQ(ReasonOf({Value("rcd", Claims("", "12025550102", kNow, rcd))}), "EXT_UNBOUND");
  EXPECT_EQ(ReasonOf({Shaken(kNow - 50), Value("rcd", Claims("", "12025550102", kNow + 11, rcd))}),
            "EXT_UNBOUND");
  const std::string two =
      "{\"dest\":{\"tn\":[\"12025550102\",\"12025550103\"]},\"iat\":" + std::to_string(kNow) +
      ",\"orig\":{\"tn\":\"12025550101\"},\"rph\":{\"auth\":[\"ets.0\"]}}";
  EXPECT_EQ(ReasonOf({Shaken(), Value("rph", two)}), "EXT_UNBOUND");
  EXPECT_EQ(ReasonOf({Value("", two), Value("rcd", Claims("", "12025550102", kNow, rcd))}),
            "EXT_UNBOUND");
}

TEST_F(ChainTest, RepeatsCountOnceAndTooManyNotAtAll) {
  const std::string shaken = Shaken();
  const Result& result = Verify({shaken, shaken});
  EXPECT_EQ(result.result, IdentityResult::kVerified);
  EXPECT_TRUE(result.flags.Has(Flag::kDuplicateIdentity));
  EXPECT_TRUE(result.headers[1].duplicate);
  EXPECT_EQ(ReasonOf(std::vector<std::string>(8, shaken)), "OK");
  EXPECT_EQ(ReasonOf(std::vector<std::string>(9, shaken)), "IDENTITY_COUNT");
}

TEST_F(ChainTest, OneBadBaseRefusesUnlessTheBestCounts) {
  EXPECT_EQ(ReasonOf({Shaken(), Shaken(kNow - 4)}), "OK");
  EXPECT_TRUE(verifier_->Verify(request_).flags.Has(Flag::kMultipleBase));
  EXPECT_EQ(ReasonOf({Shaken(kNow - 100), Shaken()}), "IAT_STALE");
  policy_.best_of = true;
  const Result& result = Verify({Shaken(kNow - 100), Shaken()});
  EXPECT_EQ(result.result, IdentityResult::kVerified);
  EXPECT_EQ(Describe(result.headers[0].reason).name, "IAT_STALE");
}

TEST_F(ChainTest, TheEarliestStepGivesTheReasonAndEveryHeaderItsOwn) {
  Target("12025550103");
  const std::string forged = Forged(Shaken());
  const std::string late = Div("12025550102", "12025550103", kNow - 100);
  const Result& result = Verify({forged, late, "x"});
  EXPECT_EQ(Describe(result.reason).name, "INFO_MISSING");
  EXPECT_EQ(Describe(result.headers[0].reason).stage, Stage::kSignature);
  EXPECT_EQ(Describe(result.headers[1].reason).name, "IAT_STALE");
}

// Of each URL once, with the headers that named it, themselves or in a token within them.
TEST_F(ChainTest, CertificatesAreToldOfEachUrl) {
  constexpr std::string_view kOther = "https://certs.example.net/other.pem";
  Provide(kOther, leaf_);
  request_.request_uri = "tel:+12025550103";
  const Result& result = Verify({Shaken(), Div("12025550102", "12025550103")});
  ASSERT_EQ(result.chains.size(), 1u);
  EXPECT_EQ(result.chains[0].x5u, kUrl);
  EXPECT_EQ(result.chains[0].headers, 3u);
  EXPECT_EQ(result.chains[0].certificates->size(), 2u);
  const std::string inner = SignToken(leaf_, Header("shaken", kOther), ShakenClaims());
  const Result& within = Verify({Shaken(), DivO("12025550102", "12025550103", inner)});
  EXPECT_EQ(within.reason, Reason::kOk);
  ASSERT_EQ(within.chains.size(), 2u);
  EXPECT_EQ(within.chains[1].x5u, kOther);
  EXPECT_EQ(within.chains[1].headers, 2u);
  EXPECT_TRUE(Verify({"x"}).chains.empty());
}

}  // namespace
}  // namespace sipward::identity
