/* The binary contract on 64-bit machines: sizes and offsets that callers were compiled with. */
#include <stddef.h>

#include "sipward.h"

#define OFFSET(type, member, at) \
  _Static_assert(offsetof(type, member) == (at), #type "." #member " moved")
#define SIZE(type, bytes) _Static_assert(sizeof(type) == (bytes), #type " changed its size")

_Static_assert(sizeof(void*) == 8, "the numbers below are those of 64-bit machines");

SIZE(sipward_text, 16);
SIZE(sipward_slice, 8);
SIZE(sipward_anomaly, 8);
SIZE(sipward_param, 16);
SIZE(sipward_endpoint, 20);

SIZE(sipward_policy, 64);

SIZE(sipward_parse_options, 124);
OFFSET(sipward_parse_options, stream, 8);
OFFSET(sipward_parse_options, message_bytes, 12);
OFFSET(sipward_parse_options, sdp_media, 40);
OFFSET(sipward_parse_options, policy, 44);
OFFSET(sipward_parse_options, body_depth, 116);
OFFSET(sipward_parse_options, comment_depth, 120);

SIZE(sipward_anomaly_info, 64);
OFFSET(sipward_anomaly_info, name, 8);
OFFSET(sipward_anomaly_info, sentence, 40);
OFFSET(sipward_anomaly_info, refused_in_tolerant, 60);

SIZE(sipward_start_line, 52);
OFFSET(sipward_start_line, method, 8);
OFFSET(sipward_start_line, status_code, 40);

SIZE(sipward_header, 40);
OFFSET(sipward_header, value, 16);
OFFSET(sipward_header, known, 24);

SIZE(sipward_uri, 80);
OFFSET(sipward_uri, text, 8);
OFFSET(sipward_uri, host, 40);
OFFSET(sipward_uri, port_number, 72);
OFFSET(sipward_uri, host_kind, 76);

SIZE(sipward_address, 124);
OFFSET(sipward_address, tag, 32);
OFFSET(sipward_address, in_brackets, 40);
OFFSET(sipward_address, uri, 44);

SIZE(sipward_via, 108);
OFFSET(sipward_via, branch, 40);
OFFSET(sipward_via, params, 64);
OFFSET(sipward_via, host_kind, 104);

SIZE(sipward_digest, 120);
OFFSET(sipward_digest, nonce, 40);
OFFSET(sipward_digest, domain, 112);

SIZE(sipward_edit, 72);
OFFSET(sipward_edit, number, 16);
OFFSET(sipward_edit, name, 24);
OFFSET(sipward_edit, value, 40);
OFFSET(sipward_edit, body_size, 64);

SIZE(sipward_edit_result, 24);
OFFSET(sipward_edit_result, edit, 8);
OFFSET(sipward_edit_result, size, 16);

SIZE(sipward_cdr_options, 24);
OFFSET(sipward_cdr_options, delimiter, 12);
OFFSET(sipward_cdr_options, rates, 16);

SIZE(sipward_cdr, 272);
OFFSET(sipward_cdr, line, 16);
OFFSET(sipward_cdr, layout, 40);
OFFSET(sipward_cdr, start_ns, 48);
OFFSET(sipward_cdr, cost, 88);
OFFSET(sipward_cdr, account, 104);
OFFSET(sipward_cdr, fingerprint, 248);
OFFSET(sipward_cdr, fact_count, 264);

SIZE(sipward_rates_problem, 144);
OFFSET(sipward_rates_problem, message, 16);

SIZE(sipward_rate, 32);
OFFSET(sipward_rate, cost, 24);

SIZE(sipward_body_info, 44);
OFFSET(sipward_body_info, params, 32);
OFFSET(sipward_body_info, part_count, 40);

SIZE(sipward_part, 72);
OFFSET(sipward_part, headers, 16);
OFFSET(sipward_part, body, 64);

SIZE(sipward_body_text, 24);
OFFSET(sipward_body_text, charset_name, 16);

SIZE(sipward_sdp_session, 156);
OFFSET(sipward_sdp_session, name, 72);
OFFSET(sipward_sdp_session, address_kind, 120);
OFFSET(sipward_sdp_session, bandwidth_count, 152);

SIZE(sipward_sdp_media, 120);
OFFSET(sipward_sdp_media, port_number, 56);
OFFSET(sipward_sdp_media, address_kind, 100);
OFFSET(sipward_sdp_media, bandwidth_count, 116);

SIZE(sipward_sdp_bandwidth, 24);
SIZE(sipward_sdp_attribute, 32);
OFFSET(sipward_sdp_attribute, value, 24);
SIZE(sipward_sdp_rtpmap, 40);
SIZE(sipward_sdp_fmtp, 24);
SIZE(sipward_sdp_crypto, 56);
SIZE(sipward_sdp_fingerprint, 24);
SIZE(sipward_sdp_setup, 12);
SIZE(sipward_sdp_candidate, 88);
OFFSET(sipward_sdp_candidate, extensions, 80);

SIZE(sipward_item, 28);
OFFSET(sipward_item, params, 20);
SIZE(sipward_media_type, 28);
OFFSET(sipward_media_type, params, 20);
SIZE(sipward_identity, 68);
OFFSET(sipward_identity, info, 36);
OFFSET(sipward_identity, params, 60);
SIZE(sipward_reason, 40);
OFFSET(sipward_reason, cause, 32);
SIZE(sipward_dialog, 40);
OFFSET(sipward_dialog, params, 32);
SIZE(sipward_product, 28);
OFFSET(sipward_product, comment, 20);
SIZE(sipward_rack, 32);
OFFSET(sipward_rack, cseq, 24);
SIZE(sipward_session_timer, 16);
OFFSET(sipward_session_timer, seconds, 8);
SIZE(sipward_event, 36);
OFFSET(sipward_event, params, 28);
SIZE(sipward_subscription, 48);
OFFSET(sipward_subscription, retry_after, 40);
SIZE(sipward_resource_priority, 20);
OFFSET(sipward_resource_priority, priority, 12);
SIZE(sipward_warning, 32);
OFFSET(sipward_warning, code, 24);
SIZE(sipward_retry_after, 40);
OFFSET(sipward_retry_after, duration, 32);

SIZE(sipward_cseq, 32);
OFFSET(sipward_cseq, number, 8);

SIZE(sipward_diagnostic, 104);
OFFSET(sipward_diagnostic, file, 24);
OFFSET(sipward_diagnostic, source_line, 88);

SIZE(sipward_rule_budget, 24);
OFFSET(sipward_rule_budget, state_bytes, 8);
OFFSET(sipward_rule_budget, event_ns, 16);

SIZE(sipward_rule_info, 128);
OFFSET(sipward_rule_info, name, 8);
OFFSET(sipward_rule_info, state_bytes, 104);
OFFSET(sipward_rule_info, aggregates, 116);
OFFSET(sipward_rule_info, stage, 120);

SIZE(sipward_test_info, 48);
OFFSET(sipward_test_info, name, 8);
OFFSET(sipward_test_info, events, 40);

SIZE(sipward_test_result, 552);
OFFSET(sipward_test_result, expected, 16);
OFFSET(sipward_test_result, event, 32);
OFFSET(sipward_test_result, found, 40);

SIZE(sipward_state_options, 32);
OFFSET(sipward_state_options, seed, 16);
SIZE(sipward_moment, 24);
OFFSET(sipward_moment, wall_ns, 8);
OFFSET(sipward_moment, monotonic_ns, 16);

SIZE(sipward_engine_options, 112);
OFFSET(sipward_engine_options, profile, 8);
OFFSET(sipward_engine_options, identity_by_host, 12);
OFFSET(sipward_engine_options, policy, 16);
OFFSET(sipward_engine_options, trust, 80);
OFFSET(sipward_engine_options, calls_by_host, 96);
OFFSET(sipward_engine_options, call_capacity, 100);
OFFSET(sipward_engine_options, analytics_rows, 104);
OFFSET(sipward_engine_options, short_call_ms, 108);

SIZE(sipward_call_counts, 384);
OFFSET(sipward_call_counts, count, 16);
OFFSET(sipward_call_counts, attempts, 32);
OFFSET(sipward_call_counts, failed, 64);
OFFSET(sipward_call_counts, attested, 192);
OFFSET(sipward_call_counts, auth_failures, 256);
OFFSET(sipward_call_counts, talk_ns, 264);
OFFSET(sipward_call_counts, setups, 280);
OFFSET(sipward_call_counts, setup_p50_ns, 296);
OFFSET(sipward_call_counts, key, 320);

SIZE(sipward_dimension, 32);
OFFSET(sipward_dimension, rows, 4);
OFFSET(sipward_dimension, total, 16);

SIZE(sipward_traffic, 88);
OFFSET(sipward_traffic, requests, 8);
OFFSET(sipward_traffic, attempts, 40);
OFFSET(sipward_traffic, registers, 64);

SIZE(sipward_times, 72);
OFFSET(sipward_times, count, 8);
OFFSET(sipward_times, p50_ns, 40);
OFFSET(sipward_times, p99_ns, 64);

SIZE(sipward_trust_options, 40);
OFFSET(sipward_trust_options, max_bytes, 8);
OFFSET(sipward_trust_options, key_tables, 20);
OFFSET(sipward_trust_options, seed, 24);

SIZE(sipward_trust_statistics, 56);
OFFSET(sipward_trust_statistics, certificates, 8);
OFFSET(sipward_trust_statistics, table_comparisons, 40);

SIZE(sipward_caller_policy, 40);
OFFSET(sipward_caller_policy, window_s, 8);
OFFSET(sipward_caller_policy, cached_tokens, 20);
OFFSET(sipward_caller_policy, codes, 24);
SIZE(sipward_reason_code, 24);
OFFSET(sipward_reason_code, sip_code, 16);

SIZE(sipward_auth_options, 80);
OFFSET(sipward_auth_options, realm, 8);
OFFSET(sipward_auth_options, lifetime_s, 48);
OFFSET(sipward_auth_options, state, 72);

SIZE(sipward_auth_request, 176);
OFFSET(sipward_auth_request, source, 24);
OFFSET(sipward_auth_request, credentials, 48);
OFFSET(sipward_auth_request, client, 160);

SIZE(sipward_auth_account, 88);
OFFSET(sipward_auth_account, user, 8);
OFFSET(sipward_auth_account, ha1_sha_512_256, 72);

SIZE(sipward_auth_result, 184);
OFFSET(sipward_auth_result, reason, 8);
OFFSET(sipward_auth_result, fact, 40);
OFFSET(sipward_auth_result, nc, 168);

SIZE(sipward_auth_reason_info, 48);
OFFSET(sipward_auth_reason_info, fact, 16);

SIZE(sipward_second_factor_options, 56);
OFFSET(sipward_second_factor_options, step_s, 24);
OFFSET(sipward_second_factor_options, state, 48);

SIZE(sipward_code_attempt, 88);
OFFSET(sipward_code_attempt, account, 24);
OFFSET(sipward_code_attempt, use, 72);

SIZE(sipward_verifier_options, 40);
OFFSET(sipward_verifier_options, trusts, 8);
OFFSET(sipward_verifier_options, state, 32);
SIZE(sipward_identity_request, 248);
OFFSET(sipward_identity_request, now_s, 8);
OFFSET(sipward_identity_request, from, 56);
OFFSET(sipward_identity_request, resource_priority, 152);
OFFSET(sipward_identity_request, diverted, 232);
SIZE(sipward_identity_result, 176);
OFFSET(sipward_identity_result, reason, 8);
OFFSET(sipward_identity_result, attest, 32);
OFFSET(sipward_identity_result, iat, 144);
OFFSET(sipward_identity_result, missing, 160);
SIZE(sipward_identity_header, 96);
OFFSET(sipward_identity_header, sip_code, 40);
OFFSET(sipward_identity_header, x5u, 80);
SIZE(sipward_identity_reason_info, 56);
OFFSET(sipward_identity_reason_info, text, 24);

SIZE(sipward_signer_options, 96);
OFFSET(sipward_signer_options, callback, 24);
OFFSET(sipward_signer_options, now_s, 88);
SIZE(sipward_passport, 160);
OFFSET(sipward_passport, ppt, 16);
OFFSET(sipward_passport, dest_count, 56);
OFFSET(sipward_passport, claims, 144);
SIZE(sipward_token_part, 40);
SIZE(sipward_token_parts, 280);
OFFSET(sipward_token_parts, header, 56);
OFFSET(sipward_token_parts, iat, 160);
OFFSET(sipward_token_parts, opt, 264);

SIZE(sipward_statistics, 528);
OFFSET(sipward_statistics, by_action, 32);
OFFSET(sipward_statistics, evictions, 88);
OFFSET(sipward_statistics, events, 96);
OFFSET(sipward_statistics, resumed, 112);
OFFSET(sipward_statistics, by_kind, 144);
OFFSET(sipward_statistics, by_anomaly, 272);
OFFSET(sipward_statistics, matches, 352);
OFFSET(sipward_statistics, feedback_fraud, 408);
OFFSET(sipward_statistics, notices, 448);
OFFSET(sipward_statistics, state_sketches_refused, 488);
OFFSET(sipward_statistics, identity_checks, 496);
OFFSET(sipward_statistics, calls_untracked, 504);

SIZE(sipward_rule_statistics, 208);
OFFSET(sipward_rule_statistics, generation, 8);
OFFSET(sipward_rule_statistics, enforced, 24);
OFFSET(sipward_rule_statistics, again, 72);
OFFSET(sipward_rule_statistics, name, 80);

SIZE(sipward_notice, 264);
OFFSET(sipward_notice, lost, 24);
OFFSET(sipward_notice, wall_ns, 40);
OFFSET(sipward_notice, amount, 56);
OFFSET(sipward_notice, subject, 72);
OFFSET(sipward_notice, key, 200);

SIZE(sipward_packet, 128);
OFFSET(sipward_packet, offset, 16);
OFFSET(sipward_packet, monotonic_ns, 40);
OFFSET(sipward_packet, source, 48);
OFFSET(sipward_packet, destination, 68);
OFFSET(sipward_packet, account, 88);
OFFSET(sipward_packet, trunk_size, 112);
OFFSET(sipward_packet, identity, 120);

SIZE(sipward_identity_check, 104);
OFFSET(sipward_identity_check, reason, 8);
OFFSET(sipward_identity_check, verstat, 72);
OFFSET(sipward_identity_check, iat, 88);
OFFSET(sipward_identity_check, div_count, 96);

SIZE(sipward_hit, 80);
OFFSET(sipward_hit, action, 32);
OFFSET(sipward_hit, values, 48);

SIZE(sipward_tag, 32);

SIZE(sipward_verdict, 1872);
OFFSET(sipward_verdict, hit_count, 24);
OFFSET(sipward_verdict, ticket, 32);
OFFSET(sipward_verdict, sip_reason, 40);
OFFSET(sipward_verdict, hits, 56);
OFFSET(sipward_verdict, tag_count, 1336);
OFFSET(sipward_verdict, tags, 1344);
OFFSET(sipward_verdict, certificate_url, 1856);

SIZE(sipward_list_entry, 144);
OFFSET(sipward_list_entry, since_ns, 8);
OFFSET(sipward_list_entry, key_size, 24);
OFFSET(sipward_list_entry, key, 32);
OFFSET(sipward_list_entry, reason, 96);
SIZE(sipward_feed_options, 176);
OFFSET(sipward_feed_options, kind, 4);
OFFSET(sipward_feed_options, format, 8);
OFFSET(sipward_feed_options, flags, 12);
OFFSET(sipward_feed_options, ttl_ns, 16);
OFFSET(sipward_feed_options, most_shrink, 24);
OFFSET(sipward_feed_options, ipv4_bits, 28);
OFFSET(sipward_feed_options, home_digits, 40);
OFFSET(sipward_feed_options, reserved, 44);
OFFSET(sipward_feed_options, list, 48);
OFFSET(sipward_feed_options, column, 80);
OFFSET(sipward_feed_options, home, 128);
OFFSET(sipward_feed_options, key, 144);
OFFSET(sipward_feed_options, allowed, 160);
SIZE(sipward_feed_statistics, 208);
OFFSET(sipward_feed_statistics, fault, 4);
OFFSET(sipward_feed_statistics, updates, 8);
OFFSET(sipward_feed_statistics, entries, 56);
OFFSET(sipward_feed_statistics, refused, 72);
OFFSET(sipward_feed_statistics, last_update_ns, 120);
OFFSET(sipward_feed_statistics, timestamp, 128);
OFFSET(sipward_feed_statistics, refusals_shown, 136);
OFFSET(sipward_feed_statistics, cursor, 144);
SIZE(sipward_feed_refusal_info, 88);
OFFSET(sipward_feed_refusal_info, refusal, 4);
OFFSET(sipward_feed_refusal_info, line, 8);
OFFSET(sipward_feed_refusal_info, text_size, 16);
OFFSET(sipward_feed_refusal_info, text, 24);
SIZE(sipward_ban, 152);
OFFSET(sipward_ban, since_ns, 16);
OFFSET(sipward_ban, key_size, 32);
OFFSET(sipward_ban, key, 40);
OFFSET(sipward_ban, reason, 104);

SIZE(sipward_misfit, 152);
OFFSET(sipward_misfit, bytes, 8);
OFFSET(sipward_misfit, signature, 24);

SIZE(sipward_field_info, 72);
OFFSET(sipward_field_info, events, 16);
OFFSET(sipward_field_info, name, 24);
OFFSET(sipward_field_info, meaning, 56);

SIZE(sipward_hep, 120);
OFFSET(sipward_hep, transport, 4);
OFFSET(sipward_hep, agent, 16);
OFFSET(sipward_hep, wall_ns, 24);
OFFSET(sipward_hep, source, 32);
OFFSET(sipward_hep, destination, 52);
OFFSET(sipward_hep, key, 72);
OFFSET(sipward_hep, payload, 104);

SIZE(sipward_number_info, 80);
OFFSET(sipward_number_info, type_name, 8);
OFFSET(sipward_number_info, calling_code, 56);
OFFSET(sipward_number_info, valid, 72);

SIZE(sipward_fact, 64);
OFFSET(sipward_fact, integer, 8);
OFFSET(sipward_fact, text, 24);
OFFSET(sipward_fact, address, 40);
OFFSET(sipward_fact, prefix_bits, 56);

SIZE(sipward_host_event, 40);
OFFSET(sipward_host_event, wall_ns, 16);
OFFSET(sipward_host_event, facts, 32);

/* The header that was compiled and the library that runs agree. */
int main(void) {
  const uint32_t compiled =
      SIPWARD_VERSION_MAJOR << 16 | SIPWARD_VERSION_MINOR << 8 | SIPWARD_VERSION_PATCH;
  return sipward_version() == compiled ? 0 : 1;
}
