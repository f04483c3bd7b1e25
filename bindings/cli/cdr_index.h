// Where the records stand, in the order in which their calls began.
#ifndef SIPWARD_BINDINGS_CLI_CDR_INDEX_H_
#define SIPWARD_BINDINGS_CLI_CDR_INDEX_H_

#include <cstdint>
#include <string_view>
#include <vector>

#include "cdr_source.h"
#include "sipward.h"

namespace sipward::cli {

// What is kept of a record until it is judged.
struct CdrPlace {
  int64_t start_ns = 0;
  uint64_t fingerprint = 0;
  uint64_t offset : 43 = 0;
  uint64_t size : 21 = 0;
  uint64_t line : 42 = 0;
  uint64_t file : 16 = 0;
  uint64_t layout : 6 = 0;

  std::string_view In(const std::vector<CdrSource>& sources) const {
    return sources[file].bytes().substr(offset, size);
  }
};
static_assert(sizeof(CdrPlace) == 32, "the memory of a record, as the manual says");

class CdrIndex {
 public:
  void Add(const sipward_cdr& record, size_t file);
  // Brings the records into order and leaves out those that are there twice: the same bytes of a
  // record that has an id. Returns how many.
  uint64_t Settle(const std::vector<CdrSource>& sources);

  const std::vector<CdrPlace>& places() const { return places_; }

 private:
  uint64_t LeaveOut(size_t begin, size_t end, const std::vector<CdrSource>& sources);

  std::vector<CdrPlace> places_;
  std::vector<uint32_t> order_;  // of a group, while duplicates are looked for
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_INDEX_H_
