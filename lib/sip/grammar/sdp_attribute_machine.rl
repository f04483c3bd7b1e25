// Machines of sdp_attribute.rl.
#include "sip/sdp_machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine sdp_attribute_actions;
action payload_end { marks->payload_end = static_cast<uint32_t>(p - start); }
action encoding_end { marks->encoding_end = static_cast<uint32_t>(p - start); }
action clock_end { marks->clock_end = static_cast<uint32_t>(p - start); }
action format_end { marks->format_end = static_cast<uint32_t>(p - start); }
action tag_end { marks->tag_end = static_cast<uint32_t>(p - start); }
action suite_begin { marks->suite_begin = static_cast<uint32_t>(p - start); }
action suite_end { marks->suite_end = static_cast<uint32_t>(p - start); }
action keys_begin { marks->keys_begin = static_cast<uint32_t>(p - start); }
action method_end { if (marks->method_end == kNoMark) marks->method_end = static_cast<uint32_t>(p - start); }
action key_end { if (marks->key_end == kNoMark) marks->key_end = static_cast<uint32_t>(p - start); }
action keys_end { marks->keys_end = static_cast<uint32_t>(p - start); }
action params_begin { if (marks->params_begin == kNoMark) marks->params_begin = static_cast<uint32_t>(p - start); }
action hash_end { marks->hash_end = static_cast<uint32_t>(p - start); }
action foundation_end { marks->foundation_end = static_cast<uint32_t>(p - start); }
action component_end { marks->component_end = static_cast<uint32_t>(p - start); }
action transport_end { marks->transport_end = static_cast<uint32_t>(p - start); }
action priority_end { marks->priority_end = static_cast<uint32_t>(p - start); }
action address_end { marks->address_end = static_cast<uint32_t>(p - start); }
action port_end { marks->port_end = static_cast<uint32_t>(p - start); }
action type_end { marks->type_end = static_cast<uint32_t>(p - start); }
action raddr_end { marks->raddr_end = static_cast<uint32_t>(p - start); }
action rport_begin { marks->rport_begin = static_cast<uint32_t>(p - start); }
action rport_end { marks->rport_end = static_cast<uint32_t>(p - start); }
}%%

%%{
machine sdp_rtpmap_machine;
alphtype unsigned char;
include sdp_attribute_actions;
include sdp_attribute "sdp_attribute.rl";
main := rtpmap_value;
write data noerror noentry;
}%%

%%{
machine sdp_fmtp_machine;
alphtype unsigned char;
include sdp_attribute_actions;
include sdp_attribute "sdp_attribute.rl";
main := fmtp_value;
write data noerror noentry;
}%%

%%{
machine sdp_crypto_machine;
alphtype unsigned char;
include sdp_attribute_actions;
include sdp_attribute "sdp_attribute.rl";
main := crypto_value;
write data noerror noentry;
}%%

%%{
machine sdp_fingerprint_machine;
alphtype unsigned char;
include sdp_attribute_actions;
include sdp_attribute "sdp_attribute.rl";
main := fingerprint_value;
write data noerror noentry;
}%%

%%{
machine sdp_candidate_machine;
alphtype unsigned char;
include sdp_attribute_actions;
include sdp_attribute "sdp_attribute.rl";
main := candidate_value;
write data noerror noentry;
}%%

%%{
machine sdp_ice_options_machine;
alphtype unsigned char;
include sdp_attribute_actions;
include sdp_attribute "sdp_attribute.rl";
main := ice_options_value;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchSdpRtpmap(const char* base, Slice text, SdpRtpmapMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_rtpmap_machine;
write init;
write exec;
}%%
  return {cs >= sdp_rtpmap_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpFmtp(const char* base, Slice text, SdpFmtpMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_fmtp_machine;
write init;
write exec;
}%%
  return {cs >= sdp_fmtp_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpCrypto(const char* base, Slice text, SdpCryptoMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_crypto_machine;
write init;
write exec;
}%%
  return {cs >= sdp_crypto_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpFingerprint(const char* base, Slice text, SdpFingerprintMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_fingerprint_machine;
write init;
write exec;
}%%
  return {cs >= sdp_fingerprint_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpCandidate(const char* base, Slice text, SdpCandidateMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_candidate_machine;
write init;
write exec;
}%%
  return {cs >= sdp_candidate_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpIceOptions(const char* base, Slice text) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  int cs;
%%{
machine sdp_ice_options_machine;
write init;
write exec;
}%%
  return {cs >= sdp_ice_options_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
