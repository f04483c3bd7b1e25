#include "identity/permits.h"

#include <algorithm>
#include <string>

namespace sipward::identity {

bool Permits(const ClaimConstraints& constraints, const JsonValue& payload) {
  const auto has = [&](const std::string& name) { return payload.Find(name).present(); };
  const auto& must = constraints.must_include;
  const auto& never = constraints.must_exclude;
  if (!std::all_of(must.begin(), must.end(), has)) return false;
  if (std::any_of(never.begin(), never.end(), has)) return false;
  for (const ClaimConstraints::Permitted& permitted : constraints.permitted_values) {
    const JsonValue claim = payload.Find(permitted.claim);
    if (!claim.present()) continue;
    const auto& values = permitted.values;
    if (!claim.is_string() ||
        std::find(values.begin(), values.end(), claim.text()) == values.end()) {
      return false;
    }
  }
  return true;
}

bool Covers(const Credential& credential, const Claims& claims, Ppt ppt) {
  const Party& party = Diverts(ppt) ? claims.div : claims.orig;
  if (party.kind == PartyKind::kTn) return credential.CoversTn(party.text);
  return credential.spc_count() > 0;
}

}  // namespace sipward::identity
