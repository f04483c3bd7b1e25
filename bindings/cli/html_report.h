// A report as one page of HTML that asks nobody for anything: what the commands fill in, and the
// page that shows it.
//
// A report is a head and sections in their order; all of it may be left out, so that captures, call
// records and investigations share the page. Texts may hold any bytes: they stay text.
#ifndef SIPWARD_BINDINGS_CLI_HTML_REPORT_H_
#define SIPWARD_BINDINGS_CLI_HTML_REPORT_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace sipward::cli {

// How values of a column or a series are to be read. Money is in millionths, shares are in tenths
// of a percent, seconds in nanoseconds, times since 1970.
enum class HtmlKind { kText, kNumber, kMoney, kShare, kSeconds, kTime, kAction, kWords };

// Nothing, a text, a number, or several words (the rules that matched).
using HtmlValue = std::variant<std::monostate, std::string, int64_t, std::vector<std::string>>;

struct HtmlFact {
  std::string name;
  HtmlKind kind = HtmlKind::kText;
  HtmlValue value;
};

struct HtmlSeries {
  std::string name;
  HtmlKind kind = HtmlKind::kNumber;
  std::vector<int64_t> values;  // one for each step
};

// What happened in equal steps of time. The page draws it and shows the same numbers as a table.
struct HtmlChart {
  std::string title;
  std::string about;  // a sentence
  int64_t begin_ns = 0;
  int64_t step_ns = 0;
  std::vector<HtmlSeries> series;
};

struct HtmlColumn {
  std::string title;
  HtmlKind kind = HtmlKind::kText;
  bool bar = false;  // numbers are drawn as well
};

struct HtmlTable {
  std::string title;
  std::string about;
  std::string left_out;  // what it does not show; or none
  bool search = false;   // for many rows: the reader can look for some
  std::vector<HtmlColumn> columns;
  std::vector<std::vector<HtmlValue>> rows;
};

// A message on its way between two endpoints of a ladder.
struct HtmlStep {
  int64_t wall_ns = 0;
  int64_t since_ns = 0;  // the first message of the ladder
  uint32_t from = 0, to = 0;
  bool request = false;
  std::string text;
  std::string place;               // "frame 12"
  std::string action;              // of a finding
  std::vector<std::string> rules;  // that matched
};

struct HtmlLadder {
  std::string name;   // by which it is chosen
  std::string about;  // who calls whom
  std::vector<std::string> endpoints;
  std::vector<HtmlStep> steps;
  uint64_t left_out = 0;  // messages
};

struct HtmlLadders {
  std::string title;
  std::string about;
  std::string left_out;
  std::vector<HtmlLadder> ladders;
};

using HtmlSection = std::variant<HtmlChart, HtmlTable, HtmlLadders>;

struct HtmlReport {
  std::string title;    // "Report on a capture"
  std::string subject;  // what was looked at: names of files
  std::string verdict;  // a sentence: what came of it
  bool calm = true;     // nothing was found
  std::vector<HtmlFact> facts;
  std::vector<HtmlSection> sections;
};

// False if the command was built without the page (SIPWARD_WITH_REPORT).
bool HasHtmlPage();

// The report as the page carries it: JSON that may stand inside of <script>, whatever is in it.
std::string HtmlReportJson(const HtmlReport& report);

// The whole page. Without one, nothing.
std::string HtmlReportPage(const HtmlReport& report);

// The bytes up to the last whole character before `most`, and an ellipsis if there were more.
std::string CutText(std::string_view bytes, size_t most);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_HTML_REPORT_H_
