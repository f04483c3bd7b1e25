#include <gtest/gtest.h>

#include <array>
#include <initializer_list>
#include <string>
#include <vector>

#include "sample.h"

namespace sipward {
namespace {

class Edits : public testing::Test {
 protected:
  Edits() { static_cast<void>(message_.Parse(text_)); }

  template <typename Row>
  std::string Write(const Row& edits, WriteForm form = WriteForm::kAsIs) {
    const Written written = message_.Write(edits, room_.data(), room_.size(), form);
    EXPECT_TRUE(written.ok()) << Text(written.problem());
    return std::string(room_.data(), written.size());
  }
  bool Has(std::initializer_list<Edit> edits, std::string_view expected) {
    return Write(edits).find(expected) != std::string::npos;
  }
  template <typename Row>
  bool HasRow(const Row& edits, std::string_view expected) {
    return Write(edits).find(expected) != std::string::npos;
  }

  const std::string text_{sample::kInvite};
  Message message_ = Message::Create().value();
  std::array<char, 4096> room_;
};

TEST_F(Edits, NoneGiveACopy) { EXPECT_EQ(Write(std::vector<Edit>()), text_); }

TEST_F(Edits, EachDoesWhatItIsCalled) {
  EXPECT_TRUE(Has({Edit::Add("X-A", "1")}, "X-A: 1\r\n\r\nbody"));
  EXPECT_TRUE(Has({Edit::Add("Route", "<sip:p;lr>", EditPlace::kTop)}, "SIP/2.0\r\nRoute: <sip:p"));
  EXPECT_TRUE(Has({Edit::Set("Contact", "<sip:x>")}, "INVITE\r\nContact: <sip:x>\r\nContent-L"));
  EXPECT_TRUE(Has({Edit::Replace("m", "<sip:x>", EditWhich::kLast)},
                  "0100>\r\nContact: <sip:x>\r\nContent-L"));
  EXPECT_TRUE(Has({Edit::ReplaceLine(2, "69")}, "Max-Forwards: 69\r\n"));
  EXPECT_TRUE(Has({Edit::Remove("Contact")}, "INVITE\r\nContent-L"));
  EXPECT_TRUE(Has({Edit::RemoveLine(1)}, "rport\r\nMax-Forwards"));
  EXPECT_TRUE(Has({Edit::RequestUri("tel:112")}, "INVITE tel:112 SIP/2.0\r\n"));
  EXPECT_TRUE(Has({Edit::Body("a/b", "xyz")}, "Length: 3\r\nContent-Type: a/b\r\n\r\nxyz"));
  EXPECT_TRUE(
      Has({Edit::Strip(StripSet::kAsserted | StripSet::kPrivacy)}, "Length: 4\r\n\r\nbody"));
  EXPECT_EQ(Write(std::vector<Edit>(), WriteForm::kNormal), text_);
}

TEST_F(Edits, StandInAnyRow) {
  const std::string value = "1";
  std::vector<Edit> row{Edit::Add("X-A", value)};
  row.push_back(Edit::Add("X-B", value));
  const std::array<Edit, 1> one{Edit::Add("X-C", "2")};
  EXPECT_TRUE(HasRow(row, "X-A: 1\r\nX-B: 1\r\n"));
  EXPECT_TRUE(HasRow(one, "X-C: 2\r\n"));
}

TEST_F(Edits, StatusLines) {
  const std::string answer = "SIP/2.0 200 OK" + text_.substr(text_.find("\r\n"));
  static_cast<void>(message_.Parse(answer));
  EXPECT_TRUE(Has({Edit::StatusLine(403, "No")}, "SIP/2.0 403 No\r\n"));
  EXPECT_TRUE(Has({Edit::StatusLine(0, "Yes")}, "SIP/2.0 200 Yes\r\n"));
}

TEST_F(Edits, RefusalsSayWhichAndWhy) {
  const Written written =
      message_.Write({Edit::Add("X-A", "1"), Edit::Remove("From")}, room_.data(), room_.size());
  EXPECT_FALSE(written.ok());
  EXPECT_EQ(written.status(), Status(StatusCode::kEdit));
  EXPECT_EQ(written.problem(), EditProblem::kMandatory);
  EXPECT_EQ(written.edit(), 1u);
  EXPECT_EQ(Text(written.problem()), "A header that every message must have would be gone.");

  const Written small = message_.Write({}, room_.data(), 10);
  EXPECT_EQ(small.status(), Status(StatusCode::kSpace));
  EXPECT_EQ(small.size(), text_.size());
  EXPECT_FALSE(small.edit());
  EXPECT_EQ(Message::Create().value().Write({}, nullptr, 0).status(), Status(StatusCode::kEnd));
}

}  // namespace
}  // namespace sipward
