// What a check of Identity headers found, and what a token says, for people and for programs.
#ifndef SIPWARD_BINDINGS_CLI_IDENTITY_REPORT_H_
#define SIPWARD_BINDINGS_CLI_IDENTITY_REPORT_H_

#include <string>

#include "sipward/sipward.h"

namespace sipward::cli {

// One line of JSON.
void AppendVerifiedJson(std::string* out, const IdentityVerdict& found, const Verifier& verifier,
                        TrustStore::Time now);
// Lines for people.
void AppendVerified(std::string* out, const IdentityVerdict& found, const Verifier& verifier,
                    TrustStore::Time now);

void AppendTokenJson(std::string* out, const Token::Parts& token);
void AppendToken(std::string* out, const Token::Parts& token);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_IDENTITY_REPORT_H_
