// Machines of sdp.rl.
#include "sip/sdp_machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine sdp_actions;
action username_end { marks->username_end = static_cast<uint32_t>(p - start); }
action session_id_end { marks->session_id_end = static_cast<uint32_t>(p - start); }
action version_end { marks->version_end = static_cast<uint32_t>(p - start); }
action nettype_end { marks->nettype_end = static_cast<uint32_t>(p - start); }
action addrtype_end { marks->addrtype_end = static_cast<uint32_t>(p - start); }
action address_end { marks->address_end = static_cast<uint32_t>(p - start); }
action ttl_end { marks->ttl_end = static_cast<uint32_t>(p - start); }
action bwtype_end { marks->bwtype_end = static_cast<uint32_t>(p - start); }
action start_end { marks->start_end = static_cast<uint32_t>(p - start); }
action media_end { marks->media_end = static_cast<uint32_t>(p - start); }
action port_end { marks->port_end = static_cast<uint32_t>(p - start); }
action count_end { marks->count_end = static_cast<uint32_t>(p - start); }
action proto_end { marks->proto_end = static_cast<uint32_t>(p - start); }
}%%

%%{
machine sdp_origin_machine;
alphtype unsigned char;
include sdp_actions;
include sdp "sdp.rl";
main := origin_field;
write data noerror noentry;
}%%

%%{
machine sdp_connection_machine;
alphtype unsigned char;
include sdp_actions;
include sdp "sdp.rl";
main := connection_field;
write data noerror noentry;
}%%

%%{
machine sdp_bandwidth_machine;
alphtype unsigned char;
include sdp_actions;
include sdp "sdp.rl";
main := bandwidth_field;
write data noerror noentry;
}%%

%%{
machine sdp_time_machine;
alphtype unsigned char;
include sdp_actions;
include sdp "sdp.rl";
main := time_field;
write data noerror noentry;
}%%

%%{
machine sdp_media_machine;
alphtype unsigned char;
include sdp_actions;
include sdp "sdp.rl";
main := media_field;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchSdpOrigin(const char* base, Slice text, SdpOriginMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_origin_machine;
write init;
write exec;
}%%
  return {cs >= sdp_origin_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpConnection(const char* base, Slice text, SdpConnectionMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_connection_machine;
write init;
write exec;
}%%
  return {cs >= sdp_connection_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpBandwidth(const char* base, Slice text, SdpBandwidthMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_bandwidth_machine;
write init;
write exec;
}%%
  return {cs >= sdp_bandwidth_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpTime(const char* base, Slice text, SdpTimeMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_time_machine;
write init;
write exec;
}%%
  return {cs >= sdp_time_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchSdpMedia(const char* base, Slice text, SdpMediaMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sdp_media_machine;
write init;
write exec;
}%%
  return {cs >= sdp_media_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
