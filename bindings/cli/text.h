// Hostile bytes made fit for people's eyes and terminals.
#ifndef SIPWARD_BINDINGS_CLI_TEXT_H_
#define SIPWARD_BINDINGS_CLI_TEXT_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace sipward::cli {

// One character of UTF-8.
struct Utf8Char {
  uint32_t code = 0;
  size_t length = 0;  // in bytes; 0: no valid character begins here
};
// The character at `at`, which is less than text.size(). Overlong forms, surrogates and what lies
// beyond U+10FFFF are not valid.
Utf8Char DecodeUtf8(std::string_view text, size_t at);

// True for characters that change what a terminal shows without being seen: controls, and the
// characters that reverse the direction of writing, break lines or have no width.
bool IsUnprintable(uint32_t code);

// The bytes with every unprintable character and every byte that is not valid UTF-8 written as \xNN
// or \u{NNNN}. For reading, not for reading back: a backslash stays what it is.
std::string Printable(std::string_view bytes);

// How many columns Printable text takes, counted as one for each character.
size_t DisplayWidth(std::string_view printable);

// Printable text, cut to at most `columns` with an ellipsis at the end.
std::string Clip(std::string printable, size_t columns);

// 1234567 as "1,234,567".
std::string Grouped(uint64_t number);

// "0.1.0": of the library that runs.
std::string VersionText();

// "1 message", "2 messages".
std::string Counted(uint64_t number, std::string_view noun);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_TEXT_H_
