// For a library that is built without rules: the parser alone. What makes an object says that it
// cannot; nobody has one to call the other functions with.
#include "guard.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_compiler_create(sipward_compiler** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_compiler_destroy(sipward_compiler*) {}
int32_t sipward_compiler_add_default_pack(sipward_compiler*) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_compiler_add_rules(sipward_compiler*, const char*, size_t, const char*, size_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_compiler_file(const sipward_compiler*, uint32_t, sipward_text*, sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_compiler_keep_tests(sipward_compiler*) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_compiler_set_file(sipward_compiler*, uint32_t, const char*, size_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_compiler_set_budget(sipward_compiler*, const sipward_rule_budget*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_compiler_build(sipward_compiler*, sipward_rules**) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_compiler_diagnostic(const sipward_compiler*, uint32_t, sipward_diagnostic*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_rules_format(const char*, size_t, char*, size_t, size_t*) {
  return SIPWARD_ERR_UNSUPPORTED;
}
void sipward_rules_destroy(sipward_rules*) {}
int32_t sipward_rules_budget(const sipward_rules*, sipward_rule_budget*) {
  return SIPWARD_ERR_ARGUMENT;
}
uint32_t sipward_rules_count(const sipward_rules*) { return 0; }
int32_t sipward_rules_describe(const sipward_rules*, uint32_t, sipward_rule_info*) {
  return SIPWARD_ERR_ARGUMENT;
}
uint32_t sipward_rules_test_count(const sipward_rules*) { return 0; }
int32_t sipward_rules_test_describe(const sipward_rules*, uint32_t, sipward_test_info*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_rules_test_run(const sipward_rules*, uint32_t, sipward_test_result*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_compiler_keep_source(sipward_compiler*) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_compiler_add_source(sipward_compiler*, const char*, size_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_rules_source(const sipward_rules*, sipward_text*, sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_inspector_record(sipward_inspector*, uint32_t) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_inspector_take_record(const sipward_inspector*, char*, size_t, size_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_replayer_create(const sipward_rules*, sipward_replayer**) {
  return SIPWARD_ERR_ARGUMENT;
}
void sipward_replayer_destroy(sipward_replayer*) {}
int32_t sipward_replayer_run(sipward_replayer*, const char*, size_t, uint32_t*, sipward_verdict*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_replayer_describe(sipward_replayer*, const char*, size_t, char*, size_t, size_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_state_create(const sipward_state_options*, sipward_state** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_state_destroy(sipward_state*) {}
int32_t sipward_state_snapshot(const sipward_state*, const sipward_moment*, char*, size_t,
                               size_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_state_restore(sipward_state*, const char*, size_t, const sipward_moment*,
                              sipward_text*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_create(const sipward_rules*, sipward_state*, const sipward_engine_options*,
                              sipward_engine** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_engine_destroy(sipward_engine*) {}
int32_t sipward_engine_reload(const sipward_engine*, const sipward_rules*, sipward_misfit*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_inspector_create(const sipward_engine*, sipward_inspector** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_inspector_destroy(sipward_inspector*) {}
int32_t sipward_inspector_inspect(sipward_inspector*, const char*, const sipward_packet*,
                                  sipward_verdict*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_inspector_inspect_batch(sipward_inspector*, const char*, const sipward_packet*,
                                        size_t, sipward_verdict*, size_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_inspector_resume(sipward_inspector*, const char*, const sipward_packet*, uint64_t,
                                 sipward_verdict*) {
  return SIPWARD_ERR_ARGUMENT;
}
sipward_message* sipward_inspector_message(sipward_inspector*) { return nullptr; }
int32_t sipward_inspector_event(sipward_inspector*, const sipward_host_event*, sipward_verdict*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_statistics(const sipward_engine*, sipward_statistics*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_rule_statistics(const sipward_engine*, uint32_t, sipward_rule_statistics*) {
  return SIPWARD_ERR_ARGUMENT;
}
const char* sipward_notice_name(uint32_t) { return nullptr; }
const char* sipward_notice_sentence(uint32_t) { return nullptr; }
int32_t sipward_engine_notice_next(const sipward_engine*, uint64_t*, sipward_notice*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_feedback(const sipward_engine*, const char*, size_t, uint32_t, int64_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_ban_add(const sipward_engine*, uint32_t, const char*, size_t, const char*,
                               size_t, int64_t, int64_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_ban_find(const sipward_engine*, uint32_t, const char*, size_t, int64_t,
                                sipward_ban*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_ban_remove(const sipward_engine*, uint32_t, const char*, size_t, int64_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_ban_next(const sipward_engine*, int64_t, uint64_t*, sipward_ban*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_feed_create(const sipward_feed_options*, sipward_feed** out, sipward_text*) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_feed_destroy(sipward_feed*) {}
int32_t sipward_feed_begin(sipward_feed*, const char*, size_t, const char*, size_t, uint32_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_feed_step(sipward_feed*, const sipward_engine*, uint64_t, int64_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_feed_read_statistics(const sipward_feed*, sipward_feed_statistics*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_feed_refusal(const sipward_feed*, uint32_t, sipward_feed_refusal_info*) {
  return SIPWARD_ERR_ARGUMENT;
}

int32_t sipward_engine_list_add(const sipward_engine*, const char*, size_t, const char*, size_t,
                                const char*, size_t, int64_t, int64_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_list_find(const sipward_engine*, const char*, size_t, const char*, size_t,
                                 int64_t, sipward_list_entry*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_list_remove(const sipward_engine*, const char*, size_t, const char*, size_t,
                                   int64_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_engine_list_next(const sipward_engine*, const char*, size_t, int64_t, uint64_t*,
                                 sipward_list_entry*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_rates_create(const char*, size_t, sipward_rates_problem*, sipward_rates** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_rates_destroy(sipward_rates*) {}
int32_t sipward_rates_find(const sipward_rates*, const char*, size_t, int64_t, sipward_rate*) {
  return SIPWARD_ERR_ARGUMENT;
}
const char* sipward_dimension_name(uint32_t) { return nullptr; }
const char* sipward_failure_name(uint32_t) { return nullptr; }
const char* sipward_attestation_name(uint32_t) { return nullptr; }
int32_t sipward_engine_analytics(const sipward_engine*, sipward_analytics**) {
  return SIPWARD_ERR_ARGUMENT;
}
void sipward_analytics_destroy(sipward_analytics*) {}
int32_t sipward_analytics_totals(const sipward_analytics*, sipward_call_counts*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_analytics_row(const sipward_analytics*, uint32_t, uint32_t, sipward_call_counts*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_analytics_dimension(const sipward_analytics*, uint32_t, sipward_dimension*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_analytics_traffic(const sipward_analytics*, sipward_traffic*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_analytics_times(const sipward_analytics*, uint32_t, sipward_times*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_analytics_times_until(const sipward_analytics*, uint32_t, int64_t, uint64_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
const char* sipward_cdr_format_name(uint32_t) { return nullptr; }
const char* sipward_cdr_reason_name(uint32_t) { return nullptr; }
const char* sipward_cdr_reason_sentence(uint32_t) { return nullptr; }
int32_t sipward_cdr_reader_create(const sipward_cdr_options*, sipward_cdr_reader** out) {
  return Usable(out) ? SIPWARD_ERR_UNSUPPORTED : SIPWARD_ERR_ARGUMENT;
}
void sipward_cdr_reader_destroy(sipward_cdr_reader*) {}
int32_t sipward_cdr_reader_map(sipward_cdr_reader*, const char*, size_t, const char*, size_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_cdr_reader_map_place(sipward_cdr_reader*, uint32_t, const char*, size_t) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_cdr_reader_push(sipward_cdr_reader*, const char*, size_t, size_t*) {
  return SIPWARD_ERR_ARGUMENT;
}
int32_t sipward_cdr_reader_finish(sipward_cdr_reader*) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_cdr_reader_next(sipward_cdr_reader*, sipward_cdr*) { return SIPWARD_ERR_ARGUMENT; }
int32_t sipward_cdr_reader_again(sipward_cdr_reader*, const char*, size_t, uint32_t, sipward_cdr*) {
  return SIPWARD_ERR_ARGUMENT;
}

}  // extern "C"
