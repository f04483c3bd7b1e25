// `sipward evidence show` and `replay`: what stands in the records.
#include <array>
#include <cstdio>
#include <string_view>

#include "evidence_book.h"
#include "evidence_command.h"
#include "exit_code.h"
#include "file.h"
#include "io/evidence_reader.h"
#include "json.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

using io::EvidenceReader;

// Calls take(entry, opened, record) for each decision that fits. False if there is a fault; it was
// said.
template <class Take>
bool ForEachDecision(EvidenceReader* reader, const EvidenceFilter& filter, EvidenceBook* book,
                     Take&& take) {
  evidence::Entry entry;
  EvidenceReader::Status status = reader->Next(&entry);
  for (; status == EvidenceReader::Status::kEntry; status = reader->Next(&entry)) {
    if (entry.kind == "rules") book->Take(entry);
    if (entry.kind != "decision") continue;
    std::string record;
    const auto opened = reader->OpenRecord(entry, &record);
    const bool open = opened == EvidenceReader::Opened::kOpen;
    if (Fits(filter, entry, open ? &record : nullptr)) take(entry, opened, record);
  }
  if (status == EvidenceReader::Status::kFault) Complain("FAULT " + reader->error());
  return status == EvidenceReader::Status::kEnd;
}

std::string_view WordOf(EvidenceReader::Opened opened) {
  switch (opened) {
    case EvidenceReader::Opened::kOpen:
      return "open";
    case EvidenceReader::Opened::kDestroyed:
      return "destroyed";
    case EvidenceReader::Opened::kWithheld:
      return "withheld";
    case EvidenceReader::Opened::kBroken:
      return "broken";
  }
  return "";
}

// The value of a field, or of a fact of the first event.
std::string FieldText(std::string_view described, std::string_view name) {
  const std::string_view field = evidence::Find(evidence::Find(described, "fields"), name);
  std::string text = evidence::TextIn(field, "value");
  if (!text.empty()) return text;
  std::string_view ignored, event, fact;
  evidence::Walk events(evidence::Find(described, "events"));
  while (events.Next(&ignored, &event)) {
    evidence::Walk facts(evidence::Find(event, "facts"));
    while (facts.Next(&ignored, &fact)) {
      if (evidence::TextIn(fact, "name") == name) return evidence::TextIn(fact, "value");
    }
  }
  return {};
}

std::string FirstOf(std::string_view described, std::initializer_list<std::string_view> names) {
  for (const std::string_view name : names) {
    std::string text = FieldText(described, name);
    if (!text.empty()) return text;
  }
  return {};
}

// For people: what a certificate says, and not its octets, which --json has.
std::string WithoutOctets(std::string_view json) {
  constexpr std::string_view kMember = ",\"der\":\"";
  std::string out;
  // Within a text a quote stands behind a backslash, so that this is a member.
  for (size_t at = json.find(kMember); at != json.npos; at = json.find(kMember)) {
    out += json.substr(0, at);
    json.remove_prefix(json.find('"', at + kMember.size()) + 1);
  }
  return out += json;
}

class Show {
 public:
  explicit Show(const EvidenceShowRequest& request) : request_(request) {
    table_.AddColumn("ENTRY", Table::Align::kRight);
    for (const char* title : {"TIME", "ACTION", "SOURCE", "FROM", "TO", "RULES"}) {
      table_.AddColumn(title);
    }
  }

  int Run();

 private:
  void Take(const evidence::Entry& entry, EvidenceReader::Opened opened, const std::string& record);
  void AddRow(const evidence::Entry& entry, std::string_view opened, std::string_view described);
  void AddLine(const evidence::Entry& entry, std::string_view opened, std::string_view described);

  const EvidenceShowRequest& request_;
  EvidenceBook book_;
  Table table_;
  std::string out_;
  evidence::MaskKey mask_{};
  uint64_t shown_ = 0;
};

void Show::Take(const evidence::Entry& entry, EvidenceReader::Opened opened,
                const std::string& record) {
  ++shown_;
  std::string described;
  if (opened == EvidenceReader::Opened::kOpen) {
    described = DescribeRecord(book_.Find(EvidenceBook::HashOf(record)), record);
  }
  if (!request_.mask_key.empty() && !described.empty()) described = Masked(described, mask_);
  if (request_.json || request_.filter.first == request_.filter.last) {
    return AddLine(entry, WordOf(opened), described);
  }
  AddRow(entry, WordOf(opened), described);
}

void Show::AddLine(const evidence::Entry& entry, std::string_view opened,
                   std::string_view described) {
  std::string line;
  evidence::Writer json(&line);
  json.Begin('{');
  json.Key("sequence").UInt(entry.sequence);
  json.Key("hash").String(evidence::ToHex(entry.hash));
  json.Key("record").String(opened);
  for (const char* name : {"time", "action", "rules"}) {
    const std::string_view value = evidence::Find(entry.body, name);
    json.Key(name).Literal(value.empty() ? "null" : value);
  }
  json.Key("decision").Literal(described.empty() ? "null" : described);
  json.End('}');
  out_ += request_.json ? line : Indented(WithoutOctets(line));
  out_ += '\n';
}

void Show::AddRow(const evidence::Entry& entry, std::string_view opened,
                  std::string_view described) {
  constexpr size_t kMostWidth = 32;
  const auto cell = [](const std::string& text) { return Clip(Printable(text), kMostWidth); };
  std::string rules;
  std::string_view ignored, value;
  evidence::Walk names(evidence::Find(entry.body, "rules"));
  while (names.Next(&ignored, &value)) {
    if (!rules.empty()) rules += ", ";
    rules += Printable(evidence::TextOf(value).value_or(""));
  }
  const std::string_view source = evidence::Find(evidence::Find(described, "packet"), "source");
  std::string address = evidence::TextIn(source, "ip");
  if (address.empty()) address = FirstOf(described, {"src.ip", "account"});
  if (described.empty()) address = "(" + std::string(opened) + ")";
  table_.AddRow({std::to_string(entry.sequence), evidence::TextIn(entry.body, "time").substr(0, 23),
                 evidence::TextIn(entry.body, "action"), cell(address),
                 cell(FirstOf(described, {"from.user", "from.uri", "caller.number"})),
                 cell(FirstOf(described, {"to.user", "to.uri", "callee.number"})), rules});
}

int Show::Run() {
  std::string error;
  if (!request_.mask_key.empty() && !LoadMaskKey(request_.mask_key, true, &mask_, &error)) {
    Complain(error);
    return kExitUnusable;
  }
  EvidenceReader reader;
  if (!reader.Open(request_.path)) {
    Complain(reader.error());
    return kExitUnusable;
  }
  const bool whole = ForEachDecision(
      &reader, request_.filter, &book_,
      [&](const evidence::Entry& entry, EvidenceReader::Opened opened, const std::string& record) {
        Take(entry, opened, record);
        if (out_.size() > (size_t{1} << 20)) {
          Print(out_);
          out_.clear();
        }
      });
  Print(out_);
  if (!request_.json && request_.filter.first != request_.filter.last) {
    Print(table_.Render() + Counted(shown_, "decision") + "\n");
  }
  return Finish(whole ? kExitOk : kExitFound);
}

struct ReplayCensus {
  uint64_t decisions = 0;
  std::array<uint64_t, 4> outcomes{};
  uint64_t destroyed = 0, withheld = 0, without_rules = 0, broken = 0;
  bool good() const {
    return outcomes[SIPWARD_REPLAYED_OTHER] + outcomes[SIPWARD_REPLAYED_BROKEN] +
               outcomes[SIPWARD_REPLAYED_OTHER_RULES] + without_rules + broken ==
           0;
  }
};

// What came of one, as a word.
std::string_view ReplayOne(EvidenceBook* book, EvidenceReader::Opened opened,
                           const std::string& record, ReplayCensus* census) {
  ++census->decisions;
  switch (opened) {
    case EvidenceReader::Opened::kDestroyed:
      ++census->destroyed;
      return "destroyed";
    case EvidenceReader::Opened::kWithheld:
      ++census->withheld;
      return "withheld";
    case EvidenceReader::Opened::kBroken:
      ++census->broken;
      return "broken";
    case EvidenceReader::Opened::kOpen:
      break;
  }
  sipward_replayer* replayer = book->Find(EvidenceBook::HashOf(record));
  if (replayer == nullptr) {
    ++census->without_rules;
    return "no_rules";
  }
  uint32_t outcome = 0;
  if (sipward_replayer_run(replayer, record.data(), record.size(), &outcome, nullptr) !=
      SIPWARD_OK) {
    ++census->broken;
    return "broken";
  }
  ++census->outcomes[outcome];
  constexpr std::array kWords = {"same", "other", "broken", "other_rules"};
  return kWords[outcome];
}

std::string CensusJson(const ReplayCensus& census) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("decisions").UInt(census.decisions);
  json.Key("same").UInt(census.outcomes[SIPWARD_REPLAYED_SAME]);
  json.Key("other").UInt(census.outcomes[SIPWARD_REPLAYED_OTHER]);
  json.Key("broken").UInt(census.broken + census.outcomes[SIPWARD_REPLAYED_BROKEN]);
  json.Key("no_rules").UInt(census.without_rules + census.outcomes[SIPWARD_REPLAYED_OTHER_RULES]);
  json.Key("destroyed").UInt(census.destroyed);
  json.Key("withheld").UInt(census.withheld);
  json.EndObject();
  return out + "\n";
}

std::string CensusText(const ReplayCensus& census) {
  std::string out = Counted(census.decisions, "decision") + ": " +
                    Grouped(census.outcomes[SIPWARD_REPLAYED_SAME]) + " the same";
  const auto add = [&](uint64_t count, const char* what) {
    if (count != 0) out += ", " + Grouped(count) + " " + what;
  };
  add(census.outcomes[SIPWARD_REPLAYED_OTHER], "with another verdict");
  add(census.broken + census.outcomes[SIPWARD_REPLAYED_BROKEN], "broken");
  add(census.without_rules + census.outcomes[SIPWARD_REPLAYED_OTHER_RULES],
      "whose rules are missing");
  add(census.destroyed, "destroyed");
  add(census.withheld, "withheld");
  return out + "\n";
}

}  // namespace

int RunEvidenceShow(const EvidenceShowRequest& request) { return Show(request).Run(); }

int RunEvidenceReplay(const EvidenceReplayRequest& request) {
  EvidenceReader reader;
  if (!reader.Open(request.path)) {
    Complain(reader.error());
    return kExitUnusable;
  }
  EvidenceBook book;
  ReplayCensus census;
  const bool whole = ForEachDecision(
      &reader, request.filter, &book,
      [&](const evidence::Entry& entry, EvidenceReader::Opened opened, const std::string& record) {
        const std::string_view word = ReplayOne(&book, opened, record, &census);
        const bool fine = word == "same" || word == "destroyed" || word == "withheld";
        if (!fine && !request.json) {
          Print("entry " + std::to_string(entry.sequence) + ": " + std::string(word) + "\n");
        }
        if (request.json) {
          Print("{\"sequence\":" + std::to_string(entry.sequence) + ",\"outcome\":\"" +
                std::string(word) + "\"}\n");
        }
      });
  Print(request.json ? CensusJson(census) : CensusText(census));
  return Finish(whole && census.good() ? kExitOk : kExitFound);
}

}  // namespace sipward::cli
