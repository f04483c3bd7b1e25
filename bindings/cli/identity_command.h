// `sipward identity verify` and `sipward identity inspect`.
#ifndef SIPWARD_BINDINGS_CLI_IDENTITY_COMMAND_H_
#define SIPWARD_BINDINGS_CLI_IDENTITY_COMMAND_H_

#include <cstdint>
#include <string>
#include <vector>

namespace sipward::cli {

struct IdentityVerifyRequest {
  std::string identity;              // a file with one header value in each line
  std::string message;               // or a SIP message
  std::vector<std::string> chains;   // [URL=]PEM
  std::vector<std::string> anchors;  // PEM
  std::vector<std::string> crls;
  int64_t now = 0;
  std::string orig, dest;  // numbers or URIs
  std::string date;
  bool allow_compact = false;
  bool json = false;
};
int RunIdentityVerify(const IdentityVerifyRequest& request);

struct IdentityInspectRequest {
  std::string file;  // header values, one in each line, or a SIP message
  bool json = false;
};
int RunIdentityInspect(const IdentityInspectRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_IDENTITY_COMMAND_H_
