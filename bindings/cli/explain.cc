#include "explain.h"

#include <algorithm>
#include <cinttypes>
#include <cstdio>
#include <utility>
#include <vector>

#include "explain_row.h"
#include "fields.h"
#include "message_view.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMargin = 10;  // the offset and two spaces

// The fields that hold no other: these are marked.
std::vector<Field> Leaves(std::vector<Field> fields) {
  std::vector<Field> leaves;
  for (Field& field : fields) {
    if (field.place.length == 0) continue;
    const auto holds = [&](const Field& outer) {
      const uint64_t end = uint64_t{outer.place.offset} + outer.place.length;
      return field.place.offset < end;
    };
    while (!leaves.empty() && holds(leaves.back())) leaves.pop_back();
    leaves.push_back(std::move(field));
  }
  return leaves;
}

class Explanation {
 public:
  Explanation(std::string* out, const ParseReport& report)
      : out_(*out), report_(report), view_(report.message) {
    fields_ = Leaves(FieldsOf(report.message));
    anomalies_ = view_.Anomalies();
    std::stable_sort(anomalies_.begin(), anomalies_.end(),
                     [](const auto& a, const auto& b) { return a.offset < b.offset; });
  }

  void Write() {
    const std::string_view bytes = view_.bytes();
    for (size_t at = 0; at < bytes.size();) {
      const ExplainRow row(bytes, at);
      WriteRow(row);
      at = row.end();
      WriteAnomalies(row, at);
    }
    if (anomaly_ == anomalies_.size()) return;
    // What is missing at the end.
    Line("", "(end of the message)");
    WriteAnomalies(ExplainRow(bytes, bytes.size()), bytes.size() + 1);
  }

 private:
  void Line(std::string_view margin, std::string_view text) {
    out_ += margin;
    out_.append(kMargin - margin.size(), ' ');
    out_ += text;
    while (!out_.empty() && out_.back() == ' ') out_.pop_back();
    out_ += '\n';
  }

  void WriteRow(const ExplainRow& row) {
    char offset[24];
    std::snprintf(offset, sizeof offset, "%8" PRIu64, report_.offset + row.begin());
    Line(std::string_view(offset).substr(0, kMargin), row.text());
    std::vector<ExplainMark> marks;
    while (field_ < fields_.size() && fields_[field_].place.offset < row.end()) {
      const Field& field = fields_[field_++];
      // A field that goes on in the next row is marked where it begins.
      const size_t column = row.ColumnOf(field.place.offset);
      const size_t end = row.ColumnOf(size_t{field.place.offset} + field.place.length);
      if (field.place.offset >= row.begin() && field.label != "body") {
        marks.push_back({column, std::max<size_t>(end, column) - column, field.label});
      }
    }
    if (marks.empty()) return;
    for (const std::string& line : LayOut(marks)) Line("", Printable(line));
  }

  // Those that begin before `end`.
  void WriteAnomalies(const ExplainRow& row, size_t end) {
    while (anomaly_ < anomalies_.size() && anomalies_[anomaly_].offset < end) {
      const sipward_anomaly& anomaly = anomalies_[anomaly_++];
      const sipward_anomaly_info info = Describe(anomaly);
      const bool refuses = report_.error && report_.error->id == anomaly.id &&
                           report_.error->offset == anomaly.offset;
      const std::string indent(row.ColumnOf(anomaly.offset), ' ');
      Line("", indent + "^ " + std::string(View(info.name)) + " (" +
                   std::string(View(info.class_name)) + (refuses ? ", refuses the message)" : ")"));
      Line("", "    " + std::string(View(info.sentence)));
    }
  }

  std::string& out_;
  const ParseReport& report_;
  MessageView view_;
  std::vector<Field> fields_;
  std::vector<sipward_anomaly> anomalies_;
  size_t field_ = 0;    // the next to be marked
  size_t anomaly_ = 0;  // the next to be named
};

}  // namespace

void AppendExplained(std::string* out, const ParseReport& report) {
  AppendHeading(out, report);
  if (report.message != nullptr) Explanation(out, report).Write();
  *out += '\n';
}

}  // namespace sipward::cli
