#include "identity/passport_writer.h"

#include <algorithm>
#include <cstdint>

namespace sipward::identity {
namespace {

// No escape but where JSON wants one.
void AppendText(std::string_view text, std::string* out) {
  out->push_back('"');
  for (const char c : text) {
    constexpr char kDigits[] = "0123456789abcdef";
    if (c == '"' || c == '\\') {
      out->push_back('\\');
      out->push_back(c);
    } else if (static_cast<uint8_t>(c) < 0x20) {
      out->append("\\u00");
      out->push_back(kDigits[static_cast<uint8_t>(c) >> 4]);
      out->push_back(kDigits[static_cast<uint8_t>(c) & 15]);
    } else {
      out->push_back(c);
    }
  }
  out->push_back('"');
}

void AppendName(std::string_view name, std::string* out) {
  if (out->back() != '{' && out->back() != '[') out->push_back(',');
  AppendText(name, out);
  out->push_back(':');
}

void AppendMember(std::string_view name, std::string_view text, std::string* out) {
  AppendName(name, out);
  AppendText(text, out);
}

std::string_view NameOf(PartyKind kind) { return kind == PartyKind::kTn ? "tn" : "uri"; }

void AppendDest(std::span<const Party> dest, std::string* out) {
  out->push_back('{');
  for (const PartyKind kind : {PartyKind::kTn, PartyKind::kUri}) {
    const auto of_kind = [kind](const Party& party) { return party.kind == kind; };
    if (std::none_of(dest.begin(), dest.end(), of_kind)) continue;
    AppendName(NameOf(kind), out);
    out->push_back('[');
    for (const Party& party : dest) {
      if (party.kind != kind) continue;
      if (out->back() != '[') out->push_back(',');
      AppendText(party.text, out);
    }
    out->push_back(']');
  }
  out->push_back('}');
}

}  // namespace

std::string WriteTokenHeader(Ppt ppt, std::string_view x5u) {
  std::string out = "{";
  AppendMember("alg", "ES256", &out);
  if (ppt != Ppt::kNone) AppendMember("ppt", PptName(ppt), &out);
  AppendMember("typ", "passport", &out);
  AppendMember("x5u", x5u, &out);
  out.push_back('}');
  return out;
}

std::string WritePayload(const Passport& passport, int64_t iat, std::string_view origid) {
  std::string out = "{";
  AppendName("iat", &out);
  out.append(std::to_string(iat));
  AppendName("orig", &out);
  out.push_back('{');
  AppendMember(NameOf(passport.orig.kind), passport.orig.text, &out);
  out.push_back('}');
  AppendName("dest", &out);
  AppendDest(passport.dest, &out);
  if (!passport.attest.empty()) AppendMember("attest", passport.attest, &out);
  if (!origid.empty()) AppendMember("origid", origid, &out);
  if (passport.div.usable()) {
    AppendName("div", &out);
    out.push_back('{');
    if (!passport.history.empty()) AppendMember("hi", passport.history, &out);
    AppendMember(NameOf(passport.div.kind), passport.div.text, &out);
    out.push_back('}');
  }
  if (!passport.opt.empty()) AppendMember("opt", passport.opt, &out);
  // The members of an object, without its braces.
  std::string_view more = passport.more_claims;
  const size_t begin = more.find('{');
  const size_t end = more.rfind('}');
  if (begin != std::string_view::npos && end != std::string_view::npos && begin < end) {
    more = more.substr(begin + 1, end - begin - 1);
    if (more.find_first_not_of(" \t\r\n") != std::string_view::npos) {
      out.push_back(',');
      out.append(more);
    }
  }
  out.push_back('}');
  return out;
}

}  // namespace sipward::identity
