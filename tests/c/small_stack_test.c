/* Hosts with small stacks (coroutines, musl's threads, worker pools): everything runs on 64 KiB.
 * Prints what each part used, as far as the stack was written to. */
#include <pthread.h>
#include <sys/mman.h>
#include <unistd.h>

#include "check.h"
#include "sample.h"
#ifdef SIPWARD_TEST_PKI
#include "pki_file.h"
#endif

enum { kStack = 64 * 1024, kUntouched = 0xA5 };

#define TEXT(literal) ((sipward_text){literal, sizeof(literal) - 1})

static sipward_engine* engine = NULL;

static void load(void) {
  sipward_compiler* compiler = NULL;
  sipward_rules* rules = NULL;
  sipward_state* state = NULL;
  CHECK(sipward_compiler_create(&compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
  CHECK(sipward_compiler_add_rules(compiler, "test.ward", 9, kRules, strlen(kRules)) == SIPWARD_OK);
  CHECK(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  CHECK(sipward_state_create(NULL, &state) == SIPWARD_OK);
  CHECK(sipward_engine_create(rules, state, NULL, &engine) == SIPWARD_OK);
  CHECK(sipward_engine_reload(engine, rules, NULL) == SIPWARD_OK);
  sipward_state_destroy(state);
  sipward_rules_destroy(rules);
  sipward_compiler_destroy(compiler);
}

static const struct {
  const char* data;
  size_t size;
} kMessages[] = {{kInvite, sizeof kInvite - 1},   {kBodies, sizeof kBodies - 1},
                 {kOptions, sizeof kOptions - 1}, {kCredentials, sizeof kCredentials - 1},
                 {kValues, sizeof kValues - 1},   {kOk, sizeof kOk - 1}};
enum { kMessageCount = sizeof kMessages / sizeof kMessages[0] };

static void read_messages(void) {
  static char out[65536];
  sipward_message* message = NULL;
  sipward_edit_result result = {.struct_size = sizeof result};
  CHECK(sipward_message_create(&message) == SIPWARD_OK);
  for (size_t i = 0; i < kMessageCount; ++i) {
    CHECK(sipward_message_parse(message, kMessages[i].data, kMessages[i].size, NULL) == SIPWARD_OK);
    CHECK(sipward_message_validate(message) == SIPWARD_OK);
    sipward_body_info body = {.struct_size = sizeof body};
    const int32_t status = sipward_message_body_info(message, &body);
    CHECK(status == SIPWARD_OK || status == SIPWARD_END);
    CHECK(sipward_message_write(message, NULL, 0, 0, out, sizeof out, &result) == SIPWARD_OK);
  }
  sipward_message_destroy(message);
}

static void cut_streams(void) {
  sipward_framer* framer = NULL;
  const char* data = NULL;
  size_t taken = 0;
  size_t size = 0;
  CHECK(sipward_framer_create(0, &framer) == SIPWARD_OK);
  CHECK(sipward_framer_push(framer, kOk, sizeof kOk - 1, &taken) == SIPWARD_OK);
  CHECK(sipward_framer_next(framer, &data, &size, NULL) == SIPWARD_OK);
  sipward_framer_destroy(framer);
}

static void inspect(void) {
  sipward_inspector* inspector = NULL;
  sipward_verdict verdict = {.struct_size = sizeof verdict};
  CHECK(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  for (size_t i = 0; i < kMessageCount; ++i) {
    const sipward_packet packet = make_packet(0, kMessages[i].size, 7);
    CHECK(sipward_inspector_inspect(inspector, kMessages[i].data, &packet, &verdict) == SIPWARD_OK);
  }
  sipward_statistics statistics = {.struct_size = sizeof statistics};
  CHECK(sipward_engine_statistics(engine, &statistics) == SIPWARD_OK);
  sipward_inspector_destroy(inspector);
}

#ifdef SIPWARD_TEST_PKI
static void sign_and_verify(void) {
  static char value[SIPWARD_IDENTITY_BYTES];
  static const char url[] = "https://cert.example.com/a.pem";
  size_t size = 0;
  sipward_signer* signer = NULL;
  sipward_trust* trust = NULL;
  sipward_verifier* verifier = NULL;
  const sipward_text chain = pki_file("spc.chain.pem");
  const sipward_text anchors = pki_file("anchors.pem");
  const sipward_signer_options options = {.struct_size = sizeof options,
                                          .key = pki_file("spc.key"),
                                          .certificates = chain,
                                          .x5u = TEXT("https://cert.example.com/a.pem"),
                                          .now_s = kPkiNow};
  const sipward_text dest = TEXT("12155551299");
  const sipward_passport call = {.struct_size = sizeof call,
                                 .now_s = kPkiNow,
                                 .ppt = TEXT("shaken"),
                                 .orig = TEXT("12155551212"),
                                 .dest = &dest,
                                 .dest_count = 1,
                                 .attest = TEXT("A")};
  CHECK(sipward_signer_create(&options, &signer, NULL) == SIPWARD_OK);
  CHECK(sipward_signer_sign(signer, &call, value, sizeof value, &size, NULL) == SIPWARD_OK);
  CHECK(sipward_trust_create(NULL, &trust) == SIPWARD_OK);
  CHECK(sipward_trust_set_anchors(trust, anchors.data, anchors.size, kPkiNow, NULL) == SIPWARD_OK);
  CHECK(sipward_trust_provide(trust, url, sizeof url - 1, chain.data, chain.size, kPkiNow, -1,
                              NULL) == SIPWARD_OK);
  const sipward_trust* const trusts[] = {trust};
  const sipward_verifier_options checks = {
      .struct_size = sizeof checks, .trusts = trusts, .trust_count = 1};
  CHECK(sipward_verifier_create(&checks, &verifier) == SIPWARD_OK);
  const sipward_text identity = {value, size};
  const sipward_identity_request request = {.struct_size = sizeof request,
                                            .now_s = kPkiNow,
                                            .unseen = SIPWARD_UNSEEN_DATE,
                                            .identity = &identity,
                                            .identity_count = 1,
                                            .from = TEXT("tel:+12155551212"),
                                            .to = TEXT("tel:+12155551299"),
                                            .request_uri = TEXT("tel:+12155551299")};
  sipward_identity_result found = {.struct_size = sizeof found};
  CHECK(sipward_verifier_check(verifier, &request, &found) == SIPWARD_OK);
  CHECK(found.result == SIPWARD_IDENTITY_VERIFIED);
  sipward_token* token = NULL;
  CHECK(sipward_token_create(value, size, &token) == SIPWARD_OK);
  sipward_token_destroy(token);
  sipward_verifier_destroy(verifier);
  sipward_trust_destroy(trust);
  sipward_signer_destroy(signer);
}
#endif

typedef void (*part)(void);

static void* run(void* what) {
  (*(const part*)what)();
  return NULL;
}

/* On a stack with a page below it that nobody may touch: too little of it ends the test. */
static int on_small_stack(const char* name, part what) {
  const size_t page = (size_t)sysconf(_SC_PAGESIZE);
  unsigned char* room =
      mmap(NULL, page + kStack, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
  REQUIRE(room != MAP_FAILED && mprotect(room, page, PROT_NONE) == 0);
  unsigned char* stack = room + page;
  memset(stack, kUntouched, kStack);
  pthread_attr_t attributes;
  pthread_t thread;
  REQUIRE(pthread_attr_init(&attributes) == 0);
  REQUIRE(pthread_attr_setstack(&attributes, stack, kStack) == 0);
  printf("%-12s", name);
  fflush(stdout);
  REQUIRE(pthread_create(&thread, &attributes, run, &what) == 0);
  REQUIRE(pthread_join(thread, NULL) == 0);
  size_t free_bytes = 0;
  while (free_bytes < kStack && stack[free_bytes] == kUntouched) ++free_bytes;
  printf("%6zu bytes\n", kStack - free_bytes);
  pthread_attr_destroy(&attributes);
  munmap(room, page + kStack);
  return 0;
}

int main(void) {
  REQUIRE(on_small_stack("load", load) == 0);
  REQUIRE(engine != NULL);
  REQUIRE(on_small_stack("messages", read_messages) == 0);
  REQUIRE(on_small_stack("streams", cut_streams) == 0);
  REQUIRE(on_small_stack("inspect", inspect) == 0);
#ifdef SIPWARD_TEST_PKI
  REQUIRE(on_small_stack("identity", sign_and_verify) == 0);
#endif
  sipward_engine_destroy(engine);
  return check_failures;
}
