// The published torture messages and real traffic (see SIPWARD_CORPUS). What the torture messages
// are refused for is in golden/.
#include <gtest/gtest.h>

#include <iostream>
#include <set>

#include "tests/sip/support.h"

namespace sipward::sip {
namespace {

struct Entry {
  std::string file;
  std::string validity;
  bool valid() const { return validity.starts_with("valid"); }
};

std::vector<Entry> Manifest() {
  std::vector<Entry> entries;
  std::ifstream in(CorpusPath() / "sip" / "MANIFEST.tsv");
  std::string line;
  std::getline(in, line);
  while (std::getline(in, line)) {
    std::istringstream fields(line);
    Entry entry;
    std::string bytes;
    std::getline(fields, entry.file, '\t');
    std::getline(fields, bytes, '\t');
    std::getline(fields, entry.validity, '\t');
    if (std::filesystem::exists(CorpusPath() / "sip" / entry.file)) entries.push_back(entry);
  }
  return entries;
}

class CorpusTest : public testing::Test {
 protected:
  void SetUp() override {
    entries_ = Manifest();
    if (entries_.empty()) {
      std::cout << "SKIPPED " << testing::UnitTest::GetInstance()->current_test_info()->name()
                << "\n";
      GTEST_SKIP();
    }
  }

  ParseStatus Read(const Entry& entry, Profile profile) {
    text_ = ReadFile(CorpusPath() / "sip" / entry.file);
    message_.Parse(text_, {.profile = profile});
    return message_.Validate();
  }

  std::string Why() const {
    std::string why;
    for (const Anomaly& anomaly : message_.anomalies()) {
      why += std::string(Describe(anomaly.id).name) + "@" + std::to_string(anomaly.offset) + " ";
    }
    return why;
  }

  // Accepts what is valid and refuses what is not, in `strict`.
  void ExpectVerdicts(std::string_view folder, int valid, int invalid) {
    for (const Entry& entry : entries_) {
      if (!entry.file.starts_with(folder)) continue;
      const bool accepted = Read(entry, Profile::kStrict) == ParseStatus::kOk;
      EXPECT_EQ(accepted, entry.valid()) << entry.file << ": " << Why();
      (entry.valid() ? valid : invalid) -= 1;
    }
    EXPECT_EQ(valid, 0);
    EXPECT_EQ(invalid, 0);
  }

  std::vector<Entry> entries_;
  std::string text_;
  Message message_;
};

TEST_F(CorpusTest, ReferenceMessagesAreJudgedAsTheyWereWritten) {
  ExpectVerdicts("reference/", 15, 1);
}

TEST_F(CorpusTest, ValidMessagesCarryNoViolationAndNothingAmbiguous) {
  const std::set<std::string> known = {
      // The RFC accepts these for what they are meant to show.
      "rfc4475/escnull.dat", "rfc4475/dblreq.dat", "rfc4475/badbranch.dat",
      "rfc5118/ipv6-bug-abnf-3-colons.sip",
      // A fold that begins with a TAB.
      "reference/10-folded.sip",
      // Captures made by hand, with backslashes before the quotes of a display name or a realm.
      "wire/sip-compact-form-sip_compact_form-000.sip", "wire/sip-sdp-sdp-000.sip",
      "wire/sip-sdp-sdp-001.sip", "wire/sip-pattern-matching-sip-000.sip",
      "wire/sip-header-multi-value-sip_header_multi_val-000.sip",  // two To as well
      "wire/sngrep-ipv6frag-021.sip",                              // two Content-Type
      "wire/sngrep-ipv6frag-023.sip",                              // two tags in To
  };
  for (const Entry& entry : entries_) {
    if (!entry.valid()) continue;
    Read(entry, Profile::kTolerant);
    const bool noted = message_.anomalies().HasClass(AnomalyClass::kViolation) ||
                       message_.anomalies().HasClass(AnomalyClass::kAmbiguous);
    EXPECT_EQ(noted, known.contains(entry.file)) << entry.file << ": " << Why();
    EXPECT_EQ(message_.status(), ParseStatus::kOk) << entry.file << ": " << Why();
  }
}

TEST_F(CorpusTest, EveryMessageIsTheSameWholeAndFromAStream) {
  int framed = 0;
  for (const Entry& entry : entries_) {
    if (!entry.valid()) continue;
    Read(entry, Profile::kTolerant);
    if (message_.number(HeaderId::kContentLength) < 0 || !message_.complete()) continue;
    StreamFramer framer(65'536);
    framer.Push(text_);
    std::string_view cut;
    if (framer.Next(&cut) != StreamFramer::Status::kMessage) continue;
    ++framed;
    const Slice body = message_.body();
    EXPECT_TRUE(cut.ends_with(body.In(text_.data()))) << entry.file;
    EXPECT_EQ(framer.message_offset() + cut.size(), body.end()) << entry.file;
  }
  EXPECT_GT(framed, 20);
}

}  // namespace
}  // namespace sipward::sip
