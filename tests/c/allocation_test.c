/* Nothing is allocated once everything was created. */
#include "check.h"
#include "sample.h"
#include "tests/support/allocation_counter.h"

static int read_whole(sipward_message* message) {
  sipward_text bytes;
  sipward_slice slice;
  sipward_anomaly anomaly;
  sipward_start_line start = {.struct_size = sizeof start};
  sipward_header header = {.struct_size = sizeof header};
  int read = 0;
  read += sipward_message_bytes(message, &bytes) == SIPWARD_OK;
  read += sipward_message_body(message, &slice) == SIPWARD_OK;
  read += sipward_message_error(message, &anomaly) == SIPWARD_OK;
  read += sipward_message_start_line(message, &start) == SIPWARD_OK;
  read += sipward_message_find(message, "x-custom", 8, &slice) == SIPWARD_OK;
  for (uint32_t i = 0; i < sipward_message_header_count(message); ++i) {
    read += sipward_message_header(message, i, &header) == SIPWARD_OK;
  }
  return read;
}

static int write_edited(const sipward_message* message) {
  static char room[65536];
  const sipward_edit edits[] = {{.struct_size = sizeof edits[0],
                                 .kind = SIPWARD_EDIT_STRIP,
                                 .number = SIPWARD_STRIP_EVERYTHING},
                                {.struct_size = sizeof edits[0],
                                 .kind = SIPWARD_EDIT_SET,
                                 .name = "User-Agent",
                                 .name_size = 10,
                                 .value = "x",
                                 .value_size = 1}};
  sipward_edit_result result = {.struct_size = sizeof result};
  return sipward_message_write(message, edits, 2, SIPWARD_WRITE_NORMAL, room, sizeof room,
                               &result) == SIPWARD_OK;
}

static int read_everything(sipward_message* message, const char* data, size_t size) {
  sipward_uri uri = {.struct_size = sizeof uri};
  sipward_address address = {.struct_size = sizeof address};
  sipward_via via = {.struct_size = sizeof via};
  sipward_cseq cseq = {.struct_size = sizeof cseq};
  sipward_param param;
  sipward_anomaly anomaly;
  uint64_t number;
  int read = 0;
  sipward_message_parse(message, data, size, NULL);
  sipward_message_validate(message);
  read += read_whole(message) + write_edited(message);
  read += sipward_message_request_uri(message, &uri) == SIPWARD_OK;
  for (uint32_t i = 0; sipward_message_via(message, i, &via) == SIPWARD_OK; ++i) ++read;
  static const char* const kHeaders[] = {"From", "To", "Contact", "Route", "Diversion"};
  for (int h = 0; h < 5; ++h) {
    const size_t length = strlen(kHeaders[h]);
    for (uint32_t i = 0;
         sipward_message_address(message, kHeaders[h], length, i, &address) == SIPWARD_OK; ++i) {
      while (sipward_param_next(message, &address.params, &param) == SIPWARD_OK) ++read;
    }
  }
  read += sipward_message_cseq(message, &cseq) == SIPWARD_OK;
  read += sipward_message_number(message, "Max-Forwards", 12, &number) == SIPWARD_OK;
  for (uint32_t i = 0; sipward_message_anomaly(message, i, &anomaly) == SIPWARD_OK; ++i) ++read;
  return read;
}

int main(void) {
  sipward_message* message = NULL;
  sipward_framer* framer = NULL;
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  sipward_engine* engine = NULL;
  sipward_inspector* inspector = NULL;
  REQUIRE(sipward_message_create(&message) == SIPWARD_OK);
  REQUIRE(sipward_framer_create(0, &framer) == SIPWARD_OK);
  REQUIRE(sipward_compiler_create(&compiler) == SIPWARD_OK);
  REQUIRE(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
  REQUIRE(sipward_compiler_add_rules(compiler, "a", 1, kRules, sizeof kRules - 1) == SIPWARD_OK);
  REQUIRE(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  REQUIRE(sipward_state_create(NULL, &state) == SIPWARD_OK);
  REQUIRE(sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK);
  REQUIRE(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  REQUIRE(allocation_count() > 0);

  const uint64_t before = allocation_count();
  int read = 0;
  for (int i = 0; i < 100; ++i) {
    static const char* const kMessages[] = {kInvite, kOptions, kOk, "noise\r\n\r\n"};
    const char* data = kMessages[i % 4];
    sipward_verdict verdict = {.struct_size = sizeof verdict};
    sipward_packet packet = make_packet(0, strlen(data), (uint8_t)(i % 7));
    packet.monotonic_ns += (int64_t)i * 1000000000;
    packet.account = "alice";
    packet.account_size = 5;
    read += read_everything(message, data, strlen(data));
    size_t taken, size, done;
    CHECK(sipward_inspector_inspect(inspector, data, &packet, &verdict) == SIPWARD_OK);
    CHECK(sipward_inspector_inspect_batch(inspector, data, &packet, 1, &verdict, &done) ==
          SIPWARD_OK);
    read += read_whole(sipward_inspector_message(inspector));
    sipward_statistics counted = {.struct_size = sizeof counted};
    CHECK(sipward_engine_statistics(engine, &counted) == SIPWARD_OK);
    const char* cut;
    CHECK(sipward_framer_push(framer, kOk, sizeof kOk - 1, &taken) == SIPWARD_OK);
    while (sipward_framer_next(framer, &cut, &size, NULL) == SIPWARD_OK) ++read;
  }
  CHECK(allocation_count() == before);
  CHECK(read > 500);
  sipward_inspector_destroy(inspector);
  sipward_engine_destroy(engine);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
  sipward_framer_destroy(framer);
  sipward_message_destroy(message);
  return check_failures;
}
