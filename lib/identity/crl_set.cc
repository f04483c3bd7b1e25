#include "identity/crl_set.h"

#include <algorithm>
#include <utility>

namespace sipward::identity {
namespace {

bool Lists(const Crl& list, const Credential& credential) {
  const auto& chain = credential.chain();
  return std::any_of(chain.begin(), chain.end(),
                     [&](const CertificateId& id) { return list.IsRevoked(id); });
}

}  // namespace

CrlSet::CrlSet(std::vector<std::shared_ptr<const Crl>> lists, bool malformed,
               const AnchorSet& anchors)
    : malformed_(malformed) {
  for (auto& list : lists) {
    const Crl::Standing standing = list->StandingUnder(anchors);
    if (standing == Crl::Standing::kSigned) {
      good_.push_back(std::move(list));
    } else {
      doubtful_.push_back({.list = std::move(list), .standing = standing});
    }
  }
}

CrlSet::CrlSet(const CrlSet& now, const CrlSet& before) : CrlSet(now) {
  for (const auto& list : before.good_) {
    const bool replaced = std::any_of(now.good_.begin(), now.good_.end(), [&](const auto& other) {
      return other->issuer() == list->issuer();
    });
    if (!replaced) good_.push_back(list);
  }
}

bool CrlSet::KeepNewest(const std::vector<std::shared_ptr<const Crl>>& seen) {
  const std::vector<std::shared_ptr<const Crl>> given = std::exchange(good_, {});
  bool all = true;
  for (const auto& list : given) {
    std::shared_ptr<const Crl> newest = list;
    for (const auto* others : {&given, &seen}) {
      for (const auto& other : *others) {
        if (other->IsNewerThan(*newest)) newest = other;
      }
    }
    all = all && newest == list;
    if (std::find(good_.begin(), good_.end(), newest) == good_.end()) good_.push_back(newest);
  }
  return all;
}

std::vector<std::shared_ptr<const Crl>> CrlSet::lists() const {
  std::vector<std::shared_ptr<const Crl>> all = good_;
  for (const Doubtful& doubtful : doubtful_) all.push_back(doubtful.list);
  return all;
}

Reason CrlSet::trouble() const {
  if (malformed_) return Reason::kCrlMalformed;
  return doubtful_.empty() ? Reason::kOk : Reason::kCrlSignature;
}

Revocation CrlSet::Judge(const Credential& credential) const {
  Revocation judged;
  const auto& issuers = credential.crl_issuers();
  const auto is_named = [&](const Crl& list) {
    return std::find(issuers.begin(), issuers.end(), list.issuer()) != issuers.end();
  };
  bool known = issuers.empty() || (good_.empty() && doubtful_.empty());
  for (const auto& list : good_) {
    judged.revoked = judged.revoked || Lists(*list, credential);
    known = known || is_named(*list);
    if (!issuers.empty() && !is_named(*list)) continue;
    judged.current.not_before = std::max(judged.current.not_before, list->this_update());
    judged.current.not_after = std::min(judged.current.not_after, list->next_update());
  }
  for (const Doubtful& doubtful : doubtful_) known = known || is_named(*doubtful.list);
  judged.unknown = !known;
  return judged;
}

// A list that is not properly signed proves nothing, so a call that needs it fails. What is open is
// the reason alone: an honest list whose signer was not configured tells more by what it lists. One
// that is not current proves nothing whoever signed it.
Reason CrlSet::JudgeDoubtful(int64_t now, const Credential& credential, bool* stale) const {
  Reason reason = malformed_ ? Reason::kCrlMalformed : Reason::kOk;
  for (const Doubtful& doubtful : doubtful_) {
    if (!doubtful.list->IsCurrent(now)) {
      *stale = true;
      continue;
    }
    if (doubtful.standing == Crl::Standing::kSignerUnknown && Lists(*doubtful.list, credential)) {
      return Reason::kCertRevoked;
    }
    if (reason == Reason::kOk) reason = Reason::kCrlSignature;
  }
  return reason;
}

Reason CrlSet::JudgeAt(int64_t now, const Credential& credential, const Revocation& judged,
                       const TrustPolicy& policy, FlagSet* flags) const {
  if (judged.revoked) return Reason::kCertRevoked;
  bool stale = judged.current.At(now) != Reason::kOk;
  const Reason doubt = JudgeDoubtful(now, credential, &stale);
  if (doubt != Reason::kOk) {
    if (policy.unusable_crl == OnTrouble::kRefuse) return doubt;
    flags->Add(Flag::kCrlIgnored);
  }
  if (stale) {
    if (policy.stale_crl == OnTrouble::kRefuse) return Reason::kCrlStale;
    flags->Add(Flag::kCrlStale);
  }
  if (judged.unknown) {
    if (policy.unknown_crl == OnTrouble::kRefuse) return Reason::kCrlUnknown;
    flags->Add(Flag::kCrlUnknown);
  }
  return Reason::kOk;
}

}  // namespace sipward::identity
