#include <algorithm>
#include <array>
#include <cstring>
#include <memory>
#include <string_view>
#include <vector>

#include "caller_policy.h"
#include "caller_trust.h"
#include "guard.h"
#include "handles.h"
#include "identity/identity.h"
#include "reason_out.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace identity = sipward::identity;

namespace sipward::c {
namespace {

constexpr uint32_t kTrustFlags = 2 * SIPWARD_TRUST_UNKNOWN_CRL_REFUSES - 1;
constexpr size_t kMostCrls = 4096;
constexpr uint32_t kMostKeyTables = 4096;

identity::TrustPolicy PolicyOf(const sipward_trust_options& options) {
  const auto has = [&](uint32_t flag) { return (options.flags & flag) != 0; };
  identity::TrustPolicy policy;
  policy.require_policy = !has(SIPWARD_TRUST_ANY_POLICY);
  policy.shaken_profile = has(SIPWARD_TRUST_ONE_PROVIDER);
  policy.partial_chains = has(SIPWARD_TRUST_PARTIAL_CHAINS);
  if (has(SIPWARD_TRUST_KEEP_CRLS)) policy.unusable_crl = identity::OnTrouble::kFlag;
  if (has(SIPWARD_TRUST_STALE_CRL_REFUSES)) policy.stale_crl = identity::OnTrouble::kRefuse;
  if (has(SIPWARD_TRUST_UNKNOWN_CRL_REFUSES)) policy.unknown_crl = identity::OnTrouble::kRefuse;
  if (options.max_bytes != 0) policy.max_bytes = options.max_bytes;
  if (options.max_certificates != 0) policy.max_credentials = options.max_certificates;
  policy.key_tables = options.key_tables;
  return policy;
}

// What a fetch can fail for (RFC 8224 section 6.2.2, Bad Identity Info).
bool IsOfFetching(identity::Reason reason) { return identity::Describe(reason).sip_code == 436; }

}  // namespace

bool ToCallerTrust(const sipward_engine_options& options, engine::CallerTrust* out) {
  if (options.trust == nullptr) return options.caller_policy == nullptr;
  if (!Usable(options.trust)) return false;
  identity::Policy policy;
  if (!ReadCallerPolicy(options.caller_policy, &policy)) return false;
  out->store = options.trust->store;
  out->policy = std::make_shared<const identity::Policy>(policy);
  if (policy.cached_tokens != 0) {
    out->cache = std::make_shared<const identity::TokenCache>(policy.cached_tokens);
  }
  return true;
}

}  // namespace sipward::c

extern "C" {

int32_t sipward_trust_create(const sipward_trust_options* options, sipward_trust** out) {
  if (!Usable(out)) return SIPWARD_ERR_ARGUMENT;
  sipward_trust_options given{};
  if (options != nullptr && !ReadStruct(options, &given)) return SIPWARD_ERR_ARGUMENT;
  if ((given.flags & ~kTrustFlags) != 0 || given.key_tables > kMostKeyTables)
    return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    sipward::HashSecret secret;
    static_assert(sizeof secret.bytes == sizeof given.seed);
    std::memcpy(secret.bytes.data(), given.seed, sizeof given.seed);
    auto trust = std::make_unique<sipward_trust>();
    trust->store = std::make_shared<identity::TrustStore>(secret, PolicyOf(given));
    *out = trust.release();
    return SIPWARD_OK;
  });
}

void sipward_trust_destroy(sipward_trust* trust) {
  if (Usable(trust)) delete trust;
}

int32_t sipward_trust_set_anchors(const sipward_trust* trust, const char* certificates, size_t size,
                                  int64_t now_s, sipward_text* reason) {
  if (!Usable(trust) || !UsableBytes(certificates, size) || !MayBeSaid(reason)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard(
      [&] { return Said(trust->store->SetAnchors(View(certificates, size), now_s), reason); });
}

int32_t sipward_trust_set_crls(const sipward_trust* trust, const sipward_text* lists, size_t count,
                               sipward_text* reason) {
  if (!Usable(trust) || count > kMostCrls || (count != 0 && !Usable(lists)) || !MayBeSaid(reason)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const bool usable = std::all_of(lists, lists + count, UsableText);
  if (!usable) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    std::vector<std::string_view> views;
    for (size_t i = 0; i < count; ++i) views.push_back(View(lists[i]));
    return Said(trust->store->SetCrls(views), reason);
  });
}

int32_t sipward_trust_provide(const sipward_trust* trust, const char* url, size_t url_size,
                              const char* document, size_t document_size, int64_t fetched_s,
                              int64_t max_age_s, sipward_text* reason) {
  if (!Usable(trust) || !UsableBytes(url, url_size) || url_size == 0 ||
      !UsableBytes(document, document_size) || !MayBeSaid(reason)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    return Said(trust->store->ProvideCertificate(View(url, url_size), View(document, document_size),
                                                 fetched_s, max_age_s),
                reason);
  });
}

int32_t sipward_trust_provide_failure(const sipward_trust* trust, const char* url, size_t url_size,
                                      const char* reason, size_t reason_size, int64_t now_s) {
  if (!Usable(trust) || !UsableBytes(url, url_size) || url_size == 0 ||
      !UsableBytes(reason, reason_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const identity::Reason why = sipward::facts::ReasonNamed(View(reason, reason_size));
  if (!IsOfFetching(why)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    trust->store->ProvideFailure(View(url, url_size), why, now_s);
    return SIPWARD_OK;
  });
}

int32_t sipward_trust_read_statistics(const sipward_trust* trust, sipward_trust_statistics* out) {
  if (!Usable(trust) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    const identity::TrustStore::Statistics counted = trust->store->statistics();
    sipward_trust_statistics made{};
    made.key_tables = counted.key_tables;
    made.certificates = counted.credentials;
    made.failures = counted.failures;
    made.bytes = counted.bytes;
    made.evictions = counted.evictions;
    made.table_comparisons = counted.table_comparisons;
    made.table_disagreements = counted.table_disagreements;
    WriteStruct(made, out);
    return SIPWARD_OK;
  });
}

}  // extern "C"
