#include "tests/sip/golden/update.h"

#include <iostream>
#include <map>

#include "tests/sip/golden/case.h"
#include "tests/sip/golden/expectation.h"
#include "tests/sip/golden/tolerant_table.h"
#include "tests/sip/support.h"

namespace sipward::sip::golden {
namespace {

std::vector<std::string> LinesOf(const std::filesystem::path& path) {
  std::vector<std::string> lines;
  std::ifstream in(path);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

void Write(const std::filesystem::path& path, const std::vector<std::string>& lines) {
  std::ofstream out(path);
  for (const std::string& line : lines) out << line << '\n';
}

}  // namespace

int Update() {
  std::vector<Problem> problems;
  const std::vector<Case> cases = ReadAllPages(&problems);
  for (const Problem& problem : problems) {
    std::cerr << "tests/sip/golden/cases/" << problem.file << ':' << problem.line << ": "
              << problem.what << '\n';
  }
  if (!problems.empty()) return 1;

  std::map<std::string, std::vector<const Case*>> pages;
  for (const Case& test : cases) pages[test.file].push_back(&test);
  for (const auto& [page, tests] : pages) {
    std::vector<std::string> lines = LinesOf(CasesPath() / page);
    // From the last to the first, so that the lines of those before keep their numbers.
    for (auto test = tests.rbegin(); test != tests.rend(); ++test) {
      std::string bytes;
      if (!LoadMessage(**test, &bytes)) continue;
      const Outcome outcome =
          Look(bytes, (*test)->stream, (*test)->corpus.empty(), (*test)->expect);
      const auto begin = lines.begin() + (*test)->expect_line;
      lines.erase(begin, begin + static_cast<std::ptrdiff_t>((*test)->expect.size()));
      lines.insert(lines.begin() + (*test)->expect_line, outcome.lines.begin(),
                   outcome.lines.end());
    }
    Write(CasesPath() / page, lines);
  }
  std::string table;
  if (TolerantTable(cases, &table)) std::ofstream(TolerantTablePath()) << table;
  return 0;
}

}  // namespace sipward::sip::golden
