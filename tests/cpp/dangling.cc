// Compiled by dangling_test.cmake: with DANGLING defined it must not compile, without it must.
#include <string>
#include <utility>

#include "sipward/sipward.h"

int main() {
  sipward::Message message = sipward::Message::Create().value();
  std::string bytes = "OPTIONS";
  bool ok = message.Parse(bytes).ok() || message.Parse("OPTIONS").ok();
#ifdef DANGLING
  ok = message.Parse(DANGLING).ok();
#endif
  return ok ? 0 : 1;
}
