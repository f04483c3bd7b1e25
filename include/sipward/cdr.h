// Call records: the bytes of files in, one record after the other out, with what calls cost.
//
//   auto reader = sipward::CallRecordReader::Create({.rates = &rates}).value();
//   while (!bytes.empty()) {
//     bytes.remove_prefix(reader.Push(bytes));
//     while (auto row = reader.Next()) {
//       if (!row->good()) { Count(row->reason_sentence()); continue; }
//       row->ToEvent(&event);
//       Use(*row, inspector.Inspect(event));
//     }
//   }
//   reader.Finish();                      // and Next once more, until there is none
#ifndef SIPWARD_CDR_H_
#define SIPWARD_CDR_H_

#include <sipward.h>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sipward/event.h"
#include "sipward/handle.h"
#include "sipward/packet.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

// What calls cost by the number that is called. Immutable; copies of what it holds live in readers.
class Rates {
 public:
  // Where a list is wrong.
  struct Problem {
    uint32_t line = 0, column = 0;  // from 1
    std::string message;
  };
  struct Rate {
    Money per_minute;
    std::chrono::nanoseconds increment;  // what is begun of it is charged as a whole
    Money cost;                          // of the call
  };

  // Lines `prefix,rate_per_minute,increment_seconds`; a header line and comments behind # are left
  // out. kRates if a line cannot be used: *problem, if there is one, says which and why.
  static Result<Rates> Read(std::string_view text, Problem* problem = nullptr) {
    sipward_rates_problem wrong{};
    wrong.struct_size = sizeof wrong;
    sipward_rates* rates = nullptr;
    const Status status =
        Status::FromC(sipward_rates_create(text.data(), text.size(), &wrong, &rates));
    if (status.ok()) return Rates(rates);
    if (problem != nullptr) {
      *problem = {wrong.line, wrong.column, std::string(wrong.message, wrong.message_size)};
    }
    return Error{status};
  }

  // The rate of the longest prefix that the number begins with, and what a call costs; none if
  // there is no such prefix.
  std::optional<Rate> Find(std::string_view number, std::chrono::nanoseconds duration) const {
    sipward_rate found{};
    found.struct_size = sizeof found;
    if (sipward_rates_find(rates_.get(), number.data(), number.size(), duration.count(), &found) !=
        SIPWARD_OK) {
      return std::nullopt;
    }
    return Rate{{found.per_minute}, std::chrono::nanoseconds(found.increment_ns), {found.cost}};
  }

 private:
  friend class CallRecordReader;
  explicit Rates(sipward_rates* rates) noexcept : rates_(rates) {}

  detail::Handle<sipward_rates, sipward_rates_destroy> rates_;
};

enum class CallRecordFormat : uint32_t {
  kAuto = SIPWARD_CDR_AUTO,  // whatever each row looks like
  kAsterisk = SIPWARD_CDR_ASTERISK,
  kFreeswitch = SIPWARD_CDR_FREESWITCH,
  kKamailio = SIPWARD_CDR_KAMAILIO,
  kCsv = SIPWARD_CDR_CSV,
  kJsonLines = SIPWARD_CDR_JSONL,
};

// "auto" ...
inline std::string_view Name(CallRecordFormat format) noexcept {
  const char* name = sipward_cdr_format_name(static_cast<uint32_t>(format));
  return name == nullptr ? "none" : name;
}

// One row: a record, or the reason why it is none. Texts live until the reader is used again.
class CallRecord {
 public:
  enum class Part : uint32_t {
    kCall = SIPWARD_CDR_CALL,    // a call as a whole
    kBegin = SIPWARD_CDR_BEGIN,  // Kamailio's row of an INVITE
    kEnd = SIPWARD_CDR_END,      // and that of the BYE of a call, known by its call_id
    kOther = SIPWARD_CDR_OTHER,  // a row of another request
  };
  using Time = std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>;

  bool good() const noexcept { return row_.reason == 0; }
  // Of a bad row; "ok" of a record.
  std::string_view reason() const noexcept { return sipward_cdr_reason_name(row_.reason); }
  std::string_view reason_sentence() const noexcept {
    return sipward_cdr_reason_sentence(row_.reason);
  }
  // The line on which the row begins, from 1; its place in all bytes that were pushed.
  uint64_t line() const noexcept { return row_.line; }
  uint64_t offset() const noexcept { return row_.offset; }
  uint64_t size() const noexcept { return row_.size; }
  uint32_t layout() const noexcept { return row_.layout; }
  CallRecordFormat format() const noexcept { return static_cast<CallRecordFormat>(row_.format); }

  // What follows is said of records alone.
  Part part() const noexcept { return static_cast<Part>(row_.part); }
  Time start() const noexcept { return Time(std::chrono::nanoseconds(row_.start_ns)); }
  // From answer to end.
  std::chrono::nanoseconds duration() const noexcept {
    return std::chrono::nanoseconds(row_.duration_ns);
  }
  // From the start to the answer, or to the end.
  std::chrono::nanoseconds ring() const noexcept { return std::chrono::nanoseconds(row_.ring_ns); }
  bool answered() const noexcept { return row_.answered != 0; }
  Direction direction() const noexcept { return static_cast<Direction>(row_.direction); }
  // SIP status that it came to; 0: not known.
  uint32_t code() const noexcept { return row_.code; }
  std::optional<Money> cost() const noexcept { return Amount(row_.has_cost, row_.cost); }
  // Of a minute.
  std::optional<Money> price() const noexcept { return Amount(row_.has_price, row_.price); }
  std::string_view account() const noexcept { return detail::View(row_.account); }
  std::string_view trunk() const noexcept { return detail::View(row_.trunk); }
  std::string_view caller() const noexcept { return detail::View(row_.caller); }
  std::string_view caller_name() const noexcept { return detail::View(row_.caller_name); }
  std::string_view callee() const noexcept { return detail::View(row_.callee); }
  std::string_view dialled() const noexcept { return detail::View(row_.dialled); }
  std::string_view user_agent() const noexcept { return detail::View(row_.user_agent); }
  std::string_view call_id() const noexcept { return detail::View(row_.call_id); }
  // Of the record; empty: it has none, and two that are alike are two calls.
  std::string_view id() const noexcept { return detail::View(row_.id); }
  // Of a record with an id: equal rows have equal ones; else 0.
  uint64_t fingerprint() const noexcept { return row_.fingerprint; }

  // Makes `event` that of the record: at its start, on both clocks, and proven, as the operator's
  // own records are.
  void ToEvent(HostEvent* event) const noexcept {
    event->Reset(EventKind::kCdr);
    event->wall = decltype(event->wall)(std::chrono::nanoseconds(row_.start_ns));
    event->monotonic = decltype(event->monotonic)(std::chrono::nanoseconds(row_.start_ns));
    event->proven = true;
    for (uint32_t i = 0; i < row_.fact_count; ++i) {
      static_cast<void>(event->Put(row_.facts[i]));  // there is room for many more
    }
  }

 private:
  friend class CallRecordReader;
  CallRecord() noexcept : row_{} { row_.struct_size = sizeof row_; }
  static std::optional<Money> Amount(uint32_t has, int64_t millionths) noexcept {
    return has != 0 ? std::optional<Money>(Money{millionths}) : std::nullopt;
  }

  sipward_cdr row_;
};

// Reads one file. One thread at a time.
class CallRecordReader {
 public:
  struct Options {
    CallRecordFormat format = CallRecordFormat::kAuto;
    // Of times that name no zone: local time minus UTC.
    std::chrono::seconds utc_offset{0};
    char delimiter = 0;  // 0: a comma, or what the header line or the row shows
    const Rates* rates = nullptr;
  };
  static Result<CallRecordReader> Create(const Options& options) {
    sipward_cdr_options given{};
    given.struct_size = sizeof given;
    given.format = static_cast<uint32_t>(options.format);
    given.utc_offset_s = static_cast<int32_t>(options.utc_offset.count());
    given.delimiter = static_cast<unsigned char>(options.delimiter);
    given.rates = options.rates == nullptr ? nullptr : options.rates->rates_.get();
    sipward_cdr_reader* reader = nullptr;
    const Status status = Status::FromC(sipward_cdr_reader_create(&given, &reader));
    if (!status.ok()) return Error{status};
    return CallRecordReader(reader);
  }
  static Result<CallRecordReader> Create() { return Create(Options()); }

  // Before the first row: what the header line, or an object, calls `name` means `column`, a name
  // of the library's own CSV. kField if there is no such column.
  Status Map(std::string_view name, std::string_view column) noexcept {
    return Status::FromC(sipward_cdr_reader_map(reader_.get(), name.data(), name.size(),
                                                column.data(), column.size()));
  }
  // The same for files without a header line: the column at `place`, from 1.
  Status Map(uint32_t place, std::string_view column) noexcept {
    return Status::FromC(
        sipward_cdr_reader_map_place(reader_.get(), place, column.data(), column.size()));
  }

  // Takes bytes in, copies them, and returns how many. Fewer than given: call Next until it has
  // none, then push the rest. None after Finish.
  [[nodiscard]] size_t Push(std::string_view bytes) noexcept {
    size_t taken = 0;
    static_cast<void>(sipward_cdr_reader_push(reader_.get(), bytes.data(), bytes.size(), &taken));
    return taken;
  }
  // Nothing follows: what is left is a row.
  void Finish() noexcept { static_cast<void>(sipward_cdr_reader_finish(reader_.get())); }
  // The next row, good or bad; none if more bytes are needed, or, once finished, for good.
  [[nodiscard]] std::optional<CallRecord> Next() noexcept {
    CallRecord row;
    if (sipward_cdr_reader_next(reader_.get(), &row.row_) != SIPWARD_OK) return std::nullopt;
    return row;
  }
  // A row once more, by its bytes and the layout that it had; its line and offset are 0.
  [[nodiscard]] CallRecord Again(std::string_view row_bytes, uint32_t layout) noexcept {
    CallRecord row;
    static_cast<void>(sipward_cdr_reader_again(reader_.get(), row_bytes.data(), row_bytes.size(),
                                               layout, &row.row_));
    return row;
  }

 private:
  explicit CallRecordReader(sipward_cdr_reader* reader) noexcept : reader_(reader) {}

  detail::Handle<sipward_cdr_reader, sipward_cdr_reader_destroy> reader_;
};

}  // namespace sipward

#endif  // SIPWARD_CDR_H_
