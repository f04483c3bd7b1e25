// Machine of digest.rl.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine digest_machine;
alphtype unsigned char;
action params_begin { marks->params_begin = static_cast<uint32_t>(p - start); }
include digest "digest.rl";
main := credentials;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchDigest(const char* base, Slice text, DigestMarks* marks) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  [[maybe_unused]] const unsigned char* const eof = pe;
  int cs;
%%{
machine digest_machine;
write init;
write exec;
}%%
  return {cs >= digest_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
