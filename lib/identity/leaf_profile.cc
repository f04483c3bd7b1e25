#include "identity/leaf_profile.h"

#include <openssl/ec.h>
#include <openssl/objects.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <string>

namespace sipward::identity {
namespace {

constexpr int kVersion3 = 2;
constexpr int kUncompressedPoint = 65;

using OwnedPolicies = std::unique_ptr<CERTIFICATEPOLICIES, OsslFree<CERTIFICATEPOLICIES_free>>;
using OwnedUsages = std::unique_ptr<EXTENDED_KEY_USAGE, OsslFree<EXTENDED_KEY_USAGE_free>>;

// P-256 by its name, as an uncompressed point. Other forms of the same key are none of the profile,
// and parameters written out have been used to pass off a generator of one's own.
bool IsP256(X509* leaf) {
  X509_PUBKEY* key = X509_get_X509_PUBKEY(leaf);
  const unsigned char* point = nullptr;
  int size = 0;
  X509_ALGOR* algorithm = nullptr;
  if (X509_PUBKEY_get0_param(nullptr, &point, &size, &algorithm, key) != 1) return false;
  const ASN1_OBJECT* type = nullptr;
  int parameter_type = 0;
  const void* parameter = nullptr;
  X509_ALGOR_get0(&type, &parameter_type, &parameter, algorithm);
  return OBJ_obj2nid(type) == NID_X9_62_id_ecPublicKey && parameter_type == V_ASN1_OBJECT &&
         OBJ_obj2nid(static_cast<const ASN1_OBJECT*>(parameter)) == NID_X9_62_prime256v1 &&
         size == kUncompressedPoint && point[0] == POINT_CONVERSION_UNCOMPRESSED &&
         X509_get0_pubkey(leaf) != nullptr;
}

std::string Dotted(const ASN1_OBJECT* object) {
  char text[128];
  const int size = OBJ_obj2txt(text, sizeof(text), object, 1);
  return size > 0 && static_cast<size_t>(size) < sizeof(text) ? text : std::string();
}

// An extension that stands there twice or cannot be read is told from one that is not there.
template <typename Owned>
bool Read(X509* leaf, int nid, Owned* owned) {
  int state = 0;
  owned->reset(static_cast<typename Owned::pointer>(X509_get_ext_d2i(leaf, nid, &state, nullptr)));
  return *owned || state == -1;
}

Reason CheckExtendedUsage(X509* leaf, const TrustPolicy& policy) {
  OwnedUsages usages;
  if (!Read(leaf, NID_ext_key_usage, &usages)) return Reason::kCertMalformed;
  if (!usages) return Reason::kOk;
  const auto& permitted = policy.extended_key_usages;
  for (int i = 0; i < sk_ASN1_OBJECT_num(usages.get()); ++i) {
    const std::string oid = Dotted(sk_ASN1_OBJECT_value(usages.get(), i));
    if (std::find(permitted.begin(), permitted.end(), oid) == permitted.end()) {
      return Reason::kCertEku;
    }
  }
  return Reason::kOk;
}

Reason CheckPolicy(X509* leaf, const TrustPolicy& policy) {
  OwnedPolicies policies;
  if (!Read(leaf, NID_certificate_policies, &policies)) return Reason::kCertMalformed;
  if (!policy.require_policy) return Reason::kOk;
  constexpr std::string_view kShaken = "2.16.840.1.114569.1.1.";
  for (int i = 0; policies && i < sk_POLICYINFO_num(policies.get()); ++i) {
    const std::string oid = Dotted(sk_POLICYINFO_value(policies.get(), i)->policyid);
    if (oid.size() == kShaken.size() + 1 && oid.starts_with(kShaken) && oid.back() >= '1' &&
        oid.back() <= '5') {
      return Reason::kOk;
    }
  }
  return Reason::kCertPolicy;
}

}  // namespace

Reason CheckLeafProfile(X509* leaf, const TrustPolicy& policy) {
  const uint32_t seen = X509_get_extension_flags(leaf);
  if (X509_get_version(leaf) != kVersion3 || (seen & EXFLAG_INVALID) != 0) {
    return Reason::kCertMalformed;
  }
  if (!IsP256(leaf)) return Reason::kCertKeyAlg;
  if ((seen & EXFLAG_CA) != 0) return Reason::kCertIsCa;
  if ((seen & EXFLAG_KUSAGE) == 0) return Reason::kCertKeyUsage;
  const uint32_t usage = X509_get_key_usage(leaf);
  if ((usage & KU_DIGITAL_SIGNATURE) == 0 || (usage & KU_KEY_CERT_SIGN) != 0) {
    return Reason::kCertKeyUsage;
  }
  const Reason reason = CheckExtendedUsage(leaf, policy);
  return reason == Reason::kOk ? CheckPolicy(leaf, policy) : reason;
}

}  // namespace sipward::identity
