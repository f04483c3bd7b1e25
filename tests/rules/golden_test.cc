// Bad rule files: exactly what is said of each, and that every code of the language is among it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include "tests/rules/golden_page.h"
#include "tests/rules/handbook.h"

namespace sipward::rules::testing {
namespace {

std::string Contents(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

// Codes that stand between these two.
std::set<std::string> Codes(const std::string& text, const std::string& before,
                            const std::string& behind) {
  constexpr size_t kLength = 4;
  std::set<std::string> codes;
  for (size_t at = text.find(before); at != std::string::npos; at = text.find(before, at + 1)) {
    const std::string code = text.substr(at + before.size(), kLength);
    const bool is_code = code.size() == kLength && code[0] == 'R' &&
                         code.find_first_not_of("0123456789", 1) == std::string::npos;
    if (is_code && text.compare(at + before.size() + kLength, behind.size(), behind) == 0) {
      codes.insert(code);
    }
  }
  return codes;
}

// The handbook's table of codes.
std::set<std::string> HandbookCodes() { return Codes(HandbookText(), "\n| ", " |"); }

TEST(GoldenErrors, AreAsWrittenDown) {
  const bool renew = std::getenv("SIPWARD_RENEW_GOLDEN") != nullptr;
  size_t count = 0;
  std::set<std::string> titles;
  for (const GoldenPage& page : ReadGoldenPages()) {
    std::vector<std::string> said;
    std::vector<Diagnostic> found;
    for (const GoldenCase& golden : page.cases) {
      ++count;
      EXPECT_TRUE(titles.insert(golden.title).second) << "twice: " << golden.title;
      said.push_back(SaidOf(golden, &found));
      if (renew) continue;
      EXPECT_EQ(said.back(), golden.expected) << page.path << ": " << golden.title;
    }
    if (renew) std::ofstream(page.path, std::ios::binary) << PageText(page, said);
  }
  EXPECT_GE(count, 150u);
}

// A page is kept as it would be written, so that renewing it changes only what is said.
TEST(GoldenErrors, PagesAreWrittenAsTheyAreRead) {
  for (const GoldenPage& page : ReadGoldenPages()) {
    std::vector<std::string> said;
    for (const GoldenCase& golden : page.cases) said.push_back(golden.expected);
    EXPECT_EQ(PageText(page, said), Contents(page.path));
  }
}

TEST(GoldenErrors, RaiseEveryCode) {
  std::set<std::string> raised;
  for (const GoldenPage& page : ReadGoldenPages()) {
    for (const GoldenCase& golden : page.cases) {
      const auto codes = Codes(golden.expected, " ", ": ");
      raised.insert(codes.begin(), codes.end());
    }
  }
  EXPECT_EQ(raised, HandbookCodes());
}

// What the compiler can say is what the handbook explains.
TEST(GoldenErrors, CompilerSaysWhatTheHandbookExplains) {
  std::set<std::string> said;
  const auto folder = std::filesystem::path(SIPWARD_RULES_README).parent_path();
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    if (entry.path().extension() != ".cc") continue;
    const auto codes = Codes(Contents(entry.path()), "\"", "\"");
    said.insert(codes.begin(), codes.end());
  }
  EXPECT_EQ(said, HandbookCodes());
}

}  // namespace
}  // namespace sipward::rules::testing
