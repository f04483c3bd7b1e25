// The steps of the generator: what a message is while it is being changed, and the changes.
#ifndef SIPWARD_TESTS_PEERS_MUTATIONS_H_
#define SIPWARD_TESTS_PEERS_MUTATIONS_H_

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "tests/peers/mutate.h"

namespace sipward::peers {

// Lines without their ends, and the ends beside them.
struct Draft {
  std::vector<std::string> lines;
  std::vector<std::string> ends;
  std::string head_end = "\r\n";
  std::string body;
};

Draft CutDraft(const std::string& message);
std::string JoinDraft(const Draft& draft);
void InsertLine(Draft* draft, size_t at, std::string line);
void RemoveLine(Draft* draft, size_t at);
std::string_view NameOf(std::string_view line);
// A header line; those that decide who calls whom more often than the others.
size_t PickHeader(const Draft& draft, Random& random);
// A header line of one of these names, or the start line if there is none.
size_t PickNamed(const Draft& draft, Random& random, std::initializer_list<std::string_view> names);
// Where the value of a header line begins, or 0 in the start line.
size_t ValueBegin(const std::string& line, bool is_header);
size_t PickPlace(const std::string& line, bool is_header, Random& random);
// A place at or behind one of `these`, or any.
size_t PickPlaceAt(const std::string& line, bool is_header, std::string_view these, Random& random);
void ReplaceOnce(std::string* text, std::string_view from, std::string_view to);

inline constexpr std::string_view kSeparators = "<>;,:@?=\"/[] ";

// Lines and octets (mutate_lines.cc).
void DoubleLine(Draft* draft, Random& random);
void DropLine(Draft* draft, Random& random);
void Rename(Draft* draft, Random& random);
void SpoilName(Draft* draft, Random& random);
void ColonSpace(Draft* draft, Random& random);
void EmptyValue(Draft* draft, Random& random);
void TrailingSpace(Draft* draft, Random& random);
void Fold(Draft* draft, Random& random);
void LineEnd(Draft* draft, Random& random);
void Smuggle(Draft* draft, Random& random);
void LeadingLine(Draft* draft, Random& random);
void InsertOctet(Draft* draft, Random& random);
void DropOctet(Draft* draft, Random& random);
void SwapOctet(Draft* draft, Random& random);
void Noise(Draft* draft, Random& random);

// Addresses and their parts (mutate_addresses.cc).
void Escape(Draft* draft, Random& random);
void User(Draft* draft, Random& random);
void Host(Draft* draft, Random& random);
void Port(Draft* draft, Random& random);
void Params(Draft* draft, Random& random);
void Scheme(Draft* draft, Random& random);
void Brackets(Draft* draft, Random& random);
void Display(Draft* draft, Random& random);

// Other values (mutate_values.cc).
void Number(Draft* draft, Random& random);
void CseqMethod(Draft* draft, Random& random);
void ContentLength(Draft* draft, Random& random);
void CallId(Draft* draft, Random& random);
void ViaValue(Draft* draft, Random& random);
void StartLine(Draft* draft, Random& random);

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_MUTATIONS_H_
