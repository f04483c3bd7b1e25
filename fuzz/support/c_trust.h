// Whom to trust, through the C interface: any certificates, lists and URLs.
#ifndef SIPWARD_FUZZ_SUPPORT_C_TRUST_H_
#define SIPWARD_FUZZ_SUPPORT_C_TRUST_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string_view>

#include "fuzz/support/c_auth.h"
#include "fuzz/support/c_objects.h"
#include "fuzz/support/c_verify.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline int32_t MakeTrust(Input& input, sipward_trust** out) {
  const auto options = AnyStruct<sipward_trust_options>(input);
  return sipward_trust_create(input.Byte() < 128 ? &options : nullptr, out);
}

inline int32_t MakeEngine(Input& input, const sipward_rules* rules, sipward_state* state,
                          const sipward_trust* trust, sipward_engine** out) {
  auto options = AnyStruct<sipward_engine_options>(input);
  std::array<sipward_reason_code, 2> codes{};
  const sipward_caller_policy policy = AnyPolicy(input, &codes);
  options.trust = trust;
  options.analytics_rows = 2 + options.struct_size % 2;  // keys give way to each other
  options.caller_policy = input.Byte() < 128 ? &policy : nullptr;
  const bool given = input.Byte() % 2 == 0;
  return sipward_engine_create(rules, state, given ? &options : nullptr, out);
}

inline void UseTrust(Input& input, const sipward_trust* trust, sipward_message* message) {
  const std::string_view url = input.Byte() < 128 ? "https://cr.example.com/a.pem" : input.Text();
  const std::string_view document = input.Text();
  const int64_t now = input.Number();
  sipward_text reason{};
  const auto said = [&](int32_t status) {
    Known(status);
    Require((status == SIPWARD_ERR_CREDENTIAL) == (reason.size != 0));
    reason = {};
  };
  said(sipward_trust_set_anchors(trust, document.data(), document.size(), now, &reason));
  const sipward_text list{document.data(), document.size()};
  said(sipward_trust_set_crls(trust, &list, input.Byte() % 2, &reason));
  said(sipward_trust_provide(trust, url.data(), url.size(), document.data(), document.size(), now,
                             static_cast<int64_t>(input.Number()) - 100, &reason));
  const std::string_view why = input.Byte() < 128 ? "X5U_TIMEOUT" : input.Text();
  Known(sipward_trust_provide_failure(trust, url.data(), url.size(), why.data(), why.size(), now));
  Output<sipward_trust_statistics> statistics(input);
  Known(sipward_trust_read_statistics(trust, statistics.get()));
  uint32_t state = 0;
  Known(sipward_trust_find(trust, url.data(), url.size(), now, &state, &reason));
  Require((state == SIPWARD_CERTIFICATE_FAILED) == (reason.size != 0));
  reason = {};
  said(sipward_certificate_url_check(url.data(), url.size(), input.Byte() % 2, &reason));
  sipward_endpoint endpoint{};
  const std::string_view address = input.Text();
  std::copy_n(address.begin(), std::min(address.size(), sizeof endpoint.address), endpoint.address);
  said(sipward_certificate_endpoint_check(&endpoint, &reason));
  switch (input.Byte() % 8) {
    case 0:
      return UseVerifier(input, trust, message);
    case 1:
      return UseSigner(input);
    case 2:
      return UseToken(input);
    case 3:
      return UseAuthenticator(input, message);
    case 4:
      return UseCodes(input);
    default:
      return;
  }
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_TRUST_H_
