// What `sipward inspect --html` shows of a capture.
#ifndef SIPWARD_BINDINGS_CLI_CAPTURE_PAGE_H_
#define SIPWARD_BINDINGS_CLI_CAPTURE_PAGE_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "activity.h"
#include "call_ladders.h"
#include "findings.h"
#include "html_report.h"
#include "inspected.h"
#include "kept_rows.h"
#include "summary.h"
#include "threat_counts.h"
#include "top_counts.h"

namespace sipward::cli {

// Takes messages in and makes a report of them. Bounded, whatever comes: some 40 MB at most.
class CapturePage {
 public:
  // `evidence`: the number of the entry in an evidence log that has this message.
  void Add(const Inspected& inspected, uint64_t frame, std::optional<uint64_t> evidence = {});

  // Everything but the head that is known of a capture; `summary` counted the same messages. What
  // was kept goes into it.
  HtmlReport Take(const Summary& summary, const io::CaptureStatistics& capture);

 private:
  struct Notes {
    uint64_t findings = 0, refused = 0;
    uint32_t action = 0;  // the worst verdict
    int64_t first_ns = 0, last_ns = 0;
  };
  using Top = TopCounts<Notes>;

  void AddParties(const Inspected& inspected, bool finding);
  void AddRow(const Inspected& inspected, const std::vector<Found>& found, uint64_t frame,
              std::optional<uint64_t> evidence);
  static void Count(std::string_view name, const Inspected& inspected, bool finding, Top* top);
  static HtmlTable TableOf(const Top& top, std::string title, std::string about,
                           std::string column);
  HtmlTable FindingsTable();

  Activity activity_{3};
  ThreatCounts threats_{"Messages", false};
  Top sources_, destinations_, callers_, called_;
  KeptRows rows_;
  CallLadders ladders_;
  uint64_t found_ = 0, refused_ = 0;
  bool has_evidence_ = false;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CAPTURE_PAGE_H_
