// Machine of start_line.rl.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine start_line_machine;
alphtype unsigned char;
action method_end { marks->method_end = static_cast<uint32_t>(p - start); }
action uri_begin { marks->uri_begin = static_cast<uint32_t>(p - start); }
action uri_end { marks->uri_end = static_cast<uint32_t>(p - start); }
action version_begin { marks->version_begin = static_cast<uint32_t>(p - start); }
action version_end { marks->version_end = static_cast<uint32_t>(p - start); }
action code_begin { marks->code_begin = static_cast<uint32_t>(p - start); }
action reason_begin { marks->reason_begin = static_cast<uint32_t>(p - start) + 1; }
include start_line "start_line.rl";
main := start_line;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchStartLine(const char* base, Slice text, StartLineMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine start_line_machine;
write init;
write exec;
}%%
  return {cs >= start_line_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
