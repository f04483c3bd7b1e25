#include "tests/sip/golden/tolerant_table.h"

#include <set>

#include "tests/sip/golden/expectation.h"
#include "tests/sip/support.h"

namespace sipward::sip::golden {
namespace {

constexpr std::string_view kHead =
    "# Invalid torture messages in `tolerant`\n"
    "\n"
    "`strict` refuses every message that RFC 4475 and RFC 5118 call invalid, for the reason that "
    "the RFC gives. This is what `tolerant` makes of\n"
    "them. Written by `sip_golden_test --update` out of what the library says; a test compares.\n"
    "\n"
    "| message | section and what is wrong | `strict` refuses for | `tolerant` | violations and "
    "ambiguities noted |\n"
    "|---|---|---|---|---|\n";

// Every anomaly once that says more than "seen in attacks".
std::string Noted(const std::vector<Anomaly>& anomalies) {
  std::set<std::string_view> seen;
  std::string text;
  for (const Anomaly& anomaly : anomalies) {
    const AnomalyInfo& info = Describe(anomaly.id);
    if (info.cls == AnomalyClass::kSuspicious || !seen.insert(info.name).second) continue;
    text += (text.empty() ? "`" : ", `") + std::string(info.name) + '`';
  }
  return text;
}

}  // namespace

bool TolerantTable(const std::vector<Case>& cases, std::string* page) {
  *page = kHead;
  int accepted = 0;
  int all = 0;
  std::string bytes;
  for (const Case& test : cases) {
    if (test.corpus.empty() || test.raises.empty()) continue;
    if (!LoadMessage(test, &bytes)) return false;
    const Outcome outcome = Look(bytes, test.stream, false, {});
    const bool ok = outcome.tolerant.status == ParseStatus::kOk;
    ++all;
    accepted += ok;
    *page += "| " + test.corpus + " | " + test.title + " | `" + test.raises.front() + "` | " +
             (ok ? "accepts" : "refuses") + " | " + Noted(outcome.anomalies) + " |\n";
  }
  *page +=
      "\n`tolerant` accepts " + std::to_string(accepted) + " of " + std::to_string(all) + ".\n";
  return all != 0;
}

std::filesystem::path TolerantTablePath() { return CasesPath().parent_path() / "tolerant.md"; }

std::string ReadTolerantTable() { return ReadFile(TolerantTablePath()); }

}  // namespace sipward::sip::golden
