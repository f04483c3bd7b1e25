#include "identity/key_tables.h"

#include <openssl/core_names.h>
#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/rand.h>

#include <array>

#include "identity/es256.h"
#include "identity/ossl.h"
#include "identity/p256_table.h"

namespace sipward::identity {

KeyTables::KeyTables(uint32_t most, Verify verify)
    : most_(most), verify_(verify != nullptr ? verify : p256::Verify), on_(most > 0) {
  lock_.Init(platform::Sharing::kPrivate);
}

const p256::Table* KeyTables::Take(const unsigned char* point, size_t size) {
  if (!on()) return nullptr;
  TestOnce();
  uint32_t keys = keys_.load(std::memory_order_relaxed);
  do {
    if (keys >= most_ || !on()) return nullptr;
  } while (!keys_.compare_exchange_weak(keys, keys + 1, std::memory_order_relaxed));
  auto table = p256::MakeTable(point, size);
  if (!table) --keys_;
  return table.release();
}

void KeyTables::Give(const p256::Table* table) {
  if (table == nullptr) return;
  delete table;
  --keys_;
}

void KeyTables::Compare(bool table, bool libcrypto) {
  ++compared_;
  if (table == libcrypto) return;
  ++disagreements_;
  on_ = false;
}

KeyTables::Statistics KeyTables::statistics() const {
  return {.keys = keys_, .compared = compared_, .disagreements = disagreements_};
}

void KeyTables::TestOnce() {
  const platform::LockGuard guard(&lock_);
  if (!tested_) Test();
  tested_ = true;
}

// Right signatures by another key, and each of them with one bit changed. Whatever hinders the test
// leaves tables off.
void KeyTables::Test() {
  constexpr int kSignatures = 16;
  bool done = false;
  const OwnedKey key(EVP_EC_gen("P-256"));
  std::array<unsigned char, 65> point;
  size_t size = 0;
  if (key && EVP_PKEY_get_octet_string_param(key.get(), OSSL_PKEY_PARAM_PUB_KEY, point.data(),
                                             point.size(), &size) == 1) {
    const auto table = p256::MakeTable(point.data(), size);
    const OwnedKeyContext signer(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    const OwnedKeyContext verifier(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    done = table && signer && verifier && EVP_PKEY_sign_init(signer.get()) == 1 &&
           EVP_PKEY_verify_init(verifier.get()) == 1;
    for (unsigned i = 0; done && i < kSignatures; ++i) {
      std::array<unsigned char, 32> digest;
      std::array<unsigned char, kEs256Size> signature;
      done = RAND_bytes(digest.data(), static_cast<int>(digest.size())) == 1 &&
             SignDigest(signer.get(), digest.data(), signature.data());
      for (const unsigned bit : {0U, 1U + i * 31 % 255}) {
        if (!done) break;
        if (bit != 0) digest[bit / 8] = static_cast<unsigned char>(digest[bit / 8] ^ 1U << bit % 8);
        Compare(verify_(*table, digest.data(), signature.data()),
                VerifyDigest(verifier.get(), digest.data(), signature.data()));
      }
    }
  }
  if (!done) on_ = false;
}

}  // namespace sipward::identity
