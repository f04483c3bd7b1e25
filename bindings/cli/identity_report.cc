#include "identity_report.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <optional>

#include "json.h"
#include "text.h"

namespace sipward::cli {
namespace {

using identity::Flag;
using identity::FlagSet;
using identity::Reason;

std::string_view ResultName(facts::IdentityResult result) {
  return facts::EnumValueName(facts::Type::kIdentityResult, static_cast<int64_t>(result));
}

template <typename Visit>
void ForEachFlag(FlagSet flags, Visit visit) {
  for (unsigned i = 0; i < identity::kFlagCount; ++i) {
    const auto flag = static_cast<Flag>(i);
    if (flags.Has(flag)) visit(identity::Describe(flag));
  }
}

void AddFlags(JsonWriter* json, FlagSet flags) {
  json->Key("flags").BeginArray();
  ForEachFlag(flags, [json](const identity::FlagInfo& flag) { json->String(flag.name); });
  json->EndArray();
}

std::optional<std::string_view> OrNull(std::string_view text) {
  if (text.empty()) return {};
  return text;
}

void AddReason(JsonWriter* json, Reason reason, uint16_t code) {
  json->Key("reason").String(identity::Describe(reason).name);
  json->Key("sip_code").UInt(code);
}

void AddHeader(JsonWriter* json, const identity::HeaderResult& header) {
  json->BeginObject();
  AddReason(json, header.reason, header.sip_code);
  json->Key("stage").StringOrNull(OrNull(identity::StageName(header.stage)));
  AddFlags(json, header.flags);
  json->Key("ppt").StringOrNull(OrNull(identity::PptName(header.ppt)));
  json->Key("x5u").StringOrNull(OrNull(header.x5u));
  json->Key("counts").UInt(header.ignored || header.duplicate ? 0 : 1);
  json->EndObject();
}

// "  name        text", if there is a text.
void AddLine(std::string* out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  std::string padded(name);
  padded.resize(std::max<size_t>(padded.size(), 10), ' ');
  *out += "  " + padded + "  " + Printable(text) + "\n";
}

void AddFlagLines(std::string* out, FlagSet flags) {
  ForEachFlag(flags, [out](const identity::FlagInfo& flag) {
    AddLine(out, "note", std::string(flag.name) + ": " + std::string(flag.text));
  });
}

std::string TextOf(Reason reason) {
  const identity::ReasonInfo& info = identity::Describe(reason);
  return std::string(info.name) + ": " + std::string(info.text);
}

std::string TimeOf(int64_t seconds) {
  const auto time = static_cast<time_t>(seconds);
  std::tm parts{};
  if (gmtime_r(&time, &parts) == nullptr) return std::to_string(seconds);
  std::array<char, 40> text;
  const size_t size = std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M:%S UTC", &parts);
  return std::to_string(seconds) + " (" + std::string(text.data(), size) + ")";
}

std::string Hex(std::string_view octets) {
  std::string text;
  for (const char c : octets) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    text += kDigits[static_cast<unsigned char>(c) >> 4];
    text += kDigits[static_cast<unsigned char>(c) & 15];
  }
  return text;
}

void AddPart(JsonWriter* json, std::string_view name, const identity::DecodedPart& part) {
  json->Key(name).BeginObject();
  json->Key("reason").String(identity::Describe(part.reason).name);
  json->Key("json").StringOrNull(OrNull(part.json));
  json->Key("canonical").UInt(part.canonical ? 1 : 0);
  json->EndObject();
}

}  // namespace

void AppendVerifiedJson(std::string* out, const identity::Result& result) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("result").String(ResultName(result.result));
  AddReason(&json, result.reason, result.sip_code);
  json.Key("stage").StringOrNull(
      OrNull(identity::StageName(identity::Describe(result.reason).stage)));
  AddFlags(&json, result.flags);
  json.Key("attest").StringOrNull(OrNull(result.attest));
  json.Key("origid").StringOrNull(OrNull(result.origid));
  json.Key("spc").StringOrNull(OrNull(result.spc));
  json.Key("issuer").StringOrNull(OrNull(result.issuer));
  json.Key("verstat").String(result.verstat);
  json.Key("age");
  if (result.age) {
    json.Int(*result.age);
  } else {
    json.Null();
  }
  json.Key("div_count").UInt(result.div_count);
  json.Key("missing").StringOrNull(OrNull(result.missing));
  json.Key("headers").BeginArray();
  for (const identity::HeaderResult& header : result.headers) AddHeader(&json, header);
  json.EndArray();
  json.EndObject();
  *out += '\n';
}

void AppendVerified(std::string* out, const identity::Result& result) {
  *out += std::string(ResultName(result.result)) + "\n";
  AddLine(out, "reason", TextOf(result.reason));
  if (result.sip_code != 0) {
    AddLine(
        out, "answer",
        std::to_string(result.sip_code) + " " + std::string(identity::SipPhrase(result.sip_code)));
  }
  AddLine(out, "attest", result.attest);
  AddLine(out, "origid", result.origid);
  AddLine(out, "spc", result.spc);
  AddLine(out, "issuer", result.issuer);
  AddLine(out, "name", result.nam);
  AddLine(out, "call for", result.crn);
  AddLine(out, "verstat", result.verstat);
  if (result.age) AddLine(out, "age", std::to_string(*result.age) + " s");
  if (result.div_count != 0) AddLine(out, "diverted", Counted(result.div_count, "time"));
  AddLine(out, "missing", result.missing);
  AddFlagLines(out, result.flags);
  if (result.headers.size() < 2) return;
  for (size_t i = 0; i < result.headers.size(); ++i) {
    const identity::HeaderResult& header = result.headers[i];
    *out +=
        "header " + std::to_string(i + 1) + " " + Printable(identity::PptName(header.ppt)) + "\n";
    AddLine(out, "reason", TextOf(header.reason));
  }
}

void AppendTokenJson(std::string* out, const identity::DecodedToken& token) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("reason").String(identity::Describe(token.reason).name);
  AddFlags(&json, token.flags);
  json.Key("info").StringOrNull(OrNull(token.info));
  json.Key("ppt").StringOrNull(OrNull(token.ppt));
  json.Key("form").String(token.compact ? "compact" : "full");
  AddPart(&json, "header", token.header);
  AddPart(&json, "payload", token.payload);
  json.Key("signature").StringOrNull(OrNull(Hex(token.signature)));
  json.Key("orig").StringOrNull(OrNull(token.orig));
  json.Key("dest").BeginArray();
  for (const std::string& dest : token.dest) json.String(dest);
  json.EndArray();
  json.Key("div").StringOrNull(OrNull(token.div));
  json.Key("iat");
  if (token.iat != 0) {
    json.Int(token.iat);
  } else {
    json.Null();
  }
  json.Key("attest").StringOrNull(OrNull(token.attest));
  json.Key("origid").StringOrNull(OrNull(token.origid));
  json.Key("nam").StringOrNull(OrNull(token.nam));
  json.Key("crn").StringOrNull(OrNull(token.crn));
  json.Key("opt").StringOrNull(OrNull(token.opt));
  json.EndObject();
  *out += '\n';
}

void AppendToken(std::string* out, const identity::DecodedToken& token) {
  *out += token.ppt.empty() ? "PASSporT" : "PASSporT of type " + Printable(token.ppt);
  *out += token.compact ? ", compact form\n" : "\n";
  AddLine(
      out, "form",
      token.reason == Reason::kOk ? "as it should be; nothing is verified" : TextOf(token.reason));
  AddLine(out, "info", token.info);
  AddLine(out, "header", token.header.json);
  AddLine(out, "payload", token.payload.json);
  AddLine(out, "caller", token.orig);
  for (const std::string& dest : token.dest) AddLine(out, "called", dest);
  AddLine(out, "diverted", token.div);
  if (token.iat != 0) AddLine(out, "signed at", TimeOf(token.iat));
  AddLine(out, "attest", token.attest);
  AddLine(out, "origid", token.origid);
  AddLine(out, "name", token.nam);
  AddLine(out, "call for", token.crn);
  AddLine(out, "opt", token.opt);
  const std::string_view signature = token.signature;
  if (signature.size() == 64) {
    AddLine(out, "r", Hex(signature.substr(0, 32)));
    AddLine(out, "s", Hex(signature.substr(32)));
  } else {
    AddLine(out, "signature", Counted(signature.size(), "octet"));
  }
  AddFlagLines(out, token.flags);
}

}  // namespace sipward::cli
