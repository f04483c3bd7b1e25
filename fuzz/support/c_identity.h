// What a host tells of an identity, through the C interface: with a packet, and for a ticket.
#ifndef SIPWARD_FUZZ_SUPPORT_C_IDENTITY_H_
#define SIPWARD_FUZZ_SUPPORT_C_IDENTITY_H_

#include <cstdint>
#include <string_view>

#include "fuzz/support/c_evidence.h"
#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline sipward_identity_check AnyIdentity(Input& input) {
  auto identity = AnyStruct<sipward_identity_check>(input);
  const auto set = [&](const char** data, size_t* size) {
    const std::string_view text = input.Text();
    *data = text.data();
    *size = text.size();
  };
  set(&identity.reason, &identity.reason_size);
  set(&identity.attest, &identity.attest_size);
  set(&identity.origid, &identity.origid_size);
  set(&identity.spc, &identity.spc_size);
  set(&identity.verstat, &identity.verstat_size);
  return identity;
}

// `told`: of the same packet without an identity.
inline void UseTicket(Input& input, sipward_inspector* inspector, const char* base,
                      sipward_packet packet, const sipward_verdict& told) {
  const bool pending = (told.flags & SIPWARD_VERDICT_PENDING) != 0;
  Require(pending == (told.ticket != 0));
  Require(!pending || (told.flags & SIPWARD_VERDICT_EMERGENCY) == 0);
  const sipward_identity_check identity = AnyIdentity(input);
  packet.identity = input.Byte() < 224 ? &identity : nullptr;
  const uint64_t ticket = input.Byte() < 224 ? told.ticket : input.Number();
  Output<sipward_verdict> verdict(input);
  const int32_t status = sipward_inspector_resume(inspector, base, &packet, ticket, verdict.get());
  Known(status);
  if (status != SIPWARD_OK) return;
  const sipward_verdict then = verdict.Read();
  Require((then.flags & SIPWARD_VERDICT_PENDING) == 0 && then.ticket == 0);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_IDENTITY_H_
