#include "html_report.h"

#include "cdr_finding.h"
#include "json.h"
#include "packet_text.h"
#include "page_parts.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr int64_t kMillisecond = 1'000'000;

std::string_view KindName(HtmlKind kind) {
  switch (kind) {
    case HtmlKind::kNumber:
      return "number";
    case HtmlKind::kMoney:
      return "money";
    case HtmlKind::kShare:
      return "share";
    case HtmlKind::kSeconds:
      return "seconds";
    case HtmlKind::kTime:
      return "time";
    case HtmlKind::kAction:
      return "action";
    case HtmlKind::kWords:
      return "words";
    default:
      return "text";
  }
}

// A number of units, exact: 12345 thousandths are "12.345".
std::string Decimal(int64_t number, int64_t units) {
  const int64_t rest = number % units < 0 ? -(number % units) : number % units;
  const std::string fraction = std::to_string(units + rest).substr(1);
  return (number < 0 && number > -units ? "-" : "") + std::to_string(number / units) + "." +
         fraction;
}

std::string Milliseconds(int64_t ns) { return Decimal(ns / kMillisecond, 1000); }

void WriteNumber(JsonWriter* json, HtmlKind kind, int64_t number) {
  switch (kind) {
    case HtmlKind::kMoney:
      return json->Number(MoneyText(number));
    case HtmlKind::kShare:
      return json->Number(Decimal(number, 10));
    case HtmlKind::kSeconds:
      return json->Number(Milliseconds(number));
    case HtmlKind::kTime:
      return json->String(TimeText(number));
    default:
      return json->Int(number);
  }
}

void WriteWords(JsonWriter* json, const std::vector<std::string>& words) {
  json->BeginArray();
  for (const std::string& word : words) json->String(word);
  json->EndArray();
}

void WriteValue(JsonWriter* json, HtmlKind kind, const HtmlValue& value) {
  if (const auto* text = std::get_if<std::string>(&value)) {
    json->String(*text);
  } else if (const auto* number = std::get_if<int64_t>(&value)) {
    WriteNumber(json, kind, *number);
  } else if (const auto* words = std::get_if<std::vector<std::string>>(&value)) {
    WriteWords(json, *words);
  } else {
    json->Null();
  }
}

void WriteHead(JsonWriter* json, std::string_view kind, const std::string& title,
               const std::string& about) {
  json->Key("kind").String(kind);
  json->Key("title").String(title);
  json->Key("about").String(about);
}

void Write(JsonWriter* json, const HtmlChart& chart) {
  WriteHead(json, "chart", chart.title, chart.about);
  json->Key("begin").Number(Milliseconds(chart.begin_ns));
  json->Key("step").Number(Milliseconds(chart.step_ns));
  json->Key("series").BeginArray();
  for (const HtmlSeries& series : chart.series) {
    json->BeginObject();
    json->Key("name").String(series.name);
    json->Key("kind").String(KindName(series.kind));
    json->Key("values").BeginArray();
    for (const int64_t value : series.values) WriteNumber(json, series.kind, value);
    json->EndArray();
    json->EndObject();
  }
  json->EndArray();
}

void Write(JsonWriter* json, const HtmlTable& table) {
  WriteHead(json, "table", table.title, table.about);
  json->Key("leftOut").String(table.left_out);
  json->Key("search").Number(table.search ? "true" : "false");
  json->Key("columns").BeginArray();
  for (const HtmlColumn& column : table.columns) {
    json->BeginObject();
    json->Key("title").String(column.title);
    json->Key("kind").String(KindName(column.kind));
    json->Key("bar").Number(column.bar ? "true" : "false");
    json->EndObject();
  }
  json->EndArray();
  json->Key("rows").BeginArray();
  for (const auto& row : table.rows) {
    json->BeginArray();
    for (size_t i = 0; i < row.size() && i < table.columns.size(); ++i) {
      WriteValue(json, table.columns[i].kind, row[i]);
    }
    json->EndArray();
  }
  json->EndArray();
}

void Write(JsonWriter* json, const HtmlStep& step) {
  json->BeginObject();
  json->Key("time").String(TimeText(step.wall_ns));
  json->Key("since").Number(Milliseconds(step.since_ns));
  json->Key("from").UInt(step.from);
  json->Key("to").UInt(step.to);
  json->Key("request").Number(step.request ? "true" : "false");
  json->Key("text").String(step.text);
  json->Key("place").String(step.place);
  json->Key("action").String(step.action);
  json->Key("rules");
  WriteWords(json, step.rules);
  json->EndObject();
}

void Write(JsonWriter* json, const HtmlLadders& all) {
  WriteHead(json, "ladders", all.title, all.about);
  json->Key("leftOut").String(all.left_out);
  json->Key("ladders").BeginArray();
  for (const HtmlLadder& ladder : all.ladders) {
    json->BeginObject();
    json->Key("name").String(ladder.name);
    json->Key("about").String(ladder.about);
    json->Key("leftOut").UInt(ladder.left_out);
    json->Key("endpoints");
    WriteWords(json, ladder.endpoints);
    json->Key("steps").BeginArray();
    for (const HtmlStep& step : ladder.steps) Write(json, step);
    json->EndArray();
    json->EndObject();
  }
  json->EndArray();
}

// These stand in strings alone, and "</script>" must not stand there as it is.
std::string InsideScript(std::string_view json) {
  std::string out;
  out.reserve(json.size() + json.size() / 16);
  for (const char c : json) {
    if (c == '<') {
      out += "\\u003c";
    } else if (c == '>') {
      out += "\\u003e";
    } else if (c == '&') {
      out += "\\u0026";
    } else {
      out.push_back(c);
    }
  }
  return out;
}

}  // namespace

bool HasHtmlPage() { return !PageParts().before.empty(); }

std::string HtmlReportJson(const HtmlReport& report) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("title").String(report.title);
  json.Key("subject").String(report.subject);
  json.Key("verdict").String(report.verdict);
  json.Key("calm").Number(report.calm ? "true" : "false");
  json.Key("facts").BeginArray();
  for (const HtmlFact& fact : report.facts) {
    json.BeginObject();
    json.Key("name").String(fact.name);
    json.Key("kind").String(KindName(fact.kind));
    json.Key("value");
    WriteValue(&json, fact.kind, fact.value);
    json.EndObject();
  }
  json.EndArray();
  json.Key("sections").BeginArray();
  for (const HtmlSection& section : report.sections) {
    json.BeginObject();
    std::visit([&](const auto& part) { Write(&json, part); }, section);
    json.EndObject();
  }
  json.EndArray();
  json.EndObject();
  out.push_back('\n');
  return InsideScript(out);
}

std::string HtmlReportPage(const HtmlReport& report) {
  std::string out;
  if (!HasHtmlPage()) return out;
  const PagePartsList& parts = PageParts();
  for (const std::string_view part : parts.before) out += part;
  out += HtmlReportJson(report);
  for (const std::string_view part : parts.after) out += part;
  return out;
}

std::string CutText(std::string_view bytes, size_t most) {
  if (bytes.size() <= most) return std::string(bytes);
  size_t end = most;
  while (end > 0 && most - end < 3 && (static_cast<uint8_t>(bytes[end]) & 0xC0) == 0x80) --end;
  return std::string(bytes.substr(0, end)) + "…";
}

}  // namespace sipward::cli
