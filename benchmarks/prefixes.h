// A list of a million number prefixes, and numbers to look up in it.
#ifndef SIPWARD_BENCHMARKS_PREFIXES_H_
#define SIPWARD_BENCHMARKS_PREFIXES_H_

#include <cstddef>
#include <string>
#include <vector>

namespace sipward::bench {

inline constexpr size_t kPrefixes = 1'000'000;

// Always the same: 500 ranges of four digits, in each 2,000 prefixes of three to eight digits more,
// none twice, in no order. One a line with a number behind a comma, as a list of prices is.
const std::string& PrefixFile();
// Numbers of twelve digits in no order. Half of them begin with a prefix, half with one of which
// the last digit is another.
const std::vector<std::string>& NumbersToLookUp();
// Bytes that this program has allocated and not given back. 0 where nobody can say.
size_t BytesAllocated();

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_PREFIXES_H_
