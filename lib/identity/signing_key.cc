#include "identity/signing_key.h"

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <sodium.h>

#include <algorithm>
#include <optional>
#include <span>

#include "identity/der.h"
#include "identity/es256.h"
#include "identity/ossl.h"
#include "identity/pem.h"

namespace sipward::identity {
namespace {

constexpr size_t kScalar = 32;
constexpr std::string_view kEcPublicKey("\x2a\x86\x48\xce\x3d\x02\x01", 7);
constexpr std::string_view kPrime256v1("\x2a\x86\x48\xce\x3d\x03\x01\x07", 8);

// A page of libsodium's for what a key is decoded into.
class SecretBuffer {
 public:
  explicit SecretBuffer(size_t size)
      : data_(static_cast<char*>(sodium_malloc(size))), size_(size) {}
  ~SecretBuffer() { sodium_free(data_); }
  SecretBuffer(const SecretBuffer&) = delete;
  SecretBuffer& operator=(const SecretBuffer&) = delete;

  bool ok() const { return data_ != nullptr; }
  std::span<char> span() const { return {data_, size_}; }

 private:
  char* data_;
  size_t size_;
};

struct Scalar {
  LocalKey::Problem problem = LocalKey::Problem::kMalformed;
  std::string_view octets;  // the highest first
};

// ECPrivateKey of RFC 5915. Inside PKCS #8 the curve is named outside.
Scalar ReadSec1(std::string_view der, bool curve_is_known) {
  const auto contents = DerReader(der).TakeLast(der::kSequence);
  if (!contents) return {};
  DerReader reader(*contents);
  if (reader.TakeUnsigned() != 1U) return {};
  const auto scalar = reader.Take(der::kOctetString);
  if (!scalar) return {};
  if (reader.At(der::Explicit(0))) {
    const auto named = reader.Take(der::Explicit(0));
    if (!named) return {};
    if (DerReader(*named).TakeLast(der::kOid) != kPrime256v1) {
      return {.problem = LocalKey::Problem::kNotP256, .octets = {}};
    }
    curve_is_known = true;
  }
  if (!curve_is_known || scalar->size() != kScalar) {
    return {.problem = LocalKey::Problem::kNotP256, .octets = {}};
  }
  return {.problem = LocalKey::Problem::kNone, .octets = *scalar};
}

// PrivateKeyInfo of RFC 5958.
Scalar ReadPkcs8(std::string_view der) {
  const auto contents = DerReader(der).TakeLast(der::kSequence);
  if (!contents) return {};
  DerReader reader(*contents);
  if (!reader.TakeUnsigned()) return {};
  const auto algorithm = reader.Take(der::kSequence);
  const auto key = reader.Take(der::kOctetString);
  if (!algorithm || !key) return {};
  DerReader parts(*algorithm);
  if (parts.Take(der::kOid) != kEcPublicKey || parts.TakeLast(der::kOid) != kPrime256v1) {
    return {.problem = LocalKey::Problem::kNotP256, .octets = {}};
  }
  return ReadSec1(*key, true);
}

// The private key of OpenSSL, for as long as it is needed.
OwnedKey Borrow(const uint8_t* scalar) {
  char group[] = "P-256";
  // The parameter is not written to.
  auto* number =
      const_cast<unsigned char*>(scalar);  // NOLINT(cppcoreguidelines-pro-type-const-cast)
  OSSL_PARAM parameters[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_BN(OSSL_PKEY_PARAM_PRIV_KEY, number, kScalar),
      OSSL_PARAM_construct_end(),
  };
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (!context || EVP_PKEY_fromdata_init(context.get()) != 1 ||
      EVP_PKEY_fromdata(context.get(), &key, EVP_PKEY_KEYPAIR, parameters) != 1) {
    return nullptr;
  }
  return OwnedKey(key);
}

}  // namespace

LocalKey::Read LocalKey::FromPem(std::string_view pem) {
  Read read;
  if (sodium_init() < 0) return {.problem = Problem::kNoMemory, .key = nullptr};
  bool sec1 = false;
  auto block = NextPem(pem, "PRIVATE KEY");
  // `openssl ecparam -genkey` writes the curve in front.
  if (block && !block->ok) {
    const auto curve = NextPem(pem, "EC PARAMETERS");
    block = NextPem(curve && curve->ok ? curve->rest : pem, "EC PRIVATE KEY");
    sec1 = true;
  }
  if (!block || !block->ok) return read;
  const SecretBuffer der(DecodedPemSize(block->base64.size()));
  auto* scalar = static_cast<uint8_t*>(sodium_malloc(kScalar));
  std::unique_ptr<LocalKey> key(new LocalKey(scalar));
  if (!der.ok() || scalar == nullptr) return {.problem = Problem::kNoMemory, .key = nullptr};
  size_t size = 0;
  if (!DecodePem(block->base64, der.span(), &size)) return read;
  const std::string_view octets(der.span().data(), size);
  const Scalar found = sec1 ? ReadSec1(octets, false) : ReadPkcs8(octets);
  read.problem = found.problem;
  if (found.problem != Problem::kNone) return read;
  if (!IsScalarOfP256(Octets(found.octets)))
    return {.problem = Problem::kMalformed, .key = nullptr};
  std::reverse_copy(found.octets.begin(), found.octets.end(), scalar);
  if (sodium_mprotect_readonly(scalar) != 0) return {.problem = Problem::kNoMemory, .key = nullptr};
  read.key = std::move(key);
  return read;
}

LocalKey::~LocalKey() { sodium_free(scalar_); }

bool LocalKey::Sign(const Sha256& digest, Es256Signature* signature) const {
  const ErrorMark mark;
  const OwnedKey key = Borrow(scalar_);
  if (!key) return false;
  const OwnedKeyContext context(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
  return context && EVP_PKEY_sign_init(context.get()) == 1 &&
         SignDigest(context.get(), digest.data(), signature->data());
}

}  // namespace sipward::identity
