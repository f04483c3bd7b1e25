// Credentials and codes checked through the C interface: any texts, any options.
#ifndef SIPWARD_FUZZ_SUPPORT_C_AUTH_H_
#define SIPWARD_FUZZ_SUPPORT_C_AUTH_H_

#include <algorithm>
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/support/c_objects.h"
#include "fuzz/support/c_verify.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

// Credentials that the right nonce stands in.
inline std::string CredentialsWith(std::string_view challenges, std::string_view more) {
  const size_t at = challenges.find("nonce=\"");
  std::string value = "Digest username=\"a\", realm=\"r\", uri=\"sip:r\", qop=auth, nc=00000001, ";
  value += "cnonce=\"c\", response=\"";
  value.append(32, '0');
  value += "\", ";
  if (at != std::string_view::npos)
    value += challenges.substr(at, challenges.find('"', at + 7) - at + 1);
  value += ", ";
  value += more;
  return value;
}

inline void CheckCredentials(Input& input, sipward_authenticator* authenticator,
                             sipward_message* message) {
  auto request = AnyStruct<sipward_auth_request>(input);
  const std::string_view more = input.Text();
  std::array<char, 512> out;
  size_t size = 0;
  const size_t capacity = input.Byte() * 4;
  const int32_t challenged = sipward_authenticator_challenge(
      authenticator, &request, input.Byte() % 3, out.data(), std::min(capacity, out.size()), &size);
  Known(challenged);
  const std::string value =
      CredentialsWith({out.data(), challenged == SIPWARD_OK ? size : 0}, more);
  const std::array<sipward_text, 2> values{{{value.data(), value.size()}, AnyText(input)}};
  request.credentials = values.data();
  request.credential_count = input.Byte() % 3;
  for (sipward_text* text : {&request.method, &request.request_uri, &request.body, &request.call_id,
                             &request.cseq, &request.branch, &request.client}) {
    *text = AnyText(input);
  }
  if (input.Byte() < 128) request.request_uri = {"sip:r", 5};
  auto account = AnyStruct<sipward_auth_account>(input);
  for (sipward_text* text : {&account.user, &account.password, &account.ha1_md5,
                             &account.ha1_sha_256, &account.ha1_sha_512_256}) {
    *text = AnyText(input);
  }
  const sipward_auth_account* known = input.Byte() < 200 ? &account : nullptr;
  Output<sipward_auth_result> result(input);
  const int32_t status =
      input.Byte() < 200 ? sipward_authenticator_check(authenticator, &request, known, result.get())
                         : sipward_authenticator_check_message(authenticator, message, &request,
                                                               known, result.get());
  Known(status);
  Output<sipward_host_event> event(input);
  const int32_t told = sipward_authenticator_event(authenticator, event.get());
  Known(told);
  // Nobody here can hash.
  Require(status != SIPWARD_OK || result.Read().outcome != SIPWARD_AUTH_SUCCESS);
}

inline sipward_state* SmallState() {
  sipward_state_options options{};
  options.struct_size = sizeof options;
  options.bytes = 1 << 20;
  sipward_state* state = nullptr;
  Require(sipward_state_create(&options, &state) == SIPWARD_OK);
  return state;
}

inline void UseAuthenticator(Input& input, sipward_message* message) {
  sipward_state* state = SmallState();
  auto options = AnyStruct<sipward_auth_options>(input);
  options.nonces %= 64;
  options.clients %= 64;
  options.state = input.Byte() < 200 ? state : nullptr;
  options.realm = input.Byte() < 200 ? sipward_text{"r", 1} : AnyText(input);
  options.key = input.Byte() < 200 ? sipward_text{"0123456789abcdef", 16} : AnyText(input);
  sipward_authenticator* authenticator = nullptr;
  const int32_t status = sipward_authenticator_create(&options, &authenticator);
  Known(status);
  Require((status == SIPWARD_OK) == (authenticator != nullptr));
  if (authenticator != nullptr) {
    CheckCredentials(input, authenticator, message);
    const std::string_view key = input.Text();
    Known(sipward_authenticator_set_key(authenticator, key.data(), key.size()));
    CheckCredentials(input, authenticator, message);
  }
  sipward_authenticator_destroy(authenticator);
  sipward_state_destroy(state);
  const std::string_view name = input.Byte() < 128 ? "NONCE_STALE" : input.Text();
  Output<sipward_auth_reason_info> info(input);
  Known(sipward_auth_reason(name.data(), name.size(), info.get()));
  sipward_text flag{};
  Known(sipward_auth_flag(input.Number(), &flag, &flag));
  const std::array<sipward_text, 3> texts{AnyText(input), AnyText(input), AnyText(input)};
  std::array<char, 64> out;
  size_t size = 0;
  Known(sipward_auth_hash(input.Byte() % 40, &texts[0], &texts[1], &texts[2], out.data(),
                          input.Byte() % 65, &size));
}

inline void UseCodes(Input& input) {
  sipward_state* state = SmallState();
  auto options = AnyStruct<sipward_second_factor_options>(input);
  options.accounts %= 64;
  options.state = state;
  sipward_second_factor* factor = nullptr;
  const int32_t status = sipward_second_factor_create(&options, &factor);
  Known(status);
  Require((status == SIPWARD_OK) == (factor != nullptr));
  auto attempt = AnyStruct<sipward_code_attempt>(input);
  for (sipward_text* text : {&attempt.account, &attempt.secret, &attempt.code, &attempt.use}) {
    *text = AnyText(input);
  }
  if (input.Byte() < 200) attempt.secret = {"GEZDGNBVGY3TQOJQ", 16};
  uint32_t result = 0;
  Known(sipward_second_factor_check(factor, &attempt, &result));
  sipward_second_factor_destroy(factor);
  sipward_state_destroy(state);
  std::array<char, 8> out;
  size_t size = 0;
  Known(sipward_code_make(input.Byte() % 4, attempt.secret.data, attempt.secret.size,
                          input.Number(), input.Byte() % 10, out.data(), input.Byte() % 9, &size));
  const std::string_view dialled = input.Text();
  sipward_text number{}, code{};
  if (sipward_code_split(dialled.data(), dialled.size(), 6, &number, &code) == SIPWARD_OK) {
    Require(number.size + 1 + code.size == dialled.size());
  }
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_AUTH_H_
