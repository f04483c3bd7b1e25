// Machine of cseq.rl.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine cseq_machine;
alphtype unsigned char;
action number_end { marks->number_end = static_cast<uint32_t>(p - start); }
action method_begin { marks->method_begin = static_cast<uint32_t>(p - start); }
include cseq "cseq.rl";
main := CSeq;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchCseq(const char* base, Slice text, CseqMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine cseq_machine;
write init;
write exec;
}%%
  return {cs >= cseq_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
