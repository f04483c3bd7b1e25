#include "auth/message_request.h"

#include <gtest/gtest.h>

#include <string>

#include "tests/auth/client.h"

namespace sipward::auth {
namespace {

TEST(MessageRequest, SaysWhatTheMessageSays) {
  Host host;
  Answer answer = host.NewAnswer();
  const std::string text =
      "REGISTER sip:example.org SIP/2.0\r\n"
      "Via: SIP/2.0/UDP 192.0.2.7;branch=z9hG4bKtop, SIP/2.0/UDP 192.0.2.8;branch=z9hG4bKnext\r\n"
      "From: <sip:alice@example.org>;tag=1\r\nTo: <sip:alice@example.org>\r\n"
      "Call-ID: c@192.0.2.7\r\nCSeq: 7 REGISTER\r\nMax-Forwards: 70\r\nUser-Agent: Phone/1.0\r\n"
      "Proxy-Authorization: Bearer x\r\n"
      "Authorization: Digest realm=\"other\"\r\nAuthorization: " +
      answer.Value() + "\r\nContent-Length: 4\r\n\r\nbody";
  sip::Message message;
  message.Parse(text, {});
  MessageRequest reader;
  Request request = reader.Read(message, false);
  ASSERT_EQ(request.credentials.size(), 2u);
  EXPECT_EQ(request.method, "REGISTER");
  EXPECT_EQ(request.request_uri, "sip:example.org");
  EXPECT_EQ(request.call_id, "c@192.0.2.7");
  EXPECT_EQ(request.cseq, "7");
  EXPECT_EQ(request.branch, "z9hG4bKtop");
  EXPECT_EQ(request.client, "Phone/1.0");
  EXPECT_EQ(request.body, "body");
  request.source = host.request.source;
  request.wall = kWall;
  EXPECT_EQ(host.authenticator->Check(request, &host.account).reason, Reason::kOk);
  EXPECT_EQ(reader.Read(message, true).credentials.size(), 1u);
}

TEST(MessageRequest, OfNearlyNothing) {
  sip::Message message;
  message.Parse("REGISTER sip:example.org SIP/2.0\r\n", {});
  MessageRequest reader;
  const Request& request = reader.Read(message, false);
  EXPECT_TRUE(request.credentials.empty());
  EXPECT_FALSE(request.body);
}

}  // namespace
}  // namespace sipward::auth
