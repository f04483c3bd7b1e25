// What `sipward cdr --html` shows of call records.
#ifndef SIPWARD_BINDINGS_CLI_CDR_PAGE_H_
#define SIPWARD_BINDINGS_CLI_CDR_PAGE_H_

#include <cstdint>
#include <string>

#include "activity.h"
#include "cdr_finding.h"
#include "cdr_report.h"
#include "html_report.h"
#include "kept_rows.h"
#include "threat_counts.h"

namespace sipward::cli {

// Takes records in and makes a report of them; accounts and destinations are those that CdrReport
// counted. Bounded like it.
class CdrPage {
 public:
  void Add(const JudgedRecord& judged, bool finding);

  // Everything but the head that is known of records. What was kept goes into it.
  HtmlReport Take(const CdrReport& counts, const CdrRows& rows);

 private:
  void AddRow(const JudgedRecord& judged);
  HtmlTable FindingsTable();
  HtmlTable Parties(const std::vector<CdrReport::Ranked>& ranked, std::string title,
                    std::string column, uint64_t all) const;
  HtmlChart CallsChart() const;
  HtmlChart MoneyChart() const;

  Activity activity_{4};
  ThreatCounts threats_{"Calls", true};
  KeptRows rows_;
  bool has_cost_ = false;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_PAGE_H_
