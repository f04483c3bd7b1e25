#include <algorithm>
#include <array>
#include <memory>

#include "facts/facts.h"
#include "guard.h"
#include "records/rates.h"
#include "records/records.h"
#include "struct_size.h"

namespace facts = sipward::facts;
namespace records = sipward::records;
using facts::FieldId;
using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

static_assert(static_cast<uint32_t>(records::Format::kJsonLines) == SIPWARD_CDR_JSONL);
static_assert(static_cast<uint32_t>(records::Part::kOther) == SIPWARD_CDR_OTHER);
static_assert(static_cast<uint32_t>(records::Direction::kOutbound) == SIPWARD_DIRECTION_OUTBOUND);

struct sipward_rates {
  std::shared_ptr<const records::Rates> rates;
};

struct sipward_cdr_reader {
  explicit sipward_cdr_reader(const records::Options& options) : pieces(options) {}

  records::PieceReader pieces;
  records::Record record;
  std::array<sipward_fact, 20> facts;
  uint32_t fact_count = 0;
};

namespace {

// What rules are told of a record.
class Facts {
 public:
  explicit Facts(sipward_cdr_reader* reader) : reader_(*reader) { reader_.fact_count = 0; }

  void Write() {
    const records::Record& record = reader_.record;
    Text(FieldId::kAccount, record.account);
    Text(FieldId::kTrunk, record.trunk);
    Text(FieldId::kCallerNumber, record.caller);
    Text(FieldId::kCallerName, record.caller_name);
    Text(FieldId::kCalleeNumber, record.callee);
    Text(FieldId::kDialled, record.dialled);
    Text(FieldId::kUserAgent, record.user_agent);
    Text(FieldId::kCallId, record.call_id);
    Integer(FieldId::kAnswered, record.answered ? 1 : 0);
    Integer(FieldId::kDuration, record.duration);
    Integer(FieldId::kRing, record.ring);
    if (record.code != 0) Integer(FieldId::kCode, record.code);
    if (record.cost) Integer(FieldId::kCost, *record.cost);
    if (record.price) Integer(FieldId::kPrice, *record.price);
    if (record.direction == records::Direction::kInbound) Text(FieldId::kDirection, "inbound");
    if (record.direction == records::Direction::kOutbound) Text(FieldId::kDirection, "outbound");
    if (record.source) {
      sipward_fact& fact = Next(FieldId::kSrcIp, SIPWARD_FACT_ADDRESS);
      std::copy(record.source->bytes.begin(), record.source->bytes.end(), fact.address);
    }
  }

 private:
  sipward_fact& Next(FieldId field, uint32_t kind) {
    sipward_fact& fact = reader_.facts[reader_.fact_count++];
    fact = sipward_fact{};
    fact.field = static_cast<uint32_t>(field);
    fact.kind = kind;
    return fact;
  }
  void Text(FieldId field, std::string_view text) {
    if (text.empty()) return;
    sipward_fact& fact = Next(field, SIPWARD_FACT_TEXT);
    fact.text = text.data();
    fact.text_size = text.size();
  }
  void Integer(FieldId field, int64_t value) { Next(field, SIPWARD_FACT_INTEGER).integer = value; }

  sipward_cdr_reader& reader_;
};

// Of a bad row no more than its place.
void WriteRecord(sipward_cdr_reader* reader, sipward_cdr* out) {
  const records::Record& record = reader->record;
  sipward_cdr cdr{};
  cdr.reason = static_cast<uint32_t>(record.reason);
  cdr.format = static_cast<uint32_t>(record.format);
  cdr.line = record.line;
  cdr.offset = record.offset;
  cdr.size = record.size;
  if (record.reason == records::Reason::kNone) {
    Facts(reader).Write();
    cdr.part = static_cast<uint32_t>(record.part);
    cdr.layout = record.layout;
    cdr.answered = record.answered ? 1 : 0;
    cdr.start_ns = record.start;
    cdr.duration_ns = record.duration;
    cdr.ring_ns = record.ring;
    cdr.direction = static_cast<uint32_t>(record.direction);
    cdr.code = record.code;
    cdr.has_cost = record.cost ? 1 : 0;
    cdr.has_price = record.price ? 1 : 0;
    cdr.cost = record.cost.value_or(0);
    cdr.price = record.price.value_or(0);
    cdr.account = Text(record.account);
    cdr.trunk = Text(record.trunk);
    cdr.caller = Text(record.caller);
    cdr.caller_name = Text(record.caller_name);
    cdr.callee = Text(record.callee);
    cdr.dialled = Text(record.dialled);
    cdr.user_agent = Text(record.user_agent);
    cdr.call_id = Text(record.call_id);
    cdr.id = Text(record.id);
    cdr.fingerprint = record.fingerprint;
    cdr.facts = reader->facts.data();
    cdr.fact_count = reader->fact_count;
  }
  WriteStruct(cdr, out);
}

void WriteProblem(const records::RateError& error, sipward_rates_problem* out) {
  sipward_rates_problem problem{};
  problem.line = error.line;
  problem.column = error.column;
  problem.message_size =
      static_cast<uint32_t>(std::min(error.message.size(), sizeof problem.message));
  std::copy_n(error.message.begin(), problem.message_size, problem.message);
  WriteStruct(problem, out);
}

}  // namespace

extern "C" {

int32_t sipward_rates_create(const char* text, size_t text_size, sipward_rates_problem* problem,
                             sipward_rates** out) {
  if (!UsableBytes(text, text_size) || (problem != nullptr && !HasStructSize(problem)) ||
      !Usable(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    records::RateError error;
    auto rates = records::Rates::Read(View(text, text_size), &error);
    if (!rates) {
      if (problem != nullptr) WriteProblem(error, problem);
      return SIPWARD_ERR_RATES;
    }
    *out = new sipward_rates{std::make_shared<const records::Rates>(*std::move(rates))};
    return SIPWARD_OK;
  });
}

void sipward_rates_destroy(sipward_rates* rates) {
  if (Usable(rates)) delete rates;
}

int32_t sipward_rates_find(const sipward_rates* rates, const char* number, size_t number_size,
                           int64_t duration_ns, sipward_rate* out) {
  if (!Usable(rates) || !UsableBytes(number, number_size) || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const records::Rates::Rate* rate = rates->rates->Find(View(number, number_size));
  if (rate == nullptr) return SIPWARD_END;
  sipward_rate found{};
  found.per_minute = rate->per_minute;
  found.increment_ns = rate->increment;
  found.cost = records::Rates::CostOf(*rate, duration_ns);
  WriteStruct(found, out);
  return SIPWARD_OK;
}

const char* sipward_cdr_format_name(uint32_t format) {
  if (format >= records::kFormats) return nullptr;
  return records::FormatName(static_cast<records::Format>(format)).data();
}

const char* sipward_cdr_reason_name(uint32_t reason) {
  if (reason >= records::kReasons) return nullptr;
  return records::ReasonName(static_cast<records::Reason>(reason)).data();
}

const char* sipward_cdr_reason_sentence(uint32_t reason) {
  if (reason >= records::kReasons) return nullptr;
  return records::ReasonSentence(static_cast<records::Reason>(reason)).data();
}

int32_t sipward_cdr_reader_create(const sipward_cdr_options* options, sipward_cdr_reader** out) {
  constexpr int32_t kDaySeconds = 24 * 60 * 60;
  sipward_cdr_options given{};
  if ((options != nullptr && !ReadStruct(options, &given)) || given.format >= records::kFormats ||
      given.utc_offset_s < -kDaySeconds || given.utc_offset_s > kDaySeconds ||
      given.delimiter > 0x7F || given.delimiter == '"' || given.delimiter == '\n' ||
      given.delimiter == '\r' || (given.rates != nullptr && !Usable(given.rates)) || !Usable(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    auto reader = std::make_unique<sipward_cdr_reader>(records::Options{
        static_cast<records::Format>(given.format), given.utc_offset_s * sipward::kSecond,
        static_cast<char>(given.delimiter)});
    if (given.rates != nullptr) reader->pieces.reader().SetRates(given.rates->rates);
    *out = reader.release();
    return SIPWARD_OK;
  });
}

void sipward_cdr_reader_destroy(sipward_cdr_reader* reader) {
  if (Usable(reader)) delete reader;
}

int32_t sipward_cdr_reader_map(sipward_cdr_reader* reader, const char* name, size_t name_size,
                               const char* column, size_t column_size) {
  if (!Usable(reader) || !UsableBytes(name, name_size) || !UsableBytes(column, column_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const auto meant = records::FindColumn(View(column, column_size));
  if (!meant) return SIPWARD_ERR_FIELD;
  return reader->pieces.reader().MapName(View(name, name_size), *meant) ? SIPWARD_OK
                                                                        : SIPWARD_ERR_LIMIT;
}

int32_t sipward_cdr_reader_map_place(sipward_cdr_reader* reader, uint32_t place, const char* column,
                                     size_t column_size) {
  if (!Usable(reader) || !UsableBytes(column, column_size)) return SIPWARD_ERR_ARGUMENT;
  const auto meant = records::FindColumn(View(column, column_size));
  if (!meant) return SIPWARD_ERR_FIELD;
  return reader->pieces.reader().MapPlace(place, *meant) ? SIPWARD_OK : SIPWARD_ERR_LIMIT;
}

int32_t sipward_cdr_reader_push(sipward_cdr_reader* reader, const char* data, size_t size,
                                size_t* taken) {
  if (!Usable(reader) || !UsableBytes(data, size) || !Usable(taken)) return SIPWARD_ERR_ARGUMENT;
  if (reader->pieces.finished()) return SIPWARD_END;
  *taken = reader->pieces.Push(View(data, size));
  return SIPWARD_OK;
}

int32_t sipward_cdr_reader_finish(sipward_cdr_reader* reader) {
  if (!Usable(reader)) return SIPWARD_ERR_ARGUMENT;
  reader->pieces.Finish();
  return SIPWARD_OK;
}

int32_t sipward_cdr_reader_next(sipward_cdr_reader* reader, sipward_cdr* out) {
  if (!Usable(reader) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  switch (reader->pieces.Next(&reader->record)) {
    case records::Reader::Step::kMore:
      return SIPWARD_INCOMPLETE;
    case records::Reader::Step::kEnd:
      return SIPWARD_END;
    case records::Reader::Step::kRow:
      break;
  }
  WriteRecord(reader, out);
  return SIPWARD_OK;
}

int32_t sipward_cdr_reader_again(sipward_cdr_reader* reader, const char* row, size_t row_size,
                                 uint32_t layout, sipward_cdr* out) {
  if (!Usable(reader) || !UsableBytes(row, row_size) || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  reader->pieces.reader().Again(View(row, row_size), layout, &reader->record);
  WriteRecord(reader, out);
  return SIPWARD_OK;
}

}  // extern "C"
