#include <cinttypes>
#include <cstdio>

#include "fields.h"
#include "message_view.h"
#include "parse_report.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kValueColumns = 100;

std::string Shown(const OptionalText& text) { return Printable(text.value_or("")); }

void Row(std::string* out, std::string_view label, const std::string& value) {
  *out += "  ";
  *out += label;
  out->append(label.size() < 16 ? 16 - label.size() : 1, ' ');
  *out += value;
  *out += '\n';
}

std::string StartLineText(const MessageView& view) {
  const sipward_start_line line = view.StartLine();
  switch (line.kind) {
    case SIPWARD_KIND_REQUEST:
      return Shown(view.Text(line.method)) + " " + Shown(view.Text(line.request_uri)) + " " +
             Shown(view.Text(line.version));
    case SIPWARD_KIND_RESPONSE:
      return Shown(view.Text(line.version)) + " " + std::to_string(line.status_code) + " " +
             Shown(view.Text(line.reason));
    default:
      return "(neither a request nor a response)";
  }
}

std::string AddressText(const MessageView& view, const sipward_address& address) {
  std::string text = address.is_star != 0 ? "*" : Shown(view.Text(address.uri.text));
  if (const auto display = view.Text(address.display)) text += "  display " + Printable(*display);
  if (const auto tag = view.Text(address.tag)) text += "  tag " + Printable(*tag);
  return text;
}

std::string ViaText(const MessageView& view, const sipward_via& via) {
  std::string text = Shown(view.Text(via.transport)) + " " + Shown(view.Text(via.host));
  if (via.port_number >= 0) text += ":" + std::to_string(via.port_number);
  if (const auto branch = view.Text(via.branch)) text += "  branch " + Printable(*branch);
  return text;
}

std::string CseqText(const MessageView& view, const sipward_cseq& cseq) {
  const std::string number = cseq.number_valid != 0 ? std::to_string(cseq.number) : "?";
  return number + " " + Shown(view.Text(cseq.method));
}

void AppendFields(std::string* out, const MessageView& view, uint64_t base) {
  Row(out, "start line", StartLineText(view));
  for (const char* name : {"From", "To"}) {
    if (const auto address = view.Address(name)) Row(out, name, AddressText(view, *address));
  }
  if (const auto call_id = view.Find("Call-ID")) Row(out, "Call-ID", Printable(*call_id));
  if (const auto cseq = view.Cseq()) Row(out, "CSeq", CseqText(view, *cseq));
  for (uint32_t i = 0; const auto via = view.Via(i); ++i) Row(out, "Via", ViaText(view, *via));
  for (uint32_t i = 0; const auto contact = view.Address("Contact", i); ++i) {
    Row(out, "Contact", AddressText(view, *contact));
  }
  for (const char* name : {"Max-Forwards", "Content-Length"}) {
    if (const auto number = view.Number(name)) Row(out, name, std::to_string(*number));
  }
  if (const auto body = view.Body()) {
    Row(out, "body",
        Counted(body->length, "byte") + " at offset " + std::to_string(base + body->offset));
  }
}

void AppendPlace(std::string* out, uint64_t base, const sipward_slice& place) {
  char numbers[64];
  std::snprintf(numbers, sizeof numbers, "  %8" PRIu64 "  %6" PRIu32 "  ", base + place.offset,
                place.length);
  *out += numbers;
}

void AppendHeaders(std::string* out, const MessageView& view, uint64_t base) {
  const auto headers = view.Headers();
  if (headers.empty()) return;
  *out += "\n  headers\n    offset  length  name: value\n";
  for (const sipward_header& header : headers) {
    AppendPlace(out, base, header.value);
    *out += Shown(view.Text(header.name)) + ": " +
            Clip(Shown(view.Text(header.value)), kValueColumns) + "\n";
  }
}

void AppendFieldList(std::string* out, const ParseReport& report, const MessageView& view) {
  const std::vector<Field> fields = FieldsOf(report.message);
  if (fields.empty()) return;
  *out += "\n  fields\n    offset  length  name  value\n";
  for (const Field& field : fields) {
    AppendPlace(out, report.offset, field.place);
    *out +=
        Printable(field.name) + "  " + Clip(Shown(view.Text(field.place)), kValueColumns) + "\n";
  }
}

void AppendAnomalies(std::string* out, const MessageView& view, uint64_t base) {
  const auto anomalies = view.Anomalies();
  if (anomalies.empty()) {
    *out += "\n  anomalies: none\n";
    return;
  }
  *out += "\n  anomalies\n";
  for (const sipward_anomaly& anomaly : anomalies) {
    const sipward_anomaly_info info = Describe(anomaly);
    *out += "    " + std::string(View(info.name)) + " (" + std::string(View(info.class_name)) +
            ") at offset " + std::to_string(base + anomaly.offset) + "\n      " +
            std::string(View(info.sentence)) + "\n";
  }
}

}  // namespace

void AppendHeading(std::string* out, const ParseReport& report) {
  *out += Printable(report.file) + ": " + std::string(report.status) + ", " +
          Counted(report.size, "byte") + " at offset " + std::to_string(report.offset);
  if (report.error) {
    *out += ", refused by " + std::string(View(Describe(*report.error).name)) + " at offset " +
            std::to_string(report.offset + report.error->offset);
  }
  *out += '\n';
  if (report.message == nullptr) *out += "  the end of this message is not in the file\n";
}

void AppendText(std::string* out, const ParseReport& report) {
  AppendHeading(out, report);
  if (report.message == nullptr) {
    *out += '\n';
    return;
  }
  const MessageView view(report.message);
  AppendFields(out, view, report.offset);
  AppendHeaders(out, view, report.offset);
  AppendFieldList(out, report, view);
  AppendAnomalies(out, view, report.offset);
  *out += '\n';
}

}  // namespace sipward::cli
