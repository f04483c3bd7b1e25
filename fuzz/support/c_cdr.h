// Call records and rates through the C interface: any bytes in any pieces, any mapping.
#ifndef SIPWARD_FUZZ_SUPPORT_C_CDR_H_
#define SIPWARD_FUZZ_SUPPORT_C_CDR_H_

#include <algorithm>
#include <cstdint>
#include <string_view>

#include "fuzz/support/c_keys.h"
#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

inline void MapColumns(Input& input, sipward_cdr_reader* reader) {
  const std::string_view name = input.Text();
  const std::string_view column = input.Text();
  Known(sipward_cdr_reader_map(reader, name.data(), name.size(), column.data(), column.size()));
  Known(sipward_cdr_reader_map_place(reader, input.Byte(), column.data(), column.size()));
}

inline void ReadRows(Input& input, sipward_cdr_reader* reader) {
  const std::string_view text = input.Text();
  size_t taken = 0;
  const int32_t pushed = sipward_cdr_reader_push(reader, text.data(), text.size(), &taken);
  Known(pushed);
  Require(taken <= text.size());
  if (input.Byte() % 2 == 0) Known(sipward_cdr_reader_finish(reader));
  for (int32_t status = SIPWARD_OK; status == SIPWARD_OK;) {
    Output<sipward_cdr> row(input);
    status = sipward_cdr_reader_next(reader, row.get());
    Known(status);
    if (status != SIPWARD_OK) break;
    const sipward_cdr told = row.Read();
    Require(sipward_cdr_reason_name(told.reason) != nullptr);
    Require(told.fact_count <= 20);
  }
  Output<sipward_cdr> again(input);
  Known(sipward_cdr_reader_again(reader, text.data(), std::min<size_t>(text.size(), 200),
                                 input.Byte(), again.get()));
}

inline void UseRecords(Input& input) {
  const std::string_view list = input.Text();
  sipward_rates* rates = nullptr;
  Output<sipward_rates_problem> problem(input);
  Known(sipward_rates_create(list.data(), list.size(), problem.get(), &rates));
  Output<sipward_rate> rate(input);
  const std::string_view number = input.Text();
  Known(sipward_rates_find(rates, number.data(), number.size(), input.Number(), rate.get()));
  auto options = AnyStruct<sipward_cdr_options>(input);
  if (input.Byte() < 200) {
    options.format %= 6;
    options.utc_offset_s %= 86'400;
    options.delimiter = input.Byte() % 2 == 0 ? 0 : ';';
  }
  options.rates = rates;
  sipward_cdr_reader* reader = nullptr;
  Known(sipward_cdr_reader_create(&options, &reader));
  MapColumns(input, reader);
  ReadRows(input, reader);
  sipward_cdr_reader_destroy(reader);
  sipward_rates_destroy(rates);
  const uint32_t index = input.Byte();
  Require((sipward_cdr_format_name(index) != nullptr) == (index <= SIPWARD_CDR_JSONL));
  Require((sipward_cdr_reason_name(index) == nullptr) ==
          (sipward_cdr_reason_sentence(index) == nullptr));
}

// Numbers, and calls to them.
inline void UseNumbers(Input& input) {
  LookUpNumber(input);
  UseRecords(input);
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_CDR_H_
