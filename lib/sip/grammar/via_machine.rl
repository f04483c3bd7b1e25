// Machine of via.rl.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine via_machine;
alphtype unsigned char;
action protocol_end { marks->protocol_end = static_cast<uint32_t>(p - start); }
action version_begin { marks->version_begin = static_cast<uint32_t>(p - start); }
action version_end { marks->version_end = static_cast<uint32_t>(p - start); }
action transport_begin { marks->transport_begin = static_cast<uint32_t>(p - start); }
action transport_end { marks->transport_end = static_cast<uint32_t>(p - start); }
action host_begin { marks->host_begin = static_cast<uint32_t>(p - start); }
action host_end { marks->host_end = static_cast<uint32_t>(p - start); }
action port_begin { marks->port_begin = static_cast<uint32_t>(p - start); }
action port_end { marks->port_end = static_cast<uint32_t>(p - start); }
action params_begin { if (marks->params_begin == kNoMark) marks->params_begin = static_cast<uint32_t>(p - start) + 1; }
include via "via.rl";
main := via_parm;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchVia(const char* base, Slice text, ViaMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine via_machine;
write init;
write exec;
}%%
  return {cs >= via_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
