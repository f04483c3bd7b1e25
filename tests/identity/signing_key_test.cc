#include "identity/signing_key.h"

#include <gtest/gtest.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <algorithm>
#include <cstdio>
#include <fstream>
#include <string>
#include <thread>
#include <vector>

#include "identity/es256.h"
#include "identity/ossl.h"
#include "identity/signer.h"
#include "tests/identity/pki_files.h"
#include "tests/identity/signing.h"

namespace sipward::identity {
namespace {

Sha256 DigestOf(std::string_view text) {
  Sha256 digest;
  size_t size = 0;
  EVP_Q_digest(nullptr, "SHA256", nullptr, text.data(), text.size(), digest.data(), &size);
  return digest;
}

bool Verifies(EVP_PKEY* key, std::string_view text, const Es256Signature& signature) {
  return Es256Key(key).Verify(text, {reinterpret_cast<const char*>(signature.data()), 64});
}

// As `openssl ec` writes it.
std::string Sec1(EVP_PKEY* key) {
  BIO* bio = BIO_new(BIO_s_mem());
  PEM_write_bio_PrivateKey_traditional(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
  char* data = nullptr;
  const long size = BIO_get_mem_data(bio, &data);
  std::string text(data, static_cast<size_t>(size));
  BIO_free(bio);
  return text;
}

TEST(LocalKey, SignsWhatOpenSslVerifies) {
  const std::string pem = PkiFile("spc.key");
  const OwnedKey key = KeyOfPem(pem);
  for (const std::string& text : {pem, Sec1(key.get()),
                                  "-----BEGIN EC PARAMETERS-----\nBggqhkjOPQMBBw==\n"
                                  "-----END EC PARAMETERS-----\n" +
                                      Sec1(key.get())}) {
    const LocalKey::Read read = LocalKey::FromPem(text);
    ASSERT_EQ(read.problem, LocalKey::Problem::kNone);
    for (int i = 0; i < 300; ++i) {
      const std::string message = "message " + std::to_string(i);
      Es256Signature signature;
      ASSERT_TRUE(read.key->Sign(DigestOf(message), &signature));
      ASSERT_TRUE(Verifies(key.get(), message, signature));
      ASSERT_FALSE(Verifies(key.get(), message + ".", signature));
    }
  }
}

TEST(LocalKey, WhatIsNoKey) {
  using Problem = LocalKey::Problem;
  const std::string pem = PkiFile("spc.key");
  EXPECT_EQ(LocalKey::FromPem(PkiFile("p384.key")).problem, Problem::kNotP256);
  EXPECT_EQ(LocalKey::FromPem(PkiFile("k256.key")).problem, Problem::kNotP256);
  EXPECT_EQ(LocalKey::FromPem(PkiFile("rsa.key")).problem, Problem::kNotP256);
  EXPECT_EQ(LocalKey::FromPem(Sec1(KeyOfPem(PkiFile("p384.key")).get())).problem,
            Problem::kNotP256);
  for (const std::string& text : {std::string(), std::string("key"), PkiFile("spc.crt"),
                                  pem.substr(0, pem.size() - 10), "-----BEGIN ENCRYPTED " + pem}) {
    const LocalKey::Read read = LocalKey::FromPem(text);
    EXPECT_EQ(read.problem, Problem::kMalformed);
    EXPECT_EQ(read.key, nullptr);
  }
  // Zero, and the order of the curve.
  const std::string head = "-----BEGIN EC PRIVATE KEY-----\n";
  const std::string tail = "\n-----END EC PRIVATE KEY-----\n";
  const std::string zero = "MDECAQEEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAoAoGCCqGSM49AwEH";
  const std::string one = "MDECAQEEIAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAABoAoGCCqGSM49AwEH";
  const std::string order = "MDECAQEEIP////8AAAAA//////////+85vqtpxeehPO5ysL8YyVRoAoGCCqGSM49AwEH";
  EXPECT_EQ(LocalKey::FromPem(head + zero + tail).problem, Problem::kMalformed);
  EXPECT_EQ(LocalKey::FromPem(head + order + tail).problem, Problem::kMalformed);
  EXPECT_EQ(LocalKey::FromPem(head + one + tail).problem, Problem::kNone);
}

TEST(LocalKey, ManyThreadsWithOneKey) {
  const LocalKey::Read read = LocalKey::FromPem(PkiFile("spc.key"));
  ASSERT_NE(read.key, nullptr);
  const OwnedKey key = KeyOfPem(PkiFile("spc.key"));
  const Sha256 digest = DigestOf("shared");
  std::vector<std::thread> threads;
  std::atomic<int> good = 0;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        Es256Signature signature;
        if (read.key->Sign(digest, &signature) && Verifies(key.get(), "shared", signature)) ++good;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(good.load(), 200);
}

// Sanitizers have memory of their own by the terabyte.
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
#define SIPWARD_TEST_SANITIZED
#elif defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer)
#define SIPWARD_TEST_SANITIZED
#endif
#endif

#if defined(__linux__) && !defined(SIPWARD_TEST_SANITIZED)
// How often the masked octets, unmasked, stand in the memory of this process, in either order.
size_t CountInMemory(const std::vector<uint8_t>& masked, uint8_t mask) {
  std::ifstream maps("/proc/self/maps");
  std::ifstream memory("/proc/self/mem", std::ios::binary);
  std::string line;
  size_t found = 0;
  while (std::getline(maps, line)) {
    unsigned long begin = 0;
    unsigned long end = 0;
    char mode[5] = {};
    if (std::sscanf(line.c_str(), "%lx-%lx %4s", &begin, &end, mode) != 3) continue;
    if (mode[0] != 'r' || line.find("[v") != std::string::npos) continue;
    std::vector<char> bytes(std::min<unsigned long>(end - begin, 256UL << 20));
    memory.clear();
    memory.seekg(static_cast<std::streamoff>(begin));
    memory.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
    const auto read = static_cast<size_t>(memory.gcount());
    for (size_t i = 0; i + masked.size() <= read; ++i) {
      bool forward = true;
      bool backward = true;
      for (size_t k = 0; k < masked.size() && (forward || backward); ++k) {
        const auto wanted = static_cast<uint8_t>(masked[k] ^ mask);
        forward = forward && static_cast<uint8_t>(bytes[i + k]) == wanted;
        backward = backward && static_cast<uint8_t>(bytes[i + masked.size() - 1 - k]) == wanted;
      }
      if (forward || backward) ++found;
    }
    std::fill(bytes.begin(), bytes.end(), '\0');
  }
  return found;
}

TEST(LocalKey, NothingIsLeftOfIt) {
  constexpr uint8_t kMask = 0x5a;
  // Written so that the test need not know the secret itself.
  const std::string file = PkiFile("secret.masked");
  const std::vector<uint8_t> masked(file.begin(), file.end());
  ASSERT_EQ(masked.size(), 32U);
  LocalKey::Read read = LocalKey::FromPem(PkiFile("secret.key"));
  ASSERT_NE(read.key, nullptr);
  Es256Signature signature;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(read.key->Sign(DigestOf("a"), &signature));
  EXPECT_EQ(CountInMemory(masked, kMask), 1U) << "one place alone, between signatures too";
  read.key.reset();
  EXPECT_EQ(CountInMemory(masked, kMask), 0U);
}

std::vector<uint8_t> Masked(std::string_view text, uint8_t mask) {
  std::vector<uint8_t> masked;
  for (const char c : text) masked.push_back(static_cast<uint8_t>(static_cast<uint8_t>(c) ^ mask));
  return masked;
}

TEST(LocalKey, NothingIsLeftOfASigner) {
  constexpr uint8_t kMask = 0x5a;
  const std::string file = PkiFile("secret.masked");
  const std::vector<uint8_t> masked(file.begin(), file.end());
  const std::string pem = PkiFile("secret.key");
  // The text with the key in it: that of the caller, and what reading the file left.
  const std::vector<uint8_t> text =
      Masked(std::string_view(pem).substr(pem.find('\n') + 66, 40), kMask);
  const size_t texts = CountInMemory(text, kMask);
  ASSERT_GE(texts, 1U);
  Signer::Made made = Signer::Make(LocalKey::FromPem(pem).key, PkiFile("secret.chain.pem"),
                                   "https://certs.example.com/secret.pem", {}, kPkiNow);
  ASSERT_TRUE(made.outcome.ok());
  const Party dest[] = {{.kind = PartyKind::kTn, .text = "12025550102"}};
  const Passport passport{
      .orig = {.kind = PartyKind::kTn, .text = "12025550101"}, .dest = dest, .attest = "A"};
  std::string value;
  for (int i = 0; i < 10; ++i) ASSERT_TRUE(made.signer->Sign(passport, kPkiNow, &value).ok());
  const Diversion diversion{.received = value, .div = dest[0], .dest = dest};
  std::string diverted;
  ASSERT_TRUE(made.signer->SignDiversion(diversion, kPkiNow, &diverted).ok());
  EXPECT_EQ(CountInMemory(masked, kMask), 1U) << "one place alone";
  made.signer.reset();
  EXPECT_EQ(CountInMemory(masked, kMask), 0U);
  EXPECT_LE(CountInMemory(text, kMask), texts) << "no copy of the text either";
}
#endif

}  // namespace
}  // namespace sipward::identity
