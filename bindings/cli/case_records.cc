#include "case_records.h"

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <memory>
#include <string_view>

#include "cdr_ends.h"
#include "cdr_source.h"
#include "file.h"
#include "handle.h"
#include "packet_text.h"

namespace sipward::cli {
namespace {

using RatesHandle = std::unique_ptr<sipward_rates, Destroyer<sipward_rates_destroy>>;
using ReaderHandle = std::unique_ptr<sipward_cdr_reader, Destroyer<sipward_cdr_reader_destroy>>;

constexpr size_t kMostRates = size_t{64} << 20;

bool LoadRates(const std::string& path, RatesHandle* rates, std::string* error) {
  if (path.empty()) return true;
  std::string text;
  if (!ReadFile(path, kMostRates, &text, error)) {
    *error = "cannot read the rates " + path + ": " + *error;
    return false;
  }
  auto problem = Sized<sipward_rates_problem>();
  sipward_rates* made = nullptr;
  const int32_t status = sipward_rates_create(text.data(), text.size(), &problem, &made);
  rates->reset(made);
  if (status == SIPWARD_OK) return true;
  *error = path + ":" + std::to_string(problem.line) + ":" + std::to_string(problem.column) + ": " +
           std::string(problem.message, problem.message_size);
  return false;
}

// The address of the source is a fact of the record alone.
std::string SourceOf(const sipward_cdr& record) {
  uint32_t field = 0;
  constexpr std::string_view kName = "src.ip";
  if (sipward_field_find(SIPWARD_EVENT_CDR, kName.data(), kName.size(), &field) != SIPWARD_OK) {
    return {};
  }
  for (uint32_t i = 0; i < record.fact_count; ++i) {
    const sipward_fact& fact = record.facts[i];
    if (fact.field != field || fact.kind != SIPWARD_FACT_ADDRESS) continue;
    sipward_endpoint endpoint{};
    std::copy(std::begin(fact.address), std::end(fact.address), endpoint.address);
    return AddressText(endpoint);
  }
  return {};
}

CaseEvent EventOf(const sipward_cdr& record, const std::string& name) {
  CaseEvent event;
  event.record = true;
  event.wall_ns = record.start_ns;
  event.place = name + ":" + std::to_string(record.line);
  event.what = "call record";
  event.source = SourceOf(record);
  event.caller = View(record.caller);
  event.callee = View(record.callee);
  event.account = View(record.account);
  event.trunk = View(record.trunk);
  event.device = View(record.user_agent);
  event.call_id = View(record.call_id);
  event.answered = record.answered != 0;
  event.duration_ns = record.duration_ns;
  event.has_cost = record.has_cost != 0;
  event.cost = record.cost;
  return event;
}

// Calls take(record) for each good row. False with *error.
template <class Take>
bool ForEachRow(const CdrSource& source, const Take& take, std::string* error) {
  sipward_cdr_reader* made = nullptr;
  const auto options = Sized<sipward_cdr_options>();
  if (sipward_cdr_reader_create(&options, &made) != SIPWARD_OK) {
    *error = sipward_status_text(SIPWARD_ERR_NO_MEMORY);
    return false;
  }
  const ReaderHandle reader(made);
  auto record = Sized<sipward_cdr>();
  const auto drain = [&] {
    while (sipward_cdr_reader_next(made, &record) == SIPWARD_OK) {
      if (record.reason == 0) take(&record);
    }
  };
  constexpr size_t kMostPush = size_t{1} << 20;
  for (std::string_view bytes = source.bytes(); !bytes.empty();) {
    size_t taken = 0;
    sipward_cdr_reader_push(made, bytes.data(), std::min(bytes.size(), kMostPush), &taken);
    bytes.remove_prefix(taken);
    drain();
  }
  sipward_cdr_reader_finish(made);
  drain();
  return true;
}

}  // namespace

bool VisitRecords(const std::string& path, const CaseRequest& request, const CaseVisitor& visit,
                  std::string* error) {
  CdrSource source;
  RatesHandle rates;
  if (!LoadRates(request.rates, &rates, error)) return false;
  if (!source.Open(path, error)) {
    *error = "cannot read " + path + ": " + *error;
    return false;
  }
  CdrEnds ends;
  const auto note_end = [&](const sipward_cdr* record) {
    if (record->part == SIPWARD_CDR_END) ends.Add(View(record->call_id), record->start_ns);
  };
  if (!ForEachRow(source, note_end, error)) return false;
  ends.Settle();
  CdrCompletion completion;
  const std::string name = std::filesystem::path(path).filename().string();
  uint64_t good = 0;
  const auto take = [&](sipward_cdr* record) {
    ++good;
    if (record->part != SIPWARD_CDR_CALL && record->part != SIPWARD_CDR_BEGIN) return;
    const std::string number = CanonicalNumber(View(record->callee), request.home);
    completion.Complete(ends, rates.get(), number.empty() ? View(record->callee) : number, record);
    visit(EventOf(*record, name));
  };
  if (!ForEachRow(source, take, error)) return false;
  if (good == 0 && !source.bytes().empty()) {
    *error = path + " holds no capture, no evidence and no call records";
  }
  return good != 0 || source.bytes().empty();
}

}  // namespace sipward::cli
