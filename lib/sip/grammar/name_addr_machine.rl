// Machine of name_addr.rl.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine name_addr_machine;
alphtype unsigned char;
action display_begin { marks->display_begin = static_cast<uint32_t>(p - start); }
action display_end { marks->display_end = static_cast<uint32_t>(p - start); }
action laquot { marks->laquot = static_cast<uint32_t>(p - start); }
action uri_begin { marks->uri_begin = static_cast<uint32_t>(p - start); }
action uri_end { marks->uri_end = static_cast<uint32_t>(p - start); }
action star_end { marks->star_end = static_cast<uint32_t>(p - start); }
action params_begin { if (marks->params_begin == kNoMark) marks->params_begin = static_cast<uint32_t>(p - start) + 1; }
include name_addr "name_addr.rl";
main := address;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchNameAddr(const char* base, Slice text, NameAddrMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine name_addr_machine;
write init;
write exec;
}%%
  return {cs >= name_addr_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
