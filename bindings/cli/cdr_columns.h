// The file of `sipward cdr --columns`: what the columns of records mean.
#ifndef SIPWARD_BINDINGS_CLI_CDR_COLUMNS_H_
#define SIPWARD_BINDINGS_CLI_CDR_COLUMNS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::cli {

// One line of it: `start = "Begin"`, or `start = 3`.
struct CdrColumn {
  std::string column;  // as the library calls it
  std::string name;    // as the header line does; or empty, and
  uint32_t place = 0;  // the place of the column, from 1
  uint32_t line = 0;   // for mistakes
  uint32_t at = 0;     // column of the line, in bytes, from 1
};

struct CdrColumns {
  std::vector<CdrColumn> columns;
  uint32_t delimiter = 0;  // 0: not said
};

// Reads TOML: a table [columns] of strings or of integers, and `delimiter`, a string of one
// character, before it. Other TOML is a mistake. False with *error, as "2:9: ...".
bool ReadCdrColumns(std::string_view text, CdrColumns* out, std::string* error);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_COLUMNS_H_
