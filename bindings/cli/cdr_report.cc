#include "cdr_report.h"

#include <algorithm>
#include <cstdio>

#include "handle.h"
#include "json.h"
#include "packet_text.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kWhyColumns = 60;
constexpr size_t kNameColumns = 32;
constexpr size_t kMostShown = 50;
constexpr size_t kMostTop = 10;

std::string MinutesText(int64_t duration_ns) {
  constexpr int64_t kMinuteNs = 60'000'000'000;
  return Grouped(static_cast<uint64_t>((duration_ns + kMinuteNs / 2) / kMinuteNs));
}

std::string NameText(std::string_view name) {
  return name.empty() ? "-" : Clip(Printable(name), kNameColumns);
}

// The country of a number, or what it is instead.
std::string DestinationOf(std::string_view number) {
  auto info = Sized<sipward_number_info>();
  if (sipward_number_lookup(number.data(), number.size(), &info) != SIPWARD_OK ||
      info.country.size == 0) {
    return "";
  }
  return "+" + std::string(View(info.calling_code)) + " " + std::string(View(info.country));
}

}  // namespace

void CdrRows::AddBad(uint32_t reason, std::string_view file, uint64_t line) {
  ++bad_;
  Bad& bad = reasons_[std::min<size_t>(reason, kMostReasons - 1)];
  ++bad.count;
  if (bad.places.size() < kMostPlaces) {
    bad.places.push_back(std::string(file) + ":" + std::to_string(line));
  }
}

std::string CdrRows::Render() const {
  std::string out = "Rows      " + Grouped(in()) + " in: " + Grouped(good_) + " good, " +
                    Grouped(bad_) + " bad\n";
  if (duplicates_ > 0) {
    out += "          " + Counted(duplicates_, "row") + " there twice, judged once\n";
  }
  for (size_t i = 0; i < reasons_.size(); ++i) {
    const Bad& bad = reasons_[i];
    if (bad.count == 0) continue;
    const char* sentence = sipward_cdr_reason_sentence(static_cast<uint32_t>(i));
    out += "Bad       " + Grouped(bad.count) + ": " + (sentence == nullptr ? "" : sentence) + " (";
    for (size_t place = 0; place < bad.places.size(); ++place) {
      out += (place == 0 ? "" : ", ") + Printable(bad.places[place]);
    }
    out += bad.count > bad.places.size() ? ", …)\n" : ")\n";
  }
  return out;
}

void CdrRows::WriteReasons(std::string* out) const {
  JsonWriter json(out);
  json.BeginObject();
  for (size_t i = 0; i < reasons_.size(); ++i) {
    const char* name = sipward_cdr_reason_name(static_cast<uint32_t>(i));
    if (reasons_[i].count != 0 && name != nullptr) json.Key(name).UInt(reasons_[i].count);
  }
  json.EndObject();
}

void CdrReport::Sum::Add(const sipward_cdr& record) {
  ++calls;
  duration_ns += record.duration_ns;
  if (record.has_cost == 0) return;
  has_cost = true;
  if (__builtin_add_overflow(cost, record.cost, &cost)) cost = INT64_MAX;
}

std::string CdrReport::Amount(const Sum& sum) { return sum.has_cost ? MoneyText(sum.cost) : "-"; }

void CdrReport::AddHits(const JudgedRecord& judged) {
  for (uint32_t i = 0; i < judged.verdict.hit_count; ++i) {
    const sipward_hit& hit = judged.verdict.hits[i];
    name_ = View(judged.record.account);
    name_ += '\0';
    name_ += View(hit.rule);
    const auto found = index_.find(name_);
    if (found != index_.end()) {
      lines_[found->second].sum.Add(judged.record);
      continue;
    }
    if (lines_.size() == kMost) {
      ++uncounted_;
      continue;
    }
    index_.emplace(name_, lines_.size());
    Line& line = lines_.emplace_back();
    line.subject = View(judged.record.account);
    line.rule = View(hit.rule);
    line.why = View(hit.why);
    line.action = hit.action;
    line.first_ns = judged.record.start_ns;
    line.sum.Add(judged.record);
  }
}

void CdrReport::AddParty(std::string_view name, const sipward_cdr& record, bool finding,
                         Parties* parties) {
  name_ = name;
  auto found = parties->find(name_);
  if (found == parties->end()) {
    if (parties->size() == kMost) name_ = "others";
    found = parties->try_emplace(name_).first;
  }
  found->second.all.Add(record);
  if (finding) found->second.found.Add(record);
}

void CdrReport::Add(const JudgedRecord& judged, bool finding) {
  all_.Add(judged.record);
  AddParty(View(judged.record.account), judged.record, finding, &accounts_);
  AddParty(DestinationOf(judged.callee), judged.record, finding, &destinations_);
  if (!finding) return;
  found_.Add(judged.record);
  AddHits(judged);
}

std::string CdrReport::RenderFindings() const {
  if (lines_.empty()) return "Nothing was found.\n";
  std::vector<const Line*> order;
  order.reserve(lines_.size());
  for (const Line& line : lines_) order.push_back(&line);
  std::stable_sort(order.begin(), order.end(), [](const Line* a, const Line* b) {
    if (a->action != b->action) return a->action > b->action;
    return a->sum.cost != b->sum.cost ? a->sum.cost > b->sum.cost : a->sum.calls > b->sum.calls;
  });
  Table table;
  table.AddColumn("FIRST CALL");
  table.AddColumn("ACCOUNT");
  table.AddColumn("RULE");
  table.AddColumn("ACTION");
  table.AddColumn("CALLS", Table::Align::kRight);
  table.AddColumn("COST", Table::Align::kRight);
  table.AddColumn("WHY");
  for (size_t i = 0; i < std::min(order.size(), kMostShown); ++i) {
    const Line& line = *order[i];
    table.AddRow({SecondText(line.first_ns), NameText(line.subject), Printable(line.rule),
                  sipward_action_name(line.action), Grouped(line.sum.calls), Amount(line.sum),
                  Clip(Printable(line.why), kWhyColumns)});
  }
  std::string out = table.Render();
  if (order.size() > kMostShown) {
    out += "… and " + Grouped(order.size() - kMostShown) + " more; --json shows every finding\n";
  }
  if (uncounted_ > 0) out += "… and " + Grouped(uncounted_) + " matches of further accounts\n";
  return out;
}

std::string CdrReport::RenderMoney() const {
  std::string out = "Findings  " + Counted(found_.calls, "call") + " of " + Grouped(all_.calls) +
                    ", " + MinutesText(found_.duration_ns) + " minutes\n";
  out += "At risk   ";
  if (!all_.has_cost) return out + "not known: no record has a cost; --rates gives them one\n";
  return out + MoneyText(found_.cost) + " of " + MoneyText(all_.cost) + "\n";
}

std::vector<CdrReport::Ranked> CdrReport::Top(const Parties& parties, size_t most) {
  std::vector<const Parties::value_type*> order;
  order.reserve(parties.size());
  for (const auto& entry : parties) order.push_back(&entry);
  const auto before = [](const auto* a, const auto* b) {
    const Party& x = a->second;
    const Party& y = b->second;
    if (x.found.cost != y.found.cost) return x.found.cost > y.found.cost;
    if (x.found.calls != y.found.calls) return x.found.calls > y.found.calls;
    if (x.all.cost != y.all.cost) return x.all.cost > y.all.cost;
    return x.all.calls != y.all.calls ? x.all.calls > y.all.calls : a->first < b->first;
  };
  const size_t shown = std::min(order.size(), most);
  std::partial_sort(order.begin(), order.begin() + static_cast<ptrdiff_t>(shown), order.end(),
                    before);
  std::vector<Ranked> top;
  for (size_t i = 0; i < shown; ++i) {
    top.push_back({order[i]->first, order[i]->second.all, order[i]->second.found});
  }
  return top;
}

std::string CdrReport::RenderTop(const Parties& parties, const char* title) {
  Table table;
  table.AddColumn(title);
  table.AddColumn("CALLS", Table::Align::kRight);
  table.AddColumn("MINUTES", Table::Align::kRight);
  table.AddColumn("COST", Table::Align::kRight);
  table.AddColumn("FINDINGS", Table::Align::kRight);
  table.AddColumn("AT RISK", Table::Align::kRight);
  const std::vector<Ranked> top = Top(parties, kMostTop);
  for (const Ranked& party : top) {
    table.AddRow({NameText(party.name), Grouped(party.all.calls),
                  MinutesText(party.all.duration_ns), Amount(party.all), Grouped(party.found.calls),
                  Amount(party.found)});
  }
  std::string out = table.Render();
  if (parties.size() > top.size()) {
    out += "… and " + Grouped(parties.size() - top.size()) + " more\n";
  }
  return out;
}

std::string CdrReport::Render(const CdrRows& rows, double seconds) const {
  std::string out = RenderFindings();
  out += "\n" + RenderMoney() + rows.Render();
  char time[64];
  std::snprintf(time, sizeof time, "Time      %.1f s\n", seconds);
  out += time;
  if (all_.calls == 0) return out;
  out += "\n" + RenderTop(accounts_, "ACCOUNT");
  out += "\n" + RenderTop(destinations_, "DESTINATION");
  return out;
}

std::string CdrReport::RenderJson(const CdrRows& rows) const {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("summary").Number("true");
  json.Key("rows").UInt(rows.in());
  json.Key("good").UInt(rows.good());
  json.Key("bad").UInt(rows.bad());
  json.Key("duplicates").UInt(rows.duplicates());
  json.Key("calls").UInt(all_.calls);
  json.Key("findings").UInt(found_.calls);
  json.Key("cost").Number(all_.has_cost ? MoneyText(all_.cost) : "null");
  json.Key("cost_of_findings").Number(all_.has_cost ? MoneyText(found_.cost) : "null");
  std::string reasons;
  rows.WriteReasons(&reasons);
  json.Key("reasons").Number(reasons);
  json.EndObject();
  return out + "\n";
}

}  // namespace sipward::cli
