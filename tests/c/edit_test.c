/* Messages written back through the C interface. */
#include "check.h"
#include "sample.h"

#define TEXT(member, text) .member = (text), .member##_size = sizeof(text) - 1

static char room[2048];

static int32_t write(const sipward_message* message, const sipward_edit* edits, size_t count,
                     uint32_t flags, sipward_edit_result* result) {
  *result = (sipward_edit_result){.struct_size = sizeof *result};
  memset(room, 0, sizeof room);
  return sipward_message_write(message, edits, count, flags, room, sizeof room, result);
}

static void test_an_sbc(sipward_message* message) {
  static const char kForged[] =
      "INVITE sip:bob@example.com SIP/2.0\r\n"
      "v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
      "Max-Forwards: 70\r\n"
      "f: <sip:a@example.org>;tag=1\r\n"
      "t: <sip:bob@example.com>\r\n"
      "i: 1\r\n"
      "CSeq: 1 INVITE\r\n"
      "P-Asserted-Identity : <sip:king@example.com>\r\n"
      "l: 0\r\n"
      "\r\n";
  static const char kExpected[] =
      "INVITE sip:bob@192.0.2.9 SIP/2.0\r\n"
      "v: SIP/2.0/TLS edge.example.com;branch=z9hG4bK2\r\n"
      "v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
      "Max-Forwards: 69\r\n"
      "f: <sip:a@example.org>;tag=1\r\n"
      "t: <sip:bob@example.com>\r\n"
      "i: 1\r\n"
      "CSeq: 1 INVITE\r\n"
      "l: 4\r\n"
      "Content-Type: text/plain\r\n"
      "\r\n"
      "body";
  const sipward_edit edits[] = {{.struct_size = sizeof(sipward_edit),
                                 .kind = SIPWARD_EDIT_STRIP,
                                 .number = SIPWARD_STRIP_UNTRUSTED},
                                {.struct_size = sizeof(sipward_edit),
                                 .kind = SIPWARD_EDIT_ADD,
                                 .place = SIPWARD_PLACE_TOP,
                                 TEXT(name, "Via"),
                                 TEXT(value, "SIP/2.0/TLS edge.example.com;branch=z9hG4bK2")},
                                {.struct_size = sizeof(sipward_edit),
                                 .kind = SIPWARD_EDIT_SET,
                                 TEXT(name, "max-forwards"),
                                 TEXT(value, "69")},
                                {.struct_size = sizeof(sipward_edit),
                                 .kind = SIPWARD_EDIT_REQUEST_URI,
                                 TEXT(value, "sip:bob@192.0.2.9")},
                                {.struct_size = sizeof(sipward_edit),
                                 .kind = SIPWARD_EDIT_BODY,
                                 TEXT(value, "text/plain"),
                                 TEXT(body, "body")}};
  sipward_edit_result result;
  CHECK(sipward_message_parse(message, kForged, sizeof kForged - 1, NULL) == SIPWARD_OK);
  CHECK(write(message, edits, 5, 0, &result) == SIPWARD_OK);
  CHECK(result.size == sizeof kExpected - 1 && memcmp(room, kExpected, result.size) == 0);
  CHECK(result.problem == SIPWARD_EDIT_PROBLEM_NONE && result.edit == SIPWARD_ABSENT);
}

static void test_sizes(sipward_message* message) {
  sipward_edit_result result = {.struct_size = sizeof result};
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  CHECK(write(message, NULL, 0, 0, &result) == SIPWARD_OK);
  CHECK(result.size == sizeof kInvite - 1 && memcmp(room, kInvite, result.size) == 0);
  memset(room, 'z', sizeof room);
  for (size_t capacity = 0; capacity < sizeof kInvite - 1; ++capacity) {
    result = (sipward_edit_result){.struct_size = sizeof result};
    CHECK(sipward_message_write(message, NULL, 0, 0, room, capacity, &result) == SIPWARD_ERR_SPACE);
    CHECK(result.size == sizeof kInvite - 1 && result.problem == SIPWARD_EDIT_PROBLEM_SPACE);
  }
  for (size_t i = 0; i < sizeof room; ++i) CHECK(room[i] == 'z');
  CHECK(write(message, NULL, 0, SIPWARD_WRITE_NORMAL, &result) == SIPWARD_OK);
  CHECK(strstr(room, "X-Custom: one two\r\n") != NULL);
}

static void test_refusals(sipward_message* message) {
  const sipward_edit injected[] = {
      {.struct_size = sizeof(sipward_edit), .kind = SIPWARD_EDIT_NOTHING},
      {.struct_size = sizeof(sipward_edit),
       .kind = SIPWARD_EDIT_ADD,
       TEXT(name, "X-A"),
       TEXT(value, "a\r\nX-B: b")}};
  sipward_edit_result result;
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  CHECK(write(message, injected, 2, 0, &result) == SIPWARD_ERR_EDIT);
  CHECK(result.problem == SIPWARD_EDIT_PROBLEM_VALUE && result.edit == 1 && result.size == 0);
  CHECK(room[0] == 0);

  const sipward_edit unknown[] = {{.struct_size = sizeof(sipward_edit), .kind = 9},
                                  {.struct_size = sizeof(sipward_edit), .kind = 0x101},
                                  {.struct_size = sizeof(sipward_edit),
                                   .kind = SIPWARD_EDIT_ADD,
                                   .place = 0x100,
                                   TEXT(name, "X-A")},
                                  {.struct_size = sizeof(sipward_edit),
                                   .kind = SIPWARD_EDIT_REMOVE,
                                   .which = 0x100,
                                   TEXT(name, "X-A")}};
  for (int i = 0; i < 4; ++i) {
    CHECK(write(message, &unknown[i], 1, 0, &result) == SIPWARD_ERR_EDIT);
    CHECK(result.problem == SIPWARD_EDIT_PROBLEM_KIND);
  }
  static sipward_edit many[SIPWARD_MAX_EDITS + 1];
  for (int i = 0; i <= SIPWARD_MAX_EDITS; ++i) many[i].struct_size = sizeof many[i];
  CHECK(write(message, many, SIPWARD_MAX_EDITS, 0, &result) == SIPWARD_OK);
  CHECK(write(message, many, SIPWARD_MAX_EDITS + 1, 0, &result) == SIPWARD_ERR_EDIT);
  CHECK(result.problem == SIPWARD_EDIT_PROBLEM_TOO_MANY);
  many[1].reserved = 1;
  CHECK(write(message, many, 2, 0, &result) == SIPWARD_ERR_ARGUMENT);
  many[1].reserved = 0;
  many[1].struct_size = 64;
  CHECK(write(message, many, 2, 0, &result) == SIPWARD_ERR_ARGUMENT);
  many[1] = (sipward_edit){.struct_size = sizeof many[1],
                           .kind = SIPWARD_EDIT_ADD,
                           .name = "X-A",
                           .name_size = SIZE_MAX};
  CHECK(write(message, many, 2, 0, &result) == SIPWARD_ERR_ARGUMENT);

  CHECK(sipward_message_parse(message, "hello", 5, NULL) == SIPWARD_ERR_MALFORMED);
  CHECK(write(message, NULL, 0, 0, &result) == SIPWARD_ERR_EDIT);
  CHECK(result.problem == SIPWARD_EDIT_PROBLEM_MESSAGE);
}

static void test_in_place(sipward_message* message) {
  sipward_edit_result result = {.struct_size = sizeof result};
  memcpy(room, kInvite, sizeof kInvite - 1);
  CHECK(sipward_message_parse(message, room, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  CHECK(sipward_message_write(message, NULL, 0, 0, room, sizeof room, &result) == SIPWARD_ERR_EDIT);
  CHECK(result.problem == SIPWARD_EDIT_PROBLEM_OVERLAP);
  CHECK(memcmp(room, kInvite, sizeof kInvite - 1) == 0);
}

/* An older caller's edits stand closer together. */
static void test_an_older_caller(sipward_message* message) {
  enum { kOlder = 56 }; /* as far as the value */
  sipward_edit_result result;
  const sipward_edit edits[] = {
      {.struct_size = kOlder, .kind = SIPWARD_EDIT_ADD, TEXT(name, "X-A"), TEXT(value, "1")},
      {.struct_size = kOlder, .kind = SIPWARD_EDIT_ADD, TEXT(name, "X-B"), TEXT(value, "2")}};
  _Alignas(8) char packed[2 * kOlder];
  memcpy(packed, &edits[0], kOlder);
  memcpy(packed + kOlder, &edits[1], kOlder);
  CHECK(sipward_message_parse(message, kInvite, sizeof kInvite - 1, NULL) == SIPWARD_OK);
  CHECK(write(message, (const sipward_edit*)(const void*)packed, 2, 0, &result) == SIPWARD_OK);
  CHECK(strstr(room, "X-A: 1\r\nX-B: 2\r\n\r\nbody") != NULL);
}

int main(void) {
  sipward_message* message = NULL;
  sipward_edit_result result;
  REQUIRE(sipward_message_create(&message) == SIPWARD_OK);
  CHECK(write(message, NULL, 0, 0, &result) == SIPWARD_END);
  test_an_sbc(message);
  test_sizes(message);
  test_refusals(message);
  test_in_place(message);
  test_an_older_caller(message);
  for (uint32_t problem = 0; problem <= SIPWARD_EDIT_PROBLEM_LIMIT; ++problem) {
    CHECK(sipward_edit_problem_text(problem) != NULL);
  }
  CHECK(sipward_edit_problem_text(SIPWARD_EDIT_PROBLEM_LIMIT + 1) == NULL);
  sipward_message_destroy(message);
  return check_failures;
}
