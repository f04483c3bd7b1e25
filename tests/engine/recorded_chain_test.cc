// The certificates that the library checked an identity with are part of the record.
#include <openssl/evp.h>

#include <algorithm>
#include <utility>

#include "engine/decision_record.h"
#include "engine/replayer.h"
#include "evidence/evidence.h"
#include "identity/chain_document.h"
#include "tests/engine/caller_check_fixture.h"
#include "tests/support/allocation_counter.h"

namespace sipward::engine {
namespace {

constexpr std::string_view kOtherUrl = "https://certs.example.net/5678.pem";

struct Told {
  std::string x5u, headers;
  std::vector<std::string> certificates;  // JSON
};

class RecordedChainTest : public CallerCheckTest {
 protected:
  std::string Described() const {
    const auto replayer = Replayer::Create(engine_->generation()->shared_rules());
    const std::string taken = inspector_->TakeRecord(verdict_);
    const auto record = ReadRecord(taken);
    EXPECT_TRUE(record);
    return record ? replayer->Describe(*record) : std::string();
  }
  std::string Identity() const {
    const std::string described = Described();
    return std::string(evidence::Find(described, "identity"));
  }
  std::vector<Told> Chains() const {
    const std::string identity = Identity();
    std::vector<Told> chains;
    std::string_view name, value;
    for (evidence::Walk walk(evidence::Find(identity, "chains")); walk.Next(&name, &value);) {
      Told told{evidence::TextIn(value, "x5u"), std::string(evidence::Find(value, "headers")), {}};
      std::string_view certificate;
      evidence::Walk certificates(evidence::Find(value, "certificates"));
      while (certificates.Next(&name, &certificate)) told.certificates.emplace_back(certificate);
      chains.push_back(std::move(told));
    }
    return chains;
  }
  // The certificates of a PEM text, as a record has them.
  static std::vector<std::string> DerOf(std::string_view pem) {
    const auto read = identity::ChainDocument::Parse(pem, {});
    return read.document == nullptr ? std::vector<std::string>() : *read.document->chain();
  }
  static std::string DerIn(const std::string& certificate) {
    return evidence::BytesOfBase64(evidence::Find(certificate, "der")).value_or("");
  }
  static std::string TextIn(const std::string& certificate, std::string_view name) {
    return evidence::TextIn(certificate, name);
  }
};

TEST_F(RecordedChainTest, OfWhatIsVerifiedItGoesUpToTheAnchor) {
  Provide();
  Inspect(With(Token()));
  ASSERT_EQ(Tags(), Texts{"good"});
  const std::vector<Told> chains = Chains();
  ASSERT_EQ(chains.size(), 1u);
  EXPECT_EQ(chains[0].x5u, kUrl);
  EXPECT_EQ(chains[0].headers, "[0]");
  ASSERT_EQ(chains[0].certificates.size(), 2u);
  const std::string &leaf = chains[0].certificates[0], &anchor = chains[0].certificates[1];
  EXPECT_EQ(DerIn(leaf), DerOf(leaf_.pem).at(0));
  EXPECT_EQ(DerIn(anchor), DerOf(pki().anchor()).at(0));
  EXPECT_EQ(TextIn(leaf, "subject"), "CN=Leaf");
  EXPECT_EQ(TextIn(leaf, "issuer"), "CN=Anchor");
  EXPECT_EQ(TextIn(anchor, "subject"), "CN=Anchor");
  EXPECT_EQ(evidence::Find(leaf, "spc"), "[\"1234\"]");
  EXPECT_EQ(evidence::Find(anchor, "spc"), "[]");
  // A day around 1,800,000,000.
  EXPECT_EQ(TextIn(leaf, "not_before"), "2027-01-14T08:00:00Z");
  EXPECT_EQ(TextIn(leaf, "not_after"), "2027-01-16T08:00:00Z");
  EXPECT_EQ(std::stol(TextIn(leaf, "serial"), nullptr, 16), leaf_.serial);
  const std::string der = DerIn(leaf);
  unsigned char digest[32];
  ASSERT_EQ(EVP_Digest(der.data(), der.size(), digest, nullptr, EVP_sha256(), nullptr), 1);
  EXPECT_EQ(TextIn(leaf, "sha256"),
            evidence::ToHex({reinterpret_cast<const char*>(digest), sizeof(digest)}));
}

TEST_F(RecordedChainTest, OfASignatureThatDoesNotHoldItIsThere) {
  Provide();
  EXPECT_EQ(Inspect(With(Forged(Token()))).action, Action::kReject);
  ASSERT_EQ(Chains().size(), 1u);
  EXPECT_EQ(Chains()[0].certificates.size(), 2u);
}

TEST_F(RecordedChainTest, OfACertificateThatIsRefusedAllThatStoodThereIs) {
  const identity::MadePki stranger;
  const identity::MadeLeaf leaf = stranger.MakeLeaf();
  EXPECT_NE(store_->ProvideCertificate(kUrl, leaf.pem + stranger.anchor(), kNow, -1),
            identity::Reason::kOk);
  EXPECT_EQ(Inspect(With(Token())).action, Action::kReject);
  ASSERT_EQ(Chains().size(), 1u);
  ASSERT_EQ(Chains()[0].certificates.size(), 2u);
  EXPECT_EQ(DerIn(Chains()[0].certificates[0]), DerOf(leaf.pem).at(0));
  EXPECT_EQ(DerIn(Chains()[0].certificates[1]), DerOf(stranger.anchor()).at(0));
}

TEST_F(RecordedChainTest, OfOneThatExpiredOrWasRevokedItIsThere) {
  Provide();
  EXPECT_EQ(store_->SetCrls({pki().MakeCrl({leaf_.serial})}), identity::Reason::kOk);
  EXPECT_EQ(Inspect(With(Token())).action, Action::kReject);
  EXPECT_EQ(Chains().at(0).certificates.size(), 2u);
  EXPECT_EQ(store_->SetCrls({}), identity::Reason::kOk);
  After((24 * 3600 + 1) * kSecond);
  EXPECT_EQ(Inspect(With(Token(kNow + 24 * 3600))).action, Action::kReject);
  EXPECT_EQ(Chains().at(0).certificates.size(), 2u);
}

TEST_F(RecordedChainTest, OfOneThatNewAnchorsRefuseItIsThere) {
  Provide();
  const identity::MadePki stranger;
  EXPECT_EQ(store_->SetAnchors(stranger.anchor(), kNow), identity::Reason::kOk);
  EXPECT_EQ(Inspect(With(Token())).action, Action::kReject);
  ASSERT_EQ(Chains().size(), 1u);
  ASSERT_EQ(Chains()[0].certificates.size(), 1u);  // as it was fetched
  EXPECT_EQ(DerIn(Chains()[0].certificates[0]), DerOf(leaf_.pem).at(0));
}

TEST_F(RecordedChainTest, WithoutACertificateThereIsNone) {
  EXPECT_TRUE(Inspect(With(Token())).pending);
  EXPECT_TRUE(Chains().empty());
  const uint64_t ticket = verdict_.ticket;
  Provide();
  ASSERT_TRUE(ResumeWith(ticket));
  EXPECT_EQ(Chains().size(), 1u);
  EXPECT_EQ(store_->ProvideCertificate(kOtherUrl, "x", kNow, -1), identity::Reason::kCertMalformed);
  RequestText request = With(Token(kNow - 2, kOtherUrl));
  request.extra = Line(Token(kNow - 2, kOtherUrl), kOtherUrl);
  EXPECT_EQ(Inspect(request).action, Action::kReject);
  EXPECT_TRUE(Chains().empty());
}

TEST_F(RecordedChainTest, WhoSignsNothingPaysNothing) {
  Provide();
  Inspect(RequestText{});
  EXPECT_EQ(Identity(), "");
  const std::string taken = inspector_->TakeRecord(verdict_);
  facts::Fact fact;
  for (facts::TapeReader tape(ReadRecord(taken)->tape); tape.Next(&fact);) {
    EXPECT_NE(fact.kind, facts::Noted::kChain);
    EXPECT_NE(fact.kind, facts::Noted::kCertificate);
  }
}

TEST_F(RecordedChainTest, OfSeveralTokensEachUrlIsThereOnce) {
  Provide();
  EXPECT_EQ(store_->ProvideCertificate(kOtherUrl, leaf_.pem, kNow, -1), identity::Reason::kOk);
  RequestText request = With(Token());
  request.extra += Line(Token(kNow - 3, kOtherUrl), kOtherUrl) + Line(Token(kNow - 4));
  Inspect(request);
  const std::vector<Told> chains = Chains();
  ASSERT_EQ(chains.size(), 2u);
  EXPECT_EQ(chains[0].x5u, kUrl);
  EXPECT_EQ(chains[0].headers, "[0,2]");
  EXPECT_EQ(chains[1].x5u, kOtherUrl);
  EXPECT_EQ(chains[1].headers, "[1]");
  EXPECT_EQ(chains[1].certificates.size(), 2u);
}

// Eight documents as long as the store takes them: the record is there, and says what is not.
TEST_F(RecordedChainTest, HugeDocumentsLeaveRoomForWhatRulesRead) {
  const std::string huge(8 * 1024, 'x');  // in the list of numbers, which is not read
  RequestText request = With(Token());
  request.extra.clear();
  for (int i = 0; i < 8; ++i) {
    const std::string url = "https://certs.example.net/" + std::to_string(i) + ".pem";
    const identity::MadeLeaf leaf = pki().MakeLeaf(huge);
    EXPECT_NE(store_->ProvideCertificate(url, leaf.pem, kNow, -1), identity::Reason::kOk);
    request.extra += Line(Token(kNow - 2, url), url);
  }
  EXPECT_EQ(Inspect(request).action, Action::kReject);
  const std::string taken = inspector_->TakeRecord(verdict_);
  ASSERT_FALSE(taken.empty());
  EXPECT_LT(ReadRecord(taken)->tape.size(), 33u * 1024);
  const std::vector<Told> chains = Chains();
  ASSERT_EQ(chains.size(), 8u);
  EXPECT_EQ(TextIn(chains[0].certificates.at(0), "subject"), "CN=Leaf");
  EXPECT_EQ(chains[7].certificates, std::vector<std::string>{"null"});
  EXPECT_EQ(evidence::Find(Identity(), "chains_left_out"), "0");
}

TEST_F(RecordedChainTest, RecordsOfBeforeAreRead) {
  Provide();
  Inspect(With(Token()));
  std::string taken = inspector_->TakeRecord(verdict_);
  auto record = ReadRecord(taken);
  ASSERT_TRUE(record);
  // The same without what format 1 did not have.
  std::string tape;
  size_t begin = 0;
  facts::Fact fact;
  for (facts::TapeReader reader(record->tape); reader.Next(&fact); begin = reader.position()) {
    if (fact.kind == facts::Noted::kChain || fact.kind == facts::Noted::kCertificate) continue;
    tape += record->tape.substr(begin, reader.position() - begin);
  }
  std::string head = taken.substr(0, taken.find('\n') + 1);
  const std::string sizes[] = {",\"tape\":" + std::to_string(record->tape.size()),
                               ",\"tape\":" + std::to_string(tape.size())};
  ASSERT_LT(tape.size(), record->tape.size());
  head.replace(head.find(sizes[0]), sizes[0].size(), sizes[1]);
  ASSERT_TRUE(head.starts_with("{\"format\":2,"));
  head[10] = '1';
  const std::string old = head + std::string(record->kept) + tape;
  record = ReadRecord(old);
  ASSERT_TRUE(record);
  const auto replayer = Replayer::Create(engine_->generation()->shared_rules());
  Verdict again;
  EXPECT_EQ(replayer->Run(*record, &again), Replayed::kSame);
  const std::string described = replayer->Describe(*record);
  EXPECT_EQ(evidence::Find(evidence::Find(described, "identity"), "chains"), "[]");
  head[10] = '3';
  EXPECT_FALSE(ReadRecord(head + std::string(record->kept) + tape));
}

TEST_F(RecordedChainTest, ToRecordItAllocatesNothing) {
#ifdef SIPWARD_RE2_ALONE
  GTEST_SKIP() << "RE2 fills its cache while it scans";
#endif
  Provide();
  replaying_.RecordAlone();
  const RequestText request = With(Token());
  Inspect(request);
  std::vector<std::string> branches;
  for (int i = 0; i < 20; ++i) branches.push_back(request.str());
  const uint64_t before = allocation_count();
  for (const std::string& text : branches) {
    packet_.bytes = text;
    inspector_->Inspect(packet_, &verdict_);  // out of the cache: libcrypto would allocate
  }
  EXPECT_EQ(allocation_count(), before);
  EXPECT_EQ(checked(), 21u);
  EXPECT_EQ(Chains().size(), 1u);
}

// Whatever stands there for a certificate, what is told of it is JSON, and not more than so much.
TEST_F(RecordedChainTest, WhateverStandsThereIsText) {
  Provide();
  Inspect(With(Token()));
  const std::string good = inspector_->TakeRecord(verdict_);
  const std::string der = DerOf(leaf_.pem).at(0);
  const size_t at = good.find(der);
  ASSERT_NE(at, good.npos);
  const auto replayer = Replayer::Create(engine_->generation()->shared_rules());
  int unreadable = 0;
  for (size_t i = 0; i < der.size(); ++i) {
    std::string changed = good;
    changed[at + i] = static_cast<char>(changed[at + i] ^ (i % 7 == 0 ? 0x80 : 1 << (i % 7)));
    const auto record = ReadRecord(changed);
    ASSERT_TRUE(record);
    const std::string told = replayer->Describe(*record);
    ASSERT_TRUE(evidence::IsJson(told)) << told;
    ASSERT_LT(told.size(), 32u * 1024);
    unreadable += told.find("CN=Leaf") == told.npos;
    EXPECT_EQ(replayer->Run(*record, &verdict_), Replayed::kSame);
  }
  EXPECT_GT(unreadable, 0);
}

}  // namespace
}  // namespace sipward::engine
