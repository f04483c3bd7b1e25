// Machines of uri.rl for URIs that are not taken apart: they record nothing.
#include "sip/machines.h"

#pragma GCC diagnostic ignored "-Wimplicit-fallthrough"

namespace sipward::sip {
namespace {

%%{
machine urn_machine;
alphtype unsigned char;
action user_colon {  }
action at_sign {  }
action port_begin {  }
action params_begin {  }
action headers_begin {  }
include uri "uri.rl";
main := URN;
write data noerror noentry;
}%%

%%{
machine absolute_uri_machine;
alphtype unsigned char;
action user_colon {  }
action at_sign {  }
action port_begin {  }
action params_begin {  }
action headers_begin {  }
include uri "uri.rl";
main := absoluteURI;
write data noerror noentry;
}%%

}  // namespace

MachineResult MatchUrn(const char* base, Slice text) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  int cs;
%%{
machine urn_machine;
write init;
write exec;
}%%
  return {cs >= urn_machine_first_final, static_cast<uint32_t>(p - start)};
}

MachineResult MatchAbsoluteUri(const char* base, Slice text) {
  const auto* const start = reinterpret_cast<const unsigned char*>(base);
  const unsigned char* p = start + text.offset;
  const unsigned char* const pe = p + text.length;
  int cs;
%%{
machine absolute_uri_machine;
write init;
write exec;
}%%
  return {cs >= absolute_uri_machine_first_final, static_cast<uint32_t>(p - start)};
}

}  // namespace sipward::sip
