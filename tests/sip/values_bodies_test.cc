#include <gtest/gtest.h>

#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

std::string Sdp(std::string_view body, const Limits& limits = {}) {
  const Text text(body);
  AnomalyLog log = EmptyLog();
  CheckSdp(text.base(), text.slice(), limits, log);
  return Names(log);
}

TEST(SdpTest, WellFormedDescriptionsRaiseNothing) {
  EXPECT_EQ(Sdp("v=0\r\no=- 1 18446744073709551615 IN IP4 "
                "192.0.2.1\r\ns=-\r\ni=x\r\nu=x\r\ne=x\r\np=x\r\n"
                "c=IN IP4 192.0.2.1\r\nb=AS:64\r\nt=0 0\r\nr=1\r\nt=1 2\r\nz=0 0\r\nk=x\r\na=x\r\n"
                "m=audio 65535/2 RTP/AVP 0\r\ni=x\r\nc=IN IP4 "
                "192.0.2.2\r\nb=AS:1\r\nb=TIAS:2\r\na=x\r\na=y\r\n"),
            "");
  EXPECT_EQ(
      Sdp("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=\nt=0 0\nm=audio 1 RTP/AVP 0\nc=IN IP4 192.0.2.1"), "");
  EXPECT_EQ(Sdp(""), "");
}

TEST(SdpTest, NamesMissingLines) {
  EXPECT_EQ(Sdp("v=0\r\n"), "sdp.missing_line@0");
  EXPECT_EQ(Sdp("v=0\r\no=- 1 1 IN IP4 192.0.2.1\r\ns=-\r\nt=0 0\r\nm=audio 1 RTP/AVP 0\r\n"),
            "sdp.missing_line@43");
}

TEST(SdpTest, NamesLinesOutOfOrder) {
  EXPECT_EQ(Sdp("v=0\ns=-\no=- 1 1 IN IP4 192.0.2.1\nt=0 0\n"), "sdp.order@8");
  EXPECT_EQ(Sdp("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\ns=-\nt=0 0\n"), "sdp.order@33");
  EXPECT_EQ(Sdp("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nr=0\nt=0 0\n"), "sdp.order@33");
  EXPECT_EQ(Sdp("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\ny=1\n"), "sdp.order@39");
}

TEST(SdpTest, NumericFieldsLongerThanTheirTypeAreNamed) {
  constexpr std::string_view kHead = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=x\n";
  EXPECT_EQ(Sdp(std::string(kHead) + "t=0 0\nm=audio 65536 RTP/AVP 0\n"), "sdp.overflow@51");
  EXPECT_EQ(Sdp(std::string(kHead) + "t=0 18446744073709551616\n"), "sdp.overflow@41");
  EXPECT_EQ(Sdp(std::string(kHead) + "t=000000000000000000001 0\n"), "sdp.overflow@39");
  EXPECT_EQ(Sdp("v=0\no=- 99999999999999999999999 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n"),
            "sdp.overflow@8");
}

TEST(SdpTest, NamesNulAndLinesThatAreNone) {
  using namespace std::string_view_literals;
  EXPECT_EQ(Sdp("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=\0\nt=0 0\n"sv), "sdp.nul@31");
  EXPECT_EQ(Sdp("v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\nm =x\n"), "sdp.malformed@39");
}

TEST(SdpTest, MoreMediaThanTheLimitIsNamedOnce) {
  Limits limits;
  limits.sdp_media = 2;
  const std::string head = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nc=x\nt=0 0\n";
  const std::string media = "m=audio 1 RTP/AVP 0\n";
  EXPECT_EQ(Sdp(head + media + media, limits), "");
  EXPECT_EQ(Sdp(head + media + media + media + media, limits), "sdp.too_many_media@83");
}

std::string Multipart(std::string_view type, std::string_view body) {
  const Text text(std::string(type) + std::string(body));
  AnomalyLog log = EmptyLog();
  const uint32_t length = static_cast<uint32_t>(type.size());
  CheckMultipart(text.base(), {Text::kBefore, length},
                 {Text::kBefore + length, static_cast<uint32_t>(body.size())}, Limits{}, log);
  return Names(log);
}

TEST(MultipartTest, WellFormedBodiesRaiseNothing) {
  EXPECT_EQ(
      Multipart("multipart/mixed;boundary=7a9", "--7a9\r\n\r\nx\r\n--7a9\r\n\r\ny\r\n--7a9--\r\n"),
      "");
  EXPECT_EQ(Multipart("Multipart/mixed ; Boundary=\"a b\"", "preamble\r\n--a b \r\n\r\n--a b--"),
            "");
  EXPECT_EQ(Multipart("application/sdp", "v=0"), "");
}

TEST(MultipartTest, BoundariesThatAreMissingCutOrMadeUpAreNamed) {
  constexpr std::string_view kType = "multipart/mixed;boundary=7a9";
  EXPECT_EQ(Multipart("multipart/mixed", "--7a9\r\n--7a9--"), "body.multipart_no_boundary@0");
  EXPECT_EQ(Multipart("multipart/mixed;boundary", "--\r\n----"), "body.multipart_no_boundary@0");
  EXPECT_EQ(Multipart("multipart/mixed;boundary=", "--\r\n----"), "body.multipart_no_boundary@0");
  EXPECT_EQ(Multipart("multipart/mixed;boundary=\"", "--\"\r\n--\"--"),
            "body.multipart_no_boundary@0");
  EXPECT_EQ(Multipart(kType, ""), "body.multipart_no_boundary@28");
  EXPECT_EQ(Multipart(kType, "--"), "body.multipart_no_boundary@28");
  EXPECT_EQ(Multipart(kType, "--7a"), "body.multipart_no_boundary@28");
  EXPECT_EQ(Multipart(kType, "--7a9x\r\n"), "body.multipart_no_boundary@28");
  EXPECT_EQ(Multipart(kType, "x--7a9\r\n"), "body.multipart_no_boundary@28");
  EXPECT_EQ(Multipart(kType, "--7a9--\r\n"), "body.multipart_no_boundary@28");
  EXPECT_EQ(Multipart(kType, "--7a9\r\n\r\n--7a9-"), "body.multipart_unterminated@28");
  EXPECT_EQ(Multipart(kType, "--7a9"), "body.multipart_unterminated@28");
}

TEST(MultipartTest, BoundariesLongerThanSeventyAreNone) {
  for (const size_t length : {size_t{70}, size_t{71}}) {
    const std::string boundary(length, 'b');
    const std::string body = "--" + boundary + "\r\n\r\n--" + boundary + "--";
    EXPECT_EQ(Multipart("multipart/mixed;boundary=" + boundary, body),
              length == 70 ? "" : "body.multipart_no_boundary@0");
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
