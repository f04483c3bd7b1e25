// The certificates that an identity was checked with, for people.
#ifndef SIPWARD_ENGINE_DESCRIBE_CHAINS_H_
#define SIPWARD_ENGINE_DESCRIBE_CHAINS_H_

#include "evidence/evidence.h"
#include "facts/tape.h"

namespace sipward::engine {

// Members of an object that has begun: of each URL the certificates that were at hand, and how many
// URLs found no room. Of the message whose facts are next on the tape.
void AppendChains(const facts::Tape& tape, evidence::Writer* json);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_DESCRIBE_CHAINS_H_
