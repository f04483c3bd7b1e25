// `sipward evidence export`, and what makes records fit to be given on.
#include <algorithm>
#include <array>
#include <set>

#include "evidence_book.h"
#include "evidence_command.h"
#include "exit_code.h"
#include "file.h"
#include "io/evidence_reader.h"
#include "text.h"

namespace sipward::cli {
namespace {

using io::EvidenceReader;

// Names of fields, facts and members that say nothing of a person.
constexpr std::array<std::string_view, 52> kImpersonal = {"action",
                                                          "file",
                                                          "rule",
                                                          "tag",
                                                          "flags",
                                                          "parse",
                                                          "hash",
                                                          "rules",
                                                          "kind",
                                                          "name",
                                                          "event",
                                                          "checked_by",
                                                          "transport",
                                                          "direction",
                                                          "method",
                                                          "method.text",
                                                          "code",
                                                          "reason",
                                                          "header.order",
                                                          "content_type",
                                                          "user_agent",
                                                          "server",
                                                          "priority",
                                                          "cseq.method",
                                                          "via.transport",
                                                          "auth.scheme",
                                                          "auth.algorithm",
                                                          "auth.qop",
                                                          "auth.nc",
                                                          "ruri.scheme",
                                                          "result",
                                                          "ended_by",
                                                          "attest",
                                                          "verstat",
                                                          "spc",
                                                          "origid",
                                                          "identity.result",
                                                          "identity.reason",
                                                          "identity.attest",
                                                          "identity.origid",
                                                          "identity.spc",
                                                          "identity.verstat",
                                                          "ban",
                                                          "trunk",
                                                          "certificate",
                                                          "x5u",
                                                          "issuer",
                                                          "serial",
                                                          "not_before",
                                                          "not_after",
                                                          "sha256",
                                                          "record"};

bool IsPersonal(std::string_view name) {
  return std::find(kImpersonal.begin(), kImpersonal.end(), name) == kImpersonal.end();
}

// `of`: whose value it is. The message itself is left out.
void AppendMasked(std::string_view value, std::string_view of, const evidence::MaskKey& key,
                  std::string* out) {
  if (value.empty()) return;
  if (value[0] == '"') {
    const auto text = evidence::TextOf(value);
    if (of == "kept") {
      *out += "null";
    } else if (text && IsPersonal(of)) {
      evidence::AppendString(out, evidence::Mask(key, *text));
    } else {
      *out += value;
    }
    return;
  }
  if (value[0] != '{' && value[0] != '[') {
    *out += value;
    return;
  }
  const bool object = value[0] == '{';
  // A fact is named by a member of its own.
  const auto own = object ? evidence::TextOf(evidence::Find(value, "name")) : std::nullopt;
  const auto kind = object ? evidence::TextOf(evidence::Find(value, "kind")) : std::nullopt;
  evidence::Walk walk(value);
  std::string_view name, member;
  *out += value[0];
  for (bool first = true; walk.Next(&name, &member); first = false) {
    if (!first) *out += ',';
    if (object) (*out += '"').append(name) += "\":";
    const bool plain = name != "value";
    const std::string_view whose = !object ? of : plain ? name : own ? *own : kind ? *kind : of;
    AppendMasked(member, whose, key, out);
  }
  *out += object ? '}' : ']';
}

}  // namespace

std::string Masked(std::string_view json, const evidence::MaskKey& key) {
  std::string out;
  AppendMasked(json, "", key, &out);
  return out;
}

bool LoadMaskKey(const std::string& path, bool make, evidence::MaskKey* key, std::string* error) {
  std::string text;
  if (!io::ReadWhole(path, &text, error)) {
    if (!make) return false;
    *key = evidence::MakeMaskKey();
    return io::WriteWhole(path, evidence::ToHex(*key) + "\n", 0600, error);
  }
  const size_t end = text.find_last_not_of(" \t\r\n");
  const auto found = evidence::HashFromHex(text.substr(0, end == text.npos ? 0 : end + 1));
  if (found) *key = *found;
  if (!found) *error = path + " is no key for masks: 64 hexadecimal digits";
  return found.has_value();
}

std::string Indented(std::string_view json) {
  std::string out;
  size_t depth = 0;
  bool quoted = false;
  const auto line = [&] { (out += '\n').append(2 * depth, ' '); };
  for (size_t i = 0; i < json.size(); ++i) {
    const char c = json[i];
    if (quoted) {
      out += c;
      if (c == '\\' && i + 1 < json.size()) out += json[++i];
      quoted = c != '"';
    } else if (c == '{' || c == '[') {
      out += c;
      const bool empty = i + 1 < json.size() && (json[i + 1] == '}' || json[i + 1] == ']');
      if (empty) {
        out += json[++i];
      } else {
        ++depth;
        line();
      }
    } else if (c == '}' || c == ']') {
      if (depth > 0) --depth;
      line();
      out += c;
    } else if (c == ',') {
      out += c;
      line();
    } else {
      out += c;
      if (c == ':') out += ' ';
      quoted = c == '"';
    }
  }
  return out;
}

// Of what does not fit, the hash alone is given on: it binds what stands before it, and tells
// nothing. Of the rules, those of the decisions are.
int RunEvidenceExport(const EvidenceExportRequest& request) {
  std::set<uint64_t> wanted;
  std::set<std::string> hashes;
  std::string keys;
  evidence::Entry entry;
  const auto unusable = [](const std::string& why) {
    Complain(why);
    return kExitUnusable;
  };
  EvidenceReader first;
  if (!first.Open(request.path)) return unusable(first.error());
  EvidenceReader::Status status = first.Next(&entry);
  for (; status == EvidenceReader::Status::kEntry; status = first.Next(&entry)) {
    if (entry.kind != "decision") continue;
    std::string record;
    const bool open = first.OpenRecord(entry, &record) == EvidenceReader::Opened::kOpen;
    if (!Fits(request.filter, entry, open ? &record : nullptr)) continue;
    wanted.insert(entry.sequence);
    if (!open) continue;
    hashes.insert(EvidenceBook::HashOf(record));
    keys +=
        "key " + std::to_string(entry.sequence) + " " + evidence::ToHex(*first.KeyOf(entry)) + "\n";
  }
  if (status == EvidenceReader::Status::kFault) {
    return unusable("FAULT " + first.error() + "; what is not whole is not exported");
  }
  std::string out = std::string(io::kBundleHead) + "\n";
  EvidenceReader second;
  if (!second.Open(request.path)) return unusable(second.error());
  while (second.Next(&entry) == EvidenceReader::Status::kEntry) {
    const auto hash = evidence::TextIn(entry.body, "hash");
    const bool left_out = (entry.kind == "decision" && wanted.count(entry.sequence) == 0) ||
                          (entry.kind == "rules" && hashes.count(hash) == 0);
    if (left_out) {
      out += evidence::ToHex(entry.hash) + " " + std::to_string(entry.sequence) + " - -\n";
    } else {
      out.append(second.line()) += '\n';
    }
  }
  std::string error;
  if (!io::WriteWhole(request.out, out + keys, 0600, &error)) return unusable(error);
  Print(Counted(wanted.size(), "decision") + " in " + Printable(request.out) + ", head " +
        io::HeadText({second.checker().next() - 1, second.checker().head()}) + "\n");
  return Finish(kExitOk);
}

}  // namespace sipward::cli
