// `sipward identity verify`, `sipward identity sign` and `sipward identity inspect`.
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

struct IdentitySignRequest {
  std::string key, chain;  // PEM
  std::string x5u;
  std::string ppt = "shaken";  // "none": the plain token
  std::string orig, div;       // numbers or URIs
  std::vector<std::string> dest;
  std::string attest, origid;
  std::string claims;    // a file with a JSON object
  std::string received;  // of a diversion: a file with the header values that came
  int64_t now = 0;
  bool compact = false;
};
int RunIdentitySign(const IdentitySignRequest& request);

struct IdentityInspectRequest {
  std::string file;  // header values, one in each line, or a SIP message
  bool json = false;
};
int RunIdentityInspect(const IdentityInspectRequest& request);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_IDENTITY_COMMAND_H_
