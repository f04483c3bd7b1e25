/* Feeds, argument by argument and option by option. */
#include "check.h"
#include "misaligned.h"
#include "sample.h"

#define REFUSED(call) CHECK((call) == SIPWARD_ERR_ARGUMENT)

static const size_t kTooMuch = (size_t)-1;

static sipward_feed_options good(void) {
  return (sipward_feed_options){
      .struct_size = sizeof(sipward_feed_options), .kind = SIPWARD_FEED_ADDRESS, .list = {"x", 1}};
}

/* The option is refused by its name. */
static void refuse(const sipward_feed_options* options, const char* name) {
  sipward_feed* feed = NULL;
  sipward_text wrong = {"?", 1};
  REFUSED(sipward_feed_create(options, &feed, &wrong));
  CHECK(feed == NULL && wrong.size == strlen(name) && memcmp(wrong.data, name, wrong.size) == 0);
  REFUSED(sipward_feed_create(options, &feed, NULL));
}

#define OPTION(member, value, name)        \
  do {                                     \
    sipward_feed_options options = good(); \
    options.member = value;                \
    refuse(&options, name);                \
  } while (0)

static void test_options(void) {
  OPTION(kind, 0, "kind");
  OPTION(kind, 6, "kind");
  OPTION(format, 4, "format");
  OPTION(flags, 4, "flags");
  OPTION(ttl_ns, 1, "ttl");
  OPTION(ttl_ns, -1, "ttl");
  OPTION(ttl_ns, INT64_MAX, "ttl");
  OPTION(most_shrink, 101, "most_shrink");
  OPTION(ipv4_bits, 7, "ipv4_bits");
  OPTION(ipv4_bits, 33, "ipv4_bits");
  OPTION(ipv6_bits, 15, "ipv6_bits");
  OPTION(ipv6_bits, 129, "ipv6_bits");
  OPTION(digits, 65, "digits");
  OPTION(home_digits, UINT32_MAX, "home_digits");
  OPTION(reserved, 1, "");
  OPTION(list.size, 0, "list");
  OPTION(list.size, kTooMuch, "");
  OPTION(list.data, NULL, "");
  OPTION(name, ((sipward_text){"a:b", 3}), "name");
  OPTION(home, ((sipward_text){"x", 1}), "home");
  OPTION(home, ((sipward_text){NULL, 1}), "");
  OPTION(key, ((sipward_text){"RWQx", 4}), "key");
  OPTION(allowed, ((sipward_text){"192.0.2.1\nx", 11}), "allowed");
}

static void test_create(void) {
  const sipward_feed_options options = good();
  sipward_feed* feed = NULL;
  REFUSED(sipward_feed_create(NULL, &feed, NULL));
  REFUSED(sipward_feed_create(MISALIGNED(sipward_feed_options), &feed, NULL));
  REFUSED(sipward_feed_create(&options, NULL, NULL));
  REFUSED(sipward_feed_create(&options, MISALIGNED(sipward_feed*), NULL));
  REFUSED(sipward_feed_create(&options, &feed, MISALIGNED(sipward_text)));
  CHECK(feed == NULL);
  sipward_feed_destroy(NULL);
  sipward_feed_destroy(MISALIGNED(sipward_feed));
}

static void test_update(sipward_feed* feed, const sipward_engine* engine) {
  REFUSED(sipward_feed_begin(NULL, "", 0, "", 0, 0));
  REFUSED(sipward_feed_begin(MISALIGNED(sipward_feed), "", 0, "", 0, 0));
  REFUSED(sipward_feed_begin(feed, NULL, 1, "", 0, 0));
  REFUSED(sipward_feed_begin(feed, "", kTooMuch, "", 0, 0));
  REFUSED(sipward_feed_begin(feed, "", 0, NULL, 1, 0));
  REFUSED(sipward_feed_begin(feed, "", 0, "", kTooMuch, 0));
  REFUSED(sipward_feed_begin(feed, "", 0, "", 0, 2));
  REFUSED(sipward_feed_begin(feed, "", 0, "", 0, UINT32_MAX));
  REFUSED(sipward_feed_step(feed, NULL, 1, 0)); /* nothing was begun */
  REFUSED(sipward_feed_step(NULL, engine, 1, 0));
  REFUSED(sipward_feed_step(MISALIGNED(sipward_feed), engine, 1, 0));
  REFUSED(sipward_feed_step(feed, MISALIGNED(sipward_engine), 1, 0));
  REFUSED(sipward_feed_step(feed, engine, 1, 0)); /* nothing was begun */
  CHECK(sipward_feed_begin(feed, NULL, 0, NULL, 0, SIPWARD_FEED_FORCE) == SIPWARD_OK);
  CHECK(sipward_feed_step(feed, engine, 0, 0) == SIPWARD_INCOMPLETE);
  CHECK(sipward_feed_step(feed, engine, UINT64_MAX, INT64_MIN) == SIPWARD_OK);
  CHECK(sipward_feed_begin(feed, "192.0.2.1", 9, NULL, 0, 0) == SIPWARD_OK);
  CHECK(sipward_feed_step(feed, engine, UINT64_MAX, INT64_MAX) == SIPWARD_OK);
}

static void test_outputs(const sipward_feed* feed) {
  sipward_feed_statistics statistics = {.struct_size = sizeof statistics};
  sipward_feed_refusal_info info = {.struct_size = sizeof info};
  REFUSED(sipward_feed_read_statistics(NULL, &statistics));
  REFUSED(sipward_feed_read_statistics(MISALIGNED(sipward_feed), &statistics));
  REFUSED(sipward_feed_read_statistics(feed, NULL));
  REFUSED(sipward_feed_read_statistics(feed, MISALIGNED(sipward_feed_statistics)));
  REFUSED(sipward_feed_refusal(NULL, 0, &info));
  REFUSED(sipward_feed_refusal(MISALIGNED(sipward_feed), 0, &info));
  REFUSED(sipward_feed_refusal(feed, 0, NULL));
  REFUSED(sipward_feed_refusal(feed, 0, MISALIGNED(sipward_feed_refusal_info)));
  CHECK(sipward_feed_refusal(feed, UINT32_MAX, &info) == SIPWARD_END);
}

static void test_names(void) {
  CHECK(strcmp(sipward_feed_fault_name(UINT32_MAX), "") == 0);
  CHECK(strcmp(sipward_feed_refusal_name(UINT32_MAX), "") == 0);
}

int main(void) {
  sipward_engine* engine = make_engine("version 1\nlist x : cidr dynamic\n", 0);
  REQUIRE(engine != NULL);
  const sipward_feed_options options = good();
  sipward_feed* feed = NULL;
  CHECK(sipward_feed_create(&options, &feed, NULL) == SIPWARD_OK);
  test_create();
  test_options();
  test_update(feed, engine);
  test_outputs(feed);
  test_names();
  sipward_feed_destroy(feed);
  sipward_engine_destroy(engine);
  return check_failures;
}
