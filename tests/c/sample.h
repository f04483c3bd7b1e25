/* Messages, rules and engines that several tests use. */
#ifndef SIPWARD_TESTS_C_SAMPLE_H_
#define SIPWARD_TESTS_C_SAMPLE_H_

#include <stddef.h>
#include <string.h>

#include "sipward.h"

static const char kInvite[] =
    "INVITE sip:bob@biloxi.example;transport=tcp?subject=x SIP/2.0\r\n"
    "Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds;rport\r\n"
    "Via: SIP/2.0/UDP [2001:db8::9];branch=z9hG4bKx;received=192.0.2.9\r\n"
    "Max-Forwards: 70\r\n"
    "To: \"Bob\" <sip:bob@biloxi.example>\r\n"
    "From: Alice <sip:alice@atlanta.example>;tag=1928301774;x=\"a;b\"\r\n"
    "Call-ID: a84b4c76e66710@pc33.atlanta.example\r\n"
    "CSeq: 314159 INVITE\r\n"
    "Contact: <sip:alice@pc33.atlanta.example>, <tel:+12025550100>\r\n"
    "X-Custom: one\r\n two\r\n"
    "Content-Length: 4\r\n"
    "\r\n"
    "body";

/* Every kind of body that is read, one attribute of each kind that has a reader. */
static const char kBodies[] =
    "INVITE sip:bob@biloxi.example SIP/2.0\r\n"
    "Via: SIP/2.0/UDP pc33.atlanta.example:5066;branch=z9hG4bK776asdhds\r\n"
    "Max-Forwards: 70\r\n"
    "To: <sip:bob@biloxi.example>\r\n"
    "From: <sip:alice@atlanta.example>;tag=1\r\n"
    "Call-ID: b@pc33.atlanta.example\r\n"
    "CSeq: 1 INVITE\r\n"
    "Content-Type: multipart/mixed;boundary=b\r\n"
    "\r\n"
    "--b\r\n"
    "Content-Type: text/plain;charset=us-ascii\r\n"
    "\r\n"
    "hello\r\n"
    "--b\r\n"
    "Content-Type: application/sdp\r\n"
    "\r\n"
    "v=0\r\n"
    "o=alice 1 2 IN IP4 192.0.2.1\r\n"
    "s=-\r\n"
    "c=IN IP4 192.0.2.1\r\n"
    "t=0 0\r\n"
    "m=audio 9 UDP/TLS/RTP/SAVPF 96\r\n"
    "b=AS:64\r\n"
    "a=rtpmap:96 opus/48000/2\r\n"
    "a=fmtp:96 useinbandfec=1\r\n"
    "a=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:d0Rm KDR=1\r\n"
    "a=fingerprint:sha-256 4A:AD\r\n"
    "a=candidate:1 1 UDP 2130706431 192.0.2.1 8998 typ host\r\n"
    "a=sendonly\r\n"
    "a=setup:actpass\r\n"
    "a=setup:both\r\n"
    "a=ice-pwd:short\r\n"
    "\r\n"
    "--b--\r\n";

static const char kOptions[] =
    "OPTIONS sip:100@192.0.2.1 SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\n"
    "Max-Forwards: 70\r\n"
    "To: <sip:100@192.0.2.1>\r\n"
    "From: <sip:100@192.0.2.1>;tag=1\r\n"
    "Call-ID: 1@198.51.100.7\r\n"
    "CSeq: 1 OPTIONS\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

static const char kCredentials[] =
    "REGISTER sip:example.org SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\n"
    "Max-Forwards: 70\r\n"
    "To: <sip:alice@example.org>\r\n"
    "From: <sip:alice@example.org>;tag=1\r\n"
    "Call-ID: 1@198.51.100.7\r\n"
    "CSeq: 2 REGISTER\r\n"
    "Authorization: Digest username=\"alice\", realm=\"example.org\", nonce=\"n\", "
    "uri=\"sip:example.org\", response=\"66\", qop=auth, nc=00000001, cnonce=\"c\"\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

static const char kValues[] =
    "INVITE sip:bob@biloxi.example SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\n"
    "Max-Forwards: 70\r\n"
    "To: <sip:bob@biloxi.example>\r\n"
    "From: <sip:alice@example.org>;tag=1\r\n"
    "Call-ID: 1@198.51.100.7\r\n"
    "CSeq: 2 INVITE\r\n"
    "Accept: application/sdp;level=1, text/plain\r\n"
    "Allow: INVITE, ACK\r\n"
    "Allow: BYE\r\n"
    "Call-Info: <http://www.example.com/alice.jpg>;purpose=icon\r\n"
    "Content-Type: application/sdp\r\n"
    "Date: Sat, 13 Nov 2010 23:29:00 GMT\r\n"
    "Event: presence.winfo;id=7\r\n"
    "Identity: aa.bb.cc;info=<https://example.com/c.pem>;alg=ES256;ppt=\"shaken\"\r\n"
    "RAck: 776656 1 INVITE\r\n"
    "Reason: Q.850;cause=16;text=\"Normal\", SIP;cause=200\r\n"
    "Replaces: 98732@sip.example.com;from-tag=r33;to-tag=ff8;early-only\r\n"
    "Resource-Priority: wps.3\r\n"
    "Retry-After: 120 (in a meeting);duration=60\r\n"
    "Session-Expires: 1800;refresher=uas\r\n"
    "Subject: Lunch, tomorrow\r\n"
    "Subscription-State: active;expires=600\r\n"
    "User-Agent: Gate/2.7 (beta (2))\r\n"
    "Warning: 307 isi.example \"Not understood\"\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

static const char kOk[] =
    "SIP/2.0 200 OK\r\n"
    "Via: SIP/2.0/UDP 198.51.100.7:5060;branch=z9hG4bK1\r\n"
    "To: <sip:100@192.0.2.1>;tag=2\r\n"
    "From: <sip:100@192.0.2.1>;tag=1\r\n"
    "Call-ID: 1@198.51.100.7\r\n"
    "CSeq: 1 OPTIONS\r\n"
    "Content-Length: 0\r\n"
    "\r\n";

/* One rule that keeps no state and one that counts. */
static const char kRules[] =
    "version 1\n"
    "rule test.options {\n"
    "  meta { severity low why \"an OPTIONS request\" }\n"
    "  on request where method == OPTIONS\n"
    "  when true\n"
    "  then reject 403 \"Not here\", score 7 on src.ip\n"
    "}\n"
    "rule test.often {\n"
    "  meta { severity high why \"too many INVITEs\" }\n"
    "  on request where method == INVITE\n"
    "  when count(by src.ip over 1m) > 3\n"
    "  then drop\n"
    "}\n";

static inline int is_text(sipward_text text, const char* expected) {
  return text.size == strlen(expected) && memcmp(text.data, expected, text.size) == 0;
}

static inline int is_slice(const char* base, sipward_slice slice, const char* expected) {
  return slice.offset != SIPWARD_ABSENT && slice.length == strlen(expected) &&
         memcmp(base + slice.offset, expected, slice.length) == 0;
}

static inline int is_absent(sipward_slice slice) { return slice.offset == SIPWARD_ABSENT; }

static inline int32_t make_rules(const char* text, sipward_rules** out) {
  sipward_compiler* compiler = NULL;
  int32_t status = sipward_compiler_create(&compiler);
  if (status == SIPWARD_OK) {
    status = sipward_compiler_add_rules(compiler, "test.ward", 9, text, strlen(text));
  }
  if (status == SIPWARD_OK) status = sipward_compiler_build(compiler, out);
  sipward_compiler_destroy(compiler);
  return status;
}

/* Rules and state are given back at once: the engine holds them. */
static inline sipward_engine* make_engine(const char* text, uint32_t report_only) {
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_engine_options options = {.struct_size = sizeof options, .report_only = report_only};
  if (make_rules(text, &rules) == SIPWARD_OK && sipward_state_create(NULL, &state) == SIPWARD_OK) {
    sipward_engine_create(rules, state, &options, &engine);
  }
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  return engine;
}

static inline sipward_packet make_packet(uint64_t offset, uint64_t size, uint8_t host) {
  sipward_packet packet = {.struct_size = sizeof packet, .offset = offset, .size = size};
  const uint8_t source[16] = {[10] = 0xFF, [11] = 0xFF, [12] = 198, [13] = 51, [14] = 100};
  memcpy(packet.source.address, source, sizeof source);
  memcpy(packet.destination.address, source, sizeof source);
  packet.source.address[15] = host;
  packet.destination.address[15] = 1;
  packet.source.port = packet.destination.port = 5060;
  /* Over UDP the same message again would be a retransmission, which counts once. */
  packet.transport = SIPWARD_TRANSPORT_TCP;
  packet.direction = SIPWARD_DIRECTION_INBOUND;
  packet.wall_ns = 1700000000000000000;
  packet.monotonic_ns = 1000000000;
  return packet;
}

#endif /* SIPWARD_TESTS_C_SAMPLE_H_ */
