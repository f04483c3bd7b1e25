// Hostile inputs of any size: for each way of reading, what a reader that is not linear reads again
// and again.
#ifndef SIPWARD_TESTS_SIP_COMPLEXITY_CASES_H_
#define SIPWARD_TESTS_SIP_COMPLEXITY_CASES_H_

#include <span>
#include <string>
#include <string_view>

namespace sipward::sip {

enum class Way {
  kMessage,     // parsed, validated, every accessor asked
  kStream1,     // a stream in pieces of one octet
  kStream7,     // of seven
  kStream1000,  // of a thousand
  kStrip,       // parsed, and written with identity headers stripped
  kNormal,      // and written in normal form
  kRemove,      // and written with 64 edits
};

// `piece` over and over: between `head` and `tail`, in a message that is otherwise in order.
struct ComplexityCase {
  std::string_view name;
  Way way;
  std::string_view head;  // of the line or body that is repeated
  std::string_view piece;
  std::string_view tail = "";
};

std::span<const ComplexityCase> ComplexityCases();

// About `size` octets.
std::string MakeInput(const ComplexityCase& one, size_t size);

// Reads it in its way; returns something that depends on all of it.
size_t ReadInput(const ComplexityCase& one, std::string_view input);

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_COMPLEXITY_CASES_H_
