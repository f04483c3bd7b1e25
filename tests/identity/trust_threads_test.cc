// Anchors and lists of revoked certificates change while other threads verify.
#include <gtest/gtest.h>

#include <atomic>
#include <string>
#include <thread>
#include <vector>

#include "identity/trust.h"
#include "tests/identity/pki_files.h"
#include "tests/identity/signing.h"

namespace sipward::identity {
namespace {

constexpr int kReaders = 3;
constexpr int kChanges = 12;

TEST(TrustThreads, WhoVerifiesSeesOneStateOrTheOther) {
  const std::string honest = PkiFile("anchors.pem");
  const std::string both = honest + PkiFile("evil.crt");
  const std::string nothing = PkiFile("none.crl");
  const std::string all = PkiFile("all.crl");
  const std::string chain = PkiFile("spc.chain.pem");
  const std::string text = "header.payload";
  const std::string signature = SignEs256(KeyOfPem(PkiFile("spc.key")).get(), text);
  ASSERT_EQ(signature.size(), 64U);

  TrustStore store({.bytes = {7}});
  ASSERT_EQ(store.SetAnchors(both, kPkiNow), Reason::kOk);
  ASSERT_EQ(store.ProvideCertificate("spc", chain, kPkiNow, -1), Reason::kOk);
  ASSERT_EQ(store.ProvideCertificate("revoked", PkiFile("revoked.chain.pem"), kPkiNow, -1),
            Reason::kOk);

  std::atomic<bool> done = false;
  std::atomic<int> wrong = 0;
  std::atomic<int> revoked = 0;
  std::atomic<int> verified = 0;
  std::vector<std::thread> threads;
  for (int reader = 0; reader < kReaders; ++reader) {
    threads.emplace_back([&] {
      while (!done.load()) {
        const Lookup good = store.Find("spc", kPkiNow);
        if (good.state != Lookup::State::kFound || good.credential->spc() != "709J" ||
            !good.credential->VerifyEs256(text, signature)) {
          ++wrong;
        } else {
          ++verified;
        }
        const Lookup other = store.Find("revoked", kPkiNow);
        const bool is_revoked = other.reason == Reason::kCertRevoked;
        if (is_revoked) ++revoked;
        if (!is_revoked && other.reason != Reason::kOk) ++wrong;
        store.Find("new 3", kPkiNow);
        store.statistics();
      }
    });
  }
  threads.emplace_back([&] {
    for (int i = 0; !done.load(); ++i) {
      const std::string url = "new " + std::to_string(i % 8);
      if (i % 2 == 0) {
        if (store.ProvideCertificate(url, chain, kPkiNow, -1) != Reason::kOk) ++wrong;
      } else {
        store.ProvideFailure(url, Reason::kX5uTimeout, kPkiNow);
      }
    }
  });
  for (int change = 0; change < kChanges || revoked.load() == 0 || verified.load() < 50; ++change) {
    EXPECT_EQ(store.SetAnchors(change % 2 == 0 ? honest : both, kPkiNow), Reason::kOk);
    EXPECT_EQ(store.SetCrls({change % 2 == 0 ? all : nothing}), Reason::kOk);
    std::this_thread::yield();
  }
  done = true;
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(wrong.load(), 0);
  EXPECT_GT(verified.load(), 0);
}

// Whoever was being judged while the anchors changed is judged by the new ones.
TEST(TrustThreads, AnchorsThatAreGoneLetNobodyIn) {
  const std::string evil = PkiFile("evil.crt");
  const std::string both = evil + PkiFile("anchors.pem");
  const std::string chain = PkiFile("spc.chain.pem");
  const std::string other = PkiFile("untrusted.chain.pem");  // by evil
  TrustStore store({.bytes = {7}});
  int found = 0;
  for (int round = 0; round < 40; ++round) {
    ASSERT_EQ(store.SetAnchors(both, kPkiNow), Reason::kOk);
    // So many that judging them anew takes longer than to bring one more.
    for (int i = 0; i < 12; ++i) {
      const std::string url = "other " + std::to_string(i);
      ASSERT_EQ(store.ProvideCertificate(url, other, kPkiNow, -1), Reason::kOk);
    }
    std::atomic<int> provided = 0;
    std::atomic<bool> changed = false;
    std::thread provider([&] {
      for (; !changed; ++provided) store.ProvideCertificate("spc", chain, kPkiNow, -1);
    });
    while (provided < 1) std::this_thread::yield();
    EXPECT_EQ(store.SetAnchors(evil, kPkiNow), Reason::kOk);
    changed = true;
    provider.join();
    if (store.Find("spc", kPkiNow).state == Lookup::State::kFound) ++found;
  }
  EXPECT_EQ(found, 0);
}

}  // namespace
}  // namespace sipward::identity
