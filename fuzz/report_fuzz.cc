// What the command writes of any bytes. The first byte says of what: of the bytes as a text, as a
// message, as a message with its verdict, or as a rule file. JSON must be JSON and give the bytes
// back; what is for people must not drive their terminal.
#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "analytics_metrics.h"
#include "analytics_report.h"
#include "capture_page.h"
#include "diagnostics.h"
#include "eve.h"
#include "explain.h"
#include "findings.h"
#include "fuzz/support/input.h"
#include "fuzz/support/json_line.h"
#include "fuzz/support/small_pages.h"
#include "handle.h"
#include "html_report.h"
#include "inspected.h"
#include "json.h"
#include "metrics_text.h"
#include "new_findings.h"
#include "parse_report.h"
#include "summary.h"
#include "syslog_line.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

using fuzz::Input;
using fuzz::JsonString;
using fuzz::Require;

// Tabs stand in the source lines of rule errors alone.
enum class Tabs { kNever, kAllowed };

void RequireReadable(std::string_view text, Tabs tabs) {
  for (size_t at = 0; at < text.size();) {
    const auto c = fuzz::CharacterAt(text, at);
    Require(c.has_value());
    const bool tab = c->code == '\t' && tabs == Tabs::kAllowed;
    Require(c->code == '\n' || tab || !fuzz::IsDangerous(c->code));
    at += c->length;
  }
}

// Texts of the library, not of the message.
bool IsOurs(const JsonString& string) {
  for (const std::string_view key :
       {"file",      "status",    "kind",       "class",    "time",    "src",
        "dst",       "transport", "action",     "rules",    "tags",    "flags",
        "anomalies", "timestamp", "event_type", "src_ip",   "dest_ip", "proto",
        "code",      "signature", "category",   "app_proto"}) {
    // A Via has its transport from the message.
    if (string.key == key && !(key == "transport" && string.outer == "via")) return true;
  }
  return string.key == "name" &&
         (string.outer == "error" || string.outer == "anomalies" || string.outer == "fields");
}

// Whatever a line says of the message stands there, byte for byte.
void RequireTrueJson(std::string_view line, std::string_view message) {
  std::vector<JsonString> strings;
  Require(fuzz::ReadJsonLine(line, &strings));
  for (const JsonString& string : strings) {
    Require(IsOurs(string) || message.find(string.restored) != message.npos);
  }
}

void Strings(std::string_view bytes) {
  std::string json;
  AppendJsonString(&json, bytes);
  const auto restored = fuzz::ReadJsonString(json);
  Require(restored.has_value() && *restored == bytes);
  const std::string printable = Printable(bytes);
  RequireReadable(printable, Tabs::kNever);
  Require(printable.find('\n') == printable.npos);
  for (const size_t columns : {size_t{1}, size_t{7}, size_t{70}}) {
    const std::string clipped = Clip(printable, columns);
    RequireReadable(clipped, Tabs::kNever);
    Require(DisplayWidth(clipped) <= columns);
  }
  Table table;
  table.AddColumn("A");
  table.AddColumn("B", Table::Align::kRight);
  table.AddRow({printable, Grouped(bytes.size())});
  table.AddRow({"", Counted(bytes.size(), "byte")});
  RequireReadable(table.Render(), Tabs::kNever);
  MetricsText metrics;
  metrics.Counter("a_total", "A").Sample(1, {{"label", bytes}});
  const std::string page = metrics.Take();
  RequireReadable(page, Tabs::kNever);
  Require(std::count(page.begin(), page.end(), '\n') == 3);
}

void Report(const ParseReport& report, std::string_view bytes) {
  std::string json;
  AppendJson(&json, report);
  RequireTrueJson(json, bytes);
  std::string text;
  AppendText(&text, report);
  RequireReadable(text, Tabs::kNever);
}

sipward_message* TheMessage() {
  static const MessageHandle message = [] {
    sipward_message* made = nullptr;
    Require(sipward_message_create(&made) == SIPWARD_OK);
    return MessageHandle(made);
  }();
  return message.get();
}

// One byte of options, then the message.
void ParsedMessage(Input input) {
  const uint8_t how = input.Byte();
  const std::string_view bytes = input.rest();
  auto options = Sized<sipward_parse_options>();
  options.profile = how & 1u;
  options.stream = how >> 1 & 1u;
  sipward_message* message = TheMessage();
  sipward_message_parse(message, bytes.data(), bytes.size(), &options);
  const int32_t status = sipward_message_validate(message);
  ParseReport report;
  report.file = bytes.substr(0, how >> 2);
  report.status = status == SIPWARD_OK ? "ok" : "malformed";
  report.message = message;
  report.offset = uint64_t{how} << 26;
  report.size = bytes.size();
  sipward_anomaly error{};
  if (sipward_message_error(message, &error) == SIPWARD_OK) report.error = error;
  Report(report, bytes);
  std::string explained;
  AppendExplained(&explained, report);
  RequireReadable(explained, Tabs::kNever);
  report.status = "incomplete";
  report.message = nullptr;
  Report(report, bytes);
}

constexpr std::string_view kRules =
    "version 1\n"
    "rule a { meta { severity low why \"\\\"seen\\\" \xC3\xA9\xE2\x80\xA6\" } "
    "on request, response when count(by src.ip over 1m) > 1 then alert, score 1 on src.ip }\n"
    "rule b { mode report on request where method == INVITE when len(from.user ?? \"\") > 0 "
    "then reject 403 \"No\" }\n"
    "rule c { on response when code >= 400 then ban dst.ip for 1h }\n";

RulesHandle TheRules() {
  sipward_compiler* compiler = nullptr;
  sipward_rules* rules = nullptr;
  Require(sipward_compiler_create(&compiler) == SIPWARD_OK);
  Require(sipward_compiler_add_rules(compiler, "a", 1, kRules.data(), kRules.size()) == SIPWARD_OK);
  Require(sipward_compiler_build(compiler, &rules) == SIPWARD_OK);
  sipward_compiler_destroy(compiler);
  return RulesHandle(rules);
}

// An inspector, and the engine that it is of.
struct Judge {
  EngineHandle engine;
  InspectorHandle inspector;
};

Judge NewJudge() {
  static const RulesHandle rules = TheRules();
  auto options = Sized<sipward_state_options>();
  options.bytes = uint64_t{16} << 20;
  auto engine_options = Sized<sipward_engine_options>();
  engine_options.analytics_rows = 2;
  sipward_state* state = nullptr;
  sipward_engine* engine = nullptr;
  sipward_inspector* inspector = nullptr;
  Require(sipward_state_create(&options, &state) == SIPWARD_OK);
  Require(sipward_engine_create(rules.get(), state, &engine_options, &engine) == SIPWARD_OK);
  Require(sipward_inspector_create(engine, &inspector) == SIPWARD_OK);
  sipward_state_destroy(state);
  return {EngineHandle(engine), InspectorHandle(inspector)};
}

sipward_packet NextPacket(Input* input, size_t size) {
  auto packet = Sized<sipward_packet>();
  packet.transport = static_cast<uint32_t>(input->Pick(6));
  packet.size = size;
  const uint32_t time = input->Number();
  packet.wall_ns = time >= 250 ? INT64_MIN + int64_t{time} : int64_t{time} << (time % 56);
  packet.monotonic_ns = int64_t{time} << 20;
  for (uint8_t& byte : packet.source.address) byte = input->Byte();
  if (input->Byte() % 2 == 0) {
    std::fill_n(packet.source.address, 10, uint8_t{0});
    packet.source.address[10] = packet.source.address[11] = 0xFF;
  }
  packet.source.port = static_cast<uint16_t>(input->Short());
  return packet;
}

// Each event is a line of its own, as an event is.
void Events(const Inspected& inspected, std::string_view message) {
  std::string events;
  AppendEve(&events, inspected);
  size_t count = 0;
  for (size_t at = 0; at < events.size(); ++count) {
    const size_t end = events.find('\n', at);
    Require(end != events.npos);
    RequireTrueJson(std::string_view(events).substr(at, end + 1 - at), message);
    at = end + 1;
  }
  Require(count == 1 + inspected.verdict.hit_count);
}

// One line each.
void News(const Inspected& inspected, const NewFinding& finding) {
  std::string line;
  AppendWatchLine(&line, inspected.packet.wall_ns, finding);
  Require(line.find('\n') == line.size() - 1);
  RequireReadable(line, Tabs::kNever);
  for (const bool network : {false, true}) {
    SyslogHead head;
    head.network = network;
    line.clear();
    AppendSyslogFinding(&line, head, inspected, finding);
    Require(line.find('\n') == line.npos);
    RequireReadable(line, Tabs::kNever);
  }
}

// Whatever a report holds is one object, in which nothing can end the script that it stands in.
void Page(CapturePage* page, const Summary& summary, const io::CaptureStatistics& capture) {
  const std::string json = HtmlReportJson(page->Take(summary, capture));
  std::vector<JsonString> strings;
  Require(fuzz::ReadJsonLine(json, &strings));
  Require(json.find_first_of("<>&") == json.npos);
}

// The head of a packet twice, then the message, which both bring.
void InspectedMessage(Input input) {
  const auto [engine, inspector] = NewJudge();
  Findings findings;
  Summary summary;
  CapturePage page;
  NewFindings news;
  io::CaptureStatistics capture;
  sipward_packet packets[] = {NextPacket(&input, 0), NextPacket(&input, 0)};
  const uint8_t gaps = input.Byte();
  capture.tcp_gaps = gaps;
  const std::string_view bytes = input.rest();
  for (sipward_packet& packet : packets) {
    packet.size = bytes.size();
    auto verdict = Sized<sipward_verdict>();
    Require(sipward_inspector_inspect(inspector.get(), bytes.data(), &packet, &verdict) ==
            SIPWARD_OK);
    const MessageView message(sipward_inspector_message(inspector.get()));
    const Inspected inspected{packet, verdict, message};
    std::string json;
    AppendJson(&json, inspected);
    RequireTrueJson(json, bytes);
    Events(inspected, bytes);
    for (const NewFinding& finding : news.Of(inspected)) News(inspected, finding);
    findings.Add(inspected);
    summary.Add(inspected);
    page.Add(inspected, input.rest().size());
  }
  Page(&page, summary, capture);
  RequireReadable(findings.Render(), Tabs::kNever);
  RequireReadable(summary.Render(capture, gaps / 16.0), Tabs::kNever);
  const AnalyticsHandle analytics = AnalyticsOf(engine.get());
  RequireReadable(RenderAnalytics(analytics.get()), Tabs::kNever);
  RequireReadable(AnalyticsJson(analytics.get()), Tabs::kNever);
  MetricsText metrics;
  AddAnalyticsMetrics(&metrics, CallMetricsOf(analytics.get(), 3));
  RequireReadable(metrics.Take(), Tabs::kNever);
}

void RuleFile(std::string_view text) {
  sipward_compiler* made = nullptr;
  Require(sipward_compiler_create(&made) == SIPWARD_OK);
  const CompilerHandle compiler(made);
  const std::string_view name = text.substr(0, text.find('\n'));
  sipward_compiler_add_rules(made, name.data(), name.size(), text.data(), text.size());
  sipward_rules* rules = nullptr;
  sipward_compiler_build(made, &rules);
  sipward_rules_destroy(rules);
  auto diagnostic = Sized<sipward_diagnostic>();
  for (uint32_t i = 0; sipward_compiler_diagnostic(made, i, &diagnostic) == SIPWARD_OK; ++i) {
    RequireReadable(RenderDiagnostic(diagnostic), Tabs::kAllowed);
  }
}

}  // namespace
}  // namespace sipward::cli

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::UseSmallPages();
  sipward::fuzz::Input input(data, size);
  switch (input.Byte() % 4) {
    case 0:
      sipward::cli::Strings(input.rest());
      break;
    case 1:
      sipward::cli::ParsedMessage(input);
      break;
    case 2:
      sipward::cli::InspectedMessage(input);
      break;
    default:
      sipward::cli::RuleFile(input.rest());
  }
  return 0;
}
