#include "cdr_finding.h"

#include <algorithm>

#include "handle.h"
#include "json.h"
#include "packet_text.h"

namespace sipward::cli {
namespace {

// A number for JSON, exact: "12.34", "0.5", "7".
std::string Decimal(int64_t number, int64_t units, size_t least) {
  const bool negative = number < 0;
  const uint64_t magnitude =
      negative ? uint64_t{0} - static_cast<uint64_t>(number) : static_cast<uint64_t>(number);
  std::string out = std::to_string(magnitude / static_cast<uint64_t>(units));
  std::string fraction =
      std::to_string(magnitude % static_cast<uint64_t>(units) + static_cast<uint64_t>(units));
  fraction.erase(0, 1);
  while (fraction.size() > least && fraction.back() == '0') fraction.pop_back();
  if (!fraction.empty()) out += "." + fraction;
  return negative ? "-" + out : out;
}

// What the worst rule says of itself.
std::string_view WhyOf(const sipward_verdict& verdict) {
  const sipward_hit* worst = nullptr;
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    const sipward_hit& hit = verdict.hits[i];
    if (hit.why.size != 0 && (worst == nullptr || hit.action > worst->action)) worst = &hit;
  }
  return worst == nullptr ? std::string_view() : View(worst->why);
}

}  // namespace

bool IsFinding(const sipward_verdict& verdict) {
  return (verdict.flags & SIPWARD_VERDICT_ALERT) != 0 || AskedAction(verdict) > SIPWARD_ACTION_FLAG;
}

uint32_t AskedAction(const sipward_verdict& verdict) {
  uint32_t action = verdict.hit_count != 0 ? uint32_t{SIPWARD_ACTION_FLAG} : verdict.action;
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    action = std::max(action, verdict.hits[i].action);
  }
  return action;
}

void AppendFinding(std::string* out, const JudgedRecord& judged) {
  const sipward_cdr& record = judged.record;
  JsonWriter json(out);
  json.BeginObject();
  json.Key("row").UInt(judged.line);
  json.Key("rules").BeginArray();
  for (uint32_t i = 0; i < judged.verdict.hit_count; ++i) {
    json.String(View(judged.verdict.hits[i].rule));
  }
  json.EndArray();
  json.Key("action").String(sipward_action_name(AskedAction(judged.verdict)));
  json.Key("account").String(View(record.account));
  json.Key("caller").String(View(record.caller));
  json.Key("callee").String(View(record.callee));
  json.Key("score").Int(judged.verdict.score);
  json.Key("file").String(judged.file);
  json.Key("start").String(TimeText(record.start_ns));
  json.Key("duration").Number(Decimal(record.duration_ns, 1'000'000'000, 0));
  json.Key("cost");
  if (record.has_cost != 0) {
    json.Number(Decimal(record.cost, 1'000'000, 0));
  } else {
    json.Null();
  }
  json.Key("why").String(WhyOf(judged.verdict));
  json.EndObject();
  out->push_back('\n');
}

std::string MoneyText(int64_t millionths) { return Decimal(millionths, 1'000'000, 2); }

}  // namespace sipward::cli
