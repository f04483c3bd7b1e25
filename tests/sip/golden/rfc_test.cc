// RFC 4475 and RFC 5118, against MANIFEST.tsv of the corpus: every message has its golden case; in
// `strict` what is valid is accepted, and what is not is refused for the reason that the case
// claims, which is the RFC's.
#include <gtest/gtest.h>

#include <iostream>
#include <map>

#include "tests/sip/golden/case.h"
#include "tests/sip/golden/expectation.h"
#include "tests/sip/support.h"

namespace sipward::sip::golden {
namespace {

struct Entry {
  std::string file;
  bool valid;
  std::string section;  // "3.1.2.4"
};

// The entries below `folder`; empty where the corpus is absent.
std::vector<Entry> Manifest(std::string_view folder) {
  std::vector<Entry> entries;
  std::ifstream in(CorpusPath() / "sip" / "MANIFEST.tsv");
  for (std::string line; std::getline(in, line);) {
    if (!line.starts_with(folder)) continue;
    std::istringstream fields(line);
    std::string file;
    std::string bytes;
    std::string validity;
    std::string source;
    std::getline(fields, file, '\t');
    std::getline(fields, bytes, '\t');
    std::getline(fields, validity, '\t');
    std::getline(fields, source, '\t');
    entries.push_back({file, validity.starts_with("valid"), source.substr(source.find(' ') + 1)});
  }
  return entries;
}

std::map<std::string, Case> CasesByFile() {
  std::map<std::string, Case> by_file;
  std::vector<Problem> problems;
  for (Case& test : ReadAllPages(&problems)) {
    if (!test.corpus.empty()) by_file[test.corpus] = std::move(test);
  }
  return by_file;
}

void ExpectTheVerdictOf(const Entry& entry, const Case& test) {
  std::string bytes;
  ASSERT_TRUE(LoadMessage(test, &bytes)) << entry.file;
  const Verdict strict = Look(bytes, false, false, {}).strict;
  EXPECT_TRUE(test.title.starts_with(entry.section + ' ')) << entry.file << ": " << test.title;
  if (entry.valid) {
    EXPECT_EQ(StatusName(strict.status), "ok") << entry.file;
    EXPECT_TRUE(test.raises.empty()) << entry.file;
    return;
  }
  EXPECT_EQ(StatusName(strict.status), "malformed") << entry.file;
  ASSERT_TRUE(strict.error && test.raises.size() == 1) << entry.file;
  EXPECT_EQ(Describe(strict.error->id).name, test.raises[0]) << entry.file;
}

void ExpectTheVerdictsOf(std::string_view folder, int valid, int invalid) {
  const std::vector<Entry> entries = Manifest(folder);
  if (entries.empty()) {
    std::cout << "SKIPPED Rfc of " << folder << '\n';
    GTEST_SKIP();
  }
  const std::map<std::string, Case> cases = CasesByFile();
  for (const Entry& entry : entries) {
    const auto test = cases.find(entry.file);
    ASSERT_NE(test, cases.end()) << "no golden case ```sip file " << entry.file;
    ExpectTheVerdictOf(entry, test->second);
    (entry.valid ? valid : invalid) -= 1;
  }
  EXPECT_EQ(valid, 0);
  EXPECT_EQ(invalid, 0);
}

TEST(Rfc4475, StrictAccepts27AndRefuses22ForTheReasonOfTheRfc) {
  ExpectTheVerdictsOf("rfc4475/", 27, 22);
}

TEST(Rfc5118, StrictAccepts11AndRefuses1ForTheReasonOfTheRfc) {
  ExpectTheVerdictsOf("rfc5118/", 11, 1);
}

}  // namespace
}  // namespace sipward::sip::golden
