// The options of the engine that have a part in a verdict.
#ifndef SIPWARD_ENGINE_SETTING_H_
#define SIPWARD_ENGINE_SETTING_H_

#include "sip/sip.h"

namespace sipward::engine {

struct Setting {
  bool report_only = false;
  bool identity_by_host = false;
  bool checks_identity = false;  // by itself
  bool follows_calls = false;    // they follow from the messages
  sip::ParseOptions parse = {};
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_SETTING_H_
