/* Values of headers that are a head and parameters, through the C interface. */
#include <string.h>

#include "check.h"
#include "sample.h"

static int is(sipward_slice slice, const char* text) { return is_slice(kValues, slice, text); }

static void test_items(sipward_message* message) {
  sipward_item item = {.struct_size = sizeof item};
  CHECK(sipward_message_item(message, "accept", 6, 0, &item) == SIPWARD_OK);
  CHECK(is(item.text, "application/sdp;level=1") && is(item.value, "application/sdp"));
  sipward_param param;
  CHECK(sipward_param_next(message, &item.params, &param) == SIPWARD_OK);
  CHECK(is(param.name, "level") && is(param.value, "1"));
  CHECK(sipward_message_item(message, "Allow", 5, 2, &item) == SIPWARD_OK);
  CHECK(is(item.value, "BYE") && is_absent(item.params));
  CHECK(sipward_message_item(message, "Allow", 5, 3, &item) == SIPWARD_END);
  CHECK(sipward_message_item(message, "s", 1, 0, &item) == SIPWARD_OK);
  CHECK(is(item.value, "Lunch, tomorrow"));
  CHECK(sipward_message_item(message, "Supported", 9, 0, &item) == SIPWARD_END);
  CHECK(sipward_message_item(message, "Contact", 7, 0, &item) == SIPWARD_ERR_ARGUMENT);
  CHECK(sipward_message_item(message, "X-Other", 7, 0, &item) == SIPWARD_ERR_ARGUMENT);
}

static void test_bodies_and_identity(sipward_message* message) {
  sipward_media_type media = {.struct_size = sizeof media};
  CHECK(sipward_message_media_type(message, "c", 1, 0, &media) == SIPWARD_OK);
  CHECK(is(media.type, "application") && is(media.subtype, "sdp") && is_absent(media.params));
  CHECK(sipward_message_media_type(message, "Accept", 6, 1, &media) == SIPWARD_OK);
  CHECK(is(media.type, "text") && is(media.subtype, "plain"));
  sipward_identity identity = {.struct_size = sizeof identity};
  CHECK(sipward_message_identity(message, 0, &identity) == SIPWARD_OK);
  CHECK(is(identity.digest, "aa.bb.cc") && is(identity.header, "aa"));
  CHECK(is(identity.payload, "bb") && is(identity.signature, "cc"));
  CHECK(is(identity.info, "https://example.com/c.pem"));
  CHECK(is(identity.alg, "ES256") && is(identity.ppt, "shaken"));
  int64_t date = 0;
  CHECK(sipward_message_date(message, &date) == SIPWARD_OK && date == 1289690940);
}

static void test_dialogs(sipward_message* message) {
  sipward_reason reason = {.struct_size = sizeof reason};
  CHECK(sipward_message_reason(message, 0, &reason) == SIPWARD_OK);
  CHECK(is(reason.protocol, "Q.850") && is(reason.text, "Normal") && reason.cause == 16);
  CHECK(sipward_message_reason(message, 1, &reason) == SIPWARD_OK);
  CHECK(is(reason.protocol, "SIP") && is_absent(reason.text) && reason.cause == 200);
  sipward_dialog dialog = {.struct_size = sizeof dialog};
  CHECK(sipward_message_dialog(message, "Replaces", 8, &dialog) == SIPWARD_OK);
  CHECK(is(dialog.call_id, "98732@sip.example.com") && dialog.early_only == 1);
  CHECK(is(dialog.to_tag, "ff8") && is(dialog.from_tag, "r33"));
  CHECK(sipward_message_dialog(message, "Join", 4, &dialog) == SIPWARD_END);
  sipward_rack rack = {.struct_size = sizeof rack};
  CHECK(sipward_message_rack(message, &rack) == SIPWARD_OK);
  CHECK(rack.rseq == 776656 && rack.cseq == 1 && is(rack.method, "INVITE"));
  sipward_event event = {.struct_size = sizeof event};
  CHECK(sipward_message_event(message, "o", 1, 0, &event) == SIPWARD_OK);
  CHECK(is(event.package, "presence") && is(event.event_template, "winfo") && is(event.id, "7"));
  sipward_subscription subscription = {.struct_size = sizeof subscription};
  CHECK(sipward_message_subscription(message, &subscription) == SIPWARD_OK);
  CHECK(is(subscription.state, "active") && subscription.expires == 600);
  CHECK(is_absent(subscription.reason) && subscription.retry_after == -1);
}

static void test_others(sipward_message* message) {
  sipward_product product = {.struct_size = sizeof product};
  CHECK(sipward_message_product(message, "User-Agent", 10, 0, &product) == SIPWARD_OK);
  CHECK(is(product.name, "Gate") && is(product.version, "2.7") && is_absent(product.comment));
  CHECK(sipward_message_product(message, "User-Agent", 10, 1, &product) == SIPWARD_OK);
  CHECK(is_absent(product.name) && is(product.comment, "beta (2)"));
  sipward_session_timer timer = {.struct_size = sizeof timer};
  CHECK(sipward_message_session_timer(message, "x", 1, &timer) == SIPWARD_OK);
  CHECK(timer.seconds == 1800 && timer.refresher == SIPWARD_REFRESHER_UAS);
  sipward_resource_priority priority = {.struct_size = sizeof priority};
  CHECK(sipward_message_resource_priority(message, 0, &priority) == SIPWARD_OK);
  CHECK(is(priority.name_space, "wps") && is(priority.priority, "3"));
  sipward_warning warning = {.struct_size = sizeof warning};
  CHECK(sipward_message_warning(message, 0, &warning) == SIPWARD_OK);
  CHECK(warning.code == 307 && is(warning.agent, "isi.example"));
  CHECK(is(warning.text, "Not understood"));
  sipward_retry_after retry = {.struct_size = sizeof retry};
  CHECK(sipward_message_retry_after(message, &retry) == SIPWARD_OK);
  CHECK(retry.seconds == 120 && retry.duration == 60 && is(retry.comment, "in a meeting"));
  uint64_t number = 0;
  CHECK(sipward_message_number(message, "Session-Expires", 15, &number) == SIPWARD_OK);
  CHECK(number == 1800);
  CHECK(sipward_message_number(message, "Min-SE", 6, &number) == SIPWARD_END);
  sipward_address info = {.struct_size = sizeof info};
  CHECK(sipward_message_address(message, "Call-Info", 9, 0, &info) == SIPWARD_OK);
  CHECK(is(info.uri.text, "http://www.example.com/alice.jpg"));
}

int main(void) {
  sipward_message* message = NULL;
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  CHECK(sipward_message_parse(message, kValues, sizeof kValues - 1, NULL) == SIPWARD_OK);
  CHECK(sipward_message_validate(message) == SIPWARD_OK);
  test_items(message);
  test_bodies_and_identity(message);
  test_dialogs(message);
  test_others(message);

  static const char deep[] =
      "OPTIONS sip:a@192.0.2.1 SIP/2.0\r\n"
      "User-Agent: (a (b))\r\n\r\n";
  sipward_parse_options options = {.struct_size = sizeof options, .comment_depth = 1};
  CHECK(sipward_message_parse(message, deep, sizeof deep - 1, &options) == SIPWARD_ERR_MALFORMED);
  CHECK(sipward_message_validate(message) != SIPWARD_OK);
  int too_deep = 0;
  sipward_anomaly anomaly;
  for (uint32_t i = 0; sipward_message_anomaly(message, i, &anomaly) == SIPWARD_OK; ++i) {
    sipward_anomaly_info info = {.struct_size = sizeof info};
    CHECK(sipward_anomaly_describe(anomaly.id, &info) == SIPWARD_OK);
    too_deep += info.name.size == 16 && memcmp(info.name.data, "comment.too_deep", 16) == 0;
  }
  CHECK(too_deep == 1);
  sipward_message_destroy(message);
  return check_failures;
}
