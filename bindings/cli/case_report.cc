#include "case_report.h"

#include <array>
#include <utility>

#include "cdr_finding.h"
#include "json.h"
#include "packet_text.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostRows = 100;  // of a table for people
constexpr size_t kMostLinked = 15;
constexpr size_t kMostWidth = 36;

struct KindName {
  CaseFile::Kind kind;
  const char* plural;
  const char* title;
};
constexpr std::array kKinds = {KindName{CaseFile::Kind::kAccount, "accounts", "Accounts and users"},
                               KindName{CaseFile::Kind::kNumber, "numbers", "Numbers"},
                               KindName{CaseFile::Kind::kDevice, "devices", "Devices"},
                               KindName{CaseFile::Kind::kNetwork, "networks", "Networks"},
                               KindName{CaseFile::Kind::kTrunk, "trunks", "Trunks"}};

std::string_view NameOf(CaseSubject::Kind kind) {
  switch (kind) {
    case CaseSubject::Kind::kNumber:
      return "number";
    case CaseSubject::Kind::kAccount:
      return "account";
    case CaseSubject::Kind::kCallId:
      return "call_id";
    case CaseSubject::Kind::kSource:
      return "source";
  }
  return "";
}

// What all calls together took and cost.
struct Total {
  explicit Total(const std::vector<CaseFile::Call>& calls) {
    for (const CaseFile::Call& call : calls) {
      ++count;
      answered += call.answered ? 1 : 0;
      talk_ns += call.duration_ns;
      priced += call.has_cost ? 1 : 0;
      cost += call.cost;
    }
  }
  uint64_t count = 0, answered = 0, priced = 0;
  int64_t talk_ns = 0, cost = 0;
};

std::string Joined(const std::vector<std::string>& words) {
  std::string text;
  for (const std::string& word : words) {
    if (!text.empty()) text += ", ";
    text += word;
  }
  return text;
}

std::vector<std::string> Words(const std::set<std::string>& set) {
  return {set.begin(), set.end()};
}

std::string Cell(const std::string& text) {
  return text.empty() ? "-" : Clip(Printable(text), kMostWidth);
}

std::string Seconds(int64_t ns) { return Grouped(static_cast<uint64_t>(ns / 1'000'000'000)); }

std::string More(size_t shown, size_t all) {
  return all > shown ? "… and " + Grouped(all - shown) + " more\n" : "";
}

std::string EventsText(const CaseFile& file) {
  Table table;
  for (const char* title :
       {"TIME (UTC)", "WHAT", "SOURCE", "CALLER", "CALLEE", "ACTION", "RULES", "WHERE"}) {
    table.AddColumn(title);
  }
  size_t shown = 0;
  for (const CaseEvent& event : file.events()) {
    if (++shown > kMostRows) break;
    table.AddRow({TimeText(event.wall_ns), Cell(event.what), Cell(event.source), Cell(event.caller),
                  Cell(event.callee), Cell(event.action), Cell(Joined(event.rules)),
                  Printable(event.place)});
  }
  return "TIMELINE\n" + table.Render() + More(kMostRows, file.events().size());
}

std::string CallsText(const std::vector<CaseFile::Call>& calls) {
  Table table;
  for (const char* title : {"BEGAN (UTC)", "CALLING", "CALLED", "ACCOUNT", "TRUNK", "SOURCE"}) {
    table.AddColumn(title);
  }
  table.AddColumn("SECONDS", Table::Align::kRight);
  table.AddColumn("COST", Table::Align::kRight);
  for (const char* title : {"ATTEST", "SPC", "ORIGID", "X5U", "CALL-ID"}) table.AddColumn(title);
  size_t shown = 0;
  for (const CaseFile::Call& call : calls) {
    if (++shown > kMostRows) break;
    table.AddRow({TimeText(call.begin_ns), Cell(call.caller), Cell(call.callee), Cell(call.account),
                  Cell(call.trunk), Cell(call.source), Seconds(call.duration_ns),
                  call.has_cost ? MoneyText(call.cost) : "-", Cell(call.attest), Cell(call.spc),
                  Cell(call.origid), Cell(call.x5u), Cell(call.id)});
  }
  return "CALLS, AS A TRACEBACK ASKS FOR THEM\n" + table.Render() + More(kMostRows, calls.size());
}

std::string LinksText(const CaseFile& file) {
  Table table;
  table.AddColumn("LINKED");
  table.AddColumn("");
  table.AddColumn("EVENTS", Table::Align::kRight);
  table.AddColumn("FIRST (UTC)");
  table.AddColumn("LAST (UTC)");
  for (const KindName& kind : kKinds) {
    const auto links = file.LinksOf(kind.kind);
    size_t shown = 0;
    for (const CaseFile::Linked& link : links) {
      if (++shown > kMostLinked) break;
      table.AddRow({shown == 1 ? kind.plural : "", Cell(link.value), Grouped(link.events),
                    SecondText(link.first_ns), SecondText(link.last_ns)});
    }
    if (links.size() > kMostLinked) {
      table.AddRow({"", "… " + Grouped(links.size() - kMostLinked) + " more", "", "", ""});
    }
  }
  return table.Render();
}

void WriteText(JsonWriter* json, std::string_view key, const std::string& text) {
  json->Key(key);
  if (text.empty()) {
    json->Null();
  } else {
    json->String(text);
  }
}

void WriteWords(JsonWriter* json, std::string_view key, const std::vector<std::string>& words) {
  json->Key(key).BeginArray();
  for (const std::string& word : words) json->String(word);
  json->EndArray();
}

std::string Decimal(int64_t ns) {
  const int64_t ms = ns / 1'000'000;
  const std::string fraction = std::to_string(1000 + ms % 1000).substr(1);
  return std::to_string(ms / 1000) + "." + fraction;
}

void WriteMoney(JsonWriter* json, std::string_view key, bool known, int64_t cost) {
  json->Key(key);
  if (known) {
    json->Number(MoneyText(cost));
  } else {
    json->Null();
  }
}

void WriteEvent(const CaseEvent& event, JsonWriter* json) {
  json->BeginObject();
  json->Key("time").String(TimeText(event.wall_ns));
  json->Key("place").String(event.place);
  WriteText(json, "what", event.what);
  WriteText(json, "source", event.source);
  WriteText(json, "destination", event.destination);
  WriteText(json, "caller", event.caller);
  WriteText(json, "callee", event.callee);
  WriteText(json, "account", event.account);
  WriteText(json, "trunk", event.trunk);
  WriteText(json, "device", event.device);
  WriteText(json, "call_id", event.call_id);
  WriteText(json, "action", event.action);
  WriteWords(json, "rules", event.rules);
  json->EndObject();
}

void WriteCall(const CaseFile::Call& call, JsonWriter* json) {
  json->BeginObject();
  json->Key("call_id").String(call.id);
  json->Key("time").String(TimeText(call.begin_ns));
  WriteText(json, "calling", call.caller);
  WriteText(json, "called", call.callee);
  WriteText(json, "account", call.account);
  WriteText(json, "trunk", call.trunk);
  WriteText(json, "source", call.source);
  WriteText(json, "device", call.device);
  json->Key("answered").Number(call.answered ? "true" : "false");
  json->Key("duration").Number(Decimal(call.duration_ns));
  WriteMoney(json, "cost", call.has_cost, call.cost);
  WriteText(json, "identity", call.identity);
  WriteText(json, "attest", call.attest);
  WriteText(json, "spc", call.spc);
  WriteText(json, "origid", call.origid);
  WriteText(json, "x5u", call.x5u);
  WriteText(json, "action", call.action);
  WriteWords(json, "rules", Words(call.rules));
  WriteWords(json, "places", call.places);
  json->Key("events").UInt(call.events);
  json->EndObject();
}

void WriteLinks(const CaseFile& file, JsonWriter* json) {
  json->Key("linked").BeginObject();
  for (const KindName& kind : kKinds) {
    json->Key(kind.plural).BeginArray();
    for (const CaseFile::Linked& link : file.LinksOf(kind.kind)) {
      json->BeginObject();
      json->Key("value").String(link.value);
      json->Key("events").UInt(link.events);
      json->Key("first").String(TimeText(link.first_ns));
      json->Key("last").String(TimeText(link.last_ns));
      json->EndObject();
    }
    json->EndArray();
  }
  json->EndObject();
}

HtmlTable CallsTable(const std::vector<CaseFile::Call>& calls) {
  HtmlTable table;
  table.title = "Calls, as a traceback asks for them";
  table.about =
      "Times are UTC. What an Identity header claims is only verified where that is said.";
  table.search = true;
  table.columns = {{"Began", HtmlKind::kTime},
                   {"Calling"},
                   {"Called"},
                   {"Account"},
                   {"Trunk"},
                   {"Source"},
                   {"Seconds", HtmlKind::kSeconds},
                   {"Cost", HtmlKind::kMoney},
                   {"Identity"},
                   {"Attestation"},
                   {"SPC"},
                   {"origid"},
                   {"x5u"},
                   {"Action", HtmlKind::kAction},
                   {"Rules", HtmlKind::kWords},
                   {"Call-ID"}};
  for (const CaseFile::Call& call : calls) {
    table.rows.push_back(
        {call.begin_ns, call.caller, call.callee, call.account, call.trunk, call.source,
         call.duration_ns, call.has_cost ? HtmlValue(call.cost) : HtmlValue(), call.identity,
         call.attest, call.spc, call.origid, call.x5u, call.action, Words(call.rules), call.id});
  }
  return table;
}

HtmlTable EventsTable(const CaseFile& file) {
  HtmlTable table;
  table.title = "Timeline";
  table.search = true;
  table.columns = {{"Time", HtmlKind::kTime},
                   {"What"},
                   {"Source"},
                   {"Caller"},
                   {"Callee"},
                   {"Device"},
                   {"Action", HtmlKind::kAction},
                   {"Rules", HtmlKind::kWords},
                   {"Where"}};
  for (const CaseEvent& event : file.events()) {
    table.rows.push_back({event.wall_ns, event.what, event.source, event.caller, event.callee,
                          event.device, event.action, event.rules, event.place});
  }
  if (file.left_out() != 0) table.left_out = Grouped(file.left_out()) + " events more";
  return table;
}

HtmlTable LinksTable(const CaseFile& file, const KindName& kind) {
  constexpr size_t kMost = 200;
  HtmlTable table;
  table.title = std::string("Linked: ") + kind.title;
  table.columns = {{kind.title},
                   {"Events", HtmlKind::kNumber, true},
                   {"First", HtmlKind::kTime},
                   {"Last", HtmlKind::kTime}};
  const auto links = file.LinksOf(kind.kind);
  for (const CaseFile::Linked& link : links) {
    if (table.rows.size() == kMost) {
      table.left_out = Grouped(links.size() - kMost) + " more";
      break;
    }
    table.rows.push_back(
        {link.value, static_cast<int64_t>(link.events), link.first_ns, link.last_ns});
  }
  return table;
}

}  // namespace

std::string CaseText(const CaseRequest& request, const CaseFile& file) {
  const std::vector<CaseFile::Call> calls = file.Calls();
  const Total total(calls);
  std::string text = "case of " + std::string(NameOf(request.subject.kind)) + " " +
                     Printable(request.subject.value) + ": " +
                     Counted(file.events().size(), "event") + ", " + Counted(total.count, "call");
  if (file.left_out() != 0) text += ", " + Grouped(file.left_out()) + " events left out";
  text += "\n";
  if (file.events().empty()) return text;
  text += "talk " + Seconds(total.talk_ns) + " s, cost " +
          (total.priced == 0 ? "not known" : MoneyText(total.cost)) + ", from " +
          TimeText(file.events().front().wall_ns) + " to " +
          TimeText(file.events().back().wall_ns) + "\n\n";
  return text + EventsText(file) + "\n" + CallsText(calls) + "\n" + LinksText(file);
}

std::string CaseJson(const CaseRequest& request, const CaseFile& file) {
  const std::vector<CaseFile::Call> calls = file.Calls();
  const Total total(calls);
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("subject").BeginObject();
  json.Key("kind").String(NameOf(request.subject.kind));
  json.Key("value").String(request.subject.value);
  json.EndObject();
  json.Key("cost").BeginObject();
  json.Key("calls").UInt(total.count);
  json.Key("answered").UInt(total.answered);
  json.Key("talk").Number(Decimal(total.talk_ns));
  json.Key("priced").UInt(total.priced);
  WriteMoney(&json, "cost", total.priced != 0, total.cost);
  json.EndObject();
  json.Key("calls").BeginArray();
  for (const CaseFile::Call& call : calls) WriteCall(call, &json);
  json.EndArray();
  WriteLinks(file, &json);
  json.Key("timeline").BeginArray();
  for (const CaseEvent& event : file.events()) WriteEvent(event, &json);
  json.EndArray();
  json.Key("left_out").UInt(file.left_out());
  json.EndObject();
  return out + "\n";
}

HtmlReport CasePage(const CaseRequest& request, const CaseFile& file) {
  const std::vector<CaseFile::Call> calls = file.Calls();
  const Total total(calls);
  HtmlReport report;
  report.title = "Case file";
  report.subject = std::string(NameOf(request.subject.kind)) + " " + request.subject.value;
  report.verdict = Counted(file.events().size(), "event") + " of " + Counted(total.count, "call");
  for (const CaseFile::Call& call : calls) report.calm = report.calm && call.rules.empty();
  report.facts = {
      {"Sources", HtmlKind::kText, Joined(request.paths)},
      {"Calls", HtmlKind::kNumber, static_cast<int64_t>(total.count)},
      {"Answered", HtmlKind::kNumber, static_cast<int64_t>(total.answered)},
      {"Talk", HtmlKind::kSeconds, total.talk_ns},
      {"Cost", HtmlKind::kMoney, total.priced == 0 ? HtmlValue() : HtmlValue(total.cost)}};
  report.sections.emplace_back(CallsTable(calls));
  report.sections.emplace_back(EventsTable(file));
  for (const KindName& kind : kKinds) {
    if (!file.LinksOf(kind.kind).empty()) report.sections.emplace_back(LinksTable(file, kind));
  }
  return report;
}

}  // namespace sipward::cli
