/* What one signs, another verifies: through the C interface alone. */
#include "check.h"
#include "pki_file.h"
#include "sample.h"

#define TEXT(literal) ((sipward_text){literal, sizeof(literal) - 1})

static const char kUrl[] = "https://cert.example.com/a.pem";

typedef struct sample {
  sipward_signer* signer;
  sipward_trust* trust;
  sipward_verifier* verifier;
  char value[SIPWARD_IDENTITY_BYTES];
  size_t size;
} sample;

static sipward_passport call_of(const sipward_text* dest) {
  return (sipward_passport){.struct_size = sizeof(sipward_passport),
                            .now_s = kPkiNow,
                            .ppt = TEXT("shaken"),
                            .orig = TEXT("tel:+1-215-555-1212"),
                            .dest = dest,
                            .dest_count = 1,
                            .attest = TEXT("A")};
}

static int sign(sample* it, const sipward_passport* passport) {
  sipward_text reason = {NULL, 0};
  const int32_t status =
      sipward_signer_sign(it->signer, passport, it->value, sizeof it->value, &it->size, &reason);
  if (status != SIPWARD_OK) fprintf(stderr, "%.*s\n", (int)reason.size, reason.data);
  return status == SIPWARD_OK;
}

static sipward_identity_request request_of(const sipward_text* identity) {
  return (sipward_identity_request){.struct_size = sizeof(sipward_identity_request),
                                    .now_s = kPkiNow + 5,
                                    .unseen = SIPWARD_UNSEEN_DATE,
                                    .identity = identity,
                                    .identity_count = 1,
                                    .from = TEXT("sip:+12155551212@a.example;user=phone"),
                                    .to = TEXT("tel:+12155551299"),
                                    .request_uri = TEXT("tel:+12155551299"),
                                    .call_id = TEXT("1"),
                                    .from_tag = TEXT("t")};
}

static sipward_identity_result check(sample* it, const sipward_identity_request* request) {
  sipward_identity_result result = {.struct_size = sizeof result};
  CHECK(sipward_verifier_check(it->verifier, request, &result) == SIPWARD_OK);
  return result;
}

static void test_a_call(sample* it) {
  const sipward_text dest = TEXT("12155551299");
  const sipward_passport call = call_of(&dest);
  CHECK(sign(it, &call));
  const sipward_text value = {it->value, it->size};
  sipward_identity_request request = request_of(&value);
  sipward_identity_result found = check(it, &request);
  CHECK(found.result == SIPWARD_IDENTITY_PENDING && is_text(found.missing, kUrl));
  const sipward_text chain = pki_file("spc.chain.pem");
  CHECK(sipward_trust_provide(it->trust, kUrl, sizeof kUrl - 1, chain.data, chain.size, kPkiNow, -1,
                              NULL) == SIPWARD_OK);
  found = check(it, &request);
  CHECK(found.result == SIPWARD_IDENTITY_VERIFIED && is_text(found.reason, "OK"));
  CHECK(is_text(found.attest, "A") && is_text(found.verstat, "TN-Validation-Passed"));
  CHECK(found.iat == kPkiNow && found.header_count == 1 && found.origid.size == 36);

  request.to = request.request_uri = TEXT("tel:+12155550000");
  found = check(it, &request);
  CHECK(found.result == SIPWARD_IDENTITY_FAILED && is_text(found.reason, "DEST_MISMATCH"));
  CHECK(found.sip_code == 438);
  sipward_identity_header header = {.struct_size = sizeof header};
  CHECK(sipward_verifier_header(it->verifier, 0, &header) == SIPWARD_OK);
  CHECK(is_text(header.stage, "match") && is_text(header.ppt, "shaken") && header.counts == 1);
  CHECK(sipward_verifier_header(it->verifier, 1, &header) == SIPWARD_END);
  char line[256];
  size_t size = 0;
  CHECK(sipward_verifier_reason_header(it->verifier, 0, line, 3, &size) == SIPWARD_ERR_SPACE);
  CHECK(sipward_verifier_reason_header(it->verifier, 0, line, size, &size) == SIPWARD_OK);
  CHECK(strncmp(line, "Reason: STIR;cause=438;text=\"Invalid Identity Header\";ppi=\"..", 60) == 0);
  CHECK(memcmp(line + size - 3, "\"\r\n", 3) == 0);
}

/* The message says who calls, but for what the host knows better. */
static void test_a_message(sample* it) {
  static char text[SIPWARD_IDENTITY_BYTES + 512];
  const int size = snprintf(text, sizeof text,
                            "INVITE sip:+12155551299@b.example;user=phone SIP/2.0\r\n"
                            "Via: SIP/2.0/UDP a.example;branch=z9hG4bK1\r\n"
                            "From: <sip:+12025550000@a.example;user=phone>;tag=1\r\n"
                            "To: <sip:+12155551299@b.example;user=phone>\r\n"
                            "Call-ID: 2\r\nCSeq: 1 INVITE\r\nMax-Forwards: 70\r\n"
                            "Identity: %.*s\r\nContent-Length: 0\r\n\r\n",
                            (int)it->size, it->value);
  sipward_message* message = NULL;
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  sipward_identity_request request = {.struct_size = sizeof request, .now_s = kPkiNow};
  sipward_identity_result found = {.struct_size = sizeof found};
  CHECK(sipward_verifier_check_message(it->verifier, message, &request, &found) == SIPWARD_END);
  CHECK(sipward_message_parse(message, text, (size_t)size, NULL) == SIPWARD_OK);
  CHECK(sipward_verifier_check_message(it->verifier, message, &request, &found) == SIPWARD_OK);
  CHECK(is_text(found.reason, "ORIG_MISMATCH"));
  CHECK((found.flags >> SIPWARD_FLAG_DATE_MISSING & 1) == 1);
  request.from = TEXT("tel:+12155551212");
  CHECK(sipward_verifier_check_message(it->verifier, message, &request, &found) == SIPWARD_OK);
  CHECK(found.result == SIPWARD_IDENTITY_VERIFIED);
  request.date = TEXT("yesterday");
  CHECK(sipward_verifier_check_message(it->verifier, message, &request, &found) ==
        SIPWARD_ERR_MALFORMED);
  sipward_message_destroy(message);
}

/* Remembered tokens, and codes of the host's own. */
static void test_replay(sample* it) {
  sipward_state* state = NULL;
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  const sipward_reason_code codes[] = {{TEXT("REPLAY"), 608, 0}, {TEXT("NO_IDENTITY"), 403, 0}};
  const sipward_caller_policy policy = {.struct_size = sizeof policy,
                                        .flags = SIPWARD_CALLER_REQUIRED,
                                        .codes = codes,
                                        .code_count = 2};
  const sipward_trust* trust = it->trust;
  const sipward_verifier_options options = {.struct_size = sizeof options,
                                            .trusts = &trust,
                                            .trust_count = 1,
                                            .policy = &policy,
                                            .state = state};
  sipward_verifier* first = NULL;
  sample second = *it;
  CHECK(sipward_verifier_create(&options, &first) == SIPWARD_OK);
  CHECK(sipward_verifier_create(&options, &second.verifier) == SIPWARD_OK);
  const sipward_text value = {it->value, it->size};
  sipward_identity_request request = request_of(&value);
  sipward_identity_result found = {.struct_size = sizeof found};
  CHECK(sipward_verifier_check(first, &request, &found) == SIPWARD_OK);
  CHECK(found.result == SIPWARD_IDENTITY_VERIFIED && found.flags == 0);
  found = check(&second, &request);
  CHECK(found.result == SIPWARD_IDENTITY_VERIFIED);
  CHECK(found.flags == 1u << SIPWARD_FLAG_RETRANSMISSION);
  request.call_id = TEXT("another");
  found = check(&second, &request);
  CHECK(is_text(found.reason, "REPLAY") && found.sip_code == 608);
  request.identity_count = 0;
  found = check(&second, &request);
  CHECK(is_text(found.reason, "NO_IDENTITY") && found.sip_code == 403);
  sipward_verifier_destroy(second.verifier);
  sipward_verifier_destroy(first);
  sipward_state_destroy(state);
}

static void test_a_diversion(sample* it) {
  static char base[SIPWARD_IDENTITY_BYTES];
  const size_t size = it->size;
  memcpy(base, it->value, size);
  const sipward_text dest = TEXT("442071838750");
  sipward_passport div = {.struct_size = sizeof div,
                          .now_s = kPkiNow + 1,
                          .ppt = TEXT("div"),
                          .received = {base, size},
                          .dest = &dest,
                          .dest_count = 1};
  CHECK(sign(it, &div));
  const sipward_text values[] = {{base, size}, {it->value, it->size}};
  sipward_identity_request request = request_of(values);
  request.identity_count = 2;
  request.request_uri = TEXT("tel:+442071838750");
  const sipward_identity_result found = check(it, &request);
  CHECK(found.result == SIPWARD_IDENTITY_VERIFIED && found.div_count == 1);
  div.ppt = TEXT("shaken");
  CHECK(sipward_signer_sign(it->signer, &div, it->value, sizeof it->value, &it->size, NULL) ==
        SIPWARD_ERR_ARGUMENT);
}

static void refuse(sample* it, sipward_passport passport, const char* why) {
  size_t size = 4711;
  sipward_text reason = {NULL, 0};
  CHECK(sipward_signer_sign(it->signer, &passport, it->value, sizeof it->value, &size, &reason) ==
        SIPWARD_ERR_SIGN);
  CHECK(is_text(reason, why));
  CHECK(size == 4711);
}

static void test_refusals(sample* it) {
  const sipward_text dest = TEXT("12155551299");
  const sipward_passport good = call_of(&dest);
  sipward_passport bad = good;
  bad.attest = TEXT("D");
  refuse(it, bad, "ATTEST_INVALID");
  bad = good, bad.ppt = TEXT("nonsense");
  refuse(it, bad, "PPT_UNSUPPORTED");
  bad = good, bad.orig = TEXT("+1215");
  refuse(it, bad, "TN_NOT_CANONICAL");
  bad = good, bad.orig = TEXT("sip:%zz");
  refuse(it, bad, "ORIG_TYPE");
  bad = good, bad.claims = TEXT("[]");
  refuse(it, bad, "CLAIMS");
  bad = good, bad.dest_count = 0;
  refuse(it, bad, "DEST_TYPE");
  size_t size = 0;
  CHECK(sipward_signer_sign(it->signer, &good, it->value, 5, &size, NULL) == SIPWARD_ERR_SPACE);
  CHECK(size > 300);
}

/* Stands for a hardware module that has another key, or none. */
static int32_t elsewhere(void* answer, const uint8_t* digest, uint8_t* signature) {
  memcpy(signature, digest, 32);
  memcpy(signature + 32, digest, 32);
  return *(int32_t*)answer;
}

static void test_keys(void) {
  int32_t answer = 0;
  sipward_text reason = {NULL, 0};
  sipward_signer* signer = NULL;
  sipward_signer_options options = {.struct_size = sizeof options,
                                    .key = TEXT("x"),
                                    .certificates = pki_file("spc.chain.pem"),
                                    .x5u = {kUrl, sizeof kUrl - 1},
                                    .now_s = kPkiNow};
  CHECK(sipward_signer_create(&options, &signer, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "KEY_MALFORMED"));
  options.key = pki_file("numbers.key");
  CHECK(sipward_signer_create(&options, &signer, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "KEY_MISMATCH"));
  options.callback = elsewhere;
  options.callback_context = &answer;
  CHECK(sipward_signer_create(&options, &signer, &reason) == SIPWARD_ERR_ARGUMENT);
  options.key = (sipward_text){NULL, 0};
  CHECK(sipward_signer_create(&options, &signer, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "KEY_MISMATCH"));
  answer = 1;
  CHECK(sipward_signer_create(&options, &signer, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "KEY_FAILED"));
  options.x5u = TEXT("http://cert.example.com/a.pem");
  CHECK(sipward_signer_create(&options, &signer, &reason) == SIPWARD_ERR_CREDENTIAL);
  CHECK(is_text(reason, "X5U_SCHEME"));
  CHECK(signer == NULL);
}

static void test_a_token_for_people(const sample* it) {
  sipward_token* token = NULL;
  CHECK(sipward_token_create(it->value, it->size, &token) == SIPWARD_OK);
  sipward_token_parts parts = {.struct_size = sizeof parts};
  CHECK(sipward_token_read(token, &parts) == SIPWARD_OK);
  CHECK(is_text(parts.reason, "OK") && is_text(parts.info, kUrl) && parts.signature.size == 64);
  CHECK(is_text(parts.orig, "tn 12155551212") && parts.dest_count == 1 && parts.iat == kPkiNow);
  CHECK(parts.payload.canonical == 1 && parts.payload.json.data[0] == '{');
  sipward_text dest = {NULL, 0};
  CHECK(sipward_token_dest(token, 0, &dest) == SIPWARD_OK && is_text(dest, "tn 12155551299"));
  CHECK(sipward_token_dest(token, 1, &dest) == SIPWARD_END);
  sipward_token_destroy(token);
}

static void test_names(void) {
  sipward_identity_reason_info info = {.struct_size = sizeof info};
  CHECK(sipward_identity_reason("IAT_STALE", 9, &info) == SIPWARD_OK);
  CHECK(info.sip_code == 403 && is_text(info.stage, "freshness"));
  CHECK(is_text(info.phrase, "Stale Date"));
  CHECK(sipward_identity_reason("IAT_STALER", 10, &info) == SIPWARD_END);
  static const char* const kNames[] = {[SIPWARD_FLAG_DUPLICATE_IDENTITY] = "DUPLICATE_IDENTITY",
                                       [SIPWARD_FLAG_PPT_IGNORED] = "PPT_IGNORED",
                                       [SIPWARD_FLAG_COMMA_IGNORED] = "COMMA_IGNORED",
                                       [SIPWARD_FLAG_COMPACT_FORM] = "COMPACT_FORM",
                                       [SIPWARD_FLAG_NONCANONICAL_JSON] = "NONCANONICAL_JSON",
                                       [SIPWARD_FLAG_KEY_HINT_IGNORED] = "KEY_HINT_IGNORED",
                                       [SIPWARD_FLAG_TN_PLUS] = "TN_PLUS",
                                       [SIPWARD_FLAG_ORIGID_NOT_UUID] = "ORIGID_NOT_UUID",
                                       [SIPWARD_FLAG_RCDI_PENDING] = "RCDI_PENDING",
                                       [SIPWARD_FLAG_RCDI_UNQUOTED] = "RCDI_UNQUOTED",
                                       [SIPWARD_FLAG_MSGI_UNCHECKED] = "MSGI_UNCHECKED",
                                       [SIPWARD_FLAG_MKY_UNCHECKED] = "MKY_UNCHECKED",
                                       [SIPWARD_FLAG_DATE_MISSING] = "DATE_MISSING",
                                       [SIPWARD_FLAG_DATE_STALE] = "DATE_STALE",
                                       [SIPWARD_FLAG_DATE_IAT_SKEW] = "DATE_IAT_SKEW",
                                       [SIPWARD_FLAG_TNAUTH_MULTI_SPC] = "TNAUTH_MULTI_SPC",
                                       [SIPWARD_FLAG_CRL_STALE] = "CRL_STALE",
                                       [SIPWARD_FLAG_CRL_UNKNOWN] = "CRL_UNKNOWN",
                                       [SIPWARD_FLAG_CRL_IGNORED] = "CRL_IGNORED",
                                       [SIPWARD_FLAG_DIV_UNUSED] = "DIV_UNUSED",
                                       [SIPWARD_FLAG_MULTIPLE_BASE] = "MULTIPLE_BASE",
                                       [SIPWARD_FLAG_RETRANSMISSION] = "RETRANSMISSION",
                                       [SIPWARD_FLAG_REPLAY_UNKNOWN] = "REPLAY_UNKNOWN"};
  sipward_text name = {NULL, 0};
  uint32_t flag = 0;
  for (; flag < sizeof kNames / sizeof kNames[0]; ++flag) {
    CHECK(sipward_identity_flag(flag, &name, NULL) == SIPWARD_OK && is_text(name, kNames[flag]));
  }
  CHECK(sipward_identity_flag(flag, &name, NULL) == SIPWARD_END);
}

int main(void) {
  sample it = {.signer = NULL};
  const sipward_text anchors = pki_file("anchors.pem");
  const sipward_signer_options options = {.struct_size = sizeof options,
                                          .key = pki_file("spc.key"),
                                          .certificates = pki_file("spc.chain.pem"),
                                          .x5u = {kUrl, sizeof kUrl - 1},
                                          .anchors = anchors,
                                          .now_s = kPkiNow};
  REQUIRE(sipward_signer_create(&options, &it.signer, NULL) == SIPWARD_OK);
  REQUIRE(sipward_trust_create(NULL, &it.trust) == SIPWARD_OK);
  CHECK(sipward_trust_set_anchors(it.trust, anchors.data, anchors.size, kPkiNow, NULL) ==
        SIPWARD_OK);
  const sipward_trust* trust = it.trust;
  const sipward_verifier_options verifier = {
      .struct_size = sizeof verifier, .trusts = &trust, .trust_count = 1};
  REQUIRE(sipward_verifier_create(&verifier, &it.verifier) == SIPWARD_OK);
  test_a_call(&it);
  test_a_token_for_people(&it);
  test_a_message(&it);
  test_replay(&it);
  test_a_diversion(&it);
  test_refusals(&it);
  test_keys();
  test_names();
  sipward_verifier_destroy(it.verifier);
  sipward_trust_destroy(it.trust);
  sipward_signer_destroy(it.signer);
  return check_failures;
}
