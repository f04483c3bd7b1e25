#include "threats.h"

#include <array>

namespace sipward::cli {
namespace {

struct Row {
  Threat threat;
  std::string_view groups;  // of rules: what stands before the point of their names
};

constexpr size_t kSite = kThreats - 3;
constexpr size_t kBanned = kThreats - 2;

// tests/pack/table_test.py holds names and groups against the files of the pack.
constexpr std::array<Row, kThreats> kRows = {{
    {{"Caller-ID spoofing and discrepancies", "A number is shown that is not the caller's."},
     "spoof identity"},
    {{"Unauthorised international calls",
      "An account or a telephone system calls abroad for somebody else: toll fraud."},
     "toll takeover"},
    {{"Unexpected charges", "Calls that are made for what they cost: premium numbers, pumping."},
     "charges"},
    {{"Unsolicited messages and robocalls", "Robots that call or write to many."}, "spam"},
    {{"Phishing", "Names that people trust, links that hide where they lead."}, "phish"},
    {{"Interception and redirection of calls",
      "Calls, media or registrations are taken over or sent elsewhere."},
     "intercept redirect"},
    {{"Eavesdropping and downgrade", "Encryption is missing or was taken away."}, "downgrade"},
    {{"Spoofed emergency calls", "Emergency calls that are not what they say; never refused."},
     "emergency"},
    {{"Denial of service", "More messages or calls than anybody has reason to send."}, "flood"},
    {{"Scanning", "Programs look for servers, and for users that exist."}, "scan enum"},
    {{"Passwords", "Passwords are guessed."}, "auth"},
    {{"Broken and two-faced messages, injections",
      "Messages that programs read differently, or that carry commands."},
     "malformed injection"},
    {{"Unusual call patterns", "Not as always: a surge, a SIM box, false answers."}, "pattern"},
    {{"Known attackers", "A blacklist names them."}, "blacklist"},
    {{"Outdated software", "Programs with known weaknesses."}, "software"},
    {{"Rules of the site", "What the site's own rules look for."}, ""},
    {{"Banned sources", "Messages of sources that were banned before."}, "-"},
    {{"Knowledge of accounts", "No threat: what other rules need to know."}, "known"},
}};

bool Holds(std::string_view words, std::string_view word) {
  for (size_t at = 0; at < words.size();) {
    const size_t end = words.find(' ', at);
    if (words.substr(at, end - at) == word) return true;
    if (end == words.npos) break;
    at = end + 1;
  }
  return false;
}

}  // namespace

const Threat& ThreatAt(size_t index) { return kRows[index].threat; }

size_t ThreatOf(std::string_view rule) {
  if (rule == "-") return kBanned;
  const std::string_view group = rule.substr(0, rule.find('.'));
  if (group.empty() || group.size() == rule.size()) return kSite;
  for (size_t i = 0; i < kRows.size(); ++i) {
    if (Holds(kRows[i].groups, group)) return i;
  }
  return kSite;
}

}  // namespace sipward::cli
