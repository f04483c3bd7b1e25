#include "eve.h"

#include <algorithm>

#include "json.h"
#include "packet_text.h"

namespace sipward::cli {
namespace {

constexpr uint64_t kGenerator = 5060;

// 2026-11-23T15:04:05.123456+0000
std::string EveTime(int64_t wall_ns) {
  std::string text = TimeText(wall_ns);
  text.back() = '+';
  return text + "0000";
}

// Suricata tells of what carries the connection.
std::string_view ProtocolOf(uint32_t transport) {
  if (transport == SIPWARD_TRANSPORT_UDP) return "UDP";
  return transport == SIPWARD_TRANSPORT_SCTP ? "SCTP" : "TCP";
}

std::string_view FirstLine(std::string_view message) {
  const size_t begin = std::min(message.find_first_not_of("\r\n"), message.size());
  return message.substr(begin, message.find_first_of("\r\n", begin) - begin);
}

void WriteCommon(JsonWriter* json, const Inspected& inspected, std::string_view type) {
  const sipward_packet& packet = inspected.packet;
  json->Key("timestamp").String(EveTime(packet.wall_ns));
  json->Key("event_type").String(type);
  json->Key("src_ip").String(AddressText(packet.source));
  json->Key("src_port").UInt(packet.source.port);
  json->Key("dest_ip").String(AddressText(packet.destination));
  json->Key("dest_port").UInt(packet.destination.port);
  json->Key("proto").String(ProtocolOf(packet.transport));
}

void WriteText(JsonWriter* json, std::string_view key, const OptionalText& text) {
  if (text) json->Key(key).String(*text);
}

void WriteSip(JsonWriter* json, const MessageView& message) {
  const sipward_start_line line = message.StartLine();
  json->Key("sip").BeginObject();
  if (line.kind == SIPWARD_KIND_REQUEST) {
    WriteText(json, "method", message.Text(line.method));
    WriteText(json, "uri", message.Text(line.request_uri));
    WriteText(json, "version", message.Text(line.version));
    json->Key("request_line").String(FirstLine(message.bytes()));
  } else if (line.kind == SIPWARD_KIND_RESPONSE) {
    WriteText(json, "version", message.Text(line.version));
    json->Key("code").String(std::to_string(line.status_code));
    WriteText(json, "reason", message.Text(line.reason));
    json->Key("response_line").String(FirstLine(message.bytes()));
  }
  json->EndObject();
}

// 1 is the worst.
uint64_t SeverityOf(uint32_t action) {
  if (action >= SIPWARD_ACTION_REJECT) return 1;
  return action > SIPWARD_ACTION_FLAG ? 2 : 3;
}

void WriteAlert(JsonWriter* json, const sipward_hit& hit) {
  const bool blocked = hit.enforced != 0 && hit.action >= SIPWARD_ACTION_REJECT;
  json->Key("alert").BeginObject();
  json->Key("action").String(blocked ? "blocked" : "allowed");
  json->Key("gid").UInt(kGenerator);
  json->Key("signature_id").UInt(SignatureIdOf(View(hit.rule)));
  json->Key("rev").UInt(1);
  json->Key("signature").String(View(hit.rule));
  json->Key("category").String(View(hit.why));
  json->Key("severity").UInt(SeverityOf(hit.action));
  json->EndObject();
}

}  // namespace

// FNV-1a, of which the highest bit is left out.
uint32_t SignatureIdOf(std::string_view rule) {
  uint32_t hash = 2166136261u;
  for (const char c : rule) hash = (hash ^ static_cast<uint8_t>(c)) * 16777619u;
  hash &= 0x7FFFFFFFu;
  return hash == 0 ? 1 : hash;
}

void AppendEve(std::string* out, const Inspected& inspected) {
  JsonWriter sip(out);
  sip.BeginObject();
  WriteCommon(&sip, inspected, "sip");
  WriteSip(&sip, inspected.message);
  sip.EndObject();
  out->push_back('\n');
  for (uint32_t i = 0; i < inspected.verdict.hit_count; ++i) {
    JsonWriter alert(out);
    alert.BeginObject();
    WriteCommon(&alert, inspected, "alert");
    WriteAlert(&alert, inspected.verdict.hits[i]);
    alert.Key("app_proto").String("sip");
    WriteSip(&alert, inspected.message);
    alert.EndObject();
    out->push_back('\n');
  }
}

}  // namespace sipward::cli
