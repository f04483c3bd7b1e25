/* Structs of feeds, of every size. */
#include "check.h"
#include "sweep.h"

static int32_t create_with(const void* in, void* context) {
  sipward_feed* feed = NULL;
  (void)context;
  const int32_t status = sipward_feed_create(in, &feed, NULL);
  sipward_feed_destroy(feed);
  return status;
}

static int32_t statistics(void* out, void* context) {
  return sipward_feed_read_statistics(context, out);
}

static int32_t first_refusal(void* out, void* context) {
  return sipward_feed_refusal(context, 0, out);
}

int main(void) {
  const sipward_feed_options options = {
      .struct_size = sizeof options, .kind = SIPWARD_FEED_ADDRESS, .list = {"x", 1}};
  sipward_feed* feed = NULL;
  CHECK(sipward_feed_create(&options, &feed, NULL) == SIPWARD_OK);
  CHECK(sipward_feed_begin(feed, "x\n", 2, NULL, 0, SIPWARD_FEED_FORCE) == SIPWARD_OK);
  CHECK(sipward_feed_step(feed, NULL, 100, 0) == SIPWARD_OK);
  sweep_output(sizeof(sipward_feed_statistics), statistics, feed);
  sweep_output(sizeof(sipward_feed_refusal_info), first_refusal, feed);
  sweep_larger(&options, sizeof options, create_with, NULL);
  sipward_feed_destroy(feed);
  return check_failures;
}
