// The C++17 interface of sipward, whole: header-only over the C interface <sipward.h>, whose rules
// on lifetimes and threads hold here as well. Times are std::chrono, results are views, and what
// can fail says so in its type.
#ifndef SIPWARD_SIPWARD_H_
#define SIPWARD_SIPWARD_H_

#include "sipward/analytics.h"
#include "sipward/auth.h"
#include "sipward/ban.h"
#include "sipward/body.h"
#include "sipward/cdr.h"
#include "sipward/diagnostic.h"
#include "sipward/edit.h"
#include "sipward/engine.h"
#include "sipward/event.h"
#include "sipward/evidence.h"
#include "sipward/factor.h"
#include "sipward/feed.h"
#include "sipward/framer.h"
#include "sipward/hep.h"
#include "sipward/identity.h"
#include "sipward/list.h"
#include "sipward/message.h"
#include "sipward/notice.h"
#include "sipward/number.h"
#include "sipward/packet.h"
#include "sipward/policy.h"
#include "sipward/result.h"
#include "sipward/rules.h"
#include "sipward/sign.h"
#include "sipward/state.h"
#include "sipward/statistics.h"
#include "sipward/status.h"
#include "sipward/trust.h"
#include "sipward/values.h"
#include "sipward/verdict.h"
#include "sipward/verify.h"

#endif  // SIPWARD_SIPWARD_H_
