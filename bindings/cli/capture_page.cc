#include "capture_page.h"

#include <algorithm>
#include <utility>

#include "packet_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMessages = 0, kFindings = 1, kRefused = 2;  // series
constexpr size_t kMostShown = 50;
constexpr size_t kMostText = 160;

// Requests that begin something: what follows in a dialog would count the same parties again.
bool Begins(const MessageView& message) {
  const sipward_start_line line = message.StartLine();
  if (line.kind != SIPWARD_KIND_REQUEST) return false;
  const auto method = message.Text(line.method);
  for (const std::string_view within : {"ACK", "BYE", "CANCEL", "INFO", "PRACK", "UPDATE"}) {
    if (method == within) return false;
  }
  return true;
}

HtmlValue TextOr(const OptionalText& text) {
  return text ? HtmlValue(CutText(*text, kMostText)) : HtmlValue();
}

HtmlValue Number(uint64_t number) {
  return static_cast<int64_t>(std::min<uint64_t>(number, INT64_MAX));
}

HtmlChart ChartOf(const Activity& activity) {
  HtmlChart chart;
  chart.title = "Messages over time";
  chart.about = "A finding is a message of which a rule speaks; refused is a verdict above flag.";
  chart.begin_ns = activity.begin_ns();
  chart.step_ns = activity.step_ns();
  chart.series = {{"Messages", HtmlKind::kNumber, activity.Values(kMessages)},
                  {"Findings", HtmlKind::kNumber, activity.Values(kFindings)},
                  {"Refused", HtmlKind::kNumber, activity.Values(kRefused)}};
  return chart;
}

}  // namespace

void CapturePage::Count(std::string_view name, const Inspected& inspected, bool finding, Top* top) {
  Notes& notes = top->Count(name).notes;
  const int64_t now = inspected.packet.wall_ns;
  const bool fresh = notes.first_ns == 0 && notes.last_ns == 0;
  notes.first_ns = fresh ? now : std::min(notes.first_ns, now);
  notes.last_ns = fresh ? now : std::max(notes.last_ns, now);
  notes.findings += finding ? 1 : 0;
  notes.refused += inspected.verdict.action > SIPWARD_ACTION_FLAG ? 1 : 0;
  notes.action = std::max(notes.action, inspected.verdict.action);
}

void CapturePage::AddParties(const Inspected& inspected, bool finding) {
  // An answer belongs to whoever asked: what a rule says of it is about him.
  const bool answer = inspected.message.StartLine().kind == SIPWARD_KIND_RESPONSE;
  const sipward_packet& packet = inspected.packet;
  Count(AddressText(answer ? packet.destination : packet.source), inspected, finding, &sources_);
  Count(AddressText(answer ? packet.source : packet.destination), inspected, finding,
        &destinations_);
  if (!Begins(inspected.message)) return;
  const auto from = UriOf(inspected.message, "From");
  const auto to = UriOf(inspected.message, "To");
  if (from) Count(CutText(*from, kMostText), inspected, finding, &callers_);
  if (to) Count(CutText(*to, kMostText), inspected, finding, &called_);
}

void CapturePage::AddRow(const Inspected& inspected, const std::vector<Found>& found,
                         uint64_t frame, std::optional<uint64_t> evidence) {
  std::vector<std::string> rules;
  for (const Found& one : found) rules.emplace_back(one.rule);
  if (!rows_.Wants(rules)) return;
  has_evidence_ |= evidence.has_value();
  rows_.Add({inspected.packet.wall_ns, std::string(ThreatAt(ThreatOf(rules.front())).name),
             std::move(rules), SourceOf(inspected), TextOr(UriOf(inspected.message, "From")),
             TextOr(UriOf(inspected.message, "To")), int64_t{inspected.verdict.score},
             std::string(sipward_action_name(inspected.verdict.action)), Number(frame),
             evidence ? Number(*evidence) : HtmlValue()});
}

void CapturePage::Add(const Inspected& inspected, uint64_t frame,
                      std::optional<uint64_t> evidence) {
  const std::vector<Found> found = FoundBy(inspected.verdict);
  const int64_t now = inspected.packet.wall_ns;
  activity_.Add(now, kMessages, 1);
  AddParties(inspected, !found.empty());
  ladders_.Add(inspected, found, frame);
  if (found.empty()) return;
  ++found_;
  activity_.Add(now, kFindings, 1);
  if (inspected.verdict.action > SIPWARD_ACTION_FLAG) {
    ++refused_;
    activity_.Add(now, kRefused, 1);
  }
  std::vector<ThreatMatch> matches;
  for (const Found& one : found) {
    matches.push_back({one.rule, one.why, one.action, one.enforced});
  }
  threats_.Add(matches, now, 0);
  AddRow(inspected, found, frame, evidence);
}

HtmlTable CapturePage::TableOf(const Top& top, std::string title, std::string about,
                               std::string column) {
  HtmlTable table;
  table.title = std::move(title);
  table.about = std::move(about);
  table.columns = {{std::move(column)},
                   {"Messages", HtmlKind::kNumber, true},
                   {"Findings", HtmlKind::kNumber, true},
                   {"Refused", HtmlKind::kNumber},
                   {"Worst verdict", HtmlKind::kAction},
                   {"First", HtmlKind::kTime},
                   {"Last", HtmlKind::kTime}};
  std::vector<const Top::Entry*> order;
  for (const Top::Entry& entry : top.entries()) order.push_back(&entry);
  std::stable_sort(order.begin(), order.end(), [](const auto* a, const auto* b) {
    const auto weight = [](const auto* entry) {
      return std::pair(entry->notes.findings, entry->count);
    };
    return weight(a) > weight(b);
  });
  uint64_t surplus = 0;
  for (size_t i = 0; i < std::min(order.size(), kMostShown); ++i) {
    const Top::Entry& entry = *order[i];
    surplus = std::max(surplus, entry.surplus);
    table.rows.push_back({entry.name, Number(entry.count), Number(entry.notes.findings),
                          Number(entry.notes.refused),
                          std::string(sipward_action_name(entry.notes.action)),
                          entry.notes.first_ns, entry.notes.last_ns});
  }
  if (top.replaced() > 0) {
    table.left_out =
        "There were more than " + Grouped(Top::kMost) + ": the rare ones were left out on the way.";
    if (surplus > 0) {
      table.left_out += " Messages may be " + Grouped(surplus) +
                        " too many, findings are those since the name was seen again.";
    }
  } else if (order.size() > kMostShown) {
    table.left_out = Grouped(order.size() - kMostShown) + " more are not shown.";
  }
  return table;
}

HtmlTable CapturePage::FindingsTable() {
  HtmlTable table;
  table.title = "Findings";
  table.about = "Every message of which a rule speaks, in the order of the capture.";
  table.left_out = rows_.LeftOut();
  table.search = true;
  table.columns = {{"Time", HtmlKind::kTime},
                   {"Threat"},
                   {"Rules", HtmlKind::kWords},
                   {"Source"},
                   {"Caller"},
                   {"Called"},
                   {"Score", HtmlKind::kNumber},
                   {"Verdict", HtmlKind::kAction},
                   {"Frame", HtmlKind::kNumber}};
  if (has_evidence_) table.columns.push_back({"Evidence", HtmlKind::kNumber});
  table.rows = rows_.Take();
  return table;
}

HtmlReport CapturePage::Take(const Summary& summary, const io::CaptureStatistics& capture) {
  HtmlReport report;
  report.title = "Report on a capture";
  report.calm = found_ == 0;
  report.verdict = found_ == 0 ? "Nothing was found."
                               : Counted(found_, "message") + " of " + Grouped(summary.messages()) +
                                     " with a finding, " + Grouped(refused_) +
                                     " refused: " + threats_.Names() + ".";
  for (const auto& [name, value] : summary.Lines(capture)) {
    report.facts.push_back({name, HtmlKind::kText, value});
  }
  if (summary.messages() == 0) return report;
  report.facts.push_back({"first message", HtmlKind::kTime, summary.first_ns()});
  report.facts.push_back({"last message", HtmlKind::kTime, summary.last_ns()});
  report.sections.emplace_back(threats_.Threats());
  report.sections.emplace_back(ChartOf(activity_));
  if (found_ > 0) report.sections.emplace_back(threats_.Rules());
  report.sections.emplace_back(
      TableOf(sources_, "Sources",
              "Who asks: requests by the address they come from, with their answers.", "Address"));
  report.sections.emplace_back(
      TableOf(destinations_, "Destinations",
              "Who is asked: requests by the address they go to, with their answers.", "Address"));
  report.sections.emplace_back(
      TableOf(callers_, "Who calls", "By From, of requests that begin something.", "From"));
  report.sections.emplace_back(
      TableOf(called_, "Who is called", "By To, of requests that begin something.", "To"));
  if (found_ == 0) return report;
  report.sections.emplace_back(FindingsTable());
  HtmlLadders ladders = ladders_.Take();
  if (!ladders.ladders.empty()) report.sections.emplace_back(std::move(ladders));
  return report;
}

}  // namespace sipward::cli
