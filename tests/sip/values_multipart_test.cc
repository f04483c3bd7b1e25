#include <gtest/gtest.h>

#include "sip/body.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

constexpr std::string_view kType = "multipart/mixed;boundary=7a9";

class MultipartTest : public testing::Test {
 protected:
  std::string Names(std::string_view type, std::string_view body, const Limits& limits = {}) {
    bytes_ = "#####" + std::string(type) + std::string(body);
    AnomalyLog log = EmptyLog();
    const uint32_t length = static_cast<uint32_t>(type.size());
    const MediaType media = ReadMediaType(bytes_.data(), {Text::kBefore, length});
    ParseMultipart(bytes_.data(), media,
                   {Text::kBefore + length, static_cast<uint32_t>(body.size())}, limits, log,
                   &parts_);
    return values_test::Names(log);
  }
  // "depth:kind[body] ..." of all parts.
  std::string Parts() const {
    std::string shown;
    for (const BodyPart& part : parts_.all()) {
      constexpr char kKinds[] = "-osmt";
      if (!shown.empty()) shown += ' ';
      shown += std::to_string(part.depth) + kKinds[static_cast<size_t>(part.kind)] + '[' +
               std::string(part.body.In(bytes_.data())) + ']';
    }
    return shown;
  }
  std::string In(Slice slice) const {
    return slice.present() ? std::string(slice.In(bytes_.data())) : "(absent)";
  }

  std::string bytes_;
  BodyParts parts_;
};

TEST_F(MultipartTest, PartsAreCutAtTheirBoundaries) {
  EXPECT_EQ(Names(kType,
                  "--7a9\r\n\r\nx\r\n--7a9\r\nContent-Type: application/sdp\r\n\r\ny\r\nz\r\n"
                  "--7a9--\r\n"),
            "");
  EXPECT_EQ(Parts(), "1t[x] 1s[y\r\nz]");
}

TEST_F(MultipartTest, ABoundaryInQuotesMayHoldSpaces) {
  EXPECT_EQ(Names("Multipart/mixed ; Boundary=\"a b\"", "--a b \r\n\r\n\r\n--a b--"), "");
  EXPECT_EQ(Parts(), "1t[]");
}

TEST_F(MultipartTest, PreambleAndEpilogueAreNoParts) {
  EXPECT_EQ(Names(kType, "preamble\r\n--no\r\n--7a9\r\n\r\nx\r\n--7a9--\r\nepilogue\r\n--7a9\r\n"),
            "");
  EXPECT_EQ(Parts(), "1t[x]");
}

TEST_F(MultipartTest, HeadersOfAPartAreRead) {
  EXPECT_EQ(Names(kType,
                  "--7a9\r\nContent-Type: application/pidf+xml\r\n ;a=b\r\n"
                  "content-disposition: render;handling=optional\r\nContent-ID: <1@a>\r\n"
                  "Content-Transfer-Encoding: 8bit\r\nContent-Length : 1\r\nX-A:\r\n\r\nx\r\n"
                  "--7a9--"),
            "");
  ASSERT_EQ(parts_.count, 1);
  const BodyPart& part = parts_.slots[0];
  EXPECT_EQ(In(part.content_type), "application/pidf+xml\r\n ;a=b");
  EXPECT_EQ(In(part.type.subtype), "pidf+xml");
  EXPECT_EQ(In(part.type.params), "a=b");
  EXPECT_EQ(In(part.content_disposition), "render;handling=optional");
  EXPECT_EQ(In(part.content_id), "<1@a>");
  EXPECT_EQ(In(part.content_transfer_encoding), "8bit");
  EXPECT_EQ(In(part.content_length), "1");
  PartHeaderCursor cursor(bytes_.data(), part.headers);
  Slice name, value;
  int count = 0;
  while (cursor.Next(&name, &value)) ++count;
  EXPECT_EQ(count, 6);
  EXPECT_EQ(In(name), "X-A");
  EXPECT_EQ(In(value), "");
  EXPECT_EQ(part.kind, BodyKind::kOpaque);
}

TEST_F(MultipartTest, HeadersThatAreWrongAreNamed) {
  EXPECT_EQ(Names(kType,
                  "--7a9\r\nno colon\r\nContent-Type: a/b\r\nContent-Type: c/d\r\n\r\n\r\n--7a9--"),
            "body.part_header_malformed@35 body.part_header_duplicate@64");
  EXPECT_EQ(Names(kType,
                  "--7a9\r\nContent-Type: application/sdp\r\n"
                  "Content-Transfer-Encoding: base64\r\n\r\n\r\n--7a9--"),
            "body.encoded@93");
  EXPECT_EQ(Parts(), "1o[]");
}

TEST_F(MultipartTest, APartMayBeHeadersAlone) {
  EXPECT_EQ(Names(kType, "--7a9\r\nContent-Type: a/b\r\n--7a9\r\n--7a9--"), "");
  EXPECT_EQ(Parts(), "1o[] 1t[]");
  EXPECT_EQ(In(parts_.slots[0].content_type), "a/b");
}

TEST_F(MultipartTest, NestedPartsFollowTheOneThatHoldsThem) {
  const std::string inner = "Content-Type: multipart/alternative; boundary=in\r\n\r\n";
  EXPECT_EQ(Names(kType,
                  "--7a9\r\n" + inner + "--in\r\n\r\nx\r\n--in--\r\n\r\n--7a9\r\n\r\ny\r\n--7a9--"),
            "");
  EXPECT_EQ(Parts(), "1m[--in\r\n\r\nx\r\n--in--\r\n] 2t[x] 1t[y]");
  EXPECT_EQ(parts_.slots[0].parent, -1);
  EXPECT_EQ(parts_.slots[1].parent, 0);
  EXPECT_EQ(parts_.slots[2].parent, -1);
}

TEST_F(MultipartTest, AnOuterBoundaryClosesWhatStandsWithin) {
  const std::string inner = "Content-Type: multipart/alternative; boundary=in\r\n\r\n";
  EXPECT_EQ(Names(kType, "--7a9\r\n" + inner + "--in\r\n\r\nx\r\n--7a9\r\n\r\ny\r\n--7a9--"),
            "body.multipart_unterminated@87");
  EXPECT_EQ(Parts(), "1m[--in\r\n\r\nx] 2t[x] 1t[y]");
  EXPECT_EQ(Names(kType, "--7a9\r\n" + inner + "x\r\n--7a9--"), "body.multipart_no_boundary@87");
}

TEST_F(MultipartTest, NestingEndsAtTheLimit) {
  std::string body;
  for (const char c : {'a', 'b', 'c'}) {
    body += std::string("--") + (c == 'a' ? "7a9" : std::string(1, static_cast<char>(c - 1))) +
            "\r\nContent-Type: multipart/x;boundary=" + c + "\r\n\r\n";
  }
  EXPECT_EQ(Names(kType, body).substr(0, 14), "body.too_deep@");
  EXPECT_EQ(parts_.count, 3);
  Limits limits;
  limits.body_depth = 1;
  Names(kType, body, limits);
  EXPECT_EQ(parts_.count, 1);
}

TEST_F(MultipartTest, PartsEndAtTheLimit) {
  std::string body;
  for (size_t i = 0; i < BodyParts::kMost; ++i) body += "--7a9\r\n\r\nx\r\n";
  EXPECT_EQ(Names(kType, body + "--7a9--"), "");
  EXPECT_EQ(parts_.count, BodyParts::kMost);
  EXPECT_EQ(Names(kType, body + body + "--7a9--"),
            "body.too_many_parts@" + std::to_string(kType.size() + body.size() + 7));
  EXPECT_EQ(parts_.count, BodyParts::kMost);
}

// AST-2017-002: the length became minus one where the boundary was cut short.
TEST_F(MultipartTest, ATruncatedBoundaryEndsNothing) {
  EXPECT_EQ(Names("multipart/mixed;boundary=+", "--+"), "body.multipart_unterminated@26");
  EXPECT_EQ(Parts(), "1t[]");
  EXPECT_EQ(Names("multipart/mixed;boundary=++", "--+"), "body.multipart_no_boundary@27");
  EXPECT_EQ(Names(kType, "--7a9\r\n\r\nx\r\n--7a"), "body.multipart_unterminated@28");
  EXPECT_EQ(Parts(), "1t[x\r\n--7a]");
  EXPECT_EQ(Names(kType, "--7a9\r\n\r\nx\r\n--7a9-"),
            "body.multipart_boundary_prefix@40 body.multipart_unterminated@28");
}

// GHSA-pjx6-7vrm-3w6f: no parts at all.
TEST_F(MultipartTest, ABodyWithoutPartsHasNone) {
  for (const std::string_view body : {"", "--", "--7a", "x--7a9\r\n", "--7a9--\r\n", "x\r\n\r\n"}) {
    EXPECT_EQ(Names(kType, body), "body.multipart_no_boundary@28") << body;
    EXPECT_EQ(parts_.count, 0);
  }
}

// kamailio 8f7b0b049a: a loop that found no boundary did not end.
TEST_F(MultipartTest, AMissingClosingBoundaryIsNamed) {
  EXPECT_EQ(Names(kType, "--7a9"), "body.multipart_unterminated@28");
  EXPECT_EQ(Names(kType, "--7a9\r\nContent-Type: application/sdp\r\n\r\nv=0\r\n"),
            "body.multipart_unterminated@28");
  EXPECT_EQ(Parts(), "1s[v=0\r\n]");
}

TEST_F(MultipartTest, ALineThatGoesOnBehindTheBoundaryIsNamed) {
  EXPECT_EQ(Names(kType, "--7a9x\r\n"),
            "body.multipart_boundary_prefix@28 body.multipart_no_boundary@28");
  EXPECT_EQ(Names(kType, "--7a9\r\n\r\nx\r\n--7a9y\r\n--7a9--"),
            "body.multipart_boundary_prefix@40");
  EXPECT_EQ(Parts(), "1t[x\r\n--7a9y]");
}

TEST_F(MultipartTest, BareLfAtABoundaryIsNamed) {
  EXPECT_EQ(Names(kType, "--7a9\r\n\r\nx\n--7a9--"), "");
  EXPECT_EQ(Parts(), "1t[x]");
  EXPECT_EQ(Names(kType, "--7a9\n\r\nx\r\n--7a9--"), "body.multipart_bare_lf@28");
  EXPECT_EQ(Names(kType, "--7a9\r\n\nx\r\n--7a9--"), "body.multipart_bare_lf@35");
}

TEST_F(MultipartTest, EmptyAndMissingBoundariesAreNone) {
  EXPECT_EQ(Names("multipart/mixed", "--7a9\r\n--7a9--"), "body.multipart_no_boundary@0");
  EXPECT_EQ(Names("multipart/mixed;boundary", "--\r\n----"), "body.multipart_no_boundary@0");
  EXPECT_EQ(Names("multipart/mixed;boundary=", "--\r\n----"), "body.multipart_no_boundary@0");
  EXPECT_EQ(Names("multipart/mixed;boundary=\"\"", "--\r\n----"), "body.multipart_no_boundary@0");
  EXPECT_EQ(Names("multipart/mixed;boundary=\"", "--\"\r\n--\"--"), "body.multipart_no_boundary@0");
}

TEST_F(MultipartTest, BoundariesLongerThanSeventyAreNone) {
  for (const size_t length : {size_t{70}, size_t{71}}) {
    const std::string boundary(length, 'b');
    const std::string body = "--" + boundary + "\r\n\r\n\r\n--" + boundary + "--";
    EXPECT_EQ(Names("multipart/mixed;boundary=" + boundary, body),
              length == 70 ? "" : "body.multipart_no_boundary@0");
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
