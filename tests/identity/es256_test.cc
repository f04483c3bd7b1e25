#include "identity/es256.h"

#include <gtest/gtest.h>
#include <openssl/ec.h>
#include <openssl/evp.h>

#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "identity/ossl.h"
#include "tests/identity/signing.h"

namespace sipward::identity {
namespace {

std::string Hex(std::string_view digits) {
  std::string out;
  for (size_t i = 0; i + 1 < digits.size(); i += 2) {
    out.push_back(static_cast<char>(std::stoi(std::string(digits.substr(i, 2)), nullptr, 16)));
  }
  return out;
}

const std::string kOrder = Hex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");

class Es256 : public testing::Test {
 protected:
  Es256() : key_(EVP_EC_gen("P-256")), verifier_(key_.get()) {}

  std::string Sign(const std::string& text) { return SignEs256(key_.get(), text); }

  // The other s of the same signature.
  static std::string Mirrored(std::string signature) {
    int borrow = 0;
    for (size_t i = 32; i-- > 0;) {
      const int digit =
          static_cast<uint8_t>(kOrder[i]) - static_cast<uint8_t>(signature[32 + i]) - borrow;
      borrow = digit < 0 ? 1 : 0;
      signature[32 + i] = static_cast<char>(digit & 0xff);
    }
    return signature;
  }

  OwnedKey key_;
  Es256Key verifier_;
};

TEST_F(Es256, VerifiesWhatWasSigned) {
  // Many, so that r and s have leading zeros and high bits of every kind.
  for (int i = 0; i < 600; ++i) {
    const std::string text = "text " + std::to_string(i);
    const std::string signature = Sign(text);
    ASSERT_TRUE(verifier_.Verify(text, signature));
    ASSERT_TRUE(verifier_.Verify(text, Mirrored(signature))) << "both halves of s are valid";
    ASSERT_FALSE(verifier_.Verify(text + ".", signature));
  }
}

TEST_F(Es256, EveryBitCounts) {
  const std::string text = "header.payload";
  const std::string signature = Sign(text);
  for (size_t bit = 0; bit < 512; bit += 3) {
    std::string changed = signature;
    changed[bit / 8] = static_cast<char>(changed[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(verifier_.Verify(text, changed)) << bit;
  }
  const OwnedKey other(EVP_EC_gen("P-256"));
  EXPECT_FALSE(Es256Key(other.get()).Verify(text, signature));
}

TEST_F(Es256, FormOfASignature) {
  const std::string good = Sign("a");
  EXPECT_EQ(CheckEs256Form(good), Reason::kOk);
  EXPECT_EQ(CheckEs256Form(good + '\0'), Reason::kSigLength);
  EXPECT_EQ(CheckEs256Form(good.substr(1)), Reason::kSigLength);
  EXPECT_EQ(CheckEs256Form(""), Reason::kSigLength);
  const std::string zero(32, '\0');
  std::string below = kOrder;
  below.back() = static_cast<char>(below.back() - 1);
  std::string above = kOrder;
  above.back() = static_cast<char>(above.back() + 1);
  const std::string one = std::string(31, '\0') + '\1';
  EXPECT_EQ(CheckEs256Form(one + below), Reason::kOk);
  EXPECT_EQ(CheckEs256Form(below + one), Reason::kOk);
  for (const std::string& bad : {zero, kOrder, above, std::string(32, '\xff')}) {
    EXPECT_EQ(CheckEs256Form(bad + one), Reason::kSigRange);
    EXPECT_EQ(CheckEs256Form(one + bad), Reason::kSigRange);
    EXPECT_FALSE(verifier_.Verify("a", bad + one));
    EXPECT_FALSE(verifier_.Verify("a", one + bad));
  }
  EXPECT_FALSE(verifier_.Verify("a", one + one));
}

TEST_F(Es256, ManyThreadsWithOneKey) {
  const std::string text = "shared";
  const std::string signature = Sign(text);
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 24; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 20; ++i) good += verifier_.Verify(text, signature) ? 1 : 0;
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good.load(), 24 * 20);
}

}  // namespace
}  // namespace sipward::identity
