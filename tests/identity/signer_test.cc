#include "identity/signer.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "identity/anchors.h"
#include "identity/identity.h"
#include "tests/identity/pki_files.h"

namespace sipward::identity {
namespace {

using Problem = Signer::Problem;

constexpr std::string_view kUrl = "https://cert.example.com/a.pem";
constexpr Party kCaller{PartyKind::kTn, "12155551212"};
constexpr Party kCalled{PartyKind::kTn, "12155551299"};
constexpr Party kNext{PartyKind::kTn, "442071838750"};

std::string NameOf(Reason reason) { return std::string(Describe(reason).name); }

Signer::Made MakeSigner(const std::string& label, const std::string& key_label,
                        std::string_view url = kUrl, const SignerPolicy& policy = {},
                        int64_t now = kPkiNow, std::string_view anchors = {}) {
  return Signer::Make(LocalKey::FromPem(PkiFile(key_label + ".key")).key,
                      PkiFile(label + ".chain.pem"), url, policy, now, anchors);
}

class Signing : public testing::Test {
 protected:
  Signing() : store_({.bytes = {1}}), source_(store_) {
    EXPECT_EQ(store_.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
    Use("spc");
  }

  void Use(const std::string& label) {
    Signer::Made made = MakeSigner(label, label);
    ASSERT_TRUE(made.outcome.ok()) << NameOf(made.outcome.reason);
    signer_ = std::move(made.signer);
    EXPECT_EQ(store_.ProvideCertificate(kUrl, PkiFile(label + ".chain.pem"), kPkiNow, -1),
              Reason::kOk);
  }

  static Passport Shaken() {
    static constexpr Party kDest[] = {kCalled};
    return {.ppt = Ppt::kShaken, .orig = kCaller, .dest = kDest, .attest = "A"};
  }

  std::string Sign(const Passport& passport, int64_t now = kPkiNow) {
    std::string value;
    const Signer::Outcome outcome = signer_->Sign(passport, now, &value);
    EXPECT_EQ(outcome.problem, Problem::kNone) << NameOf(outcome.reason);
    return value;
  }
  Signer::Outcome Refusal(const Passport& passport, int64_t now = kPkiNow) {
    std::string value = "untouched";
    const Signer::Outcome outcome = signer_->Sign(passport, now, &value);
    EXPECT_EQ(value, "untouched");
    return outcome;
  }

  // What a verifier says of these headers of a call from kCaller.
  std::string Verify(const std::vector<std::string>& values, const Party& target = kCalled,
                     const Policy& policy = {}) {
    const std::vector<std::string_view> identity(values.begin(), values.end());
    const std::string to = "tel:" + std::string(kCalled.text);
    const std::string request_uri = "tel:" + std::string(target.text);
    Request request;
    request.identity = identity;
    request.from = "tel:12155551212";
    request.to = to;
    request.request_uri = request_uri;
    request.now = kPkiNow;
    Verifier verifier(policy, source_);
    const Result& result = verifier.Verify(request);
    origid_ = result.origid;
    div_count_ = result.div_count;
    return NameOf(result.reason);
  }

  TrustStore store_;
  StoreSource source_;
  std::unique_ptr<Signer> signer_;
  std::string origid_;
  uint32_t div_count_ = 0;
};

TEST_F(Signing, ShakenAsOurVerifierTakesIt) {
  const std::string value = Sign(Shaken());
  EXPECT_TRUE(value.ends_with(";info=<https://cert.example.com/a.pem>;alg=ES256;ppt=shaken"));
  EXPECT_EQ(Verify({value}), "OK");
  EXPECT_EQ(origid_.size(), 36U);
  const std::string first = origid_;
  EXPECT_EQ(Verify({Sign(Shaken())}), "OK");
  EXPECT_NE(origid_, first) << "a random one each time";
  const DecodedToken token = Decode(value, {});
  EXPECT_EQ(token.reason, Reason::kOk);
  EXPECT_TRUE(token.header.canonical);
  EXPECT_TRUE(token.payload.canonical);
  EXPECT_EQ(token.header.json,
            "{\"alg\":\"ES256\",\"ppt\":\"shaken\",\"typ\":\"passport\",\"x5u\":"
            "\"https://cert.example.com/a.pem\"}");
  EXPECT_EQ(token.payload.json,
            "{\"attest\":\"A\",\"dest\":{\"tn\":[\"12155551299\"]},\"iat\":1800000000,\"orig\":{"
            "\"tn\":\"12155551212\"},\"origid\":\"" +
                first + "\"}");
}

TEST_F(Signing, OrigidOfTheHost) {
  Passport passport = Shaken();
  passport.origid = "123e4567-e89b-12d3-a456-426655440000";
  EXPECT_EQ(Verify({Sign(passport)}), "OK");
  EXPECT_EQ(origid_, passport.origid);
}

TEST_F(Signing, CompactForm) {
  Passport passport = Shaken();
  passport.compact = true;
  const std::string value = Sign(passport);
  EXPECT_TRUE(value.starts_with(".."));
  EXPECT_EQ(Verify({value}), "COMPACT_FORM_REFUSED");
}

TEST_F(Signing, EveryType) {
  static constexpr Party kUris[] = {kCalled, {PartyKind::kUri, "sip:bob@example.com"}};
  Passport plain{.ppt = Ppt::kNone, .orig = kCaller, .dest = kUris};
  const std::string value = Sign(plain);
  EXPECT_TRUE(value.ends_with(";alg=ES256"));
  EXPECT_EQ(Verify({value}), "OK");
  const std::string base = Sign(Shaken());

  static constexpr Party kSame[] = {kCalled};
  plain.dest = kSame;
  Passport rcd = plain;
  rcd.ppt = Ppt::kRcd;
  rcd.more_claims = R"({"rcd":{"nam":"Zo\u00eb \"Z\" / Co"},"crn":"Reason"})";
  EXPECT_EQ(Verify({base, Sign(rcd)}), "OK");
  Passport rph = plain;
  rph.ppt = Ppt::kRph;
  rph.more_claims = R"( { "sph":"psap-callback", "rph":{"auth":["ets.0"]} } )";
  EXPECT_EQ(Verify({base, Sign(rph)}), "OK");
  EXPECT_TRUE(Decode(Sign(rph), {}).payload.canonical);
  Passport msg = plain;
  msg.ppt = Ppt::kMsg;
  msg.more_claims = R"({"msgi":"sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="})";
  EXPECT_EQ(NameOf(Decode(Sign(msg), {}).reason), "OK");
  Passport shaken = Shaken();
  shaken.more_claims = R"({"z":1,"a":{"c":[true,null],"b":-1.5e3}})";
  EXPECT_EQ(Verify({Sign(shaken)}), "OK");
}

TEST_F(Signing, WhatAVerifierWouldRefuse) {
  Passport passport = Shaken();
  const auto refused = [&](const Passport& other) { return NameOf(Refusal(other).reason); };
  passport.attest = "D";
  EXPECT_EQ(refused(passport), "ATTEST_INVALID");
  passport.attest = "";
  EXPECT_EQ(refused(passport), "ATTEST_INVALID");
  passport = Shaken();
  passport.orig.text = "+12155551212";
  EXPECT_EQ(refused(passport), "TN_NOT_CANONICAL");
  passport.orig.text = "";
  EXPECT_EQ(refused(passport), "ORIG_TYPE");
  passport.orig = {PartyKind::kUri, "sip:a@example.com"};
  EXPECT_EQ(refused(passport), "ORIG_TYPE");
  passport.orig = {};
  EXPECT_EQ(refused(passport), "ORIG_TYPE");
  passport = Shaken();
  passport.dest = {};
  EXPECT_EQ(refused(passport), "DEST_TYPE");
  const std::vector<Party> many(33, kCalled);
  passport.dest = many;
  EXPECT_EQ(refused(passport), "DEST_LIMIT");
  passport = Shaken();
  passport.ppt = Ppt::kUnknown;
  EXPECT_EQ(refused(passport), "PPT_UNSUPPORTED");
  passport = Shaken();
  passport.ppt = Ppt::kDiv;
  EXPECT_EQ(refused(passport), "DIV_MISSING");
  passport = Shaken();
  passport.origid = "a\nb";
  EXPECT_EQ(refused(passport), "JSON_CONTROL");
  passport.origid = "\xff";
  EXPECT_EQ(refused(passport), "JSON_UTF8");
  const int64_t late = signer_->credential().validity().not_after;
  EXPECT_EQ(NameOf(Refusal(Shaken(), late + 1).reason), "CERT_EXPIRED");
}

TEST_F(Signing, ClaimsThatHaveAPlaceOfTheirOwn) {
  Passport passport = Shaken();
  for (const char* more :
       {R"({"iat":1})", R"({"orig":{"tn":"1"}})", R"({"attest":"A"})", R"({"opt":"a"})", R"([1])",
        R"({"a":1)", R"({}})", R"({"a":1},"b":{})", R"({"a":1,"a":2})", R"({"\u0069at":1})"}) {
    passport.more_claims = more;
    EXPECT_EQ(Refusal(passport).problem, Problem::kMoreClaims) << more;
  }
  for (const char* more : {"{}", " { } "}) {
    passport.more_claims = more;
    EXPECT_EQ(Verify({Sign(passport)}), "OK") << more;
  }
  const std::string large = "{\"a\":\"" + std::string(2000, 'a') + "\",\"b\":\"" +
                            std::string(2000, 'b') + "\",\"c\":\"" + std::string(1900, 'c') + "\"}";
  passport.more_claims = large;
  EXPECT_EQ(Refusal(passport).problem, Problem::kTooLarge);
}

TEST_F(Signing, WhatTheCertificatePermits) {
  Use("constrained");
  Passport passport = Shaken();
  EXPECT_EQ(NameOf(Refusal(passport).reason), "CLAIM_CONSTRAINT");
  passport.attest = "B";
  EXPECT_EQ(Verify({Sign(passport)}), "OK");
  Use("numbers");
  EXPECT_EQ(Verify({Sign(Shaken())}), "OK");
  passport.orig.text = "12155551300";
  EXPECT_EQ(NameOf(Refusal(passport).reason), "TNAUTH_NOT_COVERED");
}

TEST_F(Signing, DiversionsOfWhatWasReceived) {
  static constexpr Party kDest[] = {kNext};
  static constexpr Party kLast[] = {{PartyKind::kTn, "33140205050"}};
  const std::string base = Sign(Shaken());
  std::string first;
  ASSERT_TRUE(
      signer_->SignDiversion({.received = base, .div = {}, .dest = kDest}, kPkiNow, &first).ok());
  EXPECT_TRUE(first.ends_with(";ppt=div"));
  EXPECT_EQ(Verify({base, first}, kNext), "OK");
  EXPECT_EQ(div_count_, 1U);
  std::string second;
  ASSERT_TRUE(signer_
                  ->SignDiversion({.received = first, .div = kNext, .dest = kLast, .history = "1"},
                                  kPkiNow, &second)
                  .ok());
  EXPECT_EQ(Verify({base, first, second}, kLast[0]), "OK");
  EXPECT_EQ(div_count_, 2U);
  // Nobody diverts who was not called.
  std::string none = "untouched";
  EXPECT_EQ(
      NameOf(signer_->SignDiversion({.received = base, .div = kNext, .dest = kDest}, kPkiNow, &none)
                 .reason),
      "DIV_CHAIN_BROKEN");
  EXPECT_EQ(NameOf(signer_
                       ->SignDiversion({.received = "a.b;info=<https://cert.example.com/a.pem>",
                                        .div = {},
                                        .dest = kDest},
                                       kPkiNow, &none)
                       .reason),
            "JWS_MALFORMED");
  EXPECT_EQ(none, "untouched");
}

TEST_F(Signing, ADiversionThatHoldsWhatWasReceived) {
  static constexpr Party kDest[] = {kNext};
  const std::string base = Sign(Shaken());
  std::string nested;
  ASSERT_TRUE(signer_
                  ->SignDiversion({.received = base, .div = {}, .dest = kDest, .nested = true},
                                  kPkiNow, &nested)
                  .ok());
  EXPECT_TRUE(nested.ends_with(";ppt=div-o"));
  EXPECT_EQ(Verify({nested}, kNext), "OK");
  EXPECT_EQ(Decode(nested, {}).opt, base.substr(0, base.find(';')));
}

TEST(SignerMake, KeyAndCertificateBelongTogether) {
  EXPECT_EQ(MakeSigner("spc", "numbers").outcome.problem, Problem::kKeyMismatch);
  EXPECT_EQ(MakeSigner("spc", "p384").outcome.problem, Problem::kKeyFailed) << "no key at all";
  EXPECT_TRUE(MakeSigner("spc", "spc").outcome.ok());
}

TEST(SignerMake, ACertificateThatVerifiersTake) {
  const auto reason = [](const std::string& label) {
    return NameOf(MakeSigner(label, label).outcome.reason);
  };
  EXPECT_EQ(reason("no_list"), "TNAUTH_MISSING");
  EXPECT_EQ(reason("no_policy"), "CERT_POLICY");
  EXPECT_EQ(reason("expired"), "CERT_EXPIRED");
  EXPECT_EQ(reason("not_yet"), "CERT_NOT_YET_VALID");
  EXPECT_EQ(reason("untrusted"), "OK") << "whom verifiers trust is not known here";
  const std::string anchors = PkiFile("anchors.pem");
  EXPECT_EQ(NameOf(MakeSigner("untrusted", "untrusted", kUrl, {}, kPkiNow, anchors).outcome.reason),
            "CHAIN_UNTRUSTED");
  EXPECT_TRUE(MakeSigner("spc", "spc", kUrl, {}, kPkiNow, anchors).outcome.ok());
  EXPECT_EQ(NameOf(MakeSigner("spc", "spc", kUrl, {}, kPkiNow, "x").outcome.reason),
            "CERT_MALFORMED");
  EXPECT_EQ(NameOf(MakeSigner("spc", "spc", "http://cert.example.com/a.pem").outcome.reason),
            "X5U_SCHEME");
  EXPECT_EQ(NameOf(MakeSigner("spc", "spc", "https://127.0.0.1/a.pem").outcome.reason),
            "X5U_ADDRESS_DENIED");
}

// A key elsewhere: here, one of this process that can be told to fail.
struct Elsewhere {
  std::unique_ptr<LocalKey> key = LocalKey::FromPem(PkiFile("spc.key")).key;
  int calls = 0;
  int fail_from = INT32_MAX;

  static int32_t Sign(void* context, const uint8_t* digest, uint8_t* signature) {
    auto* self = static_cast<Elsewhere*>(context);
    if (++self->calls >= self->fail_from) return 1;
    Sha256 octets;
    std::copy_n(digest, octets.size(), octets.begin());
    Es256Signature made;
    if (!self->key->Sign(octets, &made)) return 1;
    std::copy_n(made.begin(), made.size(), signature);
    return 0;
  }
};

TEST(SignerMake, AKeyThatIsKeptElsewhere) {
  Elsewhere elsewhere;
  const auto make = [&] {
    return Signer::Make(std::make_unique<CallbackKey>(&Elsewhere::Sign, &elsewhere),
                        PkiFile("spc.chain.pem"), kUrl, {}, kPkiNow);
  };
  const Signer::Made made = make();
  ASSERT_TRUE(made.outcome.ok());
  static constexpr Party kDest[] = {kCalled};
  const Passport passport{.orig = kCaller, .dest = kDest, .attest = "A"};
  std::string value;
  EXPECT_TRUE(made.signer->Sign(passport, kPkiNow, &value).ok());
  EXPECT_EQ(elsewhere.calls, 2);
  elsewhere.fail_from = 3;
  EXPECT_EQ(made.signer->Sign(passport, kPkiNow, &value).problem, Problem::kKeyFailed);
  EXPECT_EQ(make().outcome.problem, Problem::kKeyFailed);
  // It signs with another key from now on.
  elsewhere.fail_from = INT32_MAX;
  elsewhere.key = LocalKey::FromPem(PkiFile("numbers.key")).key;
  EXPECT_EQ(made.signer->Sign(passport, kPkiNow, &value).problem, Problem::kKeyMismatch);
}

}  // namespace
}  // namespace sipward::identity
