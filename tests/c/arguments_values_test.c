/* Argument by argument, as arguments_each_test.c, for the functions of sipward/c/values.h. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)
#define ENDS(call) CHECK((call) == SIPWARD_END)

static const size_t kTooMuch = (size_t)-1;

static void test_item(sipward_message* message) {
  sipward_item out = {.struct_size = sizeof out};
  REFUSED(sipward_message_item(NULL, "Accept", 6, 0, &out));
  REFUSED(sipward_message_item(MISALIGNED(sipward_message), "Accept", 6, 0, &out));
  REFUSED(sipward_message_item(message, NULL, 6, 0, &out));
  REFUSED(sipward_message_item(message, "Accept", 0, 0, &out));
  REFUSED(sipward_message_item(message, "Accept", kTooMuch, 0, &out));
  REFUSED(sipward_message_item(message, "Via", 3, 0, &out));
  REFUSED(sipward_message_item(message, "Accept", 6, 0, NULL));
  REFUSED(sipward_message_item(message, "Accept", 6, 0, MISALIGNED(sipward_item)));
  ENDS(sipward_message_item(message, "Accept", 6, UINT32_MAX, &out));
  ENDS(sipward_message_item(message, "Accept", 6, 0, &out));
}

static void test_media_type(sipward_message* message) {
  sipward_media_type out = {.struct_size = sizeof out};
  REFUSED(sipward_message_media_type(NULL, "Accept", 6, 0, &out));
  REFUSED(sipward_message_media_type(MISALIGNED(sipward_message), "Accept", 6, 0, &out));
  REFUSED(sipward_message_media_type(message, NULL, 6, 0, &out));
  REFUSED(sipward_message_media_type(message, "Accept", 0, 0, &out));
  REFUSED(sipward_message_media_type(message, "Accept", kTooMuch, 0, &out));
  REFUSED(sipward_message_media_type(message, "Via", 3, 0, &out));
  REFUSED(sipward_message_media_type(message, "Accept", 6, 0, NULL));
  REFUSED(sipward_message_media_type(message, "Accept", 6, 0, MISALIGNED(sipward_media_type)));
  ENDS(sipward_message_media_type(message, "Accept", 6, UINT32_MAX, &out));
  ENDS(sipward_message_media_type(message, "Accept", 6, 0, &out));
}

static void test_identity(sipward_message* message) {
  sipward_identity out = {.struct_size = sizeof out};
  REFUSED(sipward_message_identity(NULL, 0, &out));
  REFUSED(sipward_message_identity(MISALIGNED(sipward_message), 0, &out));
  REFUSED(sipward_message_identity(message, 0, NULL));
  REFUSED(sipward_message_identity(message, 0, MISALIGNED(sipward_identity)));
  ENDS(sipward_message_identity(message, UINT32_MAX, &out));
  ENDS(sipward_message_identity(message, 0, &out));
}

static void test_reason(sipward_message* message) {
  sipward_reason out = {.struct_size = sizeof out};
  REFUSED(sipward_message_reason(NULL, 0, &out));
  REFUSED(sipward_message_reason(MISALIGNED(sipward_message), 0, &out));
  REFUSED(sipward_message_reason(message, 0, NULL));
  REFUSED(sipward_message_reason(message, 0, MISALIGNED(sipward_reason)));
  ENDS(sipward_message_reason(message, UINT32_MAX, &out));
  ENDS(sipward_message_reason(message, 0, &out));
}

static void test_dialog(sipward_message* message) {
  sipward_dialog out = {.struct_size = sizeof out};
  REFUSED(sipward_message_dialog(NULL, "Join", 4, &out));
  REFUSED(sipward_message_dialog(MISALIGNED(sipward_message), "Join", 4, &out));
  REFUSED(sipward_message_dialog(message, NULL, 4, &out));
  REFUSED(sipward_message_dialog(message, "Join", 0, &out));
  REFUSED(sipward_message_dialog(message, "Join", kTooMuch, &out));
  REFUSED(sipward_message_dialog(message, "Via", 3, &out));
  REFUSED(sipward_message_dialog(message, "Join", 4, NULL));
  REFUSED(sipward_message_dialog(message, "Join", 4, MISALIGNED(sipward_dialog)));
  ENDS(sipward_message_dialog(message, "Join", 4, &out));
}

static void test_product(sipward_message* message) {
  sipward_product out = {.struct_size = sizeof out};
  REFUSED(sipward_message_product(NULL, "Server", 6, 0, &out));
  REFUSED(sipward_message_product(MISALIGNED(sipward_message), "Server", 6, 0, &out));
  REFUSED(sipward_message_product(message, NULL, 6, 0, &out));
  REFUSED(sipward_message_product(message, "Server", 0, 0, &out));
  REFUSED(sipward_message_product(message, "Server", kTooMuch, 0, &out));
  REFUSED(sipward_message_product(message, "Via", 3, 0, &out));
  REFUSED(sipward_message_product(message, "Server", 6, 0, NULL));
  REFUSED(sipward_message_product(message, "Server", 6, 0, MISALIGNED(sipward_product)));
  ENDS(sipward_message_product(message, "Server", 6, UINT32_MAX, &out));
  ENDS(sipward_message_product(message, "Server", 6, 0, &out));
}

static void test_rack(sipward_message* message) {
  sipward_rack out = {.struct_size = sizeof out};
  REFUSED(sipward_message_rack(NULL, &out));
  REFUSED(sipward_message_rack(MISALIGNED(sipward_message), &out));
  REFUSED(sipward_message_rack(message, NULL));
  REFUSED(sipward_message_rack(message, MISALIGNED(sipward_rack)));
  ENDS(sipward_message_rack(message, &out));
}

static void test_session_timer(sipward_message* message) {
  sipward_session_timer out = {.struct_size = sizeof out};
  REFUSED(sipward_message_session_timer(NULL, "Min-SE", 6, &out));
  REFUSED(sipward_message_session_timer(MISALIGNED(sipward_message), "Min-SE", 6, &out));
  REFUSED(sipward_message_session_timer(message, NULL, 6, &out));
  REFUSED(sipward_message_session_timer(message, "Min-SE", 0, &out));
  REFUSED(sipward_message_session_timer(message, "Min-SE", kTooMuch, &out));
  REFUSED(sipward_message_session_timer(message, "Via", 3, &out));
  REFUSED(sipward_message_session_timer(message, "Min-SE", 6, NULL));
  REFUSED(sipward_message_session_timer(message, "Min-SE", 6, MISALIGNED(sipward_session_timer)));
  ENDS(sipward_message_session_timer(message, "Min-SE", 6, &out));
}

static void test_date(sipward_message* message) {
  int64_t out = 99;
  REFUSED(sipward_message_date(NULL, &out));
  REFUSED(sipward_message_date(MISALIGNED(sipward_message), &out));
  REFUSED(sipward_message_date(message, NULL));
  REFUSED(sipward_message_date(message, MISALIGNED(int64_t)));
  ENDS(sipward_message_date(message, &out));
  CHECK(out == 99);
}

static void test_event(sipward_message* message) {
  sipward_event out = {.struct_size = sizeof out};
  REFUSED(sipward_message_event(NULL, "Event", 5, 0, &out));
  REFUSED(sipward_message_event(MISALIGNED(sipward_message), "Event", 5, 0, &out));
  REFUSED(sipward_message_event(message, NULL, 5, 0, &out));
  REFUSED(sipward_message_event(message, "Event", 0, 0, &out));
  REFUSED(sipward_message_event(message, "Event", kTooMuch, 0, &out));
  REFUSED(sipward_message_event(message, "Via", 3, 0, &out));
  REFUSED(sipward_message_event(message, "Event", 5, 0, NULL));
  REFUSED(sipward_message_event(message, "Event", 5, 0, MISALIGNED(sipward_event)));
  ENDS(sipward_message_event(message, "Event", 5, UINT32_MAX, &out));
  ENDS(sipward_message_event(message, "Event", 5, 0, &out));
}

static void test_subscription(sipward_message* message) {
  sipward_subscription out = {.struct_size = sizeof out};
  REFUSED(sipward_message_subscription(NULL, &out));
  REFUSED(sipward_message_subscription(MISALIGNED(sipward_message), &out));
  REFUSED(sipward_message_subscription(message, NULL));
  REFUSED(sipward_message_subscription(message, MISALIGNED(sipward_subscription)));
  ENDS(sipward_message_subscription(message, &out));
}

static void test_resource_priority(sipward_message* message) {
  sipward_resource_priority out = {.struct_size = sizeof out};
  REFUSED(sipward_message_resource_priority(NULL, 0, &out));
  REFUSED(sipward_message_resource_priority(MISALIGNED(sipward_message), 0, &out));
  REFUSED(sipward_message_resource_priority(message, 0, NULL));
  REFUSED(sipward_message_resource_priority(message, 0, MISALIGNED(sipward_resource_priority)));
  ENDS(sipward_message_resource_priority(message, UINT32_MAX, &out));
  ENDS(sipward_message_resource_priority(message, 0, &out));
}

static void test_warning(sipward_message* message) {
  sipward_warning out = {.struct_size = sizeof out};
  REFUSED(sipward_message_warning(NULL, 0, &out));
  REFUSED(sipward_message_warning(MISALIGNED(sipward_message), 0, &out));
  REFUSED(sipward_message_warning(message, 0, NULL));
  REFUSED(sipward_message_warning(message, 0, MISALIGNED(sipward_warning)));
  ENDS(sipward_message_warning(message, UINT32_MAX, &out));
  ENDS(sipward_message_warning(message, 0, &out));
}

static void test_retry_after(sipward_message* message) {
  sipward_retry_after out = {.struct_size = sizeof out};
  REFUSED(sipward_message_retry_after(NULL, &out));
  REFUSED(sipward_message_retry_after(MISALIGNED(sipward_message), &out));
  REFUSED(sipward_message_retry_after(message, NULL));
  REFUSED(sipward_message_retry_after(message, MISALIGNED(sipward_retry_after)));
  ENDS(sipward_message_retry_after(message, &out));
}

int main(void) {
  sipward_message* message = NULL;
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  /* Before anything was parsed, and of a message without these headers. */
  for (int parsed = 0; parsed < 2; ++parsed) {
    test_item(message);
    test_media_type(message);
    test_identity(message);
    test_reason(message);
    test_dialog(message);
    test_product(message);
    test_rack(message);
    test_session_timer(message);
    test_date(message);
    test_event(message);
    test_subscription(message);
    test_resource_priority(message);
    test_warning(message);
    test_retry_after(message);
    CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  }
  sipward_message_destroy(message);
  return check_failures;
}
