// A verifier over a PKI that the test makes, and the words to write requests and tokens with.
#ifndef SIPWARD_TESTS_IDENTITY_VERIFY_FIXTURE_H_
#define SIPWARD_TESTS_IDENTITY_VERIFY_FIXTURE_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.h"
#include "tests/identity/made_pki.h"

namespace sipward::identity {

inline constexpr std::string_view kUrl = "https://certs.example.net/1234.pem";
inline constexpr std::string_view kOrigid = "6f1b8b4e-0d51-4a60-9f0a-2f2f7d9f0d11";

class VerifyFixture : public testing::Test {
 protected:
  static constexpr int64_t kNow = MadePki::kNow;

  VerifyFixture() : leaf_(pki().MakeLeaf()), store_(HashSecret{}), source_(store_) {
    EXPECT_EQ(store_.SetAnchors(pki().anchor(), kNow), Reason::kOk);
    Provide(kUrl, leaf_);
    request_.now = kNow;
    request_.from = "sip:+12025550101@example.net;user=phone";
    request_.to = "tel:+12025550102";
    request_.request_uri = "sip:+12025550102@example.com;user=phone";
  }

  static const MadePki& pki() {
    static const MadePki made;
    return made;
  }
  void Provide(std::string_view url, const MadeLeaf& leaf) {
    EXPECT_EQ(Describe(store_.ProvideCertificate(url, leaf.pem, kNow, -1)).name, "OK");
  }

  // Without ppt: the plain token.
  static std::string Header(std::string_view ppt, std::string_view url = kUrl) {
    return "{\"alg\":\"ES256\"," + (ppt.empty() ? "" : "\"ppt\":\"" + std::string(ppt) + "\",") +
           "\"typ\":\"passport\",\"x5u\":\"" + std::string(url) + "\"}";
  }
  static std::string Params(std::string_view ppt, std::string_view url = kUrl) {
    return ";info=<" + std::string(url) + ">;alg=ES256" +
           (ppt.empty() ? "" : ";ppt=" + std::string(ppt));
  }
  // The value of an Identity header.
  std::string Value(std::string_view ppt, std::string_view payload) const {
    return SignToken(leaf_, Header(ppt), payload) + Params(ppt);
  }
  static std::string Tn(std::string_view tn) { return "{\"tn\":\"" + std::string(tn) + "\"}"; }
  static std::string Tns(std::string_view tn) { return "{\"tn\":[\"" + std::string(tn) + "\"]}"; }
  // Claims in their order: those before iat, then iat and orig, then others.
  static std::string Claims(std::string_view before, std::string_view dest, int64_t iat,
                            std::string_view after = {}, std::string_view div = {}) {
    return "{" + std::string(before) + "\"dest\":" + Tns(dest) +
           (div.empty() ? "" : ",\"div\":" + Tn(div)) + ",\"iat\":" + std::to_string(iat) +
           ",\"orig\":" + Tn("12025550101") + std::string(after) + "}";
  }
  static std::string ShakenClaims(int64_t iat = kNow - 5) {
    return Claims("\"attest\":\"A\",", "12025550102", iat,
                  ",\"origid\":\"" + std::string(kOrigid) + "\"");
  }
  std::string Shaken(int64_t iat = kNow - 5) const { return Value("shaken", ShakenClaims(iat)); }
  std::string Div(std::string_view from, std::string_view to, int64_t iat = kNow - 3) const {
    return Value("div", Claims("", to, iat, {}, from));
  }

  // With another signature.
  static std::string Forged(std::string value) {
    char& octet = value[value.rfind('.', value.find(';')) + 3];
    octet = octet == 'A' ? 'B' : 'A';
    return value;
  }

  const Result& Verify(std::vector<std::string> values) {
    values_ = std::move(values);
    views_.assign(values_.begin(), values_.end());
    request_.identity = views_;
    verifier_ = std::make_unique<Verifier>(policy_, source_, replay_);
    return verifier_->Verify(request_);
  }
  std::string_view ReasonOf(std::vector<std::string> values) {
    return Describe(Verify(std::move(values)).reason).name;
  }

  MadeLeaf leaf_;
  TrustStore store_;
  StoreSource source_;
  Policy policy_;
  ReplayMemory* replay_ = nullptr;
  Request request_;
  std::unique_ptr<Verifier> verifier_;

 private:
  std::vector<std::string> values_;
  std::vector<std::string_view> views_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_TESTS_IDENTITY_VERIFY_FIXTURE_H_
