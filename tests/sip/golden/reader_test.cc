// The reader of golden cases says what is wrong with a page, and where.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/sip/golden/case.h"
#include "tests/sip/golden/escape.h"
#include "tests/sip/golden/expectation.h"

namespace sipward::sip::golden {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

struct Page {
  std::vector<Case> cases;
  std::vector<std::string> problems;
};

Page Read(std::string_view text) {
  std::vector<Problem> problems;
  Page page;
  page.cases = ReadPage("page.md", text, &problems);
  for (const Problem& p : problems) {
    page.problems.push_back(p.file + ':' + std::to_string(p.line) + ": " + p.what);
  }
  return page;
}

std::string Bytes(std::string_view block) {
  const Page page = Read("## a\nb\n```sip\n" + std::string(block) + "```\n```expect\n```\n");
  EXPECT_THAT(page.problems, IsEmpty());
  return page.cases.at(0).bytes;
}

TEST(GoldenReader, TakesACaseApart) {
  const Page page = Read(
      "# Page\n\nAbout it.\n\n## raises line.nul, line.ctl: both at once\n\nBecause it\nis so.\n\n"
      "```sip stream\nA\n\n```\n\n```expect\nstrict ok\n```\n\n## plain: title\n\nWhy.\n\n"
      "```sip file rfc4475/ncl.dat\n```\n```expect\n```\n");
  EXPECT_THAT(page.problems, IsEmpty());
  ASSERT_EQ(page.cases.size(), 2u);
  const Case& first = page.cases[0];
  EXPECT_EQ(first.line, 5);
  EXPECT_EQ(first.title, "both at once");
  EXPECT_THAT(first.raises, ElementsAre("line.nul", "line.ctl"));
  EXPECT_EQ(first.why, "Because it is so.");
  EXPECT_TRUE(first.stream);
  EXPECT_EQ(first.bytes, "A\r\n\r\n");
  EXPECT_EQ(first.expect_line, 15);
  EXPECT_THAT(first.expect, ElementsAre("strict ok"));
  EXPECT_EQ(page.cases[1].title, "plain: title");
  EXPECT_EQ(page.cases[1].corpus, "rfc4475/ncl.dat");
}

TEST(GoldenReader, ReadsEscapes) {
  EXPECT_EQ(Bytes("a\\x01\\0\\t\\\\\n"), std::string("a\x01\0\t\\\r\n", 7));
  EXPECT_EQ(Bytes("a\\n\\\nb\\\n"), "a\nb");
  EXPECT_EQ(Bytes("\\*(3,p#;)\n"), "p1;p2;p3;\r\n");
  EXPECT_EQ(Bytes("\\*(2,x\\r\\n)\\\n"), "x\r\nx\r\n");
}

TEST(GoldenReader, ExpandsFrames) {
  EXPECT_EQ(Bytes("{headers without Via, From, To, Call-ID, CSeq}\n"), "Max-Forwards: 70\r\n");
  EXPECT_TRUE(Bytes("{INVITE}\n").starts_with("INVITE sip:bob@example.com SIP/2.0\r\nVia: "));
}

TEST(GoldenReader, SaysWhatIsWrongAndWhere) {
  EXPECT_THAT(Read("## a\n\nb\n").problems,
              ElementsAre("page.md:1: no ```sip block", "page.md:1: no ```expect block"));
  EXPECT_THAT(Read("## a\n```sip\n```\n```expect\n```\n").problems,
              ElementsAre("page.md:1: no sentence says why"));
  EXPECT_THAT(
      Read("## a\nb\n```sip\n\\q\n{BYE}\n{INVITE without X}\n```\n```expect\n```\n").problems,
      ElementsAre("page.md:4: there is no escape \\q", "page.md:5: there is no frame {BYE}",
                  "page.md:6: there is no frame {INVITE without X}"));
  EXPECT_THAT(Read("## raises x\nb\n```sip\n```\n```expect\n```\n").problems,
              ElementsAre("page.md:1: a colon and a title are missing behind the names"));
  EXPECT_THAT(Read("## a\nb\n```sip file x\nINVITE\n```\n```expect\n").problems,
              ElementsAre("page.md:4: a message of the corpus is not written down here",
                          "page.md:6: the page ends inside a block"));
  EXPECT_THAT(Read("## a\nb\n```sip\n```\n```expect\n```\n```sip\n```\n").problems,
              testing::Contains("page.md:7: a case has one ```sip block and one ```expect block"));
}

TEST(GoldenReader, WritesWhatCannotBePrintedAsEscapes) {
  EXPECT_EQ(Escape(std::string_view("a\0\\\xC3\r\n\t", 7)), "a\\x00\\\\\\xC3\\r\\n\\t");
  EXPECT_EQ(Escape(std::string(61, 'x')), std::string(60, 'x') + "...");
}

TEST(GoldenExpectation, ReportsTheFieldsThatWereAskedFor) {
  const std::string text = Bytes("{INVITE}\n\n");
  const Outcome outcome =
      Look(text, false, true, {"cseq.*", "to.tag", "strict limit", "from.uri.user 1+1"});
  EXPECT_THAT(outcome.lines, ElementsAre("strict ok", "tolerant ok", "cseq.number = 1",
                                         "cseq.number_text 204+1 1", "cseq.method 206+6 INVITE",
                                         "to.tag absent", "from.uri.user 122+5 alice"));
  EXPECT_TRUE(outcome.same_in_both_profiles);
}

}  // namespace
}  // namespace sipward::sip::golden
