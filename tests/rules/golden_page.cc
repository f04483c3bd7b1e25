#include "tests/rules/golden_page.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "pack/pack.h"

namespace sipward::rules::testing {
namespace {

constexpr std::string_view kTitle = "=== ", kSaid = "---", kFile = "+++ ", kAdded = "*** ";
constexpr size_t kLongestShown = 100;

// `ef bb 0a` as octets, `*N text` as the text N times (# in it: the number from 1), `end` as the
// end of the text.
std::string Meaning(const std::string& macro) {
  std::string meaning;
  if (macro[0] != '*') {
    std::istringstream octets(macro);
    for (std::string octet; octets >> octet;) {
      meaning += static_cast<char>(std::stoi(octet, nullptr, 16));
    }
    return meaning;
  }
  const size_t space = macro.find(' ');
  const int times = std::stoi(macro.substr(1, space - 1));
  for (int i = 1; i <= times; ++i) {
    for (size_t at = space + 1; at < macro.size(); ++at) {
      if (macro[at] == '#') {
        meaning += std::to_string(i);
      } else if (macro.compare(at, 2, "\\n") == 0) {
        meaning += '\n';
        ++at;
      } else {
        meaning += macro[at];
      }
    }
  }
  return meaning;
}

std::string Expand(const std::string& source) {
  std::string text;
  for (size_t at = 0; at < source.size();) {
    const size_t begin = source.find("{{", at);
    size_t end = source.find("}}", begin);
    if (end == std::string::npos) return text + source.substr(at);
    while (end + 2 < source.size() && source[end + 2] == '}') ++end;
    text += source.substr(at, begin - at);
    const std::string macro = source.substr(begin + 2, end - begin - 2);
    if (macro == "end") return text;
    text += Meaning(macro);
    at = end + 2;
  }
  return text;
}

bool StartsWith(const std::string& line, std::string_view begin) {
  return line.compare(0, begin.size(), begin) == 0;
}

// % name number
void SetOption(const std::string& line, GoldenCase* golden) {
  Options* options = &golden->options;
  std::istringstream words(line.substr(1));
  std::string name;
  uint32_t number = 0;
  words >> name >> number;
  const std::pair<const char*, uint32_t*> known[] = {{"max_rules", &options->max_rules},
                                                     {"max_file_bytes", &options->max_file_bytes},
                                                     {"max_diagnostics", &options->max_diagnostics},
                                                     {"table_capacity", &options->table_capacity}};
  for (const auto& [option, target] : known) {
    if (name == option) *target = number;
  }
  if (name == "keep_tests") golden->keep_tests = number != 0;
  if (name == "max_state_bytes") options->max_state_bytes = number;
  if (name == "max_event_ns") options->max_event_ns = number;
}

void ReadCase(std::istringstream* lines, GoldenCase* golden) {
  std::string source;
  std::string name;
  bool added = false, begun = false;
  const auto finish = [&] {
    if (name.empty()) {
      golden->text = Expand(source);
    } else if (added) {
      golden->added.emplace_back(name, Expand(source));
    } else {
      golden->files[name] = Expand(source);
    }
    source.clear();
  };
  for (std::string line; std::getline(*lines, line) && line != kSaid;) {
    golden->source += line + "\n";
    if (!begun && StartsWith(line, "% ")) {
      SetOption(line, golden);
    } else if (StartsWith(line, kFile) || StartsWith(line, kAdded)) {
      finish();
      added = StartsWith(line, kAdded);
      name = line.substr(kFile.size());
    } else {
      begun = true;
      source += line + "\n";
    }
  }
  finish();
}

GoldenPage ReadPage(const std::filesystem::path& path) {
  GoldenPage page;
  page.path = path.string();
  std::ifstream file(path, std::ios::binary);
  std::stringstream bytes;
  bytes << file.rdbuf();
  std::istringstream lines(bytes.str());
  for (std::string line; std::getline(lines, line);) {
    if (StartsWith(line, kTitle)) {
      page.cases.emplace_back().title = line.substr(kTitle.size());
      ReadCase(&lines, &page.cases.back());
    } else if (page.cases.empty()) {
      page.head += line + "\n";
    } else {
      page.cases.back().expected += line + "\n";
    }
  }
  for (GoldenCase& golden : page.cases) {
    while (golden.expected.ends_with("\n\n")) golden.expected.pop_back();
    if (golden.expected == "\n") golden.expected.clear();
  }
  return page;
}

// Printable: other octets as {{xx}}.
std::string Shown(std::string_view text) {
  std::string shown;
  for (const char c : text) {
    const auto octet = static_cast<uint8_t>(c);
    if (octet >= 0x20 && octet < 0x7f) {
      shown += c;
    } else {
      constexpr std::string_view kDigits = "0123456789abcdef";
      shown += std::string("{{") + kDigits[octet >> 4] + kDigits[octet & 15] + "}}";
    }
  }
  return shown;
}

// What an engine says of a regular expression is its own, and there are two engines.
std::string WithoutEngine(std::string message) {
  constexpr std::string_view kBefore = "cannot be used: ";
  const size_t at = message.rfind(kBefore);
  if (at != std::string::npos) message.replace(at + kBefore.size(), std::string::npos, "...");
  return message;
}

std::string Render(const Diagnostic& d) {
  std::string text = d.file;
  if (d.line != 0) {
    text += ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ":" +
            std::to_string(d.length);
  }
  text += std::string(d.severity == Severity::kError ? " error " : " warning ") + d.code + ": " +
          Shown(WithoutEngine(d.message)) + "\n";
  const std::string_view line = d.source_line;
  if (d.line != 0 && line.size() <= kLongestShown) {
    const size_t begin = std::min<size_t>(d.column - 1, line.size());
    const size_t length = std::max<size_t>(1, Shown(line.substr(begin, d.length)).size());
    text += "| " + Shown(line) + "\n| " + std::string(Shown(line.substr(0, begin)).size(), ' ') +
            std::string(length, '^') + "\n";
  }
  if (!d.hint.empty()) text += "hint: " + Shown(d.hint) + "\n";
  return text;
}

}  // namespace

std::vector<GoldenPage> ReadGoldenPages() {
  std::vector<std::filesystem::path> paths;
  for (const auto& entry : std::filesystem::directory_iterator(SIPWARD_RULES_GOLDEN)) {
    if (entry.path().extension() == ".txt") paths.push_back(entry.path());
  }
  std::sort(paths.begin(), paths.end());
  std::vector<GoldenPage> pages;
  for (const auto& path : paths) pages.push_back(ReadPage(path));
  return pages;
}

std::string PageText(const GoldenPage& page, const std::vector<std::string>& said) {
  std::string text = page.head;
  for (size_t i = 0; i < page.cases.size(); ++i) {
    text += std::string(i > 0 ? "\n" : "") + std::string(kTitle) + page.cases[i].title + "\n" +
            page.cases[i].source + std::string(kSaid) + "\n" + said[i];
  }
  return text;
}

std::string SaidOf(const GoldenCase& golden, std::vector<Diagnostic>* found) {
  Compiler compiler(golden.options);
  if (golden.keep_tests) compiler.KeepTests();
  compiler.AddRules("site.ward", golden.text);
  for (const auto& [name, text] : golden.added) compiler.AddRules(name, text);
  if (compiler.wants_pack()) {
    for (const pack::File& text : pack::Rules()) compiler.AddRules(text.name, text.text);
  }
  for (size_t i = 0; i < compiler.files().size(); ++i) {
    const Compiler::File file = compiler.files()[i];
    const auto given = golden.files.find(file.path);
    if (given != golden.files.end()) {
      compiler.SetFile(i, given->second);
    } else if (file.named_by.starts_with("pack/rules/")) {
      compiler.SetFile(i, "");
    }
  }
  const bool loads = compiler.Build() != nullptr;
  found->assign(compiler.diagnostics().begin(), compiler.diagnostics().end());
  std::string said;
  bool errors = false;
  for (const Diagnostic& d : *found) {
    said += Render(d);
    errors |= d.severity == Severity::kError;
  }
  EXPECT_NE(loads, errors) << golden.title << "\n" << said;
  EXPECT_LE(found->size(), golden.options.max_diagnostics) << golden.title;
  return said.empty() ? "nothing\n" : said;
}

}  // namespace sipward::rules::testing
