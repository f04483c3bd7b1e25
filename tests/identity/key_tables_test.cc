// Tables: which keys have them, that they change no verdict, and that a wrong one is noticed.
#include "identity/key_tables.h"

#include <array>
#include <memory>

#include "identity/base64.h"
#include "identity/es256.h"
#include "identity/p256_table.h"
#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

// A key, and octets that it signed.
struct Signed {
  MadeLeaf leaf = MadePki().MakeLeaf();
  std::string octets = "what is signed";
  std::string signature;

  Signed() {
    const std::string text = SignOctets(leaf, octets);
    std::array<char, 68> room;
    size_t size = 0;
    EXPECT_EQ(DecodeBase64Url(text, room, &size), Reason::kOk);
    signature.assign(room.data(), size);
  }
};

bool Lies(const p256::Table& key, const unsigned char* digest, const unsigned char* signature) {
  return !p256::Verify(key, digest, signature);
}
// Right until it is asked too much.
bool LiesLater(const p256::Table& key, const unsigned char* digest,
               const unsigned char* signature) {
  static int times = 0;
  return p256::Verify(key, digest, signature) != (++times > 100);
}

TEST(KeyTables, AKeyThatVerifiesOftenHasOne) {
  const Signed one;
  const auto tables = std::make_shared<KeyTables>(1);
  {
    const Es256Key key(one.leaf.key.get(), tables);
    for (uint64_t i = 0; i + 1 < KeyTables::kUsesBefore; ++i) {
      ASSERT_TRUE(key.Verify(one.octets, one.signature));
    }
    EXPECT_EQ(tables->statistics().keys, 0U);
    for (uint64_t i = 0; i < 3'000; ++i) {
      ASSERT_TRUE(key.Verify(one.octets, one.signature));
      ASSERT_FALSE(key.Verify(one.octets + "!", one.signature));
    }
    const KeyTables::Statistics seen = tables->statistics();
    EXPECT_EQ(seen.keys, 1U);
    // 32 of the test before the first, 16 of the key's first, and one in 1,024.
    EXPECT_EQ(seen.compared, 32U + 16U + 5U);
    EXPECT_EQ(seen.disagreements, 0U);
    const Signed other;
    const Es256Key second(other.leaf.key.get(), tables);
    for (uint64_t i = 0; i < 100; ++i) ASSERT_TRUE(second.Verify(other.octets, other.signature));
    EXPECT_EQ(tables->statistics().keys, 1U) << "there is room for one";
  }
  EXPECT_EQ(tables->statistics().keys, 0U);
}

TEST(KeyTables, ArithmeticThatIsWrongIsNeverUsed) {
  const Signed one;
  const auto tables = std::make_shared<KeyTables>(4, Lies);
  const Es256Key key(one.leaf.key.get(), tables);
  for (uint64_t i = 0; i < 3 * KeyTables::kUsesBefore; ++i) {
    ASSERT_TRUE(key.Verify(one.octets, one.signature));
    ASSERT_FALSE(key.Verify(one.octets + "!", one.signature));
  }
  EXPECT_FALSE(tables->on());
  EXPECT_EQ(tables->statistics().keys, 0U);
  EXPECT_GT(tables->statistics().disagreements, 0U);
}

TEST(KeyTables, ArithmeticThatTurnsWrongIsNoticed) {
  const Signed one;
  const auto tables = std::make_shared<KeyTables>(4, LiesLater);
  const Es256Key key(one.leaf.key.get(), tables);
  for (uint64_t i = 0; i < 2 * KeyTables::kCheckOneIn; ++i) key.Verify(one.octets, one.signature);
  EXPECT_FALSE(tables->on());
  EXPECT_EQ(tables->statistics().disagreements, 1U);
  EXPECT_TRUE(key.Verify(one.octets, one.signature));
}

TEST(KeyTables, NoneUnlessAskedFor) {
  EXPECT_FALSE(KeyTables(0).on());
  EXPECT_EQ(TrustPolicy().key_tables, 0U);
}

class KeyTablesVerifyTest : public VerifyFixture {};

TEST_F(KeyTablesVerifyTest, AStoreWithTablesSaysTheSame) {
  TrustStore store(HashSecret{}, {.key_tables = 8});
  const StoreSource source(store);
  ASSERT_EQ(store.SetAnchors(pki().anchor(), kNow), Reason::kOk);
  ASSERT_EQ(store.ProvideCertificate(kUrl, leaf_.pem, kNow, -1), Reason::kOk);
  auto with = std::make_unique<Verifier>(policy_, source);
  Verifier without(policy_, source_);
  for (int i = 0; i < 200; ++i) {
    const std::string good = Shaken(kNow - i % 50);
    for (const std::string& value : {good, Forged(good)}) {
      const std::string_view view = value;
      request_.identity = {&view, 1};
      const Reason reason = without.Verify(request_).reason;
      ASSERT_EQ(with->Verify(request_).reason, reason);
      ASSERT_EQ(reason, value == good ? Reason::kOk : Reason::kSigInvalid);
    }
  }
  EXPECT_EQ(store.statistics().key_tables, 1U);
  EXPECT_EQ(store.statistics().table_disagreements, 0U);
  EXPECT_EQ(store_.statistics().key_tables, 0U);
  // The same certificate under new anchors is another key, and has earned no table yet.
  ASSERT_EQ(store.SetAnchors(pki().anchor(), kNow), Reason::kOk);
  with.reset();
  EXPECT_EQ(store.statistics().key_tables, 0U);
}

}  // namespace
}  // namespace sipward::identity
