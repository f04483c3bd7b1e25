// Machines of uri.rl and tel.rl.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine sip_uri_machine;
alphtype unsigned char;
action user_colon { marks->user_colon = static_cast<uint32_t>(p - start); }
action at_sign {
  marks->at_sign = static_cast<uint32_t>(p - start);
  marks->port_begin = marks->params_begin = marks->headers_begin = kNoMark;
}
action port_begin { marks->port_begin = static_cast<uint32_t>(p - start); }
action params_begin { if (marks->params_begin == kNoMark) marks->params_begin = static_cast<uint32_t>(p - start) + 1; }
action headers_begin { if (marks->headers_begin == kNoMark) marks->headers_begin = static_cast<uint32_t>(p - start) + 1; }
include uri "uri.rl";
main := SIP_URI | SIPS_URI;
write data noerror noentry;
}%%

%%{
machine tel_machine;
alphtype unsigned char;
action params_begin { if (marks->params_begin == kNoMark) marks->params_begin = static_cast<uint32_t>(p - start) + 1; }
include tel "tel.rl";
main := telephone_uri;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchSipUri(const char* base, Slice text, SipUriMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine sip_uri_machine;
write init;
write exec;
}%%
  return {cs >= sip_uri_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchTelUri(const char* base, Slice text, SipUriMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine tel_machine;
write init;
write exec;
}%%
  return {cs >= tel_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
