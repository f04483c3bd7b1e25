// Evidence: what was decided, in a form that nobody changes unseen. Bytes alone; io/ keeps them in
// files.
#ifndef SIPWARD_EVIDENCE_EVIDENCE_H_
#define SIPWARD_EVIDENCE_EVIDENCE_H_

#include "evidence/chain.h"
#include "evidence/json.h"
#include "evidence/mask.h"
#include "evidence/seal.h"

#endif  // SIPWARD_EVIDENCE_EVIDENCE_H_
