// What stands behind the URL of a certificate. The first byte chooses: TNAuthList,
// JWTClaimConstraints, EnhancedJWTClaimConstraints, a document, or a certificate that is signed
// anew by an authority that is trusted, so that what lies behind the signature is reached.
#include <openssl/evp.h>
#include <openssl/x509v3.h>

#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "identity/anchors.h"
#include "identity/certificate_text.h"
#include "identity/chain_document.h"
#include "identity/claim_constraints.h"
#include "identity/credential.h"
#include "identity/tn_auth_list.h"
#include "identity/trust_policy.h"

namespace {

using sipward::identity::AnchorSet;
using sipward::identity::CertificateText;
using sipward::identity::ChainDocument;
using sipward::identity::ClaimConstraints;
using sipward::identity::Credential;
using sipward::identity::OwnedKey;
using sipward::identity::OwnedX509;
using sipward::identity::Reason;
using sipward::identity::TnAuthList;
using sipward::identity::TrustPolicy;
using sipward::identity::Validity;

constexpr int64_t kNow = 1800000000;

void Require(bool condition) {
  if (!condition) std::abort();
}

std::string Written(uint32_t digits, uint64_t number) {
  std::string text = std::to_string(number);
  Require(text.size() <= digits);
  return text.insert(0, digits - text.size(), '0');
}

void CheckTnAuthList(std::string_view der) {
  const auto list = TnAuthList::Parse(der);
  if (!list) return;
  Require(!list->spcs().empty() || list->has_numbers());
  Require(list->Encompasses(*list));
  const TnAuthList::Range* before = nullptr;
  for (const TnAuthList::Range& range : list->ranges()) {
    Require(range.digits >= 1 && range.digits <= TnAuthList::kMaxNumber);
    Require(range.first <= range.last);
    const std::string first = Written(range.digits, range.first);
    const std::string last = Written(range.digits, range.last);
    Require(list->CoversNumber(first) && list->CoversNumber(last));
    Require(!list->CoversNumber("1" + first) || list->ranges().size() > 1);
    if (before != nullptr && before->digits == range.digits) {
      // Sorted, and something lies between.
      Require(before->last < range.first - 1);
      Require(!list->CoversNumber(Written(range.digits, range.first - 1)));
    }
    before = &range;
  }
  // One octet less or more is another document.
  Require(!TnAuthList::Parse(der.substr(0, der.size() - 1)));
  Require(!TnAuthList::Parse(std::string(der) + '\0'));
}

void CheckConstraints(std::string_view der, ClaimConstraints::Form form) {
  const auto read = ClaimConstraints::Parse(der, form);
  if (!read) return;
  size_t names = read->must_include.size() + read->must_exclude.size();
  for (const ClaimConstraints::Permitted& permitted : read->permitted_values) {
    Require(!permitted.claim.empty() && !permitted.values.empty());
    names += 1 + permitted.values.size();
  }
  Require(names >= 1 && names <= ClaimConstraints::kMaxNames);
  for (const std::string& name : read->must_include) Require(!name.empty());
  if (form == ClaimConstraints::Form::kPlain) {
    Require(read->must_exclude.empty());
    Require(ClaimConstraints::Parse(der, ClaimConstraints::Form::kEnhanced).has_value());
  }
  Require(!ClaimConstraints::Parse(der.substr(0, der.size() - 1), form));
  Require(!ClaimConstraints::Parse(std::string(der) + '\0', form));
}

// A self-signed authority with a key of its own, made once.
struct Authority {
  Authority() : key(EVP_EC_gen("P-256")), certificate(X509_new()) {
    X509* x = certificate.get();
    X509_set_version(x, 2);
    ASN1_INTEGER_set(X509_get_serialNumber(x), 1);
    ASN1_TIME_set(X509_getm_notBefore(x), kNow - 1000);
    ASN1_TIME_set(X509_getm_notAfter(x), kNow + 1000);
    X509_NAME* name = X509_get_subject_name(x);
    const unsigned char text[] = "Root";
    X509_NAME_add_entry_by_txt(name, "O", MBSTRING_ASC, text, 4, -1, 0);
    X509_set_issuer_name(x, name);
    X509_set_pubkey(x, key.get());
    for (const auto& [nid, value] : {std::pair(NID_basic_constraints, "critical,CA:TRUE"),
                                     std::pair(NID_key_usage, "critical,keyCertSign,cRLSign")}) {
      X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, nullptr, nid, value);
      X509_add_ext(x, extension, -1);
      X509_EXTENSION_free(extension);
    }
    X509_sign(x, key.get(), EVP_sha256());
    anchors = AnchorSet::Parse(sipward::identity::Encoded(x, i2d_X509), false);
    Require(anchors != nullptr);
  }

  OwnedKey key;
  OwnedX509 certificate;
  std::shared_ptr<const AnchorSet> anchors;
};

const Authority& TheAuthority() {
  static const Authority* const authority = new Authority;
  return *authority;
}

Reason Make(const ChainDocument& document, const AnchorSet& anchors, const TrustPolicy& policy) {
  const Credential::Made made = Credential::Make(document, anchors, policy, kNow);
  Require((made.reason == Reason::kOk) == (made.credential != nullptr));
  if (!made.credential) return made.reason;
  const Credential& credential = *made.credential;
  const Validity leaf = credential.validity();
  const Validity chain = credential.chain_validity();
  Require(leaf.not_before <= chain.not_before && chain.not_after <= leaf.not_after);
  Require(credential.spc_count() > 0 || credential.tn_auth_list().has_numbers());
  Require(credential.chain().size() >= 1 && credential.chain().size() <= policy.max_chain);
  Require(credential.constraints().size() <= 2);
  Require(!credential.serial().empty());
  Require(credential.certificates()->size() >= credential.chain().size());
  Require(credential.certificates()->front() ==
          sipward::identity::Encoded(document.leaf(), i2d_X509));
  const std::string signature(64, '\1');
  Require(!credential.VerifyEs256("a", signature));
  return made.reason;
}

// What is told of any octets has an end.
void CheckText(std::string_view der) {
  const CertificateText text = sipward::identity::DescribeCertificate(der);
  Require(text.sha256.size() == 64);
  for (const std::string* part : {&text.subject, &text.issuer, &text.serial}) {
    Require(part->size() <= CertificateText::kMostText && (text.readable || part->empty()));
  }
  Require(text.not_before.size() <= 32 && text.not_after.size() <= 32);
  Require(text.spcs.size() <= CertificateText::kMostCodes);
}

void CheckDocument(std::string_view bytes) {
  CheckText(bytes);
  const ChainDocument::Limits limits{.size = 8192, .certificates = 4};
  const ChainDocument::Read read = ChainDocument::Parse(bytes, limits);
  Require((read.reason == Reason::kOk) == (read.document != nullptr));
  if (!read.document) return;
  Require(!read.document->certificates().empty() && read.document->certificates().size() <= 4);
  Require(read.document->chain()->size() == read.document->certificates().size());
  // Nothing is trusted, and nothing of it gets through.
  Require(Make(*read.document, AnchorSet(), {}) != Reason::kOk);
}

void CheckSigned(std::string_view der) {
  CheckText(der);
  const OwnedX509 certificate = sipward::identity::ParseX509(der);
  if (!certificate) return;
  const Authority& authority = TheAuthority();
  X509_set_issuer_name(certificate.get(), X509_get_subject_name(authority.certificate.get()));
  if (X509_sign(certificate.get(), authority.key.get(), EVP_sha256()) <= 0) return;
  const std::string again = sipward::identity::Encoded(certificate.get(), i2d_X509);
  const ChainDocument::Limits limits{.size = 16384, .certificates = 1};
  const ChainDocument::Read read = ChainDocument::Parse(again, limits);
  if (!read.document) return;
  const Reason strict = Make(*read.document, *authority.anchors, {.shaken_profile = true});
  const Reason lenient = Make(*read.document, *authority.anchors, {.require_policy = false});
  Require(strict != Reason::kOk || lenient == Reason::kOk);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  const std::string_view rest(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      CheckTnAuthList(rest);
      break;
    case 1:
      CheckConstraints(rest, ClaimConstraints::Form::kPlain);
      break;
    case 2:
      CheckConstraints(rest, ClaimConstraints::Form::kEnhanced);
      break;
    case 3:
      CheckDocument(rest);
      break;
    default:
      CheckSigned(rest);
  }
  return 0;
}
