// What a check of Identity headers found, and what a token says, for people and for programs.
#ifndef SIPWARD_BINDINGS_CLI_IDENTITY_REPORT_H_
#define SIPWARD_BINDINGS_CLI_IDENTITY_REPORT_H_

#include <string>

#include "identity/identity.h"

namespace sipward::cli {

// One line of JSON.
void AppendVerifiedJson(std::string* out, const identity::Result& result);
// Lines for people.
void AppendVerified(std::string* out, const identity::Result& result);

void AppendTokenJson(std::string* out, const identity::DecodedToken& token);
void AppendToken(std::string* out, const identity::DecodedToken& token);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_IDENTITY_REPORT_H_
