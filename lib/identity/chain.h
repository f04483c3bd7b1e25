// What several tokens say together (RFC 8224 section 6.2, RFC 8946): the one that says who calls,
// how the call was diverted from one to the next, and what else belongs to it. Internal to this
// folder.
#ifndef SIPWARD_IDENTITY_CHAIN_H_
#define SIPWARD_IDENTITY_CHAIN_H_

#include <cstdint>
#include <span>

#include "identity/parties.h"
#include "identity/policy.h"
#include "identity/token.h"

namespace sipward::identity {

// All tokens of a request: those of headers in their order, and those within them.
using TokenSpan = std::span<Token* const>;

struct Chain {
  uint8_t base = kNoToken;  // of the tokens; none: nobody says who calls
  uint32_t div_count = 0;   // diversions from it to the called party
};

// Some header that counts speaks of a diversion, whether or not it holds.
bool HasDiversion(TokenSpan tokens);

// Step "set": sets the reason of tokens that are well by themselves but do not fit the others.
Chain CheckSet(TokenSpan tokens, const RequestParties& parties, const Policy& policy);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CHAIN_H_
