// The library and the reference parser say the same of the same bytes.
#include <gtest/gtest.h>
#include <unistd.h>

#include <cstdlib>
#include <iostream>
#include <map>
#include <random>

#include "tests/sip/oracle/compare.h"
#include "tests/sip/oracle/compare_body.h"
#include "tests/sip/oracle/reference_body.h"
#include "tests/sip/oracle/reference_parser.h"
#include "tests/sip/oracle/reference_parts.h"
#include "tests/sip/oracle/reference_text.h"
#include "tests/sip/oracle/samples.h"
#include "tests/sip/support.h"

namespace sipward::oracle {
namespace {

std::string Printable(std::string_view bytes) {
  std::string text;
  for (const char c : bytes) {
    if (c == '\r') continue;
    if (c == '\n' || (c >= 0x20 && c < 0x7F)) {
      text += c;
    } else {
      constexpr char kHex[] = "0123456789ABCDEF";
      const auto octet = static_cast<unsigned char>(c);
      text.append("\\x").append(1, kHex[octet >> 4]).append(1, kHex[octet & 15]);
    }
  }
  return text;
}

// Counts messages on which the two disagree, and shows the first of every kind of disagreement.
class Tally {
 public:
  void Take(std::string_view bytes, const std::string& name) {
    ++messages_;
    const std::vector<std::string> notes = Compare(bytes);
    if (notes.empty()) return;
    ++disagreements_;
    for (const std::string& note : notes) {
      if (shown_[note.substr(0, note.find_first_of("[@0123456789"))]++ > 0) continue;
      ADD_FAILURE() << name << ": " << Printable(note) << "\n"
                    << Printable(bytes.substr(0, 1200)) << "\n";
    }
  }
  int messages() const { return messages_; }
  int disagreements() const { return disagreements_; }

 private:
  int messages_ = 0;
  int disagreements_ = 0;
  std::map<std::string, int> shown_;
};

TEST(ReferenceTest, JudgesLinesAsTheyWereWritten) {
  for (const auto& samples : {AddressSamples(), UriSamples(), OtherSamples(), ItemSamples()}) {
    for (const LineSample& sample : samples) {
      const RefMessage message = ReadReference(MessageWith(sample.line));
      bool good = message.start.request;
      for (const RefHeader& header : message.headers) {
        good = good && header.judgement == Judgement::kWellFormed;
      }
      EXPECT_EQ(good, sample.good) << Printable(sample.line);
    }
  }
}

TEST(ReferenceTest, JudgesMessagesAsTheyWereWritten) {
  for (const MessageSample& sample : MessageSamples()) {
    EXPECT_EQ(ReadReference(sample.text).accepted(), sample.accepted) << Printable(sample.text);
  }
}

TEST(ReferenceBodyTest, JudgesAsItsRulesSay) {
  const RefSdp sdp = ReadReferenceSdp("v=0\r\no=- 1 x IN IP4 a\na=setup:active\na=setup:x\nx\n");
  ASSERT_EQ(sdp.lines.size(), 5u);
  EXPECT_TRUE(sdp.lines[0].good);
  EXPECT_FALSE(sdp.lines[1].good);
  EXPECT_TRUE(sdp.attributes[0].good);
  EXPECT_FALSE(sdp.attributes[1].good);
  EXPECT_EQ(sdp.lines[4].type, 0);
}

TEST(ReferenceBodyTest, CutsPartsAtAllLevels) {
  const std::string_view bytes =
      "--b\r\nx\r\n--b\r\nContent-Type: multipart/mixed;boundary=c\r\nContent-ID: 1\r\nContent-ID: "
      "2\r\n"
      "\r\n--c\r\n\r\ny\r\n--b--\r\n";
  const RefParts parts = ReadReferenceParts(bytes, "b");
  ASSERT_EQ(parts.parts.size(), 3u);
  EXPECT_EQ(parts.malformed_headers, std::vector<size_t>{5});
  EXPECT_EQ(parts.double_headers.size(), 1u);
  EXPECT_EQ(parts.parts[1].content_id.In(bytes.data()), "1");
  EXPECT_EQ(parts.parts[2].body.In(bytes.data()), "y");
  EXPECT_EQ(parts.parts[2].depth, 2);
  EXPECT_EQ(parts.parts[2].parent, 1);
  EXPECT_EQ(parts.unterminated, std::vector<size_t>{bytes.find("--c")});
  EXPECT_TRUE(parts.no_boundary.empty());
  EXPECT_TRUE(ReadReferenceParts("--b\n--b--", "b").unterminated.empty());
}

TEST(ReferenceBodyTest, FindsWhatTextMayNotHold) {
  const RefText text = ReadReferenceText("a\x01\xE2\x80\xAE\xC0\xE2\x80\x8B", {});
  EXPECT_EQ(text.control, 1u);
  EXPECT_EQ(text.bidi, 2u);
  EXPECT_EQ(text.invalid, 5u);
  EXPECT_EQ(text.zero_width, 6u);
  EXPECT_EQ(ReadReferenceText("a\xFF", "US-ASCII").invalid, 1u);
  EXPECT_FALSE(ReadReferenceText("a\xFF", "iso-8859-1").invalid);
  EXPECT_EQ(ReadReferenceText("\xFF", "x").charset, RefText::Charset::kUnknown);
}

// Returns the number of bodies on which the two disagree; shows the first few.
int DisagreementsOn(const BodySample& sample, int shown) {
  const std::vector<std::string> notes = CompareBody(sample.type, sample.body);
  if (!notes.empty() && shown < 5) {
    ADD_FAILURE() << Printable(notes[0]) << "\n" << sample.type << "\n" << Printable(sample.body);
  }
  return notes.empty() ? 0 : 1;
}

TEST(DifferentialTest, AgreesOnBodiesAndTheirMutations) {
  constexpr std::string_view kTelling = " \t\r\n=:;/-.0abcAvostm+[]\x01\x7F\x80\xC2\xE2\xFF";
  std::mt19937 random(8866);
  int disagreements = 0;
  for (const BodySample& sample : BodySamples()) {
    disagreements += DisagreementsOn(sample, disagreements);
    for (int i = 0; i < 400; ++i) {
      std::string body(sample.body);
      for (size_t n = 1 + random() % 3; n > 0 && !body.empty(); --n) {
        const size_t at = random() % body.size();
        const size_t length = random() % std::min<size_t>(body.size() - at + 1, 8);
        switch (random() % 4) {
          case 0:
            body[at] = kTelling[random() % kTelling.size()];
            break;
          case 1:
            body.insert(at, 1, kTelling[random() % kTelling.size()]);
            break;
          case 2:
            body.erase(at, length);
            break;
          default:
            body.insert(at, std::string(body, at, length));
        }
      }
      disagreements += DisagreementsOn({sample.type, body}, disagreements);
    }
  }
  EXPECT_EQ(disagreements, 0);
}

TEST(DifferentialTest, AgreesOnOwnSamples) {
  Tally tally;
  for (const std::string& sample : AllSamples()) tally.Take(sample, "sample");
  EXPECT_GT(tally.messages(), 300);
  EXPECT_EQ(tally.disagreements(), 0);
}

TEST(DifferentialTest, AgreesOnTheCorpora) {
  const std::filesystem::path root = sip::CorpusPath() / "sip";
  if (!std::filesystem::exists(root)) {
    std::cout << "SKIPPED AgreesOnTheCorpora\n";
    GTEST_SKIP();
  }
  Tally tally;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension();
    if (extension != ".sip" && extension != ".dat") continue;
    tally.Take(sip::ReadFile(entry.path()), entry.path().filename());
  }
  EXPECT_GT(tally.messages(), 150);
  EXPECT_EQ(tally.disagreements(), 0);
}

TEST(DifferentialTest, AgreesOnProtos) {
  const std::filesystem::path archive = sip::CorpusPath() / "sip" / "protos-c07-sip.tar.xz";
  if (!std::filesystem::exists(archive)) {
    std::cout << "SKIPPED AgreesOnProtos\n";
    GTEST_SKIP();
  }
  std::string folder = std::filesystem::temp_directory_path() / "sipward-protos-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  const std::string unpack = "tar xf '" + archive.string() + "' -C '" + folder + "'";
  ASSERT_EQ(std::system(unpack.c_str()), 0);
  Tally tally;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file()) continue;
    tally.Take(sip::ReadFile(entry.path()), entry.path().filename());
  }
  std::filesystem::remove_all(folder);
  EXPECT_GT(tally.messages(), 4000);
  EXPECT_EQ(tally.disagreements(), 0);
}

// Deterministic on every platform: the engine's numbers are fixed by the standard, those of the
// distributions are not.
class Mutator {
 public:
  Mutator() : samples_(AllSamples()) {}

  std::string Next() {
    std::string text = samples_[Below(samples_.size())];
    for (size_t i = 1 + Below(3); i > 0; --i) Change(&text);
    return text;
  }

 private:
  size_t Below(size_t most) { return most == 0 ? 0 : engine_() % most; }

  void Change(std::string* text) {
    constexpr std::string_view kTelling = " \t\r\n\"\\<>,;:@?=&%/[]()*+#.-0a\x01\x7F\xC3\xA9\xFF";
    const size_t at = Below(text->size());
    const size_t length = Below(std::min<size_t>(text->size() - at, 12) + 1);
    switch (Below(7)) {
      case 0:
        if (!text->empty()) (*text)[at] = static_cast<char>((*text)[at] ^ (1 << Below(8)));
        break;
      case 1:
        if (!text->empty()) (*text)[at] = kTelling[Below(kTelling.size())];
        break;
      case 2:
        text->insert(at, 1, kTelling[Below(kTelling.size())]);
        break;
      case 3:
        text->erase(at, length);
        break;
      case 4:
        text->insert(at, std::string(*text, at, length));
        break;
      case 5:
        text->insert(at, "\r\n ");
        break;
      default:
        SpliceLine(text);
    }
  }

  // A line of another sample behind a line of this one.
  void SpliceLine(std::string* text) {
    const std::string& other = samples_[Below(samples_.size())];
    const size_t from = other.find('\n', Below(other.size()));
    const size_t to = other.find('\n', from == other.npos ? from : from + 1);
    const size_t at = text->find('\n', Below(text->size()));
    if (to == other.npos || at == text->npos) return;
    text->insert(at + 1, other, from + 1, to - from);
  }

  std::mt19937 engine_{3261};
  std::vector<std::string> samples_;
};

TEST(DifferentialTest, AgreesOnMutations) {
  Mutator mutator;
  Tally tally;
  for (int i = 0; i < 20'000; ++i) tally.Take(mutator.Next(), "mutation " + std::to_string(i));
  EXPECT_EQ(tally.disagreements(), 0);
}

}  // namespace
}  // namespace sipward::oracle
