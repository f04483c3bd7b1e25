/* The functions of c/body.h, argument by argument, as arguments_each_test.c does it for the others.
 */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)
#define ENDS(call) CHECK((call) == SIPWARD_END)

static void test_bodies(sipward_message* message) {
  CHECK(sipward_message_parse(message, kBodies, sizeof kBodies - 1, NULL) == SIPWARD_OK);
  sipward_body_info body_info = {.struct_size = sizeof body_info};
  REFUSED(sipward_message_body_info(NULL, &body_info));
  REFUSED(sipward_message_body_info(MISALIGNED(sipward_message), &body_info));
  REFUSED(sipward_message_body_info(message, NULL));
  REFUSED(sipward_message_body_info(message, MISALIGNED(sipward_body_info)));
  sipward_part part = {.struct_size = sizeof part};
  REFUSED(sipward_message_part(NULL, 0, &part));
  REFUSED(sipward_message_part(MISALIGNED(sipward_message), 0, &part));
  REFUSED(sipward_message_part(message, 0, NULL));
  REFUSED(sipward_message_part(message, 0, MISALIGNED(sipward_part)));
  ENDS(sipward_message_part(message, UINT32_MAX, &part));
  sipward_body_text body_text = {.struct_size = sizeof body_text};
  REFUSED(sipward_message_text(NULL, &body_text));
  REFUSED(sipward_message_text(MISALIGNED(sipward_message), &body_text));
  REFUSED(sipward_message_text(message, NULL));
  REFUSED(sipward_message_text(message, MISALIGNED(sipward_body_text)));
  sipward_sdp_session sdp_session = {.struct_size = sizeof sdp_session};
  REFUSED(sipward_sdp_read_session(NULL, &sdp_session));
  REFUSED(sipward_sdp_read_session(MISALIGNED(sipward_message), &sdp_session));
  REFUSED(sipward_sdp_read_session(message, NULL));
  REFUSED(sipward_sdp_read_session(message, MISALIGNED(sipward_sdp_session)));
  sipward_sdp_media sdp_media = {.struct_size = sizeof sdp_media};
  REFUSED(sipward_sdp_read_media(NULL, 0, &sdp_media));
  REFUSED(sipward_sdp_read_media(MISALIGNED(sipward_message), 0, &sdp_media));
  REFUSED(sipward_sdp_read_media(message, 0, NULL));
  REFUSED(sipward_sdp_read_media(message, 0, MISALIGNED(sipward_sdp_media)));
  ENDS(sipward_sdp_read_media(message, UINT32_MAX, &sdp_media));
  sipward_sdp_bandwidth sdp_bandwidth = {.struct_size = sizeof sdp_bandwidth};
  REFUSED(sipward_sdp_read_bandwidth(NULL, 0, &sdp_bandwidth));
  REFUSED(sipward_sdp_read_bandwidth(MISALIGNED(sipward_message), 0, &sdp_bandwidth));
  REFUSED(sipward_sdp_read_bandwidth(message, 0, NULL));
  REFUSED(sipward_sdp_read_bandwidth(message, 0, MISALIGNED(sipward_sdp_bandwidth)));
  ENDS(sipward_sdp_read_bandwidth(message, UINT32_MAX, &sdp_bandwidth));
  sipward_sdp_attribute sdp_attribute = {.struct_size = sizeof sdp_attribute};
  REFUSED(sipward_sdp_read_attribute(NULL, 0, &sdp_attribute));
  REFUSED(sipward_sdp_read_attribute(MISALIGNED(sipward_message), 0, &sdp_attribute));
  REFUSED(sipward_sdp_read_attribute(message, 0, NULL));
  REFUSED(sipward_sdp_read_attribute(message, 0, MISALIGNED(sipward_sdp_attribute)));
  ENDS(sipward_sdp_read_attribute(message, UINT32_MAX, &sdp_attribute));
  sipward_sdp_rtpmap sdp_rtpmap = {.struct_size = sizeof sdp_rtpmap};
  REFUSED(sipward_sdp_read_rtpmap(NULL, 0, &sdp_rtpmap));
  REFUSED(sipward_sdp_read_rtpmap(MISALIGNED(sipward_message), 0, &sdp_rtpmap));
  REFUSED(sipward_sdp_read_rtpmap(message, 0, NULL));
  REFUSED(sipward_sdp_read_rtpmap(message, 0, MISALIGNED(sipward_sdp_rtpmap)));
  ENDS(sipward_sdp_read_rtpmap(message, UINT32_MAX, &sdp_rtpmap));
  REFUSED(sipward_sdp_read_rtpmap(message, 5, &sdp_rtpmap));
  sipward_sdp_fmtp sdp_fmtp = {.struct_size = sizeof sdp_fmtp};
  REFUSED(sipward_sdp_read_fmtp(NULL, 1, &sdp_fmtp));
  REFUSED(sipward_sdp_read_fmtp(MISALIGNED(sipward_message), 1, &sdp_fmtp));
  REFUSED(sipward_sdp_read_fmtp(message, 1, NULL));
  REFUSED(sipward_sdp_read_fmtp(message, 1, MISALIGNED(sipward_sdp_fmtp)));
  ENDS(sipward_sdp_read_fmtp(message, UINT32_MAX, &sdp_fmtp));
  REFUSED(sipward_sdp_read_fmtp(message, 5, &sdp_fmtp));
  sipward_sdp_crypto sdp_crypto = {.struct_size = sizeof sdp_crypto};
  REFUSED(sipward_sdp_read_crypto(NULL, 2, &sdp_crypto));
  REFUSED(sipward_sdp_read_crypto(MISALIGNED(sipward_message), 2, &sdp_crypto));
  REFUSED(sipward_sdp_read_crypto(message, 2, NULL));
  REFUSED(sipward_sdp_read_crypto(message, 2, MISALIGNED(sipward_sdp_crypto)));
  ENDS(sipward_sdp_read_crypto(message, UINT32_MAX, &sdp_crypto));
  REFUSED(sipward_sdp_read_crypto(message, 5, &sdp_crypto));
  sipward_sdp_fingerprint sdp_fingerprint = {.struct_size = sizeof sdp_fingerprint};
  REFUSED(sipward_sdp_read_fingerprint(NULL, 3, &sdp_fingerprint));
  REFUSED(sipward_sdp_read_fingerprint(MISALIGNED(sipward_message), 3, &sdp_fingerprint));
  REFUSED(sipward_sdp_read_fingerprint(message, 3, NULL));
  REFUSED(sipward_sdp_read_fingerprint(message, 3, MISALIGNED(sipward_sdp_fingerprint)));
  ENDS(sipward_sdp_read_fingerprint(message, UINT32_MAX, &sdp_fingerprint));
  REFUSED(sipward_sdp_read_fingerprint(message, 5, &sdp_fingerprint));
  sipward_sdp_setup sdp_setup = {.struct_size = sizeof sdp_setup};
  REFUSED(sipward_sdp_read_setup(NULL, 6, &sdp_setup));
  REFUSED(sipward_sdp_read_setup(MISALIGNED(sipward_message), 6, &sdp_setup));
  REFUSED(sipward_sdp_read_setup(message, 6, NULL));
  REFUSED(sipward_sdp_read_setup(message, 6, MISALIGNED(sipward_sdp_setup)));
  ENDS(sipward_sdp_read_setup(message, UINT32_MAX, &sdp_setup));
  REFUSED(sipward_sdp_read_setup(message, 5, &sdp_setup));
  sipward_sdp_candidate sdp_candidate = {.struct_size = sizeof sdp_candidate};
  REFUSED(sipward_sdp_read_candidate(NULL, 4, &sdp_candidate));
  REFUSED(sipward_sdp_read_candidate(MISALIGNED(sipward_message), 4, &sdp_candidate));
  REFUSED(sipward_sdp_read_candidate(message, 4, NULL));
  REFUSED(sipward_sdp_read_candidate(message, 4, MISALIGNED(sipward_sdp_candidate)));
  ENDS(sipward_sdp_read_candidate(message, UINT32_MAX, &sdp_candidate));
  REFUSED(sipward_sdp_read_candidate(message, 5, &sdp_candidate));
  CHECK(body_info.kind == 0 && part.body.length == 0 && body_text.text.length == 0);
  CHECK(sdp_session.text.length == 0 && sdp_media.text.length == 0 && sdp_rtpmap.well_formed == 0);
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
}

/* Before anything was parsed, and where there is no body. */
static void test_nothing_there(void) {
  sipward_message* message = NULL;
  sipward_body_info info = {.struct_size = sizeof info};
  sipward_sdp_session session = {.struct_size = sizeof session};
  sipward_sdp_media media = {.struct_size = sizeof media};
  sipward_sdp_rtpmap rtpmap = {.struct_size = sizeof rtpmap};
  sipward_part part = {.struct_size = sizeof part};
  sipward_body_text text = {.struct_size = sizeof text};
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  for (int parsed = 0; parsed < 2; ++parsed) {
    ENDS(sipward_message_body_info(message, &info));
    ENDS(sipward_message_part(message, 0, &part));
    ENDS(sipward_message_text(message, &text));
    ENDS(sipward_sdp_read_session(message, &session));
    ENDS(sipward_sdp_read_media(message, 0, &media));
    ENDS(sipward_sdp_read_rtpmap(message, 0, &rtpmap));
    CHECK(sipward_message_parse(message, kOptions, sizeof kOptions - 1, NULL) == SIPWARD_OK);
  }
  sipward_message_destroy(message);
}

/* More than the arrays hold is no limit. */
static void test_limits(sipward_message* message) {
  sipward_parse_options options = {.struct_size = sizeof options};
  uint32_t* const limits[] = {&options.sdp_media, &options.sdp_attributes, &options.body_parts,
                              &options.body_depth};
  const uint32_t most[] = {32, 512, 32, 3};
  for (int i = 0; i < 4; ++i) {
    *limits[i] = most[i];
    CHECK(sipward_message_parse(message, kBodies, sizeof kBodies - 1, &options) == SIPWARD_OK);
    *limits[i] = most[i] + 1;
    REFUSED(sipward_message_parse(message, kBodies, sizeof kBodies - 1, &options));
    *limits[i] = 0;
  }
  options.body_parts = 1;
  CHECK(sipward_message_parse(message, kBodies, sizeof kBodies - 1, &options) == SIPWARD_OK);
  CHECK(sipward_message_validate(message) == SIPWARD_ERR_LIMIT);
}

int main(void) {
  sipward_message* message = NULL;
  REQUIRE(sipward_message_create(&message) == SIPWARD_OK);
  test_bodies(message);
  test_nothing_there();
  test_limits(message);
  for (size_t i = 0; i < sizeof misplaced; ++i) CHECK(misplaced[i] == 0);
  sipward_message_destroy(message);
  return check_failures;
}
