#include "identity/es256.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>

#include <algorithm>
#include <cstring>
#include <utility>

#include "identity/der.h"
#include "identity/key_tables.h"
#include "identity/ossl.h"

namespace sipward::identity {
namespace {

constexpr size_t kHalf = kEs256Size / 2;

// The order of P-256 (SEC 2).
constexpr unsigned char kOrder[kHalf] = {
    0xff, 0xff, 0xff, 0xff, 0x00, 0x00, 0x00, 0x00, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff,
    0xbc, 0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51};

// INTEGER of a number above zero.
size_t AppendInteger(const unsigned char* number, unsigned char* out) {
  size_t zeros = 0;
  while (number[zeros] == 0) ++zeros;
  const size_t sign = number[zeros] >= 0x80 ? 1 : 0;
  const size_t size = kHalf - zeros + sign;
  out[0] = 0x02;
  out[1] = static_cast<unsigned char>(size);
  out[2] = 0;
  std::memcpy(out + 2 + sign, number + zeros, kHalf - zeros);
  return 2 + size;
}

// ECDSA-Sig-Value (RFC 3279), which OpenSSL takes.
constexpr size_t kMaxDer = 2 + 2 * (2 + 1 + kHalf);
size_t ToDer(const unsigned char* signature, unsigned char (&out)[kMaxDer]) {
  size_t size = AppendInteger(signature, out + 2);
  size += AppendInteger(signature + kHalf, out + 2 + size);
  out[0] = 0x30;
  out[1] = static_cast<unsigned char>(size);
  return size + 2;
}

// INTEGER, filled up with zeros in front.
bool TakeHalf(DerReader* reader, unsigned char* out) {
  auto octets = reader->Take(der::kInteger);
  if (!octets) return false;
  while (octets->size() > 1 && octets->front() == '\0') octets->remove_prefix(1);
  if (octets->size() > kHalf) return false;
  std::fill_n(out, kHalf - octets->size(), static_cast<unsigned char>(0));
  std::copy(octets->begin(), octets->end(), out + (kHalf - octets->size()));
  return true;
}

}  // namespace

bool SignDigest(EVP_PKEY_CTX* context, const unsigned char* digest, unsigned char* signature) {
  unsigned char der[80];
  size_t size = sizeof(der);
  if (EVP_PKEY_sign(context, der, &size, digest, kHalf) != 1) return false;
  const auto parts = DerReader({reinterpret_cast<char*>(der), size}).TakeLast(der::kSequence);
  if (!parts) return false;
  DerReader reader(*parts);
  return TakeHalf(&reader, signature) && TakeHalf(&reader, signature + kHalf) && reader.empty();
}

bool VerifyDigest(EVP_PKEY_CTX* context, const unsigned char* digest,
                  const unsigned char* signature) {
  unsigned char der[kMaxDer];
  const size_t size = ToDer(signature, der);
  return EVP_PKEY_verify(context, der, size, digest, kHalf) == 1;
}

bool IsScalarOfP256(const unsigned char* number) {
  static constexpr unsigned char kZero[kHalf] = {};
  return std::memcmp(number, kZero, kHalf) != 0 && std::memcmp(number, kOrder, kHalf) < 0;
}

Reason CheckEs256Form(std::string_view signature) {
  if (signature.size() != kEs256Size) return Reason::kSigLength;
  const unsigned char* octets = Octets(signature);
  return IsScalarOfP256(octets) && IsScalarOfP256(octets + kHalf) ? Reason::kOk : Reason::kSigRange;
}

// What is fetched and prepared once: OpenSSL 3 looks algorithms up by name each time they are asked
// for, which takes longer than the digest of a token.
struct Es256Key::Context {
  bool Prepare(EVP_PKEY* with_key) {
    if (hash) return true;
    key.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, with_key, nullptr));
    sha256.reset(EVP_MD_fetch(nullptr, "SHA256", nullptr));
    if (!key || !sha256 || EVP_PKEY_verify_init(key.get()) != 1) return false;
    hash.reset(EVP_MD_CTX_new());
    return hash != nullptr;
  }
  bool Digest(std::string_view octets, unsigned char* out) const {
    return EVP_DigestInit_ex2(hash.get(), sha256.get(), nullptr) == 1 &&
           EVP_DigestUpdate(hash.get(), octets.data(), octets.size()) == 1 &&
           EVP_DigestFinal_ex(hash.get(), out, nullptr) == 1;
  }

  std::atomic<bool> busy{false};
  OwnedKeyContext key;
  std::unique_ptr<EVP_MD, OsslFree<EVP_MD_free>> sha256;
  OwnedDigestContext hash;
};

// One of the key's, or, while all of them are in use, one for this time.
class Es256Key::Borrowed {
 public:
  explicit Borrowed(const Es256Key& key) {
    for (size_t i = 0; i < kContexts; ++i) {
      Context& context = key.contexts_[i];
      if (context.busy.load(std::memory_order_relaxed)) continue;
      if (context.busy.exchange(true, std::memory_order_acquire)) continue;
      used_ = &context;
      break;
    }
    ready_ = used_->Prepare(key.key_);
  }
  ~Borrowed() { used_->busy.store(false, std::memory_order_release); }
  Borrowed(const Borrowed&) = delete;
  Borrowed& operator=(const Borrowed&) = delete;

  bool ready() const { return ready_; }
  const Context& operator*() const { return *used_; }

 private:
  Context own_;
  Context* used_ = &own_;
  bool ready_ = false;
};

Es256Key::Es256Key(evp_pkey_st* key, std::shared_ptr<KeyTables> tables)
    : key_(key), contexts_(std::make_unique<Context[]>(kContexts)), tables_(std::move(tables)) {
  EVP_PKEY_up_ref(key_);
}

Es256Key::~Es256Key() {
  if (tables_) tables_->Give(table_.load());
  EVP_PKEY_free(key_);
}

void Es256Key::MakeTable() const {
  std::array<unsigned char, 65> point;
  size_t size = 0;
  if (EVP_PKEY_get_octet_string_param(key_, OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size(),
                                      &size) != 1) {
    return;
  }
  const p256::Table* none = nullptr;
  const p256::Table* made = tables_->Take(point.data(), size);
  if (made == nullptr) return;
  uses_.store(0, std::memory_order_relaxed);
  if (!table_.compare_exchange_strong(none, made, std::memory_order_release)) tables_->Give(made);
}

// Null: without a table.
const p256::Table* Es256Key::TableForUse() const {
  if (!tables_ || !tables_->on()) return nullptr;
  const p256::Table* table = table_.load(std::memory_order_acquire);
  // One thread makes it; the others go the ordinary way until it is there.
  if (table == nullptr && uses_.fetch_add(1, std::memory_order_relaxed) % KeyTables::kUsesBefore ==
                              KeyTables::kUsesBefore - 1) {
    MakeTable();
    table = table_.load(std::memory_order_acquire);
  }
  return table;
}

bool Es256Key::VerifyBoth(const p256::Table& table, const Context& context,
                          const unsigned char* digest, const unsigned char* signature) const {
  const bool good = tables_->Verifies(table, digest, signature);
  const uint64_t use = uses_.fetch_add(1, std::memory_order_relaxed);
  if (use >= KeyTables::kFirstChecks && use % KeyTables::kCheckOneIn != 0) return good;
  const bool ordinary = VerifyDigest(context.key.get(), digest, signature);
  tables_->Compare(good, ordinary);
  return ordinary;
}

bool Es256Key::Verify(std::string_view signed_octets, std::string_view signature) const {
  if (CheckEs256Form(signature) != Reason::kOk) return false;
  const ErrorMark mark;
  const Borrowed context(*this);
  unsigned char digest[kHalf];
  if (!context.ready() || !(*context).Digest(signed_octets, digest)) return false;
  const p256::Table* table = TableForUse();
  return table != nullptr ? VerifyBoth(*table, *context, digest, Octets(signature))
                          : VerifyDigest((*context).key.get(), digest, Octets(signature));
}

}  // namespace sipward::identity
