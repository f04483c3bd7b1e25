#include "report_file.h"

#include <chrono>

#include "file.h"
#include "rule_files.h"
#include "text.h"

namespace sipward::cli {
namespace {

// "163: 156 of the default pack, 7 of others".
std::string RulesText(const sipward_rules* rules) {
  const uint32_t count = sipward_rules_count(rules);
  uint32_t of_pack = 0;
  for (uint32_t i = 0; i < count; ++i) {
    auto info = Sized<sipward_rule_info>();
    if (sipward_rules_describe(rules, i, &info) != SIPWARD_OK) continue;
    of_pack += View(info.file).starts_with(kPackFolder) ? 1 : 0;
  }
  if (of_pack == 0) return Grouped(count) + ", none of the default pack";
  std::string text = Grouped(of_pack) + " of the default pack of sipward " + VersionText();
  if (of_pack < count) text += ", " + Grouped(count - of_pack) + " of the site";
  return text;
}

int64_t Now() {
  const auto now = std::chrono::system_clock::now().time_since_epoch();
  return std::chrono::duration_cast<std::chrono::nanoseconds>(now).count();
}

}  // namespace

bool CanWriteReport() {
  if (HasHtmlPage()) return true;
  Complain("--html: this sipward was built without reports (SIPWARD_WITH_REPORT=OFF)");
  return false;
}

bool WriteHtmlReport(HtmlReport* report, const sipward_rules* rules, const std::string& path) {
  if (rules != nullptr) {
    report->facts.push_back({"rules", HtmlKind::kText, RulesText(rules)});
  }
  report->facts.push_back({"report made", HtmlKind::kTime, Now()});
  report->facts.push_back({"made by", HtmlKind::kText, "sipward " + VersionText()});
  std::string error;
  if (WriteFile(path, HtmlReportPage(*report), &error)) return true;
  Complain("cannot write " + path + ": " + error);
  return false;
}

}  // namespace sipward::cli
