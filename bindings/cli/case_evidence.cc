#include "case_evidence.h"

#include <cmath>
#include <filesystem>
#include <string_view>

#include "case_message.h"
#include "evidence_book.h"
#include "handle.h"
#include "io/evidence_reader.h"

namespace sipward::cli {
namespace {

using io::EvidenceReader;

// The value of a fact of an event, as text; numbers as written.
std::string FactIn(std::string_view event, std::string_view name) {
  evidence::Walk facts(evidence::Find(event, "facts"));
  std::string_view ignored, fact;
  while (facts.Next(&ignored, &fact)) {
    if (evidence::TextIn(fact, "name") != name) continue;
    const std::string_view value = evidence::Find(fact, "value");
    return evidence::TextOf(value).value_or(std::string(value));
  }
  return {};
}

double NumberIn(std::string_view event, std::string_view name) {
  const std::string text = FactIn(event, name);
  return text.empty() ? 0 : std::strtod(text.c_str(), nullptr);
}

void TakeEvent(std::string_view described, CaseEvent* event) {
  constexpr double kSecond = 1e9;
  constexpr double kMoney = 1e6;
  evidence::Walk events(evidence::Find(described, "events"));
  std::string_view ignored, first;
  if (!events.Next(&ignored, &first)) return;
  event->what = evidence::TextIn(first, "event");
  event->source = FactIn(first, "src.ip");
  event->caller = FactIn(first, "caller.number");
  event->callee = FactIn(first, "callee.number");
  event->account = FactIn(first, "account");
  event->trunk = FactIn(first, "trunk");
  event->device = FactIn(first, "user_agent");
  event->call_id = FactIn(first, "call_id");
  event->record = event->what == "cdr";
  event->answered = FactIn(first, "answered") == "true";
  event->duration_ns = std::llround(NumberIn(first, "duration") * kSecond);
  event->has_cost = !FactIn(first, "cost").empty();
  event->cost = std::llround(NumberIn(first, "cost") * kMoney);
}

void TakePacket(std::string_view described, CaseEvent* event) {
  const std::string_view packet = evidence::Find(described, "packet");
  event->source = evidence::TextIn(evidence::Find(packet, "source"), "ip");
  event->destination = evidence::TextIn(evidence::Find(packet, "destination"), "ip");
  event->account = evidence::TextIn(packet, "account");
  event->trunk = evidence::TextIn(packet, "trunk");
  const std::string_view identity = evidence::Find(described, "identity");
  if (identity.empty() || identity == "null") return;
  event->identity = evidence::TextIn(identity, "result");
  event->spc = evidence::TextIn(identity, "spc");
  if (event->identity != "verified") return;
  event->attest = evidence::TextIn(identity, "attest");
  event->origid = evidence::TextIn(identity, "origid");
}

}  // namespace

bool VisitEvidence(const std::string& path, const CaseVisitor& visit, std::string* error) {
  EvidenceReader reader;
  if (!reader.Open(path)) {
    *error = reader.error();
    return false;
  }
  sipward_message* made = nullptr;
  if (sipward_message_create(&made) != SIPWARD_OK) {
    *error = sipward_status_text(SIPWARD_ERR_NO_MEMORY);
    return false;
  }
  const MessageHandle message(made);
  const std::string name = std::filesystem::path(path).filename().string();
  EvidenceBook book;
  evidence::Entry entry;
  EvidenceReader::Status status = reader.Next(&entry);
  for (; status == EvidenceReader::Status::kEntry; status = reader.Next(&entry)) {
    if (entry.kind == "rules") book.Take(entry);
    std::string record;
    if (entry.kind != "decision" ||
        reader.OpenRecord(entry, &record) != EvidenceReader::Opened::kOpen) {
      continue;
    }
    const std::string described = DescribeRecord(book.Find(EvidenceBook::HashOf(record)), record);
    if (described.empty()) continue;
    CaseEvent event;
    const std::string kept = evidence::TextIn(evidence::Find(described, "message"), "kept");
    if (kept.empty()) {
      TakeEvent(described, &event);
    } else {
      static_cast<void>(sipward_message_parse(made, kept.data(), kept.size(), nullptr));
      TakeMessage(MessageView(made), &event);
      TakePacket(described, &event);
    }
    event.wall_ns = evidence::IntOf(evidence::Find(described, "time")).value_or(0);
    event.place = name + " entry " + std::to_string(entry.sequence);
    const std::string_view verdict = evidence::Find(described, "verdict");
    event.action = evidence::TextIn(verdict, "action");
    evidence::Walk rules(evidence::Find(verdict, "rules"));
    std::string_view ignored, rule;
    while (rules.Next(&ignored, &rule)) event.rules.push_back(evidence::TextIn(rule, "rule"));
    visit(event);
  }
  if (status == EvidenceReader::Status::kFault) *error = "FAULT " + reader.error();
  return status == EvidenceReader::Status::kEnd;
}

}  // namespace sipward::cli
