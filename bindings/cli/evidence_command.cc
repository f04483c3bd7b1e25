#include "evidence_command.h"

#include <chrono>
#include <cstdio>

#include "evidence_book.h"
#include "exit_code.h"
#include "file.h"
#include "io/evidence_log.h"
#include "io/evidence_reader.h"
#include "json.h"
#include "text.h"

namespace sipward::cli {
namespace {

using io::EvidenceReader;

int Unusable(const std::string& why) {
  Complain(why);
  return kExitUnusable;
}

// What a log holds.
struct Census {
  uint64_t entries = 0, decisions = 0, destroyed = 0, withheld = 0, left_out = 0, checkpoints = 0;
  uint64_t last = 0;
  std::string fault;  // a sentence with its place; empty: none
};

// The message of a record is the one whose hash it tells of, as far as it was kept whole.
bool HoldsItself(std::string_view record) {
  const size_t line = record.find('\n');
  if (line == record.npos) return false;
  const std::string_view message = evidence::Find(record.substr(0, line), "message");
  const auto size = evidence::IntOf(evidence::Find(message, "size"));
  const auto kept = evidence::IntOf(evidence::Find(message, "kept"));
  const auto hash = evidence::TextOf(evidence::Find(message, "hash"));
  if (!size || !kept || !hash || *kept < 0 ||
      static_cast<uint64_t>(*kept) > record.size() - line - 1) {
    return false;
  }
  if (*size != *kept) return true;
  return evidence::ToHex(evidence::HashOf(record.substr(line + 1, static_cast<size_t>(*kept)))) ==
         *hash;
}

std::string PlaceOf(const EvidenceReader& reader, uint64_t sequence) {
  return reader.place().file + ":" + std::to_string(reader.place().line) + ": octet " +
         std::to_string(reader.place().offset) + ": entry " + std::to_string(sequence) + ": ";
}

void CountDecision(const EvidenceReader& reader, const evidence::Entry& entry, Census* census) {
  ++census->decisions;
  std::string record;
  switch (reader.OpenRecord(entry, &record)) {
    case EvidenceReader::Opened::kDestroyed:
      ++census->destroyed;
      return;
    case EvidenceReader::Opened::kWithheld:
      ++census->withheld;
      return;
    case EvidenceReader::Opened::kOpen:
      if (HoldsItself(record)) return;
      census->fault = PlaceOf(reader, entry.sequence) + "the message is not the one of its hash";
      return;
    case EvidenceReader::Opened::kBroken:
      census->fault = PlaceOf(reader, entry.sequence) + "its key does not open it";
      return;
  }
}

void CountAll(EvidenceReader* reader, const std::optional<io::EvidenceHead>& expected,
              Census* census) {
  evidence::Entry entry;
  EvidenceReader::Status status = reader->Next(&entry);
  bool met = !expected;
  for (; status == EvidenceReader::Status::kEntry && census->fault.empty();
       status = reader->Next(&entry)) {
    ++census->entries;
    census->last = entry.sequence;
    if (entry.kind == "-") ++census->left_out;
    if (entry.kind == evidence::kCheckpoint) ++census->checkpoints;
    if (entry.kind == "decision") CountDecision(*reader, entry, census);
    if (expected && entry.sequence == expected->sequence) {
      met = entry.hash == expected->hash;
      if (!met)
        census->fault = PlaceOf(*reader, entry.sequence) + "another entry was expected here";
    }
  }
  if (!census->fault.empty()) return;
  if (status == EvidenceReader::Status::kFault) census->fault = reader->error();
  if (census->fault.empty() && !met) {
    census->fault =
        "entry " + std::to_string(expected->sequence) + ", which was expected, is missing";
  }
}

std::string SignerOf(const EvidenceReader& reader) {
  const auto& signer = reader.checker().signer();
  return signer ? evidence::ToHex(*signer) : std::string();
}

void PrintCensusJson(const EvidenceReader& reader, const Census& census) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("whole").Number(census.fault.empty() ? "true" : "false");
  json.Key("fault");
  if (census.fault.empty()) {
    json.Null();
  } else {
    json.String(census.fault);
  }
  json.Key("first").UInt(reader.first());
  json.Key("last").UInt(census.last);
  json.Key("entries").UInt(census.entries);
  json.Key("decisions").UInt(census.decisions);
  json.Key("destroyed").UInt(census.destroyed);
  json.Key("withheld").UInt(census.withheld);
  json.Key("left_out").UInt(census.left_out);
  json.Key("checkpoints").UInt(census.checkpoints);
  json.Key("covered").UInt(reader.checker().covered());
  json.Key("recoveries").UInt(reader.recoveries());
  json.Key("signed_by").String(SignerOf(reader));
  json.Key("head").String(io::HeadText({reader.checker().next() - 1, reader.checker().head()}));
  json.EndObject();
  out += '\n';
  Print(out);
}

void PrintCensus(const EvidenceReader& reader, const Census& census, bool key_given) {
  std::string out;
  if (!census.fault.empty()) out += "FAULT " + Printable(census.fault) + "\n";
  out += census.fault.empty() ? "whole: " : "before it: ";
  out += "entries " + Grouped(reader.first()) + " to " + Grouped(census.last) + ", " +
         Counted(census.decisions, "decision");
  if (census.destroyed != 0) out += " (" + Grouped(census.destroyed) + " destroyed)";
  if (census.withheld != 0) out += " (" + Grouped(census.withheld) + " withheld)";
  if (census.left_out != 0) out += ", " + Grouped(census.left_out) + " left out";
  if (reader.recoveries() != 0) {
    out += ", the writer was stopped " + Counted(reader.recoveries(), "time");
  }
  out += "\n";
  const std::string signer = SignerOf(reader);
  out += signer.empty()
             ? "nothing is signed\n"
             : "signed up to entry " + Grouped(reader.checker().covered()) + " by " + signer +
                   (key_given ? "" : ", which was not compared with a key") + "\n";
  if (reader.in_use()) out += "it is being written\n";
  out += "head " + io::HeadText({reader.checker().next() - 1, reader.checker().head()}) + "\n";
  Print(out);
}

}  // namespace

bool Fits(const EvidenceFilter& filter, const evidence::Entry& entry, const std::string* record) {
  if (entry.sequence < filter.first || entry.sequence > filter.last) return false;
  const auto action = evidence::TextOf(evidence::Find(entry.body, "action"));
  if (!filter.action.empty() && action != filter.action) return false;
  if (!filter.rule.empty()) {
    evidence::Walk rules(evidence::Find(entry.body, "rules"));
    std::string_view name, value;
    bool found = false;
    while (rules.Next(&name, &value)) found |= evidence::TextOf(value) == filter.rule;
    if (!found) return false;
  }
  return filter.text.empty() || (record != nullptr && record->find(filter.text) != record->npos);
}

int RunEvidenceVerify(const EvidenceVerifyRequest& request) {
  std::optional<evidence::PublicKey> trusted;
  std::optional<io::EvidenceHead> expected;
  std::string error;
  if (!request.key.empty()) {
    trusted.emplace();
    if (!io::LoadPublicKey(request.key, &*trusted, &error)) return Unusable(error);
  }
  if (!request.expect.empty()) {
    expected = io::ReadHead(request.expect);
    if (!expected) return Unusable("--expect wants SEQUENCE:HASH, as 'evidence verify' prints it");
  }
  EvidenceReader reader;
  if (!reader.Open(request.path, trusted)) return Unusable(reader.error());
  Census census;
  CountAll(&reader, expected, &census);
  if (request.json) {
    PrintCensusJson(reader, census);
  } else {
    PrintCensus(reader, census, trusted.has_value());
  }
  return Finish(census.fault.empty() ? kExitOk : kExitFound);
}

int RunEvidenceForget(const EvidenceForgetRequest& request) {
  io::EvidenceLog log;
  io::EvidenceOptions options;
  options.folder = request.folder;
  options.key_file = request.key_file;
  options.software = "{\"name\":\"sipward\",\"version\":\"" + VersionText() + "\"}";
  options.settings = "{\"command\":\"evidence forget\"}";
  EvidenceReader reader;  // nothing is made where nothing is
  if (!reader.Open(request.folder)) return Unusable(reader.error());
  if (reader.bundle()) return Unusable(request.folder + " is a bundle: its keys are in it");
  const int64_t now = std::chrono::duration_cast<std::chrono::nanoseconds>(
                          std::chrono::system_clock::now().time_since_epoch())
                          .count();
  std::string error = log.Open(options, now);
  size_t destroyed = 0;
  if (error.empty()) error = log.Forget(request.sequences, now, &destroyed);
  if (error.empty()) error = log.Close(now);
  if (!error.empty()) return Unusable("evidence: " + error);
  Print(Counted(destroyed, "decision") + " can be read no more\n");
  if (destroyed == request.sequences.size()) return Finish(kExitOk);
  return Unusable("some of the sequences are those of no decision");
}

int RunEvidenceKey(const EvidenceKeyRequest& request) {
  std::string text, error;
  if (io::ReadWhole(request.file, &text, &error))
    return Unusable(request.file + " is there already");
  evidence::SecretKey key{};
  error.clear();
  if (!io::LoadSigningKey(request.file, true, &key, &error)) return Unusable(error);
  Print(evidence::ToHex(evidence::PublicOf(key)) + "\n");
  return Finish(kExitOk);
}

int RunEvidenceUnmask(const EvidenceUnmaskRequest& request) {
  evidence::MaskKey key{};
  std::string error;
  if (!LoadMaskKey(request.mask_key, false, &key, &error)) return Unusable(error);
  bool all = true;
  for (const std::string& pseudonym : request.pseudonyms) {
    const auto text = evidence::Unmask(key, pseudonym);
    all = all && text;
    Print(text ? Printable(*text) + "\n" : "-\n");
  }
  if (!all) Complain("what is - is no pseudonym of this key");
  return Finish(all ? kExitOk : kExitFound);
}

}  // namespace sipward::cli
