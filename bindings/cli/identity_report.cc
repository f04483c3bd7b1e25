#include "identity_report.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <optional>

#include "json.h"
#include "text.h"

namespace sipward::cli {
namespace {

std::string_view ResultName(IdentityResult result) {
  switch (result) {
    case IdentityResult::kVerified:
      return "verified";
    case IdentityResult::kFailed:
      return "failed";
    case IdentityResult::kNone:
      return "none";
    case IdentityResult::kPending:
      break;
  }
  return "pending";
}

void AddFlags(JsonWriter* json, uint32_t flags) {
  json->Key("flags").BeginArray();
  for (const IdentityFlag& flag : IdentityFlag::Of(flags)) json->String(flag.name);
  json->EndArray();
}

std::optional<std::string_view> OrNull(std::string_view text) {
  if (text.empty()) return {};
  return text;
}

// What stands behind a name is always found: the library gave it.
IdentityReason ReasonOf(std::string_view name) {
  return IdentityReason::Find(name).value_or(IdentityReason{});
}

void AddReason(JsonWriter* json, std::string_view reason, uint32_t code) {
  json->Key("reason").String(reason);
  json->Key("sip_code").UInt(code);
}

void AddHeader(JsonWriter* json, const IdentityHeader& header) {
  json->BeginObject();
  AddReason(json, header.reason, header.sip_code);
  json->Key("stage").StringOrNull(OrNull(header.stage));
  AddFlags(json, header.flags);
  json->Key("ppt").StringOrNull(OrNull(header.ppt));
  json->Key("x5u").StringOrNull(OrNull(header.x5u));
  json->Key("counts").UInt(header.counts ? 1 : 0);
  json->EndObject();
}

// "  name        text", if there is a text.
void AddLine(std::string* out, std::string_view name, std::string_view text) {
  if (text.empty()) return;
  std::string padded(name);
  padded.resize(std::max<size_t>(padded.size(), 10), ' ');
  *out += "  " + padded + "  " + Printable(text) + "\n";
}

void AddFlagLines(std::string* out, uint32_t flags) {
  for (const IdentityFlag& flag : IdentityFlag::Of(flags)) {
    AddLine(out, "note", std::string(flag.name) + ": " + std::string(flag.text));
  }
}

std::string TextOf(std::string_view reason) {
  return std::string(reason) + ": " + std::string(ReasonOf(reason).text);
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

void AddPart(JsonWriter* json, std::string_view name, const Token::Part& part) {
  json->Key(name).BeginObject();
  json->Key("reason").String(part.reason);
  json->Key("json").StringOrNull(OrNull(part.json));
  json->Key("canonical").UInt(part.canonical ? 1 : 0);
  json->EndObject();
}

}  // namespace

void AppendVerifiedJson(std::string* out, const IdentityVerdict& found, const Verifier& verifier,
                        TrustStore::Time now) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("result").String(ResultName(found.result));
  AddReason(&json, found.reason, found.sip_code);
  json.Key("stage").StringOrNull(OrNull(ReasonOf(found.reason).stage));
  AddFlags(&json, found.flags);
  json.Key("attest").StringOrNull(OrNull(found.attest));
  json.Key("origid").StringOrNull(OrNull(found.origid));
  json.Key("spc").StringOrNull(OrNull(found.spc));
  json.Key("issuer").StringOrNull(OrNull(found.issuer));
  json.Key("verstat").String(found.verstat);
  json.Key("age");
  if (found.iat) {
    json.Int((now - *found.iat).count());
  } else {
    json.Null();
  }
  json.Key("div_count").UInt(found.div_count);
  json.Key("missing").StringOrNull(OrNull(found.missing));
  json.Key("headers").BeginArray();
  for (uint32_t i = 0; i < found.header_count; ++i) AddHeader(&json, *verifier.header(i));
  json.EndArray();
  json.EndObject();
  *out += '\n';
}

void AppendVerified(std::string* out, const IdentityVerdict& found, const Verifier& verifier,
                    TrustStore::Time now) {
  *out += std::string(ResultName(found.result)) + "\n";
  AddLine(out, "reason", TextOf(found.reason));
  if (found.sip_code != 0) {
    AddLine(out, "answer",
            std::to_string(found.sip_code) + " " + std::string(ReasonOf(found.reason).phrase));
  }
  AddLine(out, "attest", found.attest);
  AddLine(out, "origid", found.origid);
  AddLine(out, "spc", found.spc);
  AddLine(out, "issuer", found.issuer);
  AddLine(out, "name", found.nam);
  AddLine(out, "call for", found.crn);
  AddLine(out, "verstat", found.verstat);
  if (found.iat) AddLine(out, "age", std::to_string((now - *found.iat).count()) + " s");
  if (found.div_count != 0) AddLine(out, "diverted", Counted(found.div_count, "time"));
  AddLine(out, "missing", found.missing);
  AddFlagLines(out, found.flags);
  if (found.header_count < 2) return;
  for (uint32_t i = 0; i < found.header_count; ++i) {
    const IdentityHeader header = *verifier.header(i);
    *out += "header " + std::to_string(i + 1) + " " + Printable(header.ppt) + "\n";
    AddLine(out, "reason", TextOf(header.reason));
  }
}

void AppendTokenJson(std::string* out, const Token::Parts& token) {
  JsonWriter json(out);
  json.BeginObject();
  json.Key("reason").String(token.reason);
  AddFlags(&json, token.flags);
  json.Key("info").StringOrNull(OrNull(token.info));
  json.Key("ppt").StringOrNull(OrNull(token.ppt));
  json.Key("form").String(token.compact ? "compact" : "full");
  AddPart(&json, "header", token.header);
  AddPart(&json, "payload", token.payload);
  json.Key("signature").StringOrNull(OrNull(Hex(token.signature)));
  json.Key("orig").StringOrNull(OrNull(token.orig));
  json.Key("dest").BeginArray();
  for (const std::string_view dest : token.dest) json.String(dest);
  json.EndArray();
  json.Key("div").StringOrNull(OrNull(token.div));
  json.Key("iat");
  if (token.iat) {
    json.Int(token.iat->time_since_epoch().count());
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

void AppendToken(std::string* out, const Token::Parts& token) {
  *out += token.ppt.empty() ? "PASSporT" : "PASSporT of type " + Printable(token.ppt);
  *out += token.compact ? ", compact form\n" : "\n";
  AddLine(out, "form",
          token.reason == "OK" ? "as it should be; nothing is verified" : TextOf(token.reason));
  AddLine(out, "info", token.info);
  AddLine(out, "header", token.header.json);
  AddLine(out, "payload", token.payload.json);
  AddLine(out, "caller", token.orig);
  for (const std::string_view dest : token.dest) AddLine(out, "called", dest);
  AddLine(out, "diverted", token.div);
  if (token.iat) AddLine(out, "signed at", TimeOf(token.iat->time_since_epoch().count()));
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
