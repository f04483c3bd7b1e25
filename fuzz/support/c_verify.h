// Identity headers checked, made and taken apart through the C interface: any texts, any policy.
#ifndef SIPWARD_FUZZ_SUPPORT_C_VERIFY_H_
#define SIPWARD_FUZZ_SUPPORT_C_VERIFY_H_

#include <array>
#include <cstdint>
#include <string_view>

#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline sipward_text AnyText(Input& input) {
  const std::string_view text = input.Text();
  return {text.data(), text.size()};
}

// Codes for reasons, some of which exist; `room` is where they stand.
inline sipward_caller_policy AnyPolicy(Input& input, std::array<sipward_reason_code, 2>* room) {
  auto policy = AnyStruct<sipward_caller_policy>(input);
  if (input.Byte() < 250) policy.cached_tokens %= 64;
  policy.codes = room->data();
  policy.code_count = input.Byte() % 3;
  (*room)[0] = {{"REPLAY", 6}, input.Byte() * 4u, 0};
  (*room)[1] = {AnyText(input), input.Number(), 0};
  return policy;
}

inline void ReadHeaders(Input& input, const sipward_verifier* verifier, uint32_t count) {
  std::array<char, 256> line;
  for (uint32_t i = 0; i <= count; ++i) {
    Output<sipward_identity_header> header(input);
    const int32_t status = sipward_verifier_header(verifier, i, header.get());
    Known(status);
    Require((status == SIPWARD_OK) == (i < count));
    size_t size = 0;
    const size_t capacity = input.Byte();
    const int32_t written =
        sipward_verifier_reason_header(verifier, i, line.data(), capacity, &size);
    Known(written);
    Require(written != SIPWARD_OK || size <= capacity);
  }
}

inline void Check(Input& input, sipward_verifier* verifier, sipward_message* message) {
  auto request = AnyStruct<sipward_identity_request>(input);
  const std::array<sipward_text, 2> identity{AnyText(input), AnyText(input)};
  const std::array<sipward_text, 2> others{AnyText(input), AnyText(input)};
  const sipward_fingerprint fingerprint{AnyText(input), AnyText(input)};
  request.identity = identity.data();
  request.identity_count = input.Byte() % 3;
  request.asserted = request.resource_priority = others.data();
  request.asserted_count = input.Byte() % 3;
  request.resource_priority_count = input.Byte() % 3;
  request.fingerprints = &fingerprint;
  request.fingerprint_count = input.Byte() % 2;
  for (sipward_text* text :
       {&request.from, &request.to, &request.request_uri, &request.date, &request.call_id,
        &request.from_tag, &request.body, &request.attest, &request.origid, &request.diverted}) {
    *text = AnyText(input);
  }
  Output<sipward_identity_result> result(input);
  const int32_t status =
      input.Byte() < 128
          ? sipward_verifier_check(verifier, &request, result.get())
          : sipward_verifier_check_message(verifier, message, &request, result.get());
  Known(status);
  if (status != SIPWARD_OK) return;
  const sipward_identity_result told = result.Read();
  // Nobody here has a key, so that nothing can hold.
  Require(told.result != SIPWARD_IDENTITY_VERIFIED);
  uint32_t count = 0;
  Output<sipward_identity_header> header(input);
  while (sipward_verifier_header(verifier, count, header.get()) == SIPWARD_OK) ++count;
  ReadHeaders(input, verifier, count);
}

inline void UseVerifier(Input& input, const sipward_trust* trust, sipward_message* message) {
  std::array<sipward_reason_code, 2> codes{};
  const sipward_caller_policy policy = AnyPolicy(input, &codes);
  sipward_verifier_options options{};
  options.struct_size = sizeof options;
  options.trusts = &trust;
  options.trust_count = 1;
  options.policy = input.Byte() < 128 ? &policy : nullptr;
  sipward_verifier* verifier = nullptr;
  const int32_t status = sipward_verifier_create(&options, &verifier);
  Known(status);
  Require((status == SIPWARD_OK) == (verifier != nullptr));
  if (verifier != nullptr) Check(input, verifier, message);
  sipward_verifier_destroy(verifier);
}

inline void UseToken(Input& input) {
  const std::string_view value = input.Text();
  sipward_token* token = nullptr;
  Known(sipward_token_create(value.data(), value.size(), &token));
  Output<sipward_token_parts> parts(input);
  Known(sipward_token_read(token, parts.get()));
  sipward_text dest{};
  Known(sipward_token_dest(token, input.Byte(), &dest));
  sipward_token_destroy(token);
  const std::string_view name = input.Byte() < 128 ? "SIG_INVALID" : input.Text();
  Output<sipward_identity_reason_info> info(input);
  Known(sipward_identity_reason(name.data(), name.size(), info.get()));
  sipward_text flag{};
  Known(sipward_identity_flag(input.Number(), &flag, &flag));
}

// No certificate comes out of any bytes, so that there is no signer.
inline void UseSigner(Input& input) {
  auto options = AnyStruct<sipward_signer_options>(input);
  for (sipward_text* text : {&options.key, &options.certificates, &options.x5u, &options.anchors}) {
    *text = AnyText(input);
  }
  options.callback = nullptr;
  if (input.Byte() < 128) options.callback = [](void*, const uint8_t*, uint8_t*) { return 1; };
  sipward_signer* signer = nullptr;
  sipward_text reason{};
  const int32_t status = sipward_signer_create(&options, &signer, &reason);
  Known(status);
  Require(signer == nullptr && (status == SIPWARD_ERR_CREDENTIAL) == (reason.size != 0));
  const auto passport = AnyStruct<sipward_passport>(input);
  std::array<char, 16> out;
  size_t size = 0;
  Require(sipward_signer_sign(signer, &passport, out.data(), out.size(), &size, &reason) ==
          SIPWARD_ERR_ARGUMENT);
  sipward_signer_destroy(signer);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_VERIFY_H_
