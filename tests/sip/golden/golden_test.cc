// The golden cases. `sip_golden_test --update` writes what the library says into their `expect`
// blocks (and into the table of RFC messages that `tolerant` accepts); read the difference before
// you keep it. `sip_golden_test --values` prints what rules_test.py feeds to the grammars.
#include <gtest/gtest.h>

#include <algorithm>
#include <iostream>
#include <set>

#include "tests/sip/golden/case.h"
#include "tests/sip/golden/expectation.h"
#include "tests/sip/golden/tolerant_table.h"
#include "tests/sip/golden/update.h"
#include "tests/sip/golden/values.h"

namespace sipward::sip::golden {
namespace {

std::string PathOf(const std::string& page) { return "tests/sip/golden/cases/" + page; }

bool Holds(const std::vector<Anomaly>& anomalies, std::string_view name) {
  return std::any_of(anomalies.begin(), anomalies.end(),
                     [&](const Anomaly& a) { return Describe(a.id).name == name; });
}

const std::vector<Case>& Cases() {
  static const std::vector<Case> cases = [] {
    std::vector<Problem> problems;
    return ReadAllPages(&problems);
  }();
  return cases;
}

TEST(Golden, ThePagesCanBeRead) {
  std::vector<Problem> problems;
  EXPECT_GT(ReadAllPages(&problems).size(), 100u);
  for (const Problem& problem : problems) {
    ADD_FAILURE_AT(PathOf(problem.file).c_str(), problem.line) << problem.what;
  }
}

TEST(Golden, NamesAreThoseOfTheCatalogueAndCasesAreToldApart) {
  std::set<std::string> titles;
  for (const Case& test : Cases()) {
    for (const auto* names : {&test.raises, &test.misses}) {
      for (const std::string& name : *names) {
        if (!FindAnomaly(name)) {
          ADD_FAILURE_AT(PathOf(test.file).c_str(), test.line) << "there is no anomaly " << name;
        }
      }
    }
    if (!titles.insert(test.file + test.title + testing::PrintToString(test.raises)).second) {
      ADD_FAILURE_AT(PathOf(test.file).c_str(), test.line) << "second case of this title";
    }
  }
}

// The lines of the block against those of the library, the first difference by its line.
void ExpectBlock(const Case& test, const Outcome& outcome) {
  const size_t most = std::max(test.expect.size(), outcome.lines.size());
  for (size_t i = 0; i < most; ++i) {
    const std::string expected = i < test.expect.size() ? test.expect[i] : "(end)";
    const std::string found = i < outcome.lines.size() ? outcome.lines[i] : "(end)";
    if (expected == found) continue;
    ADD_FAILURE_AT(PathOf(test.file).c_str(), test.expect_line + static_cast<int>(i) + 1)
        << test.title << "\n expected " << expected << "\n found    " << found;
    return;
  }
}

// What the catalogue says of an anomaly holds for the message that raises it. Digits that go
// beyond a limit refuse as `limit`, all others as `malformed`.
void ExpectJudgement(const Case& test, const Outcome& outcome, std::string_view name) {
  const AnomalyInfo& info = Describe(*FindAnomaly(name));
  const auto refused = [](const Verdict& verdict) { return verdict.status != ParseStatus::kOk; };
  if ((info.refused_in_strict && !refused(outcome.strict)) ||
      (info.refused_in_tolerant && !refused(outcome.tolerant))) {
    ADD_FAILURE_AT(PathOf(test.file).c_str(), test.line) << name << " should have refused it";
  }
}

TEST(Golden, EveryCaseIsReadAsItSays) {
  int skipped = 0;
  std::string bytes;
  for (const Case& test : Cases()) {
    if (!LoadMessage(test, &bytes)) {
      ++skipped;
      continue;
    }
    const Outcome outcome = Look(bytes, test.stream, test.corpus.empty(), test.expect);
    ExpectBlock(test, outcome);
    const char* page = "";
    const std::string path = PathOf(test.file);
    page = path.c_str();
    if (!outcome.same_in_both_profiles) {
      ADD_FAILURE_AT(page, test.line) << "the profiles note different anomalies";
    }
    for (const std::string& name : test.raises) {
      if (!FindAnomaly(name)) continue;
      if (!Holds(outcome.anomalies, name))
        ADD_FAILURE_AT(page, test.line) << name << " is not raised";
      ExpectJudgement(test, outcome, name);
    }
    for (const std::string& name : test.misses) {
      if (Holds(outcome.anomalies, name)) ADD_FAILURE_AT(page, test.line) << name << " is raised";
    }
  }
  if (skipped != 0) std::cout << "SKIPPED " << skipped << " golden cases of the corpus\n";
}

TEST(Golden, EveryAnomalyIsRaisedByACaseAndJustMissedByAnother) {
  std::set<std::string_view> raised;
  std::set<std::string_view> missed;
  for (const Case& test : Cases()) {
    if (!test.corpus.empty()) continue;  // must hold where the corpus is absent
    raised.insert(test.raises.begin(), test.raises.end());
    missed.insert(test.misses.begin(), test.misses.end());
  }
  for (int i = 0; i < kAnomalyCount; ++i) {
    const std::string_view name = Describe(static_cast<AnomalyId>(i)).name;
    EXPECT_TRUE(raised.contains(name)) << "no golden case `## raises " << name << ": ...`";
    EXPECT_TRUE(missed.contains(name)) << "no golden case `## misses " << name << ": ...`";
  }
}

TEST(Golden, TheTableOfTolerantIsWhatTheLibrarySays) {
  std::string table;
  if (!TolerantTable(Cases(), &table)) {
    std::cout << "SKIPPED Golden.TheTableOfTolerantIsWhatTheLibrarySays\n";
    GTEST_SKIP();
  }
  EXPECT_EQ(ReadTolerantTable(), table) << "write it anew with sip_golden_test --update";
}

}  // namespace
}  // namespace sipward::sip::golden

int main(int argc, char** argv) {
  testing::InitGoogleTest(&argc, argv);
  const std::string_view option = argc > 1 ? argv[1] : "";
  if (option == "--update") return sipward::sip::golden::Update();
  if (option == "--values") return sipward::sip::golden::PrintValues();
  return RUN_ALL_TESTS();
}
