#include "diagnostics.h"

#include <algorithm>
#include <string_view>

#include "handle.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostLineBytes = 160;
constexpr size_t kBytesBeforeCaret = 80;

// A tab stays, so that the caret line below moves by the same distance.
std::string PrintableWithTabs(std::string_view text) {
  std::string out;
  for (size_t tab; (tab = text.find('\t')) != std::string_view::npos;) {
    out += Printable(text.substr(0, tab)) + '\t';
    text.remove_prefix(tab + 1);
  }
  return out + Printable(text);
}

std::string Blank(std::string_view printable) {
  std::string out;
  for (const char c : printable) {
    if (c == '\t') {
      out += c;
    } else if ((static_cast<uint8_t>(c) & 0xC0) != 0x80) {
      out += ' ';
    }
  }
  return out;
}

// The first place at or behind `at` where a character may begin.
size_t CharacterStart(std::string_view text, size_t at) {
  while (at < text.size() && (static_cast<uint8_t>(text[at]) & 0xC0) == 0x80) ++at;
  return std::min(at, text.size());
}

void AppendSource(std::string* out, std::string_view line, size_t column, size_t length) {
  if (column > line.size() + 1) {
    // The library keeps the beginning of a very long line, and the place lies behind it.
    *out += "  " + Clip(PrintableWithTabs(line), kMostLineBytes) + "\n";
    return;
  }
  size_t at = std::min(column == 0 ? 0 : column - 1, line.size());
  std::string_view lead;
  if (line.size() > kMostLineBytes) {
    const size_t begin = at > kBytesBeforeCaret ? CharacterStart(line, at - kBytesBeforeCaret) : 0;
    if (begin > 0) lead = "…";
    const size_t end = CharacterStart(line, std::min(begin + kMostLineBytes, line.size()));
    line = line.substr(begin, end - begin);
    at = std::min(at - std::min(begin, at), line.size());
  }
  const std::string before = std::string(lead) + PrintableWithTabs(line.substr(0, at));
  const std::string marked = Printable(line.substr(at, length));
  *out += "  " + std::string(lead) + PrintableWithTabs(line) + "\n  " + Blank(before) + "^";
  const size_t width = DisplayWidth(marked);
  if (width > 1) out->append(width - 1, '~');
  *out += '\n';
}

}  // namespace

std::string RenderDiagnostic(const sipward_diagnostic& diagnostic) {
  std::string out = Printable(View(diagnostic.file));
  if (diagnostic.line > 0) {
    out += ":" + std::to_string(diagnostic.line) + ":" + std::to_string(diagnostic.column);
  }
  out += diagnostic.severity == SIPWARD_SEVERITY_WARNING ? ": warning " : ": error ";
  out += std::string(View(diagnostic.code)) + ": " + Printable(View(diagnostic.message)) + "\n";
  if (diagnostic.line > 0) {
    AppendSource(&out, View(diagnostic.source_line), diagnostic.column, diagnostic.length);
  }
  if (diagnostic.hint.size > 0) out += "  hint: " + Printable(View(diagnostic.hint)) + "\n";
  return out;
}

}  // namespace sipward::cli
