// Call records, as `sipward cdr` takes them: a row is read, and judged under the default pack.
#include <sipward.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

#include "benchmarks/c_engine.h"
#include "benchmarks/engine_setup.h"
#include "benchmarks/workload.h"

namespace sipward::bench {
namespace {

constexpr size_t kRows = 4096;
constexpr size_t kAccounts = 512;
constexpr int64_t kBetweenCalls = 2'000'000'000;

// Calls within the United States, some abroad; of ordinary length, some not answered.
std::string RowOf(size_t i) {
  std::array<char, 200> row;
  const size_t account = i * 7919 % kAccounts;
  const bool abroad = i % 29 == 0;
  const bool answered = i % 4 != 0;
  const size_t seconds = answered ? 20 + i * 37 % 400 : 0;
  const int size = std::snprintf(
      row.data(), row.size(), "%zu,%zu,%zu,%s,a%zu,outbound,+1415555%04zu,%s%zu,192.0.2.%zu,c%zu\n",
      1'772'359'200 + 2 * i, 8 + seconds, seconds, answered ? "ANSWERED" : "NO ANSWER", account,
      1000 + account, abroad ? "+49301234" : "+1202556", 1000 + i * 31 % 9000, account % 250, i);
  return std::string(row.data(), static_cast<size_t>(size));
}

class ReadWorkload : public Workload {
 public:
  ReadWorkload() {
    CMust(sipward_cdr_reader_create(nullptr, &reader_));
    Push("start,duration,billsec,disposition,account,direction,caller,callee,source_ip,call_id\n");
    record_.struct_size = sizeof record_;
    for (size_t i = 0; i < kRows; ++i) rows_.push_back(RowOf(i));
    for (const std::string& row : rows_) bytes_ += row.size();
  }
  ~ReadWorkload() override { sipward_cdr_reader_destroy(reader_); }
  ReadWorkload(const ReadWorkload&) = delete;
  ReadWorkload& operator=(const ReadWorkload&) = delete;

  void Run(uint64_t records) override {
    for (; records > 0; --records) {
      Push(rows_[at_ % kRows]);
      CMust(sipward_cdr_reader_next(reader_, &record_));
      Judge(static_cast<int64_t>(at_++) * kBetweenCalls, record_);
    }
  }
  uint64_t Round() const override { return kRows; }
  double Bytes() const override { return static_cast<double>(bytes_) / static_cast<double>(kRows); }

 protected:
  virtual void Judge(int64_t, const sipward_cdr& record) { Use(record.duration_ns); }

 private:
  void Push(const std::string& text) {
    size_t taken = 0;
    CMust(sipward_cdr_reader_push(reader_, text.data(), text.size(), &taken));
    if (taken != text.size()) CMust(SIPWARD_ERR_LIMIT);
  }

  sipward_cdr_reader* reader_ = nullptr;
  sipward_cdr record_{};
  std::vector<std::string> rows_;
  size_t bytes_ = 0;
  uint64_t at_ = 0;
};

class VerdictWorkload final : public ReadWorkload {
 public:
  explicit VerdictWorkload(uint32_t analytics_rows)
      : inspector_(CreateCInspector(analytics_rows)) {}
  ~VerdictWorkload() override { sipward_inspector_destroy(inspector_); }

 private:
  void Judge(int64_t at, const sipward_cdr& record) override {
    sipward_host_event event{};
    event.struct_size = sizeof event;
    event.kind = SIPWARD_EVENT_CDR;
    event.flags = SIPWARD_EVENT_PROVEN;
    // Time goes on from round to round, as in one long file.
    event.wall_ns = event.monotonic_ns = 1'772'359'200'000'000'000 + at;
    event.facts = record.facts;
    event.fact_count = record.fact_count;
    verdict_.struct_size = sizeof verdict_;
    CMust(sipward_inspector_event(inspector_, &event, &verdict_));
    Use(verdict_.action);
  }

  sipward_inspector* inspector_;
  sipward_verdict verdict_{};
};

}  // namespace

void AddRecordCases(Catalogue& rows) {
  rows.push_back({"pipeline", "record-read", "sipward", "a row of CSV to a call record and facts",
                  [] { return std::make_unique<ReadWorkload>(); }});
  rows.push_back({"pipeline", "record-verdict", "sipward",
                  "the same, rules of the default pack, decision",
                  [] { return std::make_unique<VerdictWorkload>(0); }});
  rows.push_back({"pipeline", "record-analytics", "sipward",
                  "the same, calls counted in 256 rows of each dimension",
                  [] { return std::make_unique<VerdictWorkload>(kAnalyticsRows); }});
}

}  // namespace sipward::bench
