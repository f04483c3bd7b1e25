// What a verification with a certificate that is there allocates.
#include <gtest/gtest.h>

#include <string>

#include "identity/es256.h"
#include "identity/trust.h"
#include "identity/x5u.h"
#include "tests/identity/pki_files.h"
#include "tests/identity/signing.h"
#include "tests/support/allocation_counter.h"

namespace sipward::identity {
namespace {

TEST(TrustAllocation, AskingAllocatesNothing) {
  const std::string url = "https://cert.example.com/a.pem";
  TrustStore store({.bytes = {7}});
  ASSERT_EQ(store.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  const std::string list = PkiFile("all.crl");
  ASSERT_EQ(store.SetCrls({list}), Reason::kOk);
  ASSERT_EQ(store.ProvideCertificate(url, PkiFile("numbers.chain.pem"), kPkiNow, -1), Reason::kOk);
  const std::string text = "header.payload";
  const std::string signature = SignEs256(KeyOfPem(PkiFile("numbers.key")).get(), text);
  const X5uPolicy policy{.allowed_hosts = {".example.com"}};

  const uint64_t before = allocation_count();
  bool good = true;
  for (int i = 0; i < 100; ++i) {
    good = good && CheckX5u(url, policy) == Reason::kOk;
    const Lookup lookup = store.Find(url, kPkiNow + i);
    good = good && lookup.state == Lookup::State::kFound;
    good = good && lookup.credential->validity().At(kPkiNow) == Reason::kOk;
    good = good && lookup.credential->CoversTn("12155551212");
    good = good &&
           store.Find("https://cert.example.com/b.pem", kPkiNow).state == Lookup::State::kMissing;
    good = good && CheckEs256Form(signature) == Reason::kOk;
  }
  EXPECT_EQ(allocation_count() - before, 0U);
  EXPECT_TRUE(good);

  // libcrypto's own, once the context is made: they stay the same, and are given back.
  const auto credential = store.Find(url, kPkiNow).credential;
  ASSERT_TRUE(credential->VerifyEs256(text, signature));
  const int64_t living = allocation_living();
  const uint64_t first = allocation_count();
  ASSERT_TRUE(credential->VerifyEs256(text, signature));
  const uint64_t each = allocation_count() - first;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(credential->VerifyEs256(text, signature));
  EXPECT_EQ(allocation_count() - first, 11 * each);
  EXPECT_EQ(allocation_living(), living);
  EXPECT_LE(each, 100U);
  RecordProperty("allocations_of_libcrypto", static_cast<int>(each));
}

}  // namespace
}  // namespace sipward::identity
