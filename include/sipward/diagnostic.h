// What is wrong with a rule text, as data and as text for people.
#ifndef SIPWARD_DIAGNOSTIC_H_
#define SIPWARD_DIAGNOSTIC_H_

#include <sipward.h>

#include <algorithm>
#include <cstdint>
#include <string>

#include "sipward/handle.h"

namespace sipward {

enum class Severity : uint8_t {
  kError = SIPWARD_SEVERITY_ERROR,
  kWarning = SIPWARD_SEVERITY_WARNING
};

// Owns its texts: it outlives the compiler that made it.
struct Diagnostic {
  Severity severity = Severity::kError;
  uint32_t line = 0;    // from 1; 0: the file as a whole
  uint32_t column = 0;  // in bytes, from 1
  uint32_t length = 0;  // in bytes
  std::string file;
  std::string code;  // "R203"
  std::string message;
  std::string hint;
  std::string source_line;

  static Diagnostic FromC(const sipward_diagnostic& from) {
    Diagnostic out;
    out.severity = static_cast<Severity>(from.severity);
    out.line = from.line;
    out.column = from.column;
    out.length = from.length;
    out.file = detail::View(from.file);
    out.code = detail::View(from.code);
    out.message = detail::View(from.message);
    out.hint = detail::View(from.hint);
    out.source_line = detail::View(from.source_line);
    return out;
  }

  // `file:line:column: error R203: message`, the hint, the line of the source and a mark under the
  // place; every line of it ends in a newline.
  std::string Render() const {
    std::string out = file;
    if (line != 0) out += ':' + std::to_string(line) + ':' + std::to_string(column);
    out += severity == Severity::kError ? ": error " : ": warning ";
    out += code + ": " + message;
    if (!hint.empty()) out += ' ' + hint;
    out += '\n';
    if (line != 0 && !source_line.empty()) out += "  " + source_line + "\n  " + Mark() + '\n';
    return out;
  }

 private:
  // Tabs are kept, so that the mark stands under the place however wide they are shown.
  std::string Mark() const {
    const size_t before = std::min<size_t>(column == 0 ? 0 : column - 1, source_line.size());
    std::string out = source_line.substr(0, before);
    for (char& c : out) c = c == '\t' ? '\t' : ' ';
    const size_t rest = source_line.size() - before;
    const size_t width = std::max<size_t>(std::min<size_t>(length, rest), 1);
    out += '^';
    out.append(width - 1, '~');
    return out;
  }
};

}  // namespace sipward

#endif  // SIPWARD_DIAGNOSTIC_H_
