// ECDSA with P-256 and SHA-256, as JSON Web Signatures write it (RFC 7518, section 3.4).
#ifndef SIPWARD_IDENTITY_ES256_H_
#define SIPWARD_IDENTITY_ES256_H_

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

#include "identity/reason.h"

// Of OpenSSL, whose headers stay in sources.
struct evp_pkey_st;
struct evp_pkey_ctx_st;

namespace sipward::identity {

class KeyTables;
namespace p256 {
class Table;
}

inline constexpr size_t kEs256Size = 64;

// kSigLength if the signature is not 64 octets; kSigRange if r or s is zero or not below the order
// of the curve; else kOk. That s may be in the upper half is so: who needs one form of a signature
// must not take its octets.
Reason CheckEs256Form(std::string_view signature);

// Above zero and below the order of the curve; 32 octets, the highest first.
bool IsScalarOfP256(const unsigned char* number);

// Of 32 octets, the SHA-256 of what is signed, by contexts that were prepared for it.
bool SignDigest(evp_pkey_ctx_st* context, const unsigned char* digest, unsigned char* signature);
bool VerifyDigest(evp_pkey_ctx_st* context, const unsigned char* digest,
                  const unsigned char* signature);

// A public key with contexts to verify with. Any number of threads.
class Es256Key {
 public:
  // Takes a reference of its own. With tables, this key may get one when it has verified often
  // enough.
  explicit Es256Key(evp_pkey_st* key, std::shared_ptr<KeyTables> tables = nullptr);
  ~Es256Key();
  Es256Key(const Es256Key&) = delete;
  Es256Key& operator=(const Es256Key&) = delete;

  // The signature is well-formed and that of these octets.
  bool Verify(std::string_view signed_octets, std::string_view signature) const;

 private:
  // A context is used by one thread at a time. As many are kept as verify at once, but no more than
  // this; in steady state none is made.
  static constexpr size_t kContexts = 16;

  struct Context;
  class Borrowed;

  const p256::Table* TableForUse() const;
  void MakeTable() const;
  bool VerifyBoth(const p256::Table& table, const Context& context, const unsigned char* digest,
                  const unsigned char* signature) const;

  evp_pkey_st* key_;
  const std::unique_ptr<Context[]> contexts_;
  const std::shared_ptr<KeyTables> tables_;
  mutable std::atomic<const p256::Table*> table_{nullptr};
  mutable std::atomic<uint64_t> uses_{0};  // without a table, then with it
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_ES256_H_
