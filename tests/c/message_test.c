/* A message through the C interface: every kind of field, in place. */
#include <string.h>

#include "check.h"
#include "sample.h"

static void test_start_line_and_headers(sipward_message* message) {
  sipward_start_line start = {.struct_size = sizeof start};
  CHECK(sipward_message_start_line(message, &start) == SIPWARD_OK);
  CHECK(start.kind == SIPWARD_KIND_REQUEST);
  CHECK(is_slice(kInvite, start.method, "INVITE"));
  CHECK(is_slice(kInvite, start.request_uri, "sip:bob@biloxi.example;transport=tcp?subject=x"));
  CHECK(is_slice(kInvite, start.version, "SIP/2.0"));
  CHECK(is_absent(start.reason));
  CHECK(start.status_code == 0);

  CHECK(sipward_message_header_count(message) == 10);
  sipward_header header = {.struct_size = sizeof header};
  CHECK(sipward_message_header(message, 8, &header) == SIPWARD_OK);
  CHECK(is_slice(kInvite, header.name, "X-Custom"));
  CHECK(is_slice(kInvite, header.value, "one\r\n two"));
  CHECK(header.folded != 0);
  CHECK(sipward_message_header(message, 10, &header) == SIPWARD_END);

  sipward_slice value;
  CHECK(sipward_message_find(message, "i", 1, &value) == SIPWARD_OK);
  CHECK(is_slice(kInvite, value, "a84b4c76e66710@pc33.atlanta.example"));
  CHECK(sipward_message_find(message, "x-CUSTOM", 8, &value) == SIPWARD_OK);
  CHECK(sipward_message_find(message, "Subject", 7, &value) == SIPWARD_END);
  CHECK(sipward_message_find(message, NULL, 0, &value) == SIPWARD_END);
  CHECK(sipward_message_body(message, &value) == SIPWARD_OK);
  CHECK(is_slice(kInvite, value, "body"));

  sipward_text bytes;
  CHECK(sipward_message_bytes(message, &bytes) == SIPWARD_OK);
  CHECK(bytes.data == kInvite && bytes.size == sizeof kInvite - 1);
}

static void test_values(sipward_message* message) {
  sipward_uri uri = {.struct_size = sizeof uri};
  CHECK(sipward_message_request_uri(message, &uri) == SIPWARD_OK);
  CHECK(uri.scheme_id == SIPWARD_SCHEME_SIP);
  CHECK(is_slice(kInvite, uri.user, "bob"));
  CHECK(is_slice(kInvite, uri.host, "biloxi.example"));
  CHECK(is_slice(kInvite, uri.params, "transport=tcp"));
  CHECK(is_slice(kInvite, uri.headers, "subject=x"));
  CHECK(is_absent(uri.port) && uri.port_number == -1);

  sipward_address address = {.struct_size = sizeof address};
  CHECK(sipward_message_address(message, "f", 1, 0, &address) == SIPWARD_OK);
  CHECK(is_slice(kInvite, address.display, "Alice"));
  CHECK(is_slice(kInvite, address.tag, "1928301774"));
  CHECK(is_slice(kInvite, address.uri.host, "atlanta.example"));
  CHECK(address.uri.struct_size == sizeof(sipward_uri));
  CHECK(address.is_star == 0);
  CHECK(sipward_message_address(message, "From", 4, 1, &address) == SIPWARD_END);
  CHECK(sipward_message_address(message, "To", 2, 0, &address) == SIPWARD_OK);
  CHECK(is_slice(kInvite, address.display, "\"Bob\""));
  CHECK(sipward_message_address(message, "contact", 7, 1, &address) == SIPWARD_OK);
  CHECK(address.uri.scheme_id == SIPWARD_SCHEME_TEL);
  CHECK(is_slice(kInvite, address.uri.user, "+12025550100"));
  CHECK(sipward_message_address(message, "contact", 7, 2, &address) == SIPWARD_END);
  CHECK(sipward_message_address(message, "Route", 5, 0, &address) == SIPWARD_END);
  CHECK(sipward_message_address(message, "Subject", 7, 0, &address) == SIPWARD_ERR_ARGUMENT);

  sipward_via via = {.struct_size = sizeof via};
  CHECK(sipward_message_via(message, 0, &via) == SIPWARD_OK);
  CHECK(via.port_number == 5066 && is_slice(kInvite, via.transport, "UDP"));
  CHECK(!is_absent(via.rport) && via.rport.length == 0);
  CHECK(sipward_message_via(message, 1, &via) == SIPWARD_OK);
  CHECK(is_slice(kInvite, via.host, "[2001:db8::9]"));
  CHECK(is_slice(kInvite, via.received, "192.0.2.9") && is_absent(via.rport));
  CHECK(sipward_message_via(message, 2, &via) == SIPWARD_END);

  sipward_cseq cseq = {.struct_size = sizeof cseq};
  CHECK(sipward_message_cseq(message, &cseq) == SIPWARD_OK);
  CHECK(cseq.number_valid == 1 && cseq.number == 314159);
  CHECK(is_slice(kInvite, cseq.method, "INVITE"));

  CHECK(address.uri.host_kind == SIPWARD_HOST_NONE && address.in_brackets == 1);
  CHECK(via.host_kind == SIPWARD_HOST_IPV6 && is_slice(kInvite, via.protocol, "SIP"));
  CHECK(is_slice(kInvite, via.version, "2.0") && is_absent(via.maddr) && is_absent(via.ttl));

  uint64_t number = 0;
  CHECK(sipward_message_number(message, "Max-Forwards", 12, &number) == SIPWARD_OK && number == 70);
  CHECK(sipward_message_number(message, "l", 1, &number) == SIPWARD_OK && number == 4);
  CHECK(sipward_message_number(message, "Expires", 7, &number) == SIPWARD_END && number == 4);
  CHECK(sipward_message_number(message, "From", 4, &number) == SIPWARD_ERR_ARGUMENT);
}

static void test_digests(sipward_message* message) {
  sipward_digest digest = {.struct_size = sizeof digest};
  CHECK(sipward_message_digest(message, "Authorization", 13, 0, &digest) == SIPWARD_END);
  CHECK(sipward_message_parse(message, kCredentials, sizeof kCredentials - 1, NULL) == SIPWARD_OK);
  CHECK(sipward_message_digest(message, "authorization", 13, 0, &digest) == SIPWARD_OK);
  CHECK(is_slice(kCredentials, digest.scheme, "Digest"));
  CHECK(is_slice(kCredentials, digest.username, "alice"));
  CHECK(is_slice(kCredentials, digest.realm, "example.org"));
  CHECK(is_slice(kCredentials, digest.uri, "sip:example.org"));
  CHECK(is_slice(kCredentials, digest.qop, "auth") &&
        is_slice(kCredentials, digest.nc, "00000001"));
  CHECK(is_absent(digest.opaque) && is_absent(digest.stale));
  CHECK(sipward_message_digest(message, "Authorization", 13, 1, &digest) == SIPWARD_END);
  CHECK(sipward_message_digest(message, "Via", 3, 0, &digest) == SIPWARD_ERR_ARGUMENT);
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
}

static void test_params(sipward_message* message) {
  sipward_address from = {.struct_size = sizeof from};
  sipward_param param;
  CHECK(sipward_message_address(message, "From", 4, 0, &from) == SIPWARD_OK);
  sipward_slice params = from.params;
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_OK);
  CHECK(is_slice(kInvite, param.name, "tag") && is_slice(kInvite, param.value, "1928301774"));
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_OK);
  CHECK(is_slice(kInvite, param.name, "x") && is_slice(kInvite, param.value, "\"a;b\""));
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_END);
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_END);

  sipward_via via = {.struct_size = sizeof via};
  CHECK(sipward_message_via(message, 0, &via) == SIPWARD_OK);
  params = via.params;
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_OK);
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_OK);
  CHECK(is_slice(kInvite, param.name, "rport") && is_absent(param.value));
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_END);

  params = (sipward_slice){SIPWARD_ABSENT, 0};
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_END);
  params = (sipward_slice){sizeof kInvite, 0};
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_ERR_ARGUMENT);
  params = (sipward_slice){10, 0xFFFFFFFF};
  CHECK(sipward_param_next(message, &params, &param) == SIPWARD_ERR_ARGUMENT);
}

static void test_response(sipward_message* message) {
  CHECK(sipward_message_parse(message, kOk, sizeof kOk - 1, NULL) == SIPWARD_OK);
  sipward_start_line start = {.struct_size = sizeof start};
  CHECK(sipward_message_start_line(message, &start) == SIPWARD_OK);
  CHECK(start.kind == SIPWARD_KIND_RESPONSE && start.status_code == 200);
  CHECK(is_slice(kOk, start.reason, "OK"));
  sipward_uri uri = {.struct_size = sizeof uri};
  CHECK(sipward_message_request_uri(message, &uri) == SIPWARD_END);
}

static void test_refused(sipward_message* message) {
  sipward_anomaly anomaly;
  CHECK(sipward_message_parse(message, "hello", 5, NULL) == SIPWARD_ERR_MALFORMED);
  CHECK(sipward_message_error(message, &anomaly) == SIPWARD_OK);
  sipward_anomaly_info info = {.struct_size = sizeof info};
  CHECK(sipward_anomaly_describe(anomaly.id, &info) == SIPWARD_OK);
  CHECK(is_text(info.name, "start.malformed") && is_text(info.class_name, "violation"));
  CHECK(info.anomaly_class == SIPWARD_CLASS_VIOLATION && info.sentence.size > 10);
  CHECK(sipward_message_anomaly(message, 0, &anomaly) == SIPWARD_OK);
  CHECK(sipward_message_anomaly(message, 1000, &anomaly) == SIPWARD_END);

  const sipward_parse_options small = {.struct_size = sizeof small, .message_bytes = 100};
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, &small) == SIPWARD_ERR_LIMIT);
  CHECK(sipward_message_validate(message) == SIPWARD_ERR_LIMIT);
  CHECK(sipward_message_error(message, &anomaly) == SIPWARD_OK);
  CHECK(sipward_anomaly_describe(anomaly.id, &info) == SIPWARD_OK);
  CHECK(is_text(info.name, "message.too_long"));
  CHECK(sipward_message_parse(message, NULL, 0, NULL) == SIPWARD_ERR_MALFORMED);
  CHECK(sipward_message_validate(message) == SIPWARD_ERR_MALFORMED);
}

static void test_options(sipward_message* message) {
  /* A bare LF: accepted by the tolerant profile, refused by the strict one. */
  static const char lf[] =
      "OPTIONS sip:a@192.0.2.1 SIP/2.0\nVia: SIP/2.0/UDP 192.0.2.2;branch=z9hG4bK1\r\n"
      "Max-Forwards: 70\r\nTo: <sip:a@192.0.2.1>\r\nFrom: <sip:a@192.0.2.1>;tag=1\r\n"
      "Call-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n";
  sipward_parse_options options = {.struct_size = sizeof options};
  CHECK(sipward_message_parse(message, lf, sizeof lf - 1, &options) == SIPWARD_OK);
  options.profile = SIPWARD_PROFILE_STRICT;
  CHECK(sipward_message_parse(message, lf, sizeof lf - 1, &options) == SIPWARD_ERR_MALFORMED);
  /* Every leniency is a switch of its own. */
  CHECK(sipward_policy_accept(&options.policy, "line.bare_lf", 12) == SIPWARD_OK);
  CHECK(sipward_message_parse(message, lf, sizeof lf - 1, &options) == SIPWARD_OK);
  options.profile = SIPWARD_PROFILE_TOLERANT;
  CHECK(sipward_policy_refuse(&options.policy, "line.bare_lf", 12) == SIPWARD_OK);
  CHECK(sipward_message_parse(message, lf, sizeof lf - 1, &options) == SIPWARD_ERR_MALFORMED);
  CHECK(sipward_policy_accept(&options.policy, "line.bare_lf", 12) == SIPWARD_OK);
  CHECK(sipward_message_parse(message, lf, sizeof lf - 1, &options) == SIPWARD_OK);
  CHECK(sipward_policy_accept(&options.policy, "line.bare", 9) == SIPWARD_ERR_ARGUMENT);
  CHECK(sipward_policy_refuse(&options.policy, "line.bare", 9) == SIPWARD_ERR_ARGUMENT);
  CHECK(sipward_policy_accept(&options.policy, "start.malformed", 15) == SIPWARD_ERR_ARGUMENT);
  /* Bits that mean nothing, or what cannot be accepted, change nothing. */
  memset(&options.policy.accepted, 0xFF, sizeof options.policy.accepted);
  CHECK(sipward_message_parse(message, "x\r\n\r\n", 5, &options) == SIPWARD_ERR_MALFORMED);
  options.policy = (sipward_policy){{0}, {0}};
  /* Without Content-Length, a message from a stream has no end. */
  options.profile = SIPWARD_PROFILE_TOLERANT;
  options.stream = 1;
  CHECK(sipward_message_parse(message, lf, sizeof lf - 1, &options) == SIPWARD_ERR_MALFORMED);
}

static void test_nothing_parsed_yet(void) {
  sipward_message* message = NULL;
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  sipward_slice slice;
  sipward_text text;
  sipward_anomaly anomaly;
  sipward_start_line start = {.struct_size = sizeof start};
  sipward_uri uri = {.struct_size = sizeof uri};
  sipward_address address = {.struct_size = sizeof address};
  sipward_via via = {.struct_size = sizeof via};
  sipward_cseq cseq = {.struct_size = sizeof cseq};
  uint64_t number;
  CHECK(sipward_message_validate(message) == SIPWARD_END);
  CHECK(sipward_message_bytes(message, &text) == SIPWARD_END);
  CHECK(sipward_message_error(message, &anomaly) == SIPWARD_END);
  CHECK(sipward_message_anomaly(message, 0, &anomaly) == SIPWARD_END);
  CHECK(sipward_message_start_line(message, &start) == SIPWARD_END);
  CHECK(sipward_message_header_count(message) == 0);
  CHECK(sipward_message_find(message, "Via", 3, &slice) == SIPWARD_END);
  CHECK(sipward_message_body(message, &slice) == SIPWARD_END);
  CHECK(sipward_message_request_uri(message, &uri) == SIPWARD_END);
  CHECK(sipward_message_address(message, "To", 2, 0, &address) == SIPWARD_END);
  CHECK(sipward_message_via(message, 0, &via) == SIPWARD_END);
  CHECK(sipward_message_cseq(message, &cseq) == SIPWARD_END);
  CHECK(sipward_message_number(message, "Expires", 7, &number) == SIPWARD_END);
  sipward_message_destroy(message);
}

int main(void) {
  sipward_message* message = NULL;
  REQUIRE(sipward_message_create(&message) == SIPWARD_OK);
  REQUIRE(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  test_start_line_and_headers(message);
  test_values(message);
  test_digests(message);
  test_params(message);
  test_response(message);
  test_refused(message);
  test_options(message);
  test_nothing_parsed_yet();
  sipward_message_destroy(message);
  return check_failures;
}
