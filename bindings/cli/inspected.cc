#include "inspected.h"

#include <algorithm>
#include <utility>
#include <vector>

#include "json.h"
#include "packet_text.h"

namespace sipward::cli {
namespace {

void WriteMessage(JsonWriter* json, const MessageView& message) {
  const sipward_start_line line = message.StartLine();
  json->Key("kind").StringOrNull(message.Kind());
  json->Key("method").StringOrNull(MethodOf(message));
  json->Key("code");
  if (line.kind == SIPWARD_KIND_RESPONSE && line.status_code != 0) {
    json->UInt(line.status_code);
  } else {
    json->Null();
  }
  json->Key("call_id").StringOrNull(message.Find("Call-ID"));
  json->Key("from").StringOrNull(UriOf(message, "From"));
  json->Key("to").StringOrNull(UriOf(message, "To"));
}

// What stands beside the action, by name.
void WriteFlags(JsonWriter* json, uint32_t flags) {
  constexpr std::pair<uint32_t, std::string_view> kFlags[] = {
      {SIPWARD_VERDICT_BANNED, "banned"},
      {SIPWARD_VERDICT_EMERGENCY, "emergency"},
      {SIPWARD_VERDICT_ALLOW_LISTED, "allow_listed"},
      {SIPWARD_VERDICT_ALERT, "alert"},
      {SIPWARD_VERDICT_CAPTURE, "capture"},
      {SIPWARD_VERDICT_OVERLOAD, "overload"},
  };
  json->Key("flags").BeginArray();
  for (const auto& [flag, name] : kFlags) {
    if ((flags & flag) != 0) json->String(name);
  }
  json->EndArray();
}

void WriteVerdict(JsonWriter* json, const sipward_verdict& verdict) {
  json->Key("action").String(sipward_action_name(verdict.action));
  json->Key("verdict_code");
  if (verdict.sip_code != 0) {
    json->UInt(verdict.sip_code);
  } else {
    json->Null();
  }
  json->Key("score").Int(verdict.score);
  json->Key("rules").BeginArray();
  for (uint32_t i = 0; i < verdict.hit_count; ++i) json->String(View(verdict.hits[i].rule));
  json->EndArray();
  json->Key("tags").BeginArray();
  for (uint32_t i = 0; i < verdict.tag_count; ++i) json->String(View(verdict.tags[i].text));
  json->EndArray();
  WriteFlags(json, verdict.flags);
}

void WriteAnomalies(JsonWriter* json, const MessageView& message) {
  json->Key("anomalies").BeginArray();
  std::vector<uint32_t> seen;
  for (const sipward_anomaly& anomaly : message.Anomalies()) {
    if (std::find(seen.begin(), seen.end(), anomaly.id) != seen.end()) continue;
    seen.push_back(anomaly.id);
    json->String(View(Describe(anomaly).name));
  }
  json->EndArray();
}

}  // namespace

OptionalText MethodOf(const MessageView& message) {
  const sipward_start_line line = message.StartLine();
  if (line.kind != SIPWARD_KIND_RESPONSE) return message.Text(line.method);
  const auto cseq = message.Cseq();
  return cseq ? message.Text(cseq->method) : std::nullopt;
}

OptionalText UriOf(const MessageView& message, std::string_view header) {
  const auto address = message.Address(header);
  return address ? message.Text(address->uri.text) : std::nullopt;
}

void AppendJson(std::string* out, const Inspected& inspected) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("time").String(TimeText(inspected.packet.wall_ns));
  json.Key("src").String(EndpointText(inspected.packet.source));
  json.Key("dst").String(EndpointText(inspected.packet.destination));
  json.Key("transport").String(TransportName(inspected.packet.transport));
  WriteMessage(&json, inspected.message);
  WriteVerdict(&json, inspected.verdict);
  WriteAnomalies(&json, inspected.message);
  json.EndObject();
  out->push_back('\n');
}

}  // namespace sipward::cli
