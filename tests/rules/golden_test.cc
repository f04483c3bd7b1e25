// Bad rule files: exactly what is said of each, and that every code of the language is among it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <regex>
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

std::set<std::string> Codes(const std::string& text, const std::string& pattern) {
  std::set<std::string> codes;
  const std::regex regex(pattern);
  for (std::sregex_iterator at(text.begin(), text.end(), regex), end; at != end; ++at) {
    codes.insert((*at)[1].str());
  }
  return codes;
}

// The handbook's table of codes.
std::set<std::string> HandbookCodes() { return Codes(HandbookText(), "\n\\| (R[0-9]{3}) \\|"); }

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
      const auto codes = Codes(golden.expected, " (R[0-9]{3}): ");
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
    const auto codes = Codes(Contents(entry.path()), "\"(R[0-9]{3})\"");
    said.insert(codes.begin(), codes.end());
  }
  EXPECT_EQ(said, HandbookCodes());
}

}  // namespace
}  // namespace sipward::rules::testing
