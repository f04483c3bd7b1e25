// Machines of date.rl and call_id.rl: they record nothing.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine date_machine;
alphtype unsigned char;
include date "date.rl";
main := SIP_date;
write data noerror noentry;
}%%

%%{
machine call_id_machine;
alphtype unsigned char;
include call_id "call_id.rl";
main := callid;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchDate(const char* base, Slice text) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  int cs;
%%{
machine date_machine;
write init;
write exec;
}%%
  return {cs >= date_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchCallId(const char* base, Slice text) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  int cs;
%%{
machine call_id_machine;
write init;
write exec;
}%%
  return {cs >= call_id_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
