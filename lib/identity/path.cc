#include "identity/path.h"

#include <openssl/evp.h>
#include <openssl/objects.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <iterator>
#include <string>
#include <string_view>

namespace sipward::identity {
namespace {

// 112 bits: no SHA-1, no RSA below 2048.
constexpr int kSecurityLevel = 2;

// The leaf may have any of them critical, an authority what bounds its numbers: claims are only
// ever bounded by the leaf.
bool IsUnderstood(X509_EXTENSION* extension, bool leaf) {
  char oid[64];
  OBJ_obj2txt(oid, sizeof(oid), X509_EXTENSION_get_object(extension), 1);
  const std::string_view text(oid);
  if (text == kOidTnAuthList) return true;
  return leaf && (text == kOidClaimConstraints || text == kOidEnhancedClaimConstraints);
}

bool AllCriticalUnderstood(const X509* certificate, bool leaf) {
  for (int i = 0; i < X509_get_ext_count(certificate); ++i) {
    X509_EXTENSION* extension = X509_get_ext(certificate, i);
    if (X509_EXTENSION_get_critical(extension) != 0 && X509_supported_extension(extension) == 0 &&
        !IsUnderstood(extension, leaf)) {
      return false;
    }
  }
  return true;
}

int OnError(int ok, X509_STORE_CTX* context) {
  if (ok != 0) return 1;
  switch (X509_STORE_CTX_get_error(context)) {
    case X509_V_ERR_CERT_HAS_EXPIRED:
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return 1;
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
      return AllCriticalUnderstood(X509_STORE_CTX_get_current_cert(context),
                                   X509_STORE_CTX_get_error_depth(context) == 0)
                 ? 1
                 : 0;
    default:
      return 0;
  }
}

Reason ReasonOf(int error) {
  switch (error) {
    case X509_V_ERR_INVALID_CA:
    case X509_V_ERR_KEYUSAGE_NO_CERTSIGN:
    case X509_V_ERR_INVALID_NON_CA:
      return Reason::kChainCaFalse;
    case X509_V_ERR_PATH_LENGTH_EXCEEDED:
      return Reason::kChainPathlen;
    case X509_V_ERR_PERMITTED_VIOLATION:
    case X509_V_ERR_EXCLUDED_VIOLATION:
    case X509_V_ERR_SUBTREE_MINMAX:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_TYPE:
    case X509_V_ERR_UNSUPPORTED_CONSTRAINT_SYNTAX:
    case X509_V_ERR_UNSUPPORTED_NAME_SYNTAX:
      return Reason::kChainNameConstraint;
    case X509_V_ERR_UNHANDLED_CRITICAL_EXTENSION:
      return Reason::kCertCriticalExt;
    case X509_V_ERR_CERT_CHAIN_TOO_LONG:
      return Reason::kChainTooDeep;
    case X509_V_ERR_EE_KEY_TOO_SMALL:
    case X509_V_ERR_CA_KEY_TOO_SMALL:
    case X509_V_ERR_CA_MD_TOO_WEAK:
      return Reason::kChainWeakAlg;
    case X509_V_ERR_INVALID_EXTENSION:
    case X509_V_ERR_ERROR_IN_CERT_NOT_BEFORE_FIELD:
    case X509_V_ERR_ERROR_IN_CERT_NOT_AFTER_FIELD:
      return Reason::kCertMalformed;
    case X509_V_ERR_OUT_OF_MEM:
    case X509_V_ERR_UNSPECIFIED:
      return Reason::kInternal;
    default:
      return Reason::kChainUntrusted;
  }
}

// RSA, P-256 or P-384: how long the RSA key is, the security level says.
bool IsAuthorityKey(X509* certificate) {
  const EVP_PKEY* key = X509_get0_pubkey(certificate);
  if (key == nullptr) return false;
  if (EVP_PKEY_get_base_id(key) == EVP_PKEY_RSA) return EVP_PKEY_get_security_bits(key) >= 112;
  if (EVP_PKEY_get_base_id(key) != EVP_PKEY_EC) return false;
  char curve[32];
  size_t size = 0;
  if (EVP_PKEY_get_group_name(key, curve, sizeof(curve), &size) != 1) return false;
  const std::string_view name(curve, size);
  return name == "prime256v1" || name == "P-256" || name == "secp384r1" || name == "P-384";
}

using OwnedStack =
    std::unique_ptr<STACK_OF(X509), OsslFree<[](STACK_OF(X509) * stack) { sk_X509_free(stack); }>>;

// What OpenSSL may take on the way to an anchor; it keeps no references.
OwnedStack Intermediates(const ChainDocument& document) {
  OwnedStack stack(sk_X509_new_null());
  const auto& all = document.certificates();
  for (size_t i = 1; stack && i < all.size(); ++i) {
    if (sk_X509_push(stack.get(), all[i].get()) == 0) return nullptr;
  }
  return stack;
}

bool Prepare(X509_STORE_CTX* context, const TrustPolicy& policy, int64_t now) {
  X509_VERIFY_PARAM* parameters = X509_STORE_CTX_get0_param(context);
  X509_VERIFY_PARAM_set_time(parameters, static_cast<time_t>(now));
  // OpenSSL counts the authorities between leaf and anchor.
  X509_VERIFY_PARAM_set_depth(parameters, static_cast<int>(std::max(policy.max_chain, 1U) - 1));
  X509_VERIFY_PARAM_set_auth_level(parameters, kSecurityLevel);
  unsigned long flags = X509_V_FLAG_TRUSTED_FIRST;
  if (policy.partial_chains) flags |= X509_V_FLAG_PARTIAL_CHAIN;
  X509_STORE_CTX_set_verify_cb(context, OnError);
  return X509_VERIFY_PARAM_set_purpose(parameters, X509_PURPOSE_ANY) == 1 &&
         X509_VERIFY_PARAM_set_flags(parameters, flags) == 1;
}

}  // namespace

Path BuildPath(const ChainDocument& document, const AnchorSet& anchors, const TrustPolicy& policy,
               int64_t now) {
  const ErrorMark mark;
  Path path;
  const OwnedStack untrusted = Intermediates(document);
  const OwnedStoreContext context(X509_STORE_CTX_new());
  if (!untrusted || !context ||
      X509_STORE_CTX_init(context.get(), anchors.store(), document.leaf(), untrusted.get()) != 1 ||
      !Prepare(context.get(), policy, now)) {
    return path;
  }
  if (X509_verify_cert(context.get()) != 1) {
    path.reason = ReasonOf(X509_STORE_CTX_get_error(context.get()));
    return path;
  }
  const STACK_OF(X509)* chain = X509_STORE_CTX_get0_chain(context.get());
  for (int i = 0; i < sk_X509_num(chain); ++i) {
    X509* certificate = sk_X509_value(chain, i);
    if (i > 0 && !IsAuthorityKey(certificate)) {
      path.reason = Reason::kChainWeakAlg;
      path.certificates.clear();
      return path;
    }
    X509_up_ref(certificate);
    path.certificates.emplace_back(certificate);
  }
  path.reason = Reason::kOk;
  return path;
}

}  // namespace sipward::identity
