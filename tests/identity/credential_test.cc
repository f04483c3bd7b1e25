#include "identity/credential.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "identity/anchors.h"
#include "identity/chain_document.h"
#include "identity/es256.h"
#include "identity/trust_policy.h"
#include "tests/identity/pki_files.h"

namespace sipward::identity {
namespace {

Credential::Made Make(const std::string& label, const TrustPolicy& policy = {},
                      int64_t now = kPkiNow) {
  const auto anchors = AnchorSet::Parse(PkiFile("anchors.pem"), policy.partial_chains);
  EXPECT_NE(anchors, nullptr);
  const auto read = ChainDocument::Parse(PkiFile(label + ".chain.pem"), {.size = 64 * 1024});
  if (!read.document) return {.reason = read.reason, .credential = nullptr};
  return Credential::Make(*read.document, *anchors, policy, now);
}

struct Case {
  const char* label;
  Reason reason;
};
void PrintTo(const Case& shown, std::ostream* out) { *out << shown.label; }

class CredentialCases : public testing::TestWithParam<Case> {};

TEST_P(CredentialCases, GivesItsReason) {
  const auto [label, reason] = GetParam();
  if (PkiFile(std::string(label) + ".chain.pem").empty()) {
    ASSERT_STREQ(label, "sha1") << "was not made";
    GTEST_SKIP() << "the library that makes certificates signs nothing over SHA-1 any more";
  }
  const Credential::Made made = Make(label);
  EXPECT_EQ(Describe(made.reason).name, Describe(reason).name);
  EXPECT_EQ(made.credential != nullptr, reason == Reason::kOk);
}

INSTANTIATE_TEST_SUITE_P(
    Leaves, CredentialCases,
    testing::Values(
        Case{"spc", Reason::kOk}, Case{"numbers", Reason::kOk}, Case{"delegate", Reason::kOk},
        Case{"constrained", Reason::kOk}, Case{"revoked", Reason::kOk},
        Case{"two_spcs", Reason::kOk}, Case{"spc_and_numbers", Reason::kOk},
        Case{"critical_list", Reason::kOk}, Case{"critical_constraints", Reason::kOk},
        Case{"expired", Reason::kOk}, Case{"not_yet", Reason::kOk},
        Case{"no_basic_constraints", Reason::kOk}, Case{"policy_4", Reason::kOk},
        Case{"enhanced", Reason::kOk}, Case{"no_distribution", Reason::kOk},
        Case{"own_list", Reason::kOk}, Case{"p384", Reason::kCertKeyAlg},
        Case{"k256", Reason::kCertKeyAlg}, Case{"rsa", Reason::kCertKeyAlg},
        Case{"no_usage", Reason::kCertKeyUsage}, Case{"wrong_usage", Reason::kCertKeyUsage},
        Case{"also_cert_sign", Reason::kCertKeyUsage}, Case{"is_ca", Reason::kCertIsCa},
        Case{"server_auth", Reason::kCertEku}, Case{"sip_domain", Reason::kCertEku},
        Case{"no_policy", Reason::kCertPolicy}, Case{"policy_6", Reason::kCertPolicy},
        Case{"policy_11", Reason::kCertPolicy}, Case{"unknown_critical", Reason::kCertCriticalExt},
        Case{"no_list", Reason::kTnauthMissing}, Case{"list_elsewhere", Reason::kTnauthByReference},
        Case{"empty_list", Reason::kTnauthMalformed},
        Case{"implicit_list", Reason::kTnauthMalformed},
        Case{"trailing_list", Reason::kTnauthMalformed},
        Case{"bad_constraints", Reason::kConstraintMalformed}),
    testing::PrintToStringParamName());

// What no library writes.
INSTANTIATE_TEST_SUITE_P(ByHand, CredentialCases,
                         testing::Values(Case{"by_hand", Reason::kOk},
                                         Case{"compressed", Reason::kCertKeyAlg},
                                         Case{"explicit_curve", Reason::kCertKeyAlg},
                                         Case{"list_twice", Reason::kTnauthMalformed},
                                         Case{"constraints_twice", Reason::kConstraintMalformed},
                                         Case{"version_1", Reason::kCertMalformed}),
                         testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    Chains, CredentialCases,
    testing::Values(
        Case{"untrusted", Reason::kChainUntrusted}, Case{"false_root", Reason::kChainUntrusted},
        Case{"by_leaf", Reason::kChainCaFalse}, Case{"no_cert_sign", Reason::kChainCaFalse},
        Case{"path_length", Reason::kChainPathlen},
        Case{"outside_names", Reason::kChainNameConstraint}, Case{"inside_names", Reason::kOk},
        Case{"expired_ca", Reason::kOk}, Case{"young_ca", Reason::kOk},
        Case{"critical_ca", Reason::kCertCriticalExt}, Case{"rsa_ca", Reason::kOk},
        Case{"small_rsa_ca", Reason::kChainWeakAlg}, Case{"p521_ca", Reason::kChainWeakAlg},
        Case{"p384_ca", Reason::kOk}, Case{"sha1", Reason::kChainWeakAlg},
        Case{"depth_2", Reason::kOk}, Case{"depth_3", Reason::kOk}, Case{"depth_4", Reason::kOk},
        Case{"depth_5", Reason::kChainTooDeep}, Case{"depth_20", Reason::kChainTooDeep},
        Case{"revoked_ca", Reason::kOk}),
    testing::PrintToStringParamName());

INSTANTIATE_TEST_SUITE_P(
    Delegates, CredentialCases,
    testing::Values(Case{"delegate_inside", Reason::kOk},
                    Case{"delegate_outside", Reason::kTnauthNotEncompassed},
                    Case{"delegate_longer", Reason::kTnauthNotEncompassed},
                    Case{"delegate_spc", Reason::kTnauthNotEncompassed},
                    Case{"delegate_inner", Reason::kOk},
                    Case{"delegate_inner_outside", Reason::kTnauthNotEncompassed},
                    Case{"delegate_silent_inside", Reason::kOk},
                    Case{"delegate_silent_outside", Reason::kTnauthNotEncompassed},
                    Case{"delegate_of_provider", Reason::kOk},
                    Case{"delegate_other_provider", Reason::kTnauthNotEncompassed},
                    Case{"delegate_wide", Reason::kTnauthNotEncompassed},
                    Case{"delegate_broken", Reason::kTnauthMalformed},
                    Case{"delegate_critical", Reason::kOk}),
    testing::PrintToStringParamName());

TEST(Credential, WhatItSaysOfItsHolder) {
  const auto provider = Make("spc").credential;
  ASSERT_NE(provider, nullptr);
  EXPECT_EQ(provider->spc(), "709J");
  EXPECT_EQ(provider->spc_count(), 1U);
  EXPECT_TRUE(provider->CoversTn("442071838750"));
  EXPECT_TRUE(provider->constraints().empty());
  EXPECT_EQ(provider->subject(), "CN=SHAKEN 709J,O=Example STI,C=US");
  EXPECT_EQ(provider->issuer(), "CN=Example STI-CA Issuing,O=Example STI,C=US");
  EXPECT_FALSE(provider->serial().empty());
  EXPECT_EQ(provider->chain().size(), 2U);
  EXPECT_EQ(provider->crl_issuers().size(), 1U);

  const auto numbers = Make("numbers").credential;
  ASSERT_NE(numbers, nullptr);
  EXPECT_EQ(numbers->spc(), "");
  EXPECT_TRUE(numbers->CoversTn("12155551299"));
  EXPECT_FALSE(numbers->CoversTn("12155551300"));

  const auto limited = Make("constrained").credential;
  ASSERT_NE(limited, nullptr);
  ASSERT_EQ(limited->constraints().size(), 1U);
  EXPECT_EQ(limited->constraints()[0].permitted_values[0].claim, "attest");
  EXPECT_EQ(Make("critical_constraints").credential->constraints().size(), 2U);
  EXPECT_EQ(Make("no_distribution").credential->crl_issuers().size(), 0U);
}

TEST(Credential, Dates) {
  const auto provider = Make("spc").credential;
  ASSERT_NE(provider, nullptr);
  const Validity leaf = provider->validity();
  EXPECT_EQ(leaf.not_before, kPkiNow - 365 * 86400);
  EXPECT_EQ(leaf.not_after, kPkiNow + 10 * 365 * 86400);
  EXPECT_EQ(leaf.At(leaf.not_before), Reason::kOk);
  EXPECT_EQ(leaf.At(leaf.not_before - 1), Reason::kCertNotYetValid);
  EXPECT_EQ(leaf.At(leaf.not_after), Reason::kOk);
  EXPECT_EQ(leaf.At(leaf.not_after + 1), Reason::kCertExpired);
  // The chain ends with the first of it that ends.
  const auto shorter = Make("short_ca").credential;
  ASSERT_NE(shorter, nullptr);
  EXPECT_EQ(shorter->chain_validity().not_after, kPkiNow + 2 * 86400);
  EXPECT_EQ(shorter->validity().not_after, kPkiNow + 10 * 365 * 86400);
  EXPECT_EQ(Make("young_ca").credential->chain_validity().At(kPkiNow), Reason::kCertNotYetValid);
}

TEST(Credential, PoliciesOfTheHost) {
  EXPECT_EQ(Make("no_policy", {.require_policy = false}).reason, Reason::kOk);
  const TrustPolicy profile{.shaken_profile = true};
  EXPECT_EQ(Make("spc", profile).reason, Reason::kOk);
  for (const char* label : {"two_spcs", "spc_and_numbers", "numbers"}) {
    EXPECT_EQ(Make(label, profile).reason, Reason::kTnauthProfile) << label;
  }
  const TrustPolicy usage{.extended_key_usages = {"1.3.6.1.5.5.7.3.20"}};
  EXPECT_EQ(Make("sip_domain", usage).reason, Reason::kOk);
  EXPECT_EQ(Make("server_auth", usage).reason, Reason::kCertEku);
  EXPECT_EQ(Make("depth_5", {.max_chain = 5}).reason, Reason::kOk);
  EXPECT_EQ(Make("depth_3", {.max_chain = 2}).reason, Reason::kChainTooDeep);
}

TEST(Credential, AnAnchorThatIsNotSelfSigned) {
  const auto document = ChainDocument::Parse(PkiFile("spc.chain.pem"), {}).document;
  ASSERT_NE(document, nullptr);
  for (const bool partial : {false, true}) {
    const auto anchors = AnchorSet::Parse(PkiFile("ica.crt"), partial);
    ASSERT_NE(anchors, nullptr);
    const TrustPolicy policy{.partial_chains = partial};
    EXPECT_EQ(Credential::Make(*document, *anchors, policy, kPkiNow).reason,
              partial ? Reason::kOk : Reason::kChainUntrusted);
  }
  EXPECT_EQ(Credential::Make(*document, AnchorSet(), {}, kPkiNow).reason, Reason::kChainUntrusted);
}

Reason Read(const std::string& bytes, const ChainDocument::Limits& limits = {}) {
  return ChainDocument::Parse(bytes, limits).reason;
}

TEST(ChainDocument, PemAndDer) {
  const std::string chain = PkiFile("spc.chain.pem");
  EXPECT_EQ(Read(chain), Reason::kOk);
  EXPECT_EQ(ChainDocument::Parse(chain, {}).document->certificates().size(), 2U);
  EXPECT_EQ(Read("Of whom it is\r\n" + chain + "\nthe end"), Reason::kOk);
  const std::string der = PkiFile("spc.der");
  EXPECT_EQ(Read(der), Reason::kOk);
  EXPECT_EQ(Read(der + '\0'), Reason::kCertMalformed);
  EXPECT_EQ(Read(der.substr(0, der.size() - 1)), Reason::kCertMalformed);
  EXPECT_EQ(Read(""), Reason::kCertMalformed);
  EXPECT_EQ(Read("<html>"), Reason::kCertMalformed);
  EXPECT_EQ(Read(PkiFile("sti-pa.crl")), Reason::kCertMalformed);
}

TEST(ChainDocument, WhatIsNotPem) {
  const std::string one = PkiFile("root.crt");
  EXPECT_EQ(Read(one.substr(0, one.size() - 10)), Reason::kCertMalformed);
  std::string changed = one;
  changed.replace(changed.find("CERTIFICATE-----\n") + 20, 1, "-");
  EXPECT_EQ(Read(changed), Reason::kCertMalformed);
  changed = one;
  changed.replace(0, 28, "-----BEGIN TRUSTED CERTIFICATE-----");
  EXPECT_EQ(Read(changed), Reason::kCertMalformed);
  changed = one;
  changed.erase(changed.find("\n-----END") - 3, 1);
  EXPECT_EQ(Read(changed), Reason::kCertMalformed);
}

TEST(ChainDocument, APrivateKeyIsAnAlarm) {
  const std::string chain = PkiFile("spc.chain.pem");
  EXPECT_EQ(Read(chain + PkiFile("spc.key")), Reason::kCertHasPrivateKey);
  EXPECT_EQ(Read(PkiFile("spc.key") + chain), Reason::kCertHasPrivateKey);
  EXPECT_EQ(Read("-----BEGIN EC PRIVATE KEY-----\n"), Reason::kCertHasPrivateKey);
}

TEST(ChainDocument, Limits) {
  const std::string chain = PkiFile("spc.chain.pem");
  EXPECT_EQ(Read(chain, {.size = chain.size()}), Reason::kOk);
  EXPECT_EQ(Read(chain, {.size = chain.size() - 1}), Reason::kX5uTooLarge);
  EXPECT_EQ(Read(chain, {.certificates = 2}), Reason::kOk);
  EXPECT_EQ(Read(chain, {.certificates = 1}), Reason::kChainTooDeep);
}

TEST(NameDigest, WhatIsComparedOfNames) {
  EXPECT_FALSE(DigestName("").has_value());
  EXPECT_FALSE(DigestName(std::string("\x30\x00\x00", 3)).has_value());
  EXPECT_TRUE(DigestName(std::string("\x30\x00", 2)).has_value());
  const auto name = [](const std::string& type, const std::string& text) {
    const std::string attribute =
        std::string("\x06\x03\x55\x04\x0a", 5) + type + static_cast<char>(text.size()) + text;
    const auto wrap = [](char tag, const std::string& inside) {
      return std::string{tag, static_cast<char>(inside.size())} + inside;
    };
    return DigestName(wrap('\x30', wrap('\x31', wrap('\x30', attribute))));
  };
  const auto plain = name("\x0c", "Test STI");
  ASSERT_TRUE(plain.has_value());
  EXPECT_EQ(name("\x13", "Test STI"), plain);
  EXPECT_EQ(name("\x0c", "  tESt   sti "), plain);
  EXPECT_NE(name("\x0c", "TestSTI"), plain);
  EXPECT_NE(name("\x0c", "Test STI2"), plain);
  EXPECT_NE(name("\x1e", "Test STI"), plain) << "BMPString has two octets a character";
  EXPECT_NE(DigestName(std::string("\x30\x00", 2)), plain);
}

}  // namespace
}  // namespace sipward::identity
