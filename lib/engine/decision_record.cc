#include "engine/decision_record.h"

#include <algorithm>

#include "engine/circumstances.h"
#include "evidence/evidence.h"

namespace sipward::engine {
namespace {

std::string_view ParseText(sip::ParseStatus status) {
  switch (status) {
    case sip::ParseStatus::kOk:
      return "ok";
    case sip::ParseStatus::kMalformed:
      return "malformed";
    case sip::ParseStatus::kLimit:
      return "limit";
  }
  return "";
}

void AppendFlags(const Verdict& verdict, evidence::Writer* json) {
  json->Key("flags").Begin('[');
  const std::pair<bool, std::string_view> flags[] = {{verdict.banned, "banned"},
                                                     {verdict.emergency, "emergency"},
                                                     {verdict.allow_listed, "allow_listed"},
                                                     {verdict.alert, "alert"},
                                                     {verdict.capture, "capture"},
                                                     {verdict.overload, "overload"},
                                                     {verdict.pending, "pending"}};
  for (const auto& [set, name] : flags) {
    if (set) json->String(name);
  }
  json->End(']');
}

void AppendHit(const VerdictHit& hit, evidence::Writer* json) {
  json->Begin('{');
  json->Key("rule").String(hit.rule->name);
  json->Key("file").String(hit.rule->file);
  json->Key("line").UInt(hit.rule->line);
  json->Key("action").String(rules::ActionName(hit.action));
  json->Key("enforced").Bool(hit.enforced);
  json->Key("score").Int(hit.score);
  json->Key("values").Begin('[');
  for (size_t i = 0; i < hit.value_count; ++i) json->Float(hit.values[i]);
  json->End(']');
  json->End('}');
}

// When the packet or event was.
Nanos TimeOf(std::string_view recorded, bool* of_message) {
  facts::Fact fact;
  for (facts::TapeReader tape(recorded); tape.Next(&fact);) {
    using facts::Noted;
    if (fact.kind == Noted::kBegin) {
      *of_message = fact.index != static_cast<uint32_t>(facts::Subject::kEvent);
    }
    const bool of_packet = fact.kind == Noted::kPacket &&
                           fact.index == static_cast<uint32_t>(facts::PacketPart::kWall);
    if (of_packet || (fact.kind == Noted::kTime && fact.index == 1)) return fact.value.i;
  }
  return 0;
}

}  // namespace

void AppendVerdict(const Verdict& verdict, std::string* out) {
  evidence::Writer json(out);
  json.Begin('{');
  json.Key("action").String(rules::ActionName(verdict.action));
  json.Key("code").UInt(verdict.sip_code);
  json.Key("reason").String(verdict.sip_reason);
  json.Key("score").Int(verdict.score);
  json.Key("parse").String(ParseText(verdict.parse_status));
  AppendFlags(verdict, &json);
  json.Key("rules").Begin('[');
  for (uint32_t i = 0; i < verdict.hit_count; ++i) AppendHit(verdict.hits[i], &json);
  json.End(']');
  json.Key("tags").Begin('[');
  for (uint32_t i = 0; i < verdict.tag_count; ++i) {
    json.Begin('{');
    json.Key("tag").String(verdict.tags[i].text);
    json.Key("rule").String(verdict.tags[i].rule->name);
    json.End('}');
  }
  json.End(']');
  json.Key("rules_omitted").UInt(verdict.hits_omitted);
  json.Key("tags_omitted").UInt(verdict.tags_omitted);
  json.Key("ticket").UInt(verdict.ticket);
  json.Key("certificate_url").String(verdict.certificate_url);
  json.End('}');
}

size_t SizeWithoutBody(const sip::Message& message, std::string_view bytes) {
  if (message.bytes().empty()) return 0;
  size_t size = message.body().offset;
  if (!message.body().present()) {
    // Refused before its body was looked for: up to the first empty line.
    const size_t begin = std::min(bytes.find_first_not_of("\r\n"), bytes.size());
    size = std::min(bytes.find("\n\r\n", begin), bytes.size() - 3) + 3;
    size = std::min(size, std::min(bytes.find("\n\n", begin), bytes.size() - 2) + 2);
  }
  // What keeps a way through a NAT open may look like anything behind its first octets.
  return IsKeepAlive(bytes) == IsKeepAlive(bytes.substr(0, size)) ? size : bytes.size();
}

std::string RecordOf(const Verdict& verdict, const rules::RuleSet& rules, const facts::Tape& tape,
                     std::string_view bytes, size_t kept) {
  bool of_message = false;
  const Nanos wall = TimeOf(tape.bytes(), &of_message);
  if (!of_message) bytes = {};
  kept = std::min(kept, bytes.size());
  std::string record;
  record.reserve(1024 + kept + tape.bytes().size());
  evidence::Writer json(&record);
  json.Begin('{');
  json.Key("format").UInt(2);
  json.Key("time").Int(wall);
  json.Key("verdict");
  std::string text;
  AppendVerdict(verdict, &text);
  json.Literal(text);
  json.Key("rules").String(rules.content_hash());
  json.Key("message").Begin('{');
  json.Key("size").UInt(bytes.size());
  json.Key("hash").String(evidence::ToHex(evidence::HashOf(bytes)));
  json.Key("kept").UInt(kept);
  json.End('}');
  json.Key("tape").UInt(tape.bytes().size());
  json.End('}');
  record += '\n';
  record += bytes.substr(0, kept);
  record += tape.bytes();
  return record;
}

std::optional<DecisionRecord> ReadRecord(std::string_view bytes) {
  const size_t line = bytes.find('\n');
  if (line == bytes.npos) return std::nullopt;
  const std::string_view json = bytes.substr(0, line);
  const std::string_view rest = bytes.substr(line + 1);
  const auto number = [](std::string_view object, std::string_view name) {
    return evidence::IntOf(evidence::Find(object, name)).value_or(-1);
  };
  const std::string_view message = evidence::Find(json, "message");
  const int64_t size = number(message, "size");
  const int64_t kept = number(message, "kept");
  const int64_t tape = number(json, "tape");
  const int64_t format = number(json, "format");
  if (format < 1 || format > 2 || size < 0 || kept < 0 || kept > size || tape < 0 ||
      rest.size() != static_cast<uint64_t>(kept) + static_cast<uint64_t>(tape)) {
    return std::nullopt;
  }
  DecisionRecord record;
  record.wall = number(json, "time");
  record.verdict = evidence::Find(json, "verdict");
  record.rules = evidence::TextOf(evidence::Find(json, "rules")).value_or("");
  record.message_size = static_cast<size_t>(size);
  record.message_hash = evidence::TextOf(evidence::Find(message, "hash")).value_or("");
  record.kept = rest.substr(0, static_cast<size_t>(kept));
  record.tape = rest.substr(static_cast<size_t>(kept));
  return record;
}

}  // namespace sipward::engine
