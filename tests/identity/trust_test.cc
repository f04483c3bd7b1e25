#include "identity/trust.h"

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "tests/identity/pki_files.h"

namespace sipward::identity {
namespace {

constexpr int64_t kDay = 86400;
constexpr int64_t kHour = 3600;
const std::string kUrl = "https://cert.example.com/a.pem";

HashSecret Secret() { return {.bytes = {1, 2, 3}}; }

class Trust : public testing::Test {
 protected:
  explicit Trust(const TrustPolicy& policy = {}) : store_(Secret(), policy) {
    EXPECT_EQ(store_.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  }

  static Reason Provide(TrustStore* store, const std::string& label, const std::string& url = kUrl,
                        int64_t now = kPkiNow, int64_t max_age = -1) {
    return store->ProvideCertificate(url, PkiFile(label + ".chain.pem"), now, max_age);
  }
  Reason Provide(const std::string& label, const std::string& url = kUrl) {
    return Provide(&store_, label, url);
  }

  static Reason SetCrls(TrustStore* store, std::initializer_list<const char*> labels) {
    std::vector<std::string> files;
    for (const char* label : labels) files.push_back(PkiFile(std::string(label) + ".crl"));
    return store->SetCrls(std::vector<std::string_view>(files.begin(), files.end()));
  }

  Lookup Find(int64_t now = kPkiNow, const std::string& url = kUrl) {
    return store_.Find(url, now);
  }

  TrustStore store_;
};

TEST_F(Trust, ACredentialIsThereOnceItWasHandedIn) {
  Lookup lookup = Find();
  EXPECT_EQ(lookup.state, Lookup::State::kMissing);
  EXPECT_EQ(lookup.reason, Reason::kCertUnavailable);
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  lookup = Find();
  EXPECT_EQ(lookup.state, Lookup::State::kFound);
  EXPECT_EQ(lookup.reason, Reason::kOk);
  ASSERT_NE(lookup.credential, nullptr);
  EXPECT_EQ(lookup.credential->spc(), "709J");
  EXPECT_EQ(lookup.flags, FlagSet());
  EXPECT_FALSE(lookup.refresh);
  // To the octet: no other URL is served from this one.
  for (const char* other : {"https://cert.example.com/A.pem", "https://cert.example.com/a.pem ",
                            "https://CERT.example.com/a.pem"}) {
    EXPECT_EQ(Find(kPkiNow, other).state, Lookup::State::kMissing);
  }
}

TEST_F(Trust, WhatFailedIsToldForAWhile) {
  EXPECT_EQ(Provide("untrusted"), Reason::kChainUntrusted);
  EXPECT_EQ(Find().state, Lookup::State::kFailed);
  EXPECT_EQ(Find().reason, Reason::kChainUntrusted);
  EXPECT_EQ(Find(kPkiNow + 300).state, Lookup::State::kFailed);
  EXPECT_EQ(Find(kPkiNow + 301).state, Lookup::State::kMissing);
  store_.ProvideFailure(kUrl, Reason::kX5uTimeout, kPkiNow);
  EXPECT_EQ(Find(kPkiNow + 60).reason, Reason::kX5uTimeout);
  EXPECT_EQ(Find(kPkiNow + 61).state, Lookup::State::kMissing);
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
}

TEST_F(Trust, DatesAreJudgedAtTheTime) {
  EXPECT_EQ(Provide("expired"), Reason::kCertExpired);
  EXPECT_EQ(Find().reason, Reason::kCertExpired);
  EXPECT_EQ(Provide("not_yet"), Reason::kCertNotYetValid);
  EXPECT_EQ(Provide("expired_ca"), Reason::kCertExpired);
  EXPECT_EQ(Provide("young_ca"), Reason::kCertNotYetValid);
  // Kept for a week, but no longer than the authority.
  EXPECT_EQ(Provide(&store_, "short_ca", kUrl, kPkiNow, 7 * kDay), Reason::kOk);
  EXPECT_EQ(Find(kPkiNow + 2 * kDay).state, Lookup::State::kFound);
  EXPECT_EQ(Find(kPkiNow + 2 * kDay + 1).reason, Reason::kCertExpired);
  EXPECT_EQ(Find(kPkiNow + 2 * kDay + 2).state, Lookup::State::kMissing);
  EXPECT_EQ(Find(kPkiNow - 366 * kDay).reason, Reason::kCertNotYetValid);
}

TEST_F(Trust, HowLongItIsKept) {
  struct Case {
    int64_t max_age;
    int64_t fresh;
  };
  for (const auto& [max_age, fresh] :
       {Case{-1, kDay}, Case{0, kDay}, Case{kHour, kDay}, Case{2 * kDay, 2 * kDay},
        Case{30 * kDay, 7 * kDay}, Case{INT64_MAX, 7 * kDay}}) {
    EXPECT_EQ(Provide(&store_, "spc", kUrl, kPkiNow, max_age), Reason::kOk);
    EXPECT_FALSE(Find(kPkiNow + fresh).refresh) << max_age;
    EXPECT_TRUE(Find(kPkiNow + fresh + 1).refresh) << max_age;
    EXPECT_EQ(Find(kPkiNow + fresh + kDay).state, Lookup::State::kFound);
    EXPECT_EQ(Find(kPkiNow + fresh + kDay + 1).state, Lookup::State::kMissing);
  }
}

TEST_F(Trust, AFailureTakesNothingAwayThatIsUsable) {
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  const int64_t late = kPkiNow + kDay + 10;
  EXPECT_TRUE(Find(late).refresh);
  store_.ProvideFailure(kUrl, Reason::kX5uTimeout, late);
  EXPECT_EQ(Find(late).state, Lookup::State::kFound);
  EXPECT_FALSE(Find(late + 59).refresh) << "not fetched again at once";
  EXPECT_TRUE(Find(late + 60).refresh);
  EXPECT_EQ(store_.ProvideCertificate(kUrl, "<html>", late, -1), Reason::kCertMalformed);
  EXPECT_EQ(Find(late).state, Lookup::State::kFound);
  // What is no longer usable is replaced.
  const int64_t gone = kPkiNow + 3 * kDay;
  store_.ProvideFailure(kUrl, Reason::kX5uTimeout, gone);
  EXPECT_EQ(Find(gone).reason, Reason::kX5uTimeout);
}

TEST_F(Trust, AnotherDocumentTakesItsPlace) {
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Provide("numbers"), Reason::kOk);
  EXPECT_EQ(Find().credential->spc(), "");
  EXPECT_EQ(store_.statistics().credentials, 1U);
}

TEST_F(Trust, SeveralCodesAreFlagged) {
  EXPECT_EQ(Provide("two_spcs"), Reason::kOk);
  EXPECT_TRUE(Find().flags.Has(Flag::kTnauthMultiSpc));
}

TEST_F(Trust, OtherAnchors) {
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Provide("untrusted", "https://cert.example.com/evil.pem"), Reason::kChainUntrusted);
  const Lookup pinned = Find();
  const uint64_t before = store_.anchor_generation();
  EXPECT_EQ(store_.SetAnchors("-----BEGIN CERTIFICATE-----", kPkiNow), Reason::kCertMalformed);
  EXPECT_EQ(store_.anchor_generation(), before);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
  EXPECT_EQ(store_.SetAnchors(PkiFile("evil.crt"), kPkiNow), Reason::kOk);
  EXPECT_GT(store_.anchor_generation(), before);
  EXPECT_EQ(Find().reason, Reason::kChainUntrusted);
  EXPECT_EQ(Find(kPkiNow, "https://cert.example.com/evil.pem").state, Lookup::State::kMissing)
      << "what failed is tried again";
  EXPECT_EQ(pinned.credential->spc(), "709J") << "who holds one may use it";
  // Both.
  EXPECT_EQ(store_.SetAnchors(PkiFile("evil.crt") + PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Provide("untrusted"), Reason::kOk);
  EXPECT_EQ(store_.SetAnchors(PkiFile("anchors.pem") + PkiFile("evil.crt"), kPkiNow), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound) << "judged anew and still good";
}

TEST_F(Trust, Revocation) {
  EXPECT_EQ(SetCrls(&store_, {"all"}), Reason::kOk);
  for (const char* label : {"revoked", "revoked_ca"}) {
    EXPECT_EQ(Provide(label), Reason::kOk);
    EXPECT_EQ(Find().reason, Reason::kCertRevoked) << label;
  }
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
  EXPECT_EQ(Find().flags, FlagSet());
  // A list that comes later holds for what is there.
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"none"}), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
  const uint64_t before = store_.crl_generation();
  EXPECT_EQ(SetCrls(&store_, {"sti-pa"}), Reason::kOk);
  EXPECT_GT(store_.crl_generation(), before);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked);
  EXPECT_EQ(SetCrls(&store_, {}), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
}

TEST_F(Trust, TheIssuerOfAnEntryHoldsForThoseBehindIt) {
  EXPECT_EQ(SetCrls(&store_, {"carried"}), Reason::kOk);
  for (const char* label : {"policy_4", "revoked"}) {
    EXPECT_EQ(Provide(label), Reason::kOk);
    EXPECT_EQ(Find().reason, Reason::kCertRevoked) << label;
  }
}

TEST_F(Trust, TheIssuerOfAnEntryMayBeSpeltOtherwise) {
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"other_spelling"}), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked);
  // Without a word of who issued it, an entry is the issuer's of the list.
  EXPECT_EQ(SetCrls(&store_, {"not_indirect"}), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
}

TEST_F(Trust, ListsThatCannotBeUsed) {
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"forged"}), Reason::kCrlSignature);
  EXPECT_EQ(Find().reason, Reason::kCrlSignature);
  for (const char* label : {"unknown_critical", "delta", "issuer_in_direct", "no such file"}) {
    EXPECT_EQ(SetCrls(&store_, {label}), Reason::kCrlMalformed) << label;
    EXPECT_EQ(Find().reason, Reason::kCrlMalformed) << label;
  }
  EXPECT_EQ(SetCrls(&store_, {"all"}), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
}

TEST_F(Trust, ListsThatAreNotCurrent) {
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  for (const char* label : {"stale", "future"}) {
    EXPECT_EQ(SetCrls(&store_, {label}), Reason::kOk);
    EXPECT_EQ(Find().state, Lookup::State::kFound) << label;
    EXPECT_TRUE(Find().flags.Has(Flag::kCrlStale)) << label;
  }
  EXPECT_TRUE(Find(kPkiNow + kDay).flags == FlagSet()) << "its time has come";
  // What was revoked stays so.
  EXPECT_EQ(SetCrls(&store_, {}), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"stale"}), Reason::kOk);
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked);
  // A list that is not current proves nothing, whoever signed it.
  EXPECT_EQ(SetCrls(&store_, {"forged_stale"}), Reason::kCrlSignature);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
  EXPECT_TRUE(Find().flags.Has(Flag::kCrlStale));
}

// Whoever stands between the host and the policy administrator may give it a list of before.
TEST_F(Trust, AnOlderListDoesNotTakeThePlaceOfANewerOne) {
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"number_2"}), Reason::kOk);
  for (const char* label : {"none", "stale"}) {
    EXPECT_EQ(SetCrls(&store_, {label}), Reason::kCrlStale) << label;
    EXPECT_EQ(Find().reason, Reason::kCertRevoked) << label;
  }
  // Not by way of another list, one that is forged, or none at all that can be read.
  for (const char* between : {"direct", "forged", "no such file"}) {
    SetCrls(&store_, {between});
    EXPECT_EQ(SetCrls(&store_, {"none"}), Reason::kCrlStale) << between;
    EXPECT_EQ(Find().reason, Reason::kCertRevoked) << between;
  }
  EXPECT_EQ(store_.SetAnchors(PkiFile("anchors.pem") + PkiFile("ica.crt"), kPkiNow), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"none"}), Reason::kCrlStale);
  EXPECT_EQ(SetCrls(&store_, {}), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"none"}), Reason::kOk) << "all were taken away";
  EXPECT_EQ(Find().state, Lookup::State::kFound);
}

TEST_F(Trust, AListWhoseSignerBecomesKnownIsNewToo) {
  EXPECT_EQ(store_.SetAnchors(PkiFile("root.crt"), kPkiNow), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"number_2"}), Reason::kCrlSignature);
  EXPECT_EQ(store_.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"none"}), Reason::kCrlStale);
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked);
}

TEST_F(Trust, NumbersOfListsSayMoreThanTheirTimes) {
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"number_2"}), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"number_256"}), Reason::kOk) << "made earlier, numbered higher";
  EXPECT_EQ(SetCrls(&store_, {"number_2_later"}), Reason::kCrlStale);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked);
  EXPECT_EQ(SetCrls(&store_, {}), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"number_2"}), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"number_2_later"}), Reason::kOk) << "the same number, made later";
  EXPECT_EQ(Find().state, Lookup::State::kFound);
}

TEST_F(Trust, OfListsThatComeTogetherTheNewestHolds) {
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"stale", "number_2_later"}), Reason::kCrlStale);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
  EXPECT_EQ(Find().flags, FlagSet());
  // Another scope has numbers of its own.
  EXPECT_EQ(SetCrls(&store_, {"number_256", "number_2_direct"}), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked);
}

TEST_F(Trust, ListsWhoseSignerIsNotKnown) {
  EXPECT_EQ(store_.SetAnchors(PkiFile("root.crt"), kPkiNow), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"all"}), Reason::kCrlSignature);
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCrlSignature);
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked) << "refused anyway, with the better reason";
  // The signer becomes known, and is forgotten again.
  EXPECT_EQ(store_.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Find().state, Lookup::State::kFound);
  EXPECT_EQ(store_.SetAnchors(PkiFile("root.crt"), kPkiNow), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCrlSignature);
}

TEST_F(Trust, ListsOfOthers) {
  EXPECT_EQ(store_.SetAnchors(PkiFile("anchors.pem") + PkiFile("ica.crt"), kPkiNow), Reason::kOk);
  EXPECT_EQ(SetCrls(&store_, {"direct"}), Reason::kOk);
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_TRUE(Find().flags.Has(Flag::kCrlUnknown)) << "the certificate names another issuer";
  EXPECT_EQ(Provide("revoked"), Reason::kOk);
  EXPECT_EQ(Find().reason, Reason::kCertRevoked);
  for (const char* label : {"no_distribution", "own_list"}) {
    EXPECT_EQ(Provide(label), Reason::kOk);
    EXPECT_EQ(Find().flags, FlagSet()) << label;
  }
  EXPECT_EQ(SetCrls(&store_, {"direct", "all"}), Reason::kOk);
  EXPECT_EQ(Provide("spc"), Reason::kOk);
  EXPECT_EQ(Find().flags, FlagSet());
}

TEST_F(Trust, APolicyThatRefuses) {
  TrustStore hard(Secret(), {.stale_crl = OnTrouble::kRefuse, .unknown_crl = OnTrouble::kRefuse});
  EXPECT_EQ(hard.SetAnchors(PkiFile("anchors.pem") + PkiFile("ica.crt"), kPkiNow), Reason::kOk);
  EXPECT_EQ(Provide(&hard, "spc"), Reason::kOk);
  EXPECT_EQ(SetCrls(&hard, {"stale"}), Reason::kOk);
  EXPECT_EQ(hard.Find(kUrl, kPkiNow).reason, Reason::kCrlStale);
  EXPECT_EQ(SetCrls(&hard, {"direct"}), Reason::kOk);
  EXPECT_EQ(hard.Find(kUrl, kPkiNow).reason, Reason::kCrlUnknown);
  EXPECT_EQ(SetCrls(&hard, {"all"}), Reason::kOk);
  EXPECT_EQ(hard.Find(kUrl, kPkiNow).state, Lookup::State::kFound);
}

TEST_F(Trust, APolicyThatFlags) {
  TrustStore soft(Secret(), {.unusable_crl = OnTrouble::kFlag});
  EXPECT_EQ(soft.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  EXPECT_EQ(SetCrls(&soft, {"all"}), Reason::kOk);
  EXPECT_EQ(SetCrls(&soft, {"forged"}), Reason::kCrlSignature);
  EXPECT_EQ(Provide(&soft, "spc"), Reason::kOk);
  EXPECT_EQ(soft.Find(kUrl, kPkiNow).state, Lookup::State::kFound);
  EXPECT_TRUE(soft.Find(kUrl, kPkiNow).flags.Has(Flag::kCrlIgnored));
  EXPECT_EQ(Provide(&soft, "revoked"), Reason::kOk);
  EXPECT_EQ(soft.Find(kUrl, kPkiNow).reason, Reason::kCertRevoked) << "the list before it holds";
  EXPECT_EQ(SetCrls(&soft, {"none"}), Reason::kOk);
  EXPECT_EQ(soft.Find(kUrl, kPkiNow).state, Lookup::State::kFound);
}

TEST_F(Trust, RoomIsBounded) {
  TrustStore small(Secret(), {.max_credentials = 3, .max_failures = 2});
  EXPECT_EQ(small.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  const auto url = [](int i) { return kUrl + std::to_string(i); };
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Provide(&small, "spc", url(i)), Reason::kOk);
  EXPECT_EQ(small.Find(url(0), kPkiNow).state, Lookup::State::kFound);  // used: not the oldest now
  // Made-up URLs push out each other alone.
  for (int i = 100; i < 200; ++i) small.ProvideFailure(url(i), Reason::kCertUnavailable, kPkiNow);
  EXPECT_EQ(small.statistics().failures, 2U);
  EXPECT_EQ(small.statistics().credentials, 3U);
  EXPECT_EQ(small.Find(url(199), kPkiNow).state, Lookup::State::kFailed);
  EXPECT_EQ(small.Find(url(150), kPkiNow).state, Lookup::State::kMissing);
  EXPECT_EQ(Provide(&small, "spc", url(3)), Reason::kOk);
  EXPECT_EQ(small.Find(url(0), kPkiNow).state, Lookup::State::kFound);
  EXPECT_EQ(small.Find(url(1), kPkiNow).state, Lookup::State::kMissing);
  EXPECT_EQ(small.Find(url(3), kPkiNow).state, Lookup::State::kFound);
  EXPECT_EQ(small.statistics().evictions, 99U);
}

TEST_F(Trust, BytesAreBounded) {
  TrustStore small(Secret(), {.max_bytes = 60'000});
  EXPECT_EQ(small.SetAnchors(PkiFile("anchors.pem"), kPkiNow), Reason::kOk);
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(Provide(&small, "spc", kUrl + std::to_string(i)), Reason::kOk);
    EXPECT_LE(small.statistics().bytes, 60'000U);
  }
  EXPECT_GE(small.statistics().credentials, 3U);
  EXPECT_EQ(small.Find(kUrl + "49", kPkiNow).state, Lookup::State::kFound);
}

}  // namespace
}  // namespace sipward::identity
