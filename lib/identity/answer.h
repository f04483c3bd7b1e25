// What comes of a result: facts for rules, and header lines for whoever asked.
#ifndef SIPWARD_IDENTITY_ANSWER_H_
#define SIPWARD_IDENTITY_ANSWER_H_

#include <cstddef>
#include <span>

#include "facts/facts.h"
#include "identity/verify.h"

namespace sipward::identity {

// As rules see it. Texts are those of the result.
facts::Identity FactsOf(const Result& result);

// The line `Reason: STIR;cause=436;text="Bad Identity Info";ppi="..SIGNATURE"` for a header that
// failed (RFC 9410), with its line end: one for each of them, in a response or, where the call goes
// on, in the request. The token is named by its compact form. Returns the size; 0 if the header did
// not fail, has no signature that could name it, or the line does not fit.
size_t WriteReasonHeader(const HeaderResult& header, std::span<char> out);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_ANSWER_H_
