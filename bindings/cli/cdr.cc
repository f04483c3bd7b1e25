#include "cdr.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <memory>
#include <string_view>
#include <utility>

#include "analytics_page.h"
#include "analytics_report.h"
#include "cdr_columns.h"
#include "cdr_ends.h"
#include "cdr_index.h"
#include "cdr_page.h"
#include "cdr_report.h"
#include "cdr_source.h"
#include "exit_code.h"
#include "file.h"
#include "handle.h"
#include "judge.h"
#include "report_file.h"

namespace sipward::cli {
namespace {

using RatesHandle = std::unique_ptr<sipward_rates, Destroyer<sipward_rates_destroy>>;
using ReaderHandle = std::unique_ptr<sipward_cdr_reader, Destroyer<sipward_cdr_reader_destroy>>;

constexpr size_t kMostConfigBytes = size_t{64} << 20;
constexpr size_t kMostFiles = 65'536;
constexpr size_t kMostLines = size_t{1} << 20;  // of output that is held back

// Where the operator is, is a setting of the default rules.
RuleSource RulesOf(const CdrRequest& request) {
  RuleSource source = request.rules;
  source.keep_source = !request.evidence.folder.empty();
  if (!request.home.empty() && source.default_pack) {
    source.settings = "version 1\noverride const home = \"" + request.home + "\"\n";
  }
  return source;
}

class CdrRun {
 public:
  explicit CdrRun(const CdrRequest& request) : request_(request) {}
  int Run();

 private:
  bool Unusable(std::string_view why);
  bool LoadRates();
  bool LoadColumns();
  bool BuildEngine();
  bool OpenFiles();
  bool MakeReaders();
  bool MapColumns(sipward_cdr_reader* reader);
  bool Read(size_t file);
  bool ReadRows(size_t file);
  bool JudgeAll();
  std::string_view Canonical(std::string_view number);
  bool Judge(const CdrPlace& place);
  bool Flush(size_t least);
  bool WritePage();

  const CdrRequest& request_;
  LoadedRules rules_;
  RatesHandle rates_;
  CdrColumns columns_;
  StateHandle state_;
  EngineHandle engine_;
  InspectorHandle inspector_;
  std::vector<CdrSource> sources_;
  std::vector<ReaderHandle> readers_;  // of each file: its layouts are needed twice
  EvidenceSink evidence_;
  CdrIndex index_;
  CdrEnds ends_;
  CdrCompletion completion_;
  std::array<char, SIPWARD_NUMBER_DIGITS> digits_{};
  CdrRows rows_;
  CdrReport report_;
  std::unique_ptr<CdrPage> page_;  // if there is to be one
  std::string lines_;
};

bool CdrRun::Unusable(std::string_view why) {
  Complain(why);
  return false;
}

bool CdrRun::LoadRates() {
  if (request_.rates.empty()) return true;
  std::string text;
  std::string error;
  if (!ReadFile(request_.rates, kMostConfigBytes, &text, &error)) {
    return Unusable("cannot read the rates " + request_.rates + ": " + error);
  }
  auto problem = Sized<sipward_rates_problem>();
  sipward_rates* rates = nullptr;
  const int32_t status = sipward_rates_create(text.data(), text.size(), &problem, &rates);
  rates_.reset(rates);
  if (status == SIPWARD_OK) return true;
  if (status != SIPWARD_ERR_RATES) return Unusable(sipward_status_text(status));
  return Unusable(request_.rates + ":" + std::to_string(problem.line) + ":" +
                  std::to_string(problem.column) + ": " +
                  std::string(problem.message, problem.message_size));
}

bool CdrRun::LoadColumns() {
  if (request_.columns.empty()) return true;
  std::string text;
  std::string error;
  if (!ReadFile(request_.columns, kMostConfigBytes, &text, &error)) {
    return Unusable("cannot read the columns " + request_.columns + ": " + error);
  }
  if (ReadCdrColumns(text, &columns_, &error)) return true;
  return Unusable(request_.columns + ":" + error);
}

bool CdrRun::BuildEngine() {
  auto options = Sized<sipward_engine_options>();
  options.analytics_rows = request_.analytics ? kAnalyticsRows : 0;
  int32_t status = MakeState(&state_);
  if (status == SIPWARD_OK) {
    status = MakeInspector(rules_.rules.get(), state_, options, &engine_, &inspector_);
  }
  if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
  return evidence_.Open(request_.evidence, "cdr") &&
         evidence_.Begin(rules_.rules.get(), inspector_.get());
}

bool CdrRun::OpenFiles() {
  if (request_.files.size() > kMostFiles) return Unusable("too many files");
  for (const std::string& path : request_.files) {
    std::string error;
    if (!sources_.emplace_back().Open(path, &error)) {
      return Unusable(std::string("cannot read ").append(path).append(": ").append(error));
    }
  }
  return true;
}

bool CdrRun::MapColumns(sipward_cdr_reader* reader) {
  for (const CdrColumn& column : columns_.columns) {
    const int32_t status =
        column.name.empty() ? sipward_cdr_reader_map_place(
                                  reader, column.place, column.column.data(), column.column.size())
                            : sipward_cdr_reader_map(reader, column.name.data(), column.name.size(),
                                                     column.column.data(), column.column.size());
    if (status == SIPWARD_OK) continue;
    return Unusable(request_.columns + ":" + std::to_string(column.line) + ":" +
                    std::to_string(column.at) + ": " +
                    (status == SIPWARD_ERR_FIELD ? "there is no column " + column.column
                                                 : "this column or place is there twice, or the "
                                                   "name is too long"));
  }
  return true;
}

bool CdrRun::MakeReaders() {
  auto options = Sized<sipward_cdr_options>();
  options.format = request_.format;
  options.utc_offset_s = request_.utc_offset_s;
  options.delimiter = columns_.delimiter;
  for (size_t i = 0; i < sources_.size(); ++i) {
    sipward_cdr_reader* reader = nullptr;
    const int32_t status = sipward_cdr_reader_create(&options, &reader);
    readers_.emplace_back(reader);
    if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
    if (!MapColumns(reader)) return false;
  }
  return true;
}

// The rows that the reader has whole.
bool CdrRun::ReadRows(size_t file) {
  auto record = Sized<sipward_cdr>();
  for (;;) {
    const int32_t status = sipward_cdr_reader_next(readers_[file].get(), &record);
    if (status == SIPWARD_INCOMPLETE || status == SIPWARD_END) return true;
    if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
    if (record.reason != 0) {
      rows_.AddBad(record.reason, sources_[file].name(), record.line);
      continue;
    }
    rows_.AddGood();
    if (record.part == SIPWARD_CDR_END) ends_.Add(View(record.call_id), record.start_ns);
    if (record.part == SIPWARD_CDR_CALL || record.part == SIPWARD_CDR_BEGIN) {
      index_.Add(record, file);
    }
  }
}

bool CdrRun::Read(size_t file) {
  std::string_view bytes = sources_[file].bytes();
  constexpr size_t kMostPush = size_t{1} << 20;
  while (!bytes.empty()) {
    size_t taken = 0;
    const int32_t status = sipward_cdr_reader_push(readers_[file].get(), bytes.data(),
                                                   std::min(bytes.size(), kMostPush), &taken);
    if (status != SIPWARD_OK) return Unusable(sipward_status_text(status));
    bytes.remove_prefix(taken);
    if (!ReadRows(file)) return false;
  }
  sipward_cdr_reader_finish(readers_[file].get());
  return ReadRows(file);
}

bool CdrRun::Flush(size_t least) {
  if (lines_.size() < least) return true;
  const bool printed = Print(lines_);
  lines_.clear();
  return printed;
}

// The one form of a number, as rates and numbering plans have it; what has none stays as it is.
std::string_view CdrRun::Canonical(std::string_view number) {
  size_t size = 0;
  const int32_t status =
      sipward_number_canonical(number.data(), number.size(), request_.home.data(),
                               request_.home.size(), digits_.data(), digits_.size(), &size);
  return status == SIPWARD_OK && size != 0 ? std::string_view(digits_.data(), size) : number;
}

bool CdrRun::Judge(const CdrPlace& place) {
  const std::string_view row = place.In(sources_);
  auto record = Sized<sipward_cdr>();
  int32_t status = sipward_cdr_reader_again(readers_[place.file].get(), row.data(), row.size(),
                                            place.layout, &record);
  const std::string_view callee = Canonical(View(record.callee));
  if (status == SIPWARD_OK) completion_.Complete(ends_, rates_.get(), callee, &record);
  auto event = Sized<sipward_host_event>();
  event.kind = SIPWARD_EVENT_CDR;
  event.flags = SIPWARD_EVENT_PROVEN;
  event.wall_ns = record.start_ns;
  event.monotonic_ns = record.start_ns;
  event.facts = record.facts;
  event.fact_count = record.fact_count;
  auto verdict = Sized<sipward_verdict>();
  if (status == SIPWARD_OK) status = sipward_inspector_event(inspector_.get(), &event, &verdict);
  if (status != SIPWARD_OK) {
    return Unusable(sources_[place.file].name() + ":" + std::to_string(place.line) + ": " +
                    sipward_status_text(status));
  }
  const JudgedRecord judged{record, verdict, callee, sources_[place.file].name(), place.line};
  if (!evidence_.Take(inspector_.get(), verdict, record.start_ns)) return false;
  const bool finding = IsFinding(verdict);
  report_.Add(judged, finding);
  if (page_ != nullptr) page_->Add(judged, finding);
  if (finding && request_.json) AppendFinding(&lines_, judged);
  return Flush(kMostLines);
}

bool CdrRun::JudgeAll() {
  const auto& places = index_.places();
  const int64_t first_ns = places.empty() ? 0 : places.front().start_ns;
  if (!request_.feeds.Fill(engine_.get(), first_ns)) return false;
  for (const CdrPlace& place : places) {
    if (!Judge(place)) return false;
  }
  return Flush(1);
}

bool CdrRun::WritePage() {
  if (page_ == nullptr) return true;
  HtmlReport report = page_->Take(report_, rows_);
  constexpr size_t kMostNamed = 5;
  for (size_t i = 0; i < std::min(sources_.size(), kMostNamed); ++i) {
    report.subject += (i == 0 ? "" : ", ") + sources_[i].name();
  }
  if (sources_.size() > kMostNamed) {
    report.subject += " and " + std::to_string(sources_.size() - kMostNamed) + " more";
  }
  const AnalyticsHandle analytics = AnalyticsOf(engine_.get());
  if (analytics != nullptr) AddAnalytics(analytics.get(), &report);
  return WriteHtmlReport(&report, rules_.rules.get(), request_.html);
}

int CdrRun::Run() {
  if (!request_.html.empty()) {
    if (!CanWriteReport()) return kExitUnusable;
    page_ = std::make_unique<CdrPage>();
  }
  rules_ = LoadRules(RulesOf(request_));
  if (rules_.rules == nullptr) {
    std::fwrite(rules_.errors.data(), 1, rules_.errors.size(), stderr);
    return kExitUnusable;
  }
  if (!LoadRates() || !LoadColumns() || !BuildEngine() || !OpenFiles() || !MakeReaders()) {
    return kExitUnusable;
  }
  const auto begin = std::chrono::steady_clock::now();
  for (size_t file = 0; file < sources_.size(); ++file) {
    if (!Read(file)) return kExitUnusable;
  }
  rows_.AddDuplicates(index_.Settle(sources_));
  ends_.Settle();
  if (!JudgeAll() || !evidence_.Close()) return kExitUnusable;
  const std::chrono::duration<double> seconds = std::chrono::steady_clock::now() - begin;
  if (!WritePage()) return kExitUnusable;
  if (!request_.json && !Print(report_.Render(rows_, seconds.count()))) return kExitUnusable;
  if (const AnalyticsHandle analytics = AnalyticsOf(engine_.get()); analytics != nullptr) {
    const bool told = Print(request_.json ? AnalyticsJson(analytics.get())
                                          : "\n" + RenderAnalytics(analytics.get()));
    if (!told) return kExitUnusable;
  }
  if (request_.summary && !Print(report_.RenderJson(rows_))) return kExitUnusable;
  if (rows_.good() == 0 && rows_.bad() > 0) {
    Complain("none of the rows is a call record; --format or --columns may say what they are");
    return Finish(kExitUnusable);
  }
  return Finish(report_.findings() > 0 ? kExitFound : kExitOk);
}

}  // namespace

int RunCdr(const CdrRequest& request) { return CdrRun(request).Run(); }

}  // namespace sipward::cli
