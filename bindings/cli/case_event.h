// What one message, call record or decision tells of a case.
#ifndef SIPWARD_BINDINGS_CLI_CASE_EVENT_H_
#define SIPWARD_BINDINGS_CLI_CASE_EVENT_H_

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::cli {

// Texts are as they were found: hostile. Empty: not known.
struct CaseEvent {
  int64_t wall_ns = 0;
  std::string place;                // "calls.pcap frame 12", "Master.csv:17", "log entry 9"
  std::string what;                 // "INVITE", "200 INVITE", "call record"
  std::string source, destination;  // addresses
  std::string caller, callee;       // users or numbers
  std::string account, trunk, device, call_id;
  std::string action;              // of the verdict
  std::vector<std::string> rules;  // that matched
  bool record = false;             // a call as a whole: what follows is known of it
  bool answered = false;
  int64_t duration_ns = 0;
  bool has_cost = false;
  int64_t cost = 0;  // millionths
  // Of the Identity header, or of what was found of it.
  std::string attest, origid, spc, x5u, identity;  // identity: "verified", "failed" ...; or empty
};
using CaseVisitor = std::function<void(const CaseEvent&)>;

// What a case is about: one of them.
struct CaseSubject {
  enum class Kind { kNumber, kAccount, kCallId, kSource };
  Kind kind = Kind::kNumber;
  std::string value;
};

struct CaseRequest {
  CaseSubject subject;
  std::string home;   // ISO code of the operator's country; or none
  std::string rates;  // what calls cost whose record does not say; or none
  std::string html;   // a file for the page; or none
  bool json = false;
  std::vector<std::string> paths;
};

// The digits of a number in its one form; empty if it is none.
std::string CanonicalNumber(std::string_view text, const std::string& home);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CASE_EVENT_H_
