#include "fields.h"
#include "json.h"
#include "message_view.h"
#include "parse_report.h"

namespace sipward::cli {
namespace {

// Writes the fields of one message in the order of the contract.
class Fields {
 public:
  Fields(JsonWriter* json, const ParseReport& report)
      : json_(*json), base_(report.offset), message_(report.message), view_(report.message) {}

  void WriteStart();
  void WriteAddresses();
  void WriteCallIdAndCseq();
  void WriteVias();
  void WriteContacts();
  void WriteNumbers();
  void WriteHeaders();
  void WriteBody();
  void WriteAnomalies();
  void WriteFields();

 private:
  void Text(std::string_view key, const sipward_slice& slice) {
    json_.Key(key).StringOrNull(view_.Text(slice));
  }
  void Port(int32_t port) {
    json_.Key("port");
    if (port < 0) {
      json_.Null();
    } else {
      json_.Int(port);
    }
  }
  void Params(const sipward_slice& params);
  void Address(const std::optional<sipward_address>& address);

  JsonWriter& json_;
  uint64_t base_;
  sipward_message* message_;
  MessageView view_;
};

void Fields::WriteStart() {
  const sipward_start_line line = view_.StartLine();
  json_.Key("kind").StringOrNull(view_.Kind());
  Text("method", line.method);
  Text("request_uri", line.request_uri);
  json_.Key("status_code");
  if (line.status_code == 0) {
    json_.Null();
  } else {
    json_.UInt(line.status_code);
  }
  Text("reason", line.reason);
}

void Fields::Params(const sipward_slice& params) {
  json_.Key("params").BeginArray();
  for (const sipward_param& param : view_.Params(params)) {
    json_.BeginObject();
    Text("name", param.name);
    Text("value", param.value);
    json_.EndObject();
  }
  json_.EndArray();
}

void Fields::Address(const std::optional<sipward_address>& address) {
  if (!address) {
    json_.Null();
    return;
  }
  json_.BeginObject();
  Text("display", address->display);
  if (address->is_star != 0) {
    json_.Key("uri").String("*");
  } else {
    Text("uri", address->uri.text);
  }
  Text("user", address->uri.user);
  Text("host", address->uri.host);
  Port(address->uri.port_number);
  Text("tag", address->tag);
  Params(address->params);
  json_.EndObject();
}

void Fields::WriteAddresses() {
  json_.Key("from");
  Address(view_.Address("From"));
  json_.Key("to");
  Address(view_.Address("To"));
}

void Fields::WriteCallIdAndCseq() {
  json_.Key("call_id").StringOrNull(view_.Find("Call-ID"));
  json_.Key("cseq");
  const auto cseq = view_.Cseq();
  if (!cseq) {
    json_.Null();
    return;
  }
  json_.BeginObject();
  json_.Key("number");
  if (cseq->number_valid != 0) {
    json_.UInt(cseq->number);
  } else {
    json_.Null();
  }
  Text("method", cseq->method);
  json_.EndObject();
}

void Fields::WriteVias() {
  json_.Key("via").BeginArray();
  for (uint32_t i = 0; const auto via = view_.Via(i); ++i) {
    json_.BeginObject();
    Text("transport", via->transport);
    Text("host", via->host);
    Port(via->port_number);
    Text("branch", via->branch);
    Params(via->params);
    json_.EndObject();
  }
  json_.EndArray();
}

void Fields::WriteContacts() {
  json_.Key("contact").BeginArray();
  for (uint32_t i = 0; const auto contact = view_.Address("Contact", i); ++i) Address(contact);
  json_.EndArray();
}

void Fields::WriteNumbers() {
  json_.Key("max_forwards").UIntOrNull(view_.Number("Max-Forwards"));
  json_.Key("content_length").UIntOrNull(view_.Number("Content-Length"));
}

void Fields::WriteHeaders() {
  json_.Key("headers").BeginArray();
  for (const sipward_header& header : view_.Headers()) {
    json_.BeginObject();
    Text("name", header.name);
    Text("value", header.value);
    json_.Key("offset").UInt(base_ + header.value.offset);
    json_.Key("length").UInt(header.value.length);
    json_.EndObject();
  }
  json_.EndArray();
}

void Fields::WriteBody() {
  json_.Key("body");
  const auto body = view_.Body();
  if (!body) {
    json_.Null();
    return;
  }
  json_.BeginObject();
  json_.Key("offset").UInt(base_ + body->offset);
  json_.Key("length").UInt(body->length);
  json_.EndObject();
}

void Fields::WriteAnomalies() {
  json_.Key("anomalies").BeginArray();
  for (const sipward_anomaly& anomaly : view_.Anomalies()) {
    const sipward_anomaly_info info = Describe(anomaly);
    json_.BeginObject();
    json_.Key("name").String(View(info.name));
    json_.Key("class").String(View(info.class_name));
    json_.Key("offset").UInt(base_ + anomaly.offset);
    json_.EndObject();
  }
  json_.EndArray();
}

void Fields::WriteFields() {
  json_.Key("fields").BeginArray();
  for (const Field& field : FieldsOf(message_)) {
    json_.BeginObject();
    json_.Key("name").String(field.name);
    Text("value", field.place);
    json_.Key("offset").UInt(base_ + field.place.offset);
    json_.Key("length").UInt(field.place.length);
    json_.EndObject();
  }
  json_.EndArray();
}

void WriteError(JsonWriter* json, const ParseReport& report) {
  json->Key("error");
  if (!report.error) {
    json->Null();
    return;
  }
  json->BeginObject();
  json->Key("name").String(View(Describe(*report.error).name));
  json->Key("offset").UInt(report.offset + report.error->offset);
  json->EndObject();
}

void WriteUnknown(JsonWriter* json) {
  for (const char* key : {"kind", "method", "request_uri", "status_code", "reason", "from", "to",
                          "call_id", "cseq"}) {
    json->Key(key).Null();
  }
  for (const char* key : {"via", "contact"}) {
    json->Key(key).BeginArray();
    json->EndArray();
  }
  for (const char* key : {"max_forwards", "content_length"}) json->Key(key).Null();
  json->Key("headers").BeginArray();
  json->EndArray();
  json->Key("body").Null();
  for (const char* key : {"anomalies", "fields"}) {
    json->Key(key).BeginArray();
    json->EndArray();
  }
}

}  // namespace

void AppendJson(std::string* out, const ParseReport& report) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("file").String(report.file);
  json.Key("status").String(report.status);
  WriteError(&json, report);
  if (report.message == nullptr) {
    WriteUnknown(&json);
  } else {
    Fields fields(&json, report);
    fields.WriteStart();
    fields.WriteAddresses();
    fields.WriteCallIdAndCseq();
    fields.WriteVias();
    fields.WriteContacts();
    fields.WriteNumbers();
    fields.WriteHeaders();
    fields.WriteBody();
    fields.WriteAnomalies();
    fields.WriteFields();
  }
  json.EndObject();
  out->push_back('\n');
}

}  // namespace sipward::cli
