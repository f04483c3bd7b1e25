#include "identity/credential.h"

#include <openssl/asn1.h>
#include <openssl/bn.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <atomic>
#include <optional>
#include <utility>

#include "identity/certificate_text.h"
#include "identity/chain_document.h"
#include "identity/der.h"
#include "identity/es256.h"
#include "identity/leaf_profile.h"
#include "identity/ossl.h"
#include "identity/path.h"
#include "identity/trust_policy.h"

namespace sipward::identity {
namespace {

// Authority information access: a TNAuthList that stands elsewhere (RFC 8226, section 10.2).
constexpr char kOidTnListAccess[] = "1.3.6.1.5.5.7.48.14";

using OwnedAccess = std::unique_ptr<AUTHORITY_INFO_ACCESS, OsslFree<AUTHORITY_INFO_ACCESS_free>>;
using OwnedPoints = std::unique_ptr<CRL_DIST_POINTS, OsslFree<CRL_DIST_POINTS_free>>;

std::optional<Validity> ValidityOf(const X509* certificate) {
  const std::string begin = Encoded(X509_get0_notBefore(certificate), i2d_ASN1_TIME);
  const std::string end = Encoded(X509_get0_notAfter(certificate), i2d_ASN1_TIME);
  const auto not_before = DerReader(begin).TakeTime();
  const auto not_after = DerReader(end).TakeTime();
  if (!not_before || !not_after) return std::nullopt;
  return Validity{.not_before = *not_before, .not_after = *not_after};
}

bool NamesListElsewhere(const X509* leaf) {
  const OwnedAccess access(static_cast<AUTHORITY_INFO_ACCESS*>(
      X509_get_ext_d2i(leaf, NID_info_access, nullptr, nullptr)));
  for (int i = 0; access && i < sk_ACCESS_DESCRIPTION_num(access.get()); ++i) {
    char oid[64];
    OBJ_obj2txt(oid, sizeof(oid), sk_ACCESS_DESCRIPTION_value(access.get(), i)->method, 1);
    if (std::string_view(oid) == kOidTnListAccess) return true;
  }
  return false;
}

uint64_t NextId() {
  static std::atomic<uint64_t> last{0};
  return ++last;
}

}  // namespace

Reason Validity::At(int64_t when) const {
  if (when < not_before) return Reason::kCertNotYetValid;
  return when > not_after ? Reason::kCertExpired : Reason::kOk;
}

// The steps of Make. Each is kOk or the reason.
class CredentialMaker {
 public:
  CredentialMaker(const ChainDocument& document, const TrustPolicy& policy,
                  std::shared_ptr<KeyTables> tables)
      : document_(document), policy_(policy), tables_(std::move(tables)), made_(new Credential) {}

  // Without anchors, of the leaf alone.
  Credential::Made Make(const AnchorSet* anchors, int64_t now) {
    Credential::Made made;
    made.reason = CheckLeafProfile(document_.leaf(), policy_);
    if (made.reason == Reason::kOk) made.reason = TakeDates(document_.leaf());
    Path path;
    if (made.reason == Reason::kOk) {
      path = anchors != nullptr ? BuildPath(document_, *anchors, policy_, now) : LeafAlone();
      made.reason = path.reason;
    }
    if (made.reason == Reason::kOk) made.reason = TakeChain(path);
    if (made.reason == Reason::kOk) made.reason = TakeNumbers(path);
    if (made.reason == Reason::kOk) made.reason = TakeConstraints();
    if (made.reason == Reason::kOk) made.reason = TakeCrlIssuers();
    if (made.reason != Reason::kOk) return made;
    TakeTexts();
    made.credential = std::move(made_);
    return made;
  }

 private:
  Path LeafAlone() const {
    Path path;
    path.reason = Reason::kOk;
    X509_up_ref(document_.leaf());
    path.certificates.emplace_back(document_.leaf());
    return path;
  }

  Reason TakeDates(const X509* leaf) {
    const auto validity = ValidityOf(leaf);
    if (!validity) return Reason::kCertMalformed;
    made_->leaf_validity_ = *validity;
    return Reason::kOk;
  }

  // The dates of all, and what a list of revoked certificates would say of those below the anchor.
  Reason TakeChain(const Path& path) {
    Validity& all = made_->chain_validity_;
    CertificateChain certificates;
    for (size_t i = 0; i < path.certificates.size(); ++i) {
      X509* certificate = path.certificates[i].get();
      const auto validity = ValidityOf(certificate);
      const auto issuer = DigestName(IssuerOf(certificate));
      const auto serial = SerialOctets(certificate);
      if (!validity || !issuer || !serial) return Reason::kCertMalformed;
      all.not_before = std::max(all.not_before, validity->not_before);
      all.not_after = std::min(all.not_after, validity->not_after);
      const bool anchor = i > 0 && i + 1 == path.certificates.size();
      if (!anchor) made_->chain_.push_back(IdOf(*issuer, *serial));
      if (i == 0) {
        issuer_ = *issuer;
        made_->serial_ = Hexadecimal(*serial);
      }
      certificates.push_back(Encoded(certificate, i2d_X509));
    }
    made_->certificates_ = std::make_shared<const CertificateChain>(std::move(certificates));
    return Reason::kOk;
  }

  Reason TakeNumbers(const Path& path) {
    const Extension own = FindExtension(document_.leaf(), kOidTnAuthList);
    if (own.state == Extension::State::kAbsent) {
      return NamesListElsewhere(document_.leaf()) ? Reason::kTnauthByReference
                                                  : Reason::kTnauthMissing;
    }
    auto list = TnAuthList::Parse(own.value);
    if (own.state == Extension::State::kTwice || !list) return Reason::kTnauthMalformed;
    made_->tn_auth_list_ = std::move(*list);
    if (policy_.shaken_profile && !made_->tn_auth_list_.IsShakenProfile()) {
      return Reason::kTnauthProfile;
    }
    return CheckDelegation(path);
  }

  // RFC 9060: what an authority is bounded to bounds all below it.
  Reason CheckDelegation(const Path& path) {
    TnAuthList below = made_->tn_auth_list_;
    for (size_t i = 1; i < path.certificates.size(); ++i) {
      const Extension bound = FindExtension(path.certificates[i].get(), kOidTnAuthList);
      if (bound.state == Extension::State::kAbsent) continue;
      auto list = TnAuthList::Parse(bound.value);
      if (bound.state == Extension::State::kTwice || !list) return Reason::kTnauthMalformed;
      if (!list->Encompasses(below)) return Reason::kTnauthNotEncompassed;
      below = std::move(*list);
    }
    return Reason::kOk;
  }

  Reason TakeConstraints() {
    for (const auto& [oid, form] :
         {std::pair(kOidClaimConstraints, ClaimConstraints::Form::kPlain),
          std::pair(kOidEnhancedClaimConstraints, ClaimConstraints::Form::kEnhanced)}) {
      const Extension extension = FindExtension(document_.leaf(), oid);
      if (extension.state == Extension::State::kAbsent) continue;
      auto constraints = ClaimConstraints::Parse(extension.value, form);
      if (extension.state == Extension::State::kTwice || !constraints) {
        return Reason::kConstraintMalformed;
      }
      made_->constraints_.push_back(std::move(*constraints));
    }
    return Reason::kOk;
  }

  Reason TakeCrlIssuers() {
    int state = 0;
    const OwnedPoints points(static_cast<CRL_DIST_POINTS*>(
        X509_get_ext_d2i(document_.leaf(), NID_crl_distribution_points, &state, nullptr)));
    if (!points) return state == -1 ? Reason::kOk : Reason::kCertMalformed;
    for (int i = 0; i < sk_DIST_POINT_num(points.get()); ++i) {
      const GENERAL_NAMES* names = sk_DIST_POINT_value(points.get(), i)->CRLissuer;
      if (names == nullptr) made_->crl_issuers_.push_back(issuer_);
      for (int n = 0; names != nullptr && n < sk_GENERAL_NAME_num(names); ++n) {
        int type = 0;
        const void* value = GENERAL_NAME_get0_value(sk_GENERAL_NAME_value(names, n), &type);
        if (type != GEN_DIRNAME) continue;
        const auto name = DigestName(Encoded(static_cast<const X509_NAME*>(value), i2d_X509_NAME));
        if (!name) return Reason::kCertMalformed;
        made_->crl_issuers_.push_back(*name);
      }
    }
    return Reason::kOk;
  }

  void TakeTexts() {
    made_->subject_ = NameText(X509_get_subject_name(document_.leaf()));
    made_->issuer_ = NameText(X509_get_issuer_name(document_.leaf()));
    made_->key_ = std::make_unique<Es256Key>(X509_get0_pubkey(document_.leaf()), tables_);
  }

  const ChainDocument& document_;
  const TrustPolicy& policy_;
  const std::shared_ptr<KeyTables> tables_;
  std::shared_ptr<Credential> made_;
  NameDigest issuer_{};
};

Credential::Credential() : id_(NextId()) {}
Credential::~Credential() = default;

Credential::Made Credential::Make(const ChainDocument& document, const AnchorSet& anchors,
                                  const TrustPolicy& policy, int64_t now,
                                  std::shared_ptr<KeyTables> tables) {
  const ErrorMark mark;
  return CredentialMaker(document, policy, std::move(tables)).Make(&anchors, now);
}

Credential::Made Credential::MakeOfLeaf(const ChainDocument& document, const TrustPolicy& policy) {
  const ErrorMark mark;
  return CredentialMaker(document, policy, nullptr).Make(nullptr, 0);
}

std::string_view Credential::spc() const {
  return tn_auth_list_.spcs().empty() ? std::string_view() : tn_auth_list_.spcs()[0];
}

bool Credential::CoversTn(std::string_view digits) const {
  return spc_count() > 0 || tn_auth_list_.CoversNumber(digits);
}

bool Credential::VerifyEs256(std::string_view signed_octets, std::string_view signature) const {
  return key_->Verify(signed_octets, signature);
}

}  // namespace sipward::identity
