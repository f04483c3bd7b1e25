// A strict reader of JSON lines, written apart from the command's writer.
#ifndef SIPWARD_FUZZ_SUPPORT_JSON_LINE_H_
#define SIPWARD_FUZZ_SUPPORT_JSON_LINE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::fuzz {

// The character at `at`, as RFC 3629 has it; nullopt if none begins there.
struct Character {
  uint32_t code;
  size_t length;
};
std::optional<Character> CharacterAt(std::string_view text, size_t at);

// True for what drives a terminal or turns the direction of writing round.
bool IsDangerous(uint32_t code);

// A string of a JSON text: its key, and the bytes that it stands for once each of the characters
// U+F780 to U+F7FF is one byte again.
struct JsonString {
  std::string key;    // the innermost; of an array's elements, the array's
  std::string outer;  // the key of the object around it; "" at the top
  std::string restored;
};

// One line: an object of RFC 8259 without white space, then a line feed. False if `text` is
// anything else, or holds a dangerous character as it is. Fills in all string values, in their
// order.
bool ReadJsonLine(std::string_view text, std::vector<JsonString>* strings);
// The same of one string, quotes included.
std::optional<std::string> ReadJsonString(std::string_view text);

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_JSON_LINE_H_
