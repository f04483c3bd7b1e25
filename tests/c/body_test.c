/* Bodies through the C interface: parts, text, session description. */
#include "check.h"
#include "sample.h"

static int is(sipward_slice slice, const char* text) {
  return slice.offset != SIPWARD_ABSENT && slice.length == strlen(text) &&
         memcmp(kBodies + slice.offset, text, slice.length) == 0;
}

static void test_parts(sipward_message* message) {
  sipward_body_info info = {.struct_size = sizeof info};
  CHECK(sipward_message_body_info(message, &info) == SIPWARD_OK);
  CHECK(info.kind == SIPWARD_BODY_MULTIPART && info.part_count == 2);
  CHECK(is(info.type, "multipart") && is(info.subtype, "mixed") && is(info.params, "boundary=b"));
  sipward_part part = {.struct_size = sizeof part};
  CHECK(sipward_message_part(message, 0, &part) == SIPWARD_OK);
  CHECK(part.kind == SIPWARD_BODY_TEXT && part.depth == 1 && part.parent == SIPWARD_ABSENT);
  CHECK(is(part.body, "hello") && is(part.content_type, "text/plain;charset=us-ascii"));
  CHECK(part.content_id.offset == SIPWARD_ABSENT);
  CHECK(sipward_message_part(message, 2, &part) == SIPWARD_END);
  sipward_body_text text = {.struct_size = sizeof text};
  CHECK(sipward_message_text(message, &text) == SIPWARD_OK);
  CHECK(text.charset == SIPWARD_CHARSET_ASCII && is(text.text, "hello"));
  CHECK(is(text.charset_name, "us-ascii"));
}

static void test_description(sipward_message* message) {
  sipward_sdp_session sdp = {.struct_size = sizeof sdp};
  CHECK(sipward_sdp_read_session(message, &sdp) == SIPWARD_OK);
  CHECK(is(sdp.username, "alice") && is(sdp.session_id, "1") && is(sdp.session_version, "2"));
  CHECK(is(sdp.address, "192.0.2.1") && sdp.address_kind == SIPWARD_HOST_IPV4);
  CHECK(sdp.media_count == 1 && sdp.attribute_count == 9 && sdp.session_attribute_count == 0);
  CHECK(sdp.bandwidth_count == 1 && sdp.direction == SIPWARD_SDP_DIRECTION_NONE);
  sipward_sdp_media media = {.struct_size = sizeof media};
  CHECK(sipward_sdp_read_media(message, 0, &media) == SIPWARD_OK);
  CHECK(is(media.type, "audio") && media.port_number == 9 && is(media.formats, "96"));
  CHECK(is(media.proto, "UDP/TLS/RTP/SAVPF") && media.direction == SIPWARD_SDP_SENDONLY);
  CHECK(media.address.offset == SIPWARD_ABSENT && media.attribute_count == 9);
  sipward_sdp_bandwidth bandwidth = {.struct_size = sizeof bandwidth};
  CHECK(sipward_sdp_read_bandwidth(message, 0, &bandwidth) == SIPWARD_OK);
  CHECK(bandwidth.media == 0 && is(bandwidth.type, "AS") && is(bandwidth.value, "64"));
}

static void test_attributes(sipward_message* message) {
  sipward_sdp_attribute attribute = {.struct_size = sizeof attribute};
  CHECK(sipward_sdp_read_attribute(message, 0, &attribute) == SIPWARD_OK);
  CHECK(attribute.id == SIPWARD_SDP_ATTRIBUTE_RTPMAP && attribute.media == 0);
  CHECK(attribute.well_formed == 1 && is(attribute.name, "rtpmap"));
  sipward_sdp_rtpmap rtpmap = {.struct_size = sizeof rtpmap};
  CHECK(sipward_sdp_read_rtpmap(message, 0, &rtpmap) == SIPWARD_OK);
  CHECK(rtpmap.well_formed == 1 && is(rtpmap.payload_type, "96") && is(rtpmap.encoding, "opus"));
  CHECK(is(rtpmap.clock_rate, "48000") && is(rtpmap.parameters, "2"));
  sipward_sdp_fmtp fmtp = {.struct_size = sizeof fmtp};
  CHECK(sipward_sdp_read_fmtp(message, 1, &fmtp) == SIPWARD_OK);
  CHECK(is(fmtp.format, "96") && is(fmtp.parameters, "useinbandfec=1"));
  sipward_sdp_crypto crypto = {.struct_size = sizeof crypto};
  CHECK(sipward_sdp_read_crypto(message, 2, &crypto) == SIPWARD_OK);
  CHECK(is(crypto.suite, "AES_CM_128_HMAC_SHA1_80") && is(crypto.key_info, "d0Rm"));
  CHECK(is(crypto.session_params, "KDR=1"));
  sipward_sdp_fingerprint fingerprint = {.struct_size = sizeof fingerprint};
  CHECK(sipward_sdp_read_fingerprint(message, 3, &fingerprint) == SIPWARD_OK);
  CHECK(is(fingerprint.hash, "sha-256") && is(fingerprint.value, "4A:AD"));
  sipward_sdp_setup setup = {.struct_size = sizeof setup};
  CHECK(sipward_sdp_read_setup(message, 6, &setup) == SIPWARD_OK);
  CHECK(setup.well_formed == 1 && setup.role == SIPWARD_SDP_SETUP_ACTPASS);
  CHECK(sipward_sdp_read_setup(message, 7, &setup) == SIPWARD_OK);
  CHECK(setup.well_formed == 0 && setup.role == SIPWARD_SDP_SETUP_NONE);
  CHECK(sipward_sdp_read_setup(message, 8, &setup) == SIPWARD_ERR_ARGUMENT);
  CHECK(sipward_sdp_read_attribute(message, 8, &attribute) == SIPWARD_OK);
  CHECK(attribute.id == SIPWARD_SDP_ATTRIBUTE_ICE_PWD && attribute.well_formed == 0);
  CHECK(is(attribute.value, "short"));
  sipward_sdp_candidate candidate = {.struct_size = sizeof candidate};
  CHECK(sipward_sdp_read_candidate(message, 4, &candidate) == SIPWARD_OK);
  CHECK(is(candidate.address, "192.0.2.1") && is(candidate.type, "host"));
  CHECK(sipward_sdp_read_candidate(message, 3, &candidate) == SIPWARD_ERR_ARGUMENT);
}

int main(void) {
  sipward_message* message = NULL;
  REQUIRE(sipward_message_create(&message) == SIPWARD_OK);
  REQUIRE(sipward_message_parse(message, kBodies, sizeof kBodies - 1, NULL) == SIPWARD_OK);
  REQUIRE(sipward_message_validate(message) == SIPWARD_OK);
  test_parts(message);
  test_description(message);
  test_attributes(message);
  sipward_message_destroy(message);
  return check_failures;
}
