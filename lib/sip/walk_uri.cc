#include "sip/walk_uri.h"

namespace sipward::sip {

bool WalkUri(const Marks& marks, const char* base, Slice text, UriPlace place, const Limits& limits,
             Uri* out) {
  if (!marks.Cover(text.end())) return false;
  Walk walk(marks, base, text.offset, text.end());
  walk.Next();
  return WalkSipUri(walk, text.offset, place, limits, out) && walk.at == walk.end;
}

}  // namespace sipward::sip
