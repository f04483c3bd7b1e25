// The published torture messages and real traffic (see SIPWARD_CORPUS).
#include <gtest/gtest.h>

#include <iostream>
#include <map>
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

TEST_F(CorpusTest, Rfc4475IsJudgedAsTheRfcJudges) { ExpectVerdicts("rfc4475/", 27, 22); }

TEST_F(CorpusTest, Rfc5118IsJudgedAsTheRfcJudges) { ExpectVerdicts("rfc5118/", 11, 1); }

TEST_F(CorpusTest, ReferenceMessagesAreJudgedAsTheyWereWritten) {
  ExpectVerdicts("reference/", 15, 1);
}

TEST_F(CorpusTest, EachInvalidTortureMessageIsRefusedForItsReason) {
  const std::map<std::string, std::pair<AnomalyId, uint32_t>> reasons = {
      {"rfc4475/badaspec.dat", {AnomalyId::kUriWhitespace, 206}},
      {"rfc4475/baddate.dat", {AnomalyId::kDateMalformed, 282}},
      {"rfc4475/baddn.dat", {AnomalyId::kNameaddrMalformed, 139}},
      {"rfc4475/badinv01.dat", {AnomalyId::kParamMalformed, 217}},
      {"rfc4475/badvers.dat", {AnomalyId::kStartVersion, 33}},
      {"rfc4475/bigcode.dat", {AnomalyId::kStartStatusRange, 8}},
      {"rfc4475/clerr.dat", {AnomalyId::kContentLengthBeyondDatagram, 336}},
      {"rfc4475/escruri.dat", {AnomalyId::kUriHeadersInRequestUri, 27}},
      {"rfc4475/insuf.dat", {AnomalyId::kHeaderMissingMandatory, 152}},
      {"rfc4475/ltgtruri.dat", {AnomalyId::kUriBracketsInRequestUri, 7}},
      {"rfc4475/lwsruri.dat", {AnomalyId::kUriWhitespace, 28}},
      {"rfc4475/lwsstart.dat", {AnomalyId::kStartWhitespace, 6}},
      {"rfc4475/mcl01.dat", {AnomalyId::kContentLengthConflict, 284}},
      {"rfc4475/mismatch01.dat", {AnomalyId::kCseqMethodMismatch, 165}},
      {"rfc4475/mismatch02.dat", {AnomalyId::kCseqMethodMismatch, 167}},
      {"rfc4475/multi01.dat", {AnomalyId::kHeaderDuplicateSingleton, 197}},
      {"rfc4475/ncl.dat", {AnomalyId::kContentLengthNotDigits, 326}},
      {"rfc4475/quotbal.dat", {AnomalyId::kNameaddrQuoteUnbalanced, 41}},
      {"rfc4475/regbadct.dat", {AnomalyId::kUriNoBracketsQuestion, 265}},
      {"rfc4475/scalar02.dat", {AnomalyId::kCseqOverflow, 174}},
      {"rfc4475/scalarlg.dat", {AnomalyId::kCseqOverflow, 198}},
      {"rfc4475/trws.dat", {AnomalyId::kLineTrailingSpace, 45}},
      {"rfc5118/ipv6-bad.sip", {AnomalyId::kUriIpv6Bad, 13}},
  };
  size_t checked = 0;
  for (const Entry& entry : entries_) {
    const auto reason = reasons.find(entry.file);
    if (reason == reasons.end()) continue;
    Read(entry, Profile::kStrict);
    ASSERT_NE(message_.error(), nullptr) << entry.file;
    EXPECT_EQ(Describe(message_.error()->id).name, Describe(reason->second.first).name)
        << entry.file;
    EXPECT_EQ(message_.error()->offset, reason->second.second) << entry.file;
    ++checked;
  }
  EXPECT_EQ(checked, reasons.size());
}

TEST_F(CorpusTest, ValidMessagesCarryNoViolationAndNothingAmbiguous) {
  const std::set<std::string> known = {
      // The RFC accepts these for what they are meant to show.
      "rfc4475/inv2543.dat", "rfc4475/escnull.dat", "rfc4475/dblreq.dat", "rfc4475/badbranch.dat",
      "rfc5118/ipv6-bug-abnf-3-colons.sip",
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
