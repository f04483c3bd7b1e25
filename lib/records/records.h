// Call records: bytes of files in, one record after the other out.
//
// Nothing here does I/O, and nothing is allocated for a record. A row is whatever is no empty line,
// no header line and no mark of the file: it gives a record, or a reason why it does not, and the
// next one is read all the same.
#ifndef SIPWARD_RECORDS_RECORDS_H_
#define SIPWARD_RECORDS_RECORDS_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "base/ip.h"
#include "base/time.h"

namespace sipward::records {

enum class Format : uint8_t { kAuto, kAsterisk, kFreeswitch, kKamailio, kCsv, kJsonLines };
inline constexpr size_t kFormats = 6;
std::string_view FormatName(Format format);  // "auto" ...

enum class Column : uint8_t {
#define SIPWARD_COLUMN(symbol, name) symbol,
#include "records/column.def"
#undef SIPWARD_COLUMN
};
inline constexpr size_t kColumns = 0
#define SIPWARD_COLUMN(symbol, name) +1
#include "records/column.def"
#undef SIPWARD_COLUMN
    ;
std::string_view ColumnName(Column column);
// By the name of a column in sipward's own CSV: what a mapping may name.
std::optional<Column> FindColumn(std::string_view name);

enum class Reason : uint8_t {
#define SIPWARD_RECORD_REASON(symbol, name, sentence) symbol,
#include "records/reason.def"
#undef SIPWARD_RECORD_REASON
};
inline constexpr size_t kReasons = 0
#define SIPWARD_RECORD_REASON(symbol, name, sentence) +1
#include "records/reason.def"
#undef SIPWARD_RECORD_REASON
    ;
std::string_view ReasonName(Reason reason);
std::string_view ReasonSentence(Reason reason);

enum class Direction : uint8_t { kUnknown, kInbound, kOutbound };

// What a record tells of.
enum class Part : uint8_t {
  kCall,   // a call as a whole
  kBegin,  // Kamailio's row of an INVITE: when it was answered, or refused
  kEnd,    // and of the BYE of a call that some other row began
  kOther,  // a row of another request: no call
};

// Most of a row, of its lines behind the first, and of one text.
inline constexpr size_t kMostRow = size_t{1} << 20;
inline constexpr size_t kMostSpan = size_t{64} << 10;
inline constexpr size_t kMostText = 4096;
// So many bytes are enough to tell a row, or that it is too long.
inline constexpr size_t kWindow = kMostRow + kMostSpan + 2;

// One row. Texts point into the bytes that were read, or into the reader, until its next row. Of a
// bad one only the place is known.
struct Record {
  Reason reason = Reason::kNone;
  Format format = Format::kAuto;  // as which it was read
  Part part = Part::kCall;
  uint64_t line = 0;    // on which the row begins, from 1
  uint64_t offset = 0;  // of the row in all bytes that were read
  uint64_t size = 0;    // of the row, without the end of its line
  uint32_t layout = 0;  // for Reader::Again

  Nanos start = 0;  // when the call began, since 1970 UTC
  Nanos duration = 0, ring = 0;
  bool answered = false;
  Direction direction = Direction::kUnknown;
  uint16_t code = 0;                   // SIP status that it came to; 0: not known
  std::optional<int64_t> cost, price;  // millionths; of the record, or by the rates
  std::optional<IpAddress> source;
  std::string_view account, trunk, caller, caller_name, callee, dialled, user_agent, call_id;
  // Of the record itself; empty: it has none, and two that are alike are two calls.
  std::string_view id;
  uint64_t fingerprint = 0;  // of a record with an id: equal rows have equal ones
};

class Rates;  // records/rates.h

struct Options {
  Format format = Format::kAuto;
  Nanos utc_offset = 0;  // of times that name no zone: local time minus UTC
  char delimiter = 0;    // 0: a comma, or what the header line shows
};

// Reads the rows of one file. Fixed in size (some 150 KiB); one thread at a time.
class Reader {
 public:
  explicit Reader(const Options& options);
  ~Reader();
  Reader(Reader&&) noexcept;
  Reader& operator=(Reader&&) noexcept;

  // Before the first row. A column of this name in the header line means `column`. False if there
  // are too many names, or the name is empty or longer than 64 bytes.
  bool MapName(std::string_view name, Column column);
  // Files without a header line: the column at `place`, from 1 to 256, means `column`.
  bool MapPlace(uint32_t place, Column column);
  // Calls whose record has no cost get the one of these rates, and their price.
  void SetRates(std::shared_ptr<const Rates> rates);

  enum class Step {
    kRow,   // *out is written
    kMore,  // the row may go on behind `bytes`: again, with what is not taken and what follows it
    kEnd,   // nothing is left
  };
  // Reads the first row of `bytes`, which follow what was taken before. `last`: nothing follows
  // them. *taken: how many were read; 0 or more on any step. More than kWindow are never needed.
  Step Next(std::string_view bytes, bool last, size_t* taken, Record* out);
  // Reads a row once more, by the bytes [offset, offset + size) and the layout of its record; line
  // and offset are the caller's to know. The same record again.
  void Again(std::string_view row, uint32_t layout, Record* out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A reader that takes bytes in pieces of any size, and copies them.
class PieceReader {
 public:
  explicit PieceReader(const Options& options);

  Reader& reader() { return reader_; }
  // Takes bytes in and returns how many: fewer than given where Next has to be called first. None
  // after Finish.
  size_t Push(std::string_view bytes);
  // Nothing follows.
  void Finish() { last_ = true; }
  bool finished() const { return last_; }
  // kMore: push more, or finish. Texts live until the next Push or Next.
  Reader::Step Next(Record* out);

 private:
  Reader reader_;
  std::unique_ptr<char[]> buffer_;
  size_t begin_ = 0, end_ = 0;  // of what is not read yet
  bool last_ = false;
};

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_RECORDS_H_
