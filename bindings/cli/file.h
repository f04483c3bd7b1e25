// Files and the standard streams.
#ifndef SIPWARD_BINDINGS_CLI_FILE_H_
#define SIPWARD_BINDINGS_CLI_FILE_H_

#include <cstddef>
#include <string>
#include <string_view>

#include "whole_lines.h"

namespace sipward::cli {

// Reads a whole file; "-" is the standard input. False with a reason in `error` ("No such file or
// directory") if it cannot be read or has more than `most` bytes.
bool ReadFile(const std::string& path, size_t most, std::string* contents, std::string* error);

// Makes or replaces a file. False with *error if that fails.
bool WriteFile(const std::string& path, std::string_view contents, std::string* error);

// Prints "sipward: <text>" as one line on the standard error. The text is made printable.
void Complain(std::string_view text);

// Writes to the standard output. False if that fails; then the reader went away, or Complain has
// said why.
bool Print(std::string_view text);

// The same at once, and in one piece, whoever else does so.
bool PrintLines(WholeLines* lines, std::string_view text);

// Writes out what is buffered and turns `code` into kExitUnusable if that fails.
int Finish(int code);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_FILE_H_
