#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "sample.h"

namespace sipward {
namespace {

using sample::kInvite;

Message Parsed(std::string_view bytes) {
  Message message = Message::Create().value();
  static_cast<void>(message.Parse(bytes));
  return message;
}

TEST(Message, ReadsTheStartLine) {
  // A string of its own: the address of a literal may differ from use to use.
  const std::string text(kInvite);
  const Message message = Parsed(text);
  const StartLine start = message.start_line();
  EXPECT_EQ(start.kind, MessageKind::kRequest);
  EXPECT_EQ(start.method, "INVITE");
  EXPECT_EQ(start.version, "SIP/2.0");
  EXPECT_EQ(start.reason.data(), nullptr);
  EXPECT_EQ(message.body(), "body");
  EXPECT_EQ(message.bytes().data(), text.data());
}

TEST(Message, ViewsPointIntoTheBytes) {
  const std::string text(kInvite);
  const Message message = Parsed(text);
  const std::string_view call_id = message.Find("i");
  EXPECT_EQ(call_id, "a84b4c76e66710@pc33.atlanta.example");
  EXPECT_GE(call_id.data(), text.data());
  EXPECT_LT(call_id.data(), text.data() + text.size());
  EXPECT_EQ(message.Find("Subject").data(), nullptr);
}

TEST(Message, TakesUrisAndAddressesApart) {
  const Message message = Parsed(kInvite);
  const std::optional<Uri> uri = message.RequestUri();
  ASSERT_TRUE(uri);
  EXPECT_EQ(uri->scheme_id, Scheme::kSip);
  EXPECT_EQ(uri->user, "bob");
  EXPECT_EQ(uri->params().text(), "transport=tcp");
  EXPECT_FALSE(uri->port_number);
  const std::optional<Address> from = message.From();
  ASSERT_TRUE(from);
  EXPECT_EQ(from->display, "Alice");
  EXPECT_EQ(from->tag, "1928301774");
  EXPECT_EQ(from->uri.port_number, 5070);
  EXPECT_FALSE(message.AddressAt("From", 1));
  EXPECT_FALSE(message.AddressAt("Subject", 0));
}

TEST(Message, WalksParametersInOrder) {
  const Message message = Parsed(kInvite);
  std::vector<std::pair<std::string_view, std::string_view>> found;
  for (const Param& param : message.From()->params()) found.emplace_back(param.name, param.value);
  ASSERT_EQ(found.size(), 3u);
  EXPECT_EQ(found[1], (std::pair<std::string_view, std::string_view>("x", "\"a;b\"")));
  EXPECT_EQ(found[2].first, "y");
  EXPECT_EQ(found[2].second.data(), nullptr);
  for (const Param& param : message.To()->params()) ADD_FAILURE() << param.name;
}

TEST(Message, WalksRangesOverAllLines) {
  const Message message = Parsed(kInvite);
  std::vector<std::string_view> hosts;
  for (const Via& via : message.Vias()) hosts.push_back(via.host);
  EXPECT_EQ(hosts, (std::vector<std::string_view>{"pc33.atlanta.example", "192.0.2.9"}));
  std::vector<std::string_view> users;
  for (const Address& contact : message.Addresses("Contact")) users.push_back(contact.uri.user);
  EXPECT_EQ(users, (std::vector<std::string_view>{"alice", "+12025550100", "alice"}));
  size_t headers = 0;
  for (const Header& header : message.Headers()) headers += header.name.empty() ? 0 : 1;
  EXPECT_EQ(headers, 10u);
  for (const Address& route : message.Addresses("Route")) ADD_FAILURE() << route.text;
}

TEST(Message, ReadsNumbers) {
  const Message message = Parsed(kInvite);
  EXPECT_EQ(message.CSeq()->number, 314159u);
  EXPECT_EQ(message.CSeq()->method, "INVITE");
  EXPECT_EQ(message.Number("Max-Forwards"), 70u);
  EXPECT_FALSE(message.Number("Expires"));
}

TEST(Message, SaysWhyItRefuses) {
  Message message = Message::Create().value();
  EXPECT_EQ(message.Parse("hello"), Status(StatusCode::kMalformed));
  ASSERT_TRUE(message.error());
  EXPECT_EQ(message.error()->name(), "start.malformed");
  EXPECT_EQ(message.error()->anomaly_class(), AnomalyClass::kViolation);
  size_t anomalies = 0;
  for (const Anomaly& anomaly : message.Anomalies())
    anomalies += anomaly.sentence().empty() ? 0 : 1;
  EXPECT_GE(anomalies, 1u);
  ParseOptions options;
  options.message_bytes = 100;
  EXPECT_EQ(message.Parse(kInvite, options), Status(StatusCode::kLimit));
}

TEST(Message, ProfilesDiffer) {
  const std::string lf = "OPTIONS sip:a@192.0.2.1 SIP/2.0\n" +
                         std::string(sample::kOptions.substr(sample::kOptions.find("Via")));
  Message message = Message::Create().value();
  EXPECT_TRUE(message.Parse(lf).ok());
  ParseOptions strict;
  strict.profile = Profile::kStrict;
  EXPECT_EQ(message.Parse(lf, strict), Status(StatusCode::kMalformed));
}

TEST(Message, ReadsCredentials) {
  std::string text(sample::kOptions);
  text.insert(text.find("Via"),
              "Authorization: Digest username=\"alice\", realm=\"a.example\", nonce=\"n\"\r\n"
              "Authorization: Bearer abc\r\n");
  const Message message = Parsed(text);
  const auto digest = message.DigestAt("Authorization", 0);
  ASSERT_TRUE(digest);
  EXPECT_EQ(digest->scheme, "Digest");
  EXPECT_EQ(digest->username, "alice");
  EXPECT_EQ(digest->realm, "a.example");
  EXPECT_EQ(digest->response.data(), nullptr);
  std::vector<std::string_view> schemes;
  for (const Digest& each : message.Digests("Authorization")) schemes.push_back(each.scheme);
  EXPECT_EQ(schemes, (std::vector<std::string_view>{"Digest", "Bearer"}));
  EXPECT_FALSE(message.DigestAt("Via", 0));
}

TEST(Message, EveryLeniencyIsASwitch) {
  const std::string lf = "OPTIONS sip:a@192.0.2.1 SIP/2.0\n" +
                         std::string(sample::kOptions.substr(sample::kOptions.find("Via")));
  Message message = Message::Create().value();
  ParseOptions options;
  options.profile = Profile::kStrict;
  EXPECT_TRUE(options.policy.Accept("line.bare_lf"));
  EXPECT_TRUE(message.Parse(lf, options).ok());
  ASSERT_TRUE(message.AnomalyAt(0));
  EXPECT_EQ(message.AnomalyAt(0)->name(), "line.bare_lf");
  EXPECT_TRUE(message.AnomalyAt(0)->refused_in_strict());
  EXPECT_FALSE(message.AnomalyAt(0)->refused_in_tolerant());
  EXPECT_TRUE(options.policy.Refuse("line.bare_lf"));
  options.profile = Profile::kTolerant;
  EXPECT_EQ(message.Parse(lf, options), Status(StatusCode::kMalformed));
  EXPECT_FALSE(options.policy.Accept("start.malformed"));
  EXPECT_FALSE(options.policy.Refuse("no.such_anomaly"));
}

TEST(Message, HasNothingBeforeTheFirstParse) {
  const Message message = Message::Create().value();
  EXPECT_EQ(message.start_line().kind, MessageKind::kNone);
  EXPECT_EQ(message.bytes().data(), nullptr);
  EXPECT_FALSE(message.From());
  EXPECT_FALSE(message.Validate().ok());
}

TEST(Message, MovesWithItsContents) {
  Message message = Parsed(kInvite);
  Message moved = std::move(message);
  EXPECT_EQ(moved.From()->uri.user, "alice");
  Message other = Message::Create().value();
  other = std::move(moved);
  EXPECT_EQ(other.From()->uri.user, "alice");
}

TEST(StreamFramer, CutsAndExplains) {
  StreamFramer framer = StreamFramer::Create().value();
  std::string stream = std::string(kInvite) + "\r\n" + std::string(sample::kOptions);
  stream += "BYE sip:a SIP/2.0\r\nCall-ID: x\r\n\r\n";
  std::vector<std::string> messages;
  std::string_view rest = stream;
  while (!rest.empty()) {
    rest.remove_prefix(framer.Push(rest.substr(0, 100)));
    while (const auto message = framer.Next()) messages.emplace_back(*message);
  }
  ASSERT_EQ(messages.size(), 2u);
  EXPECT_EQ(messages[0], kInvite);
  EXPECT_EQ(messages[1], sample::kOptions);
  ASSERT_TRUE(framer.error());
  EXPECT_EQ(framer.error()->name(), "content_length.missing_on_stream");
}

TEST(StreamFramer, RefusesAnAbsurdLimit) {
  const Result<StreamFramer> framer = StreamFramer::Create(0xFFFFFFFF);
  ASSERT_FALSE(framer.ok());
  EXPECT_EQ(framer.error().status, Status(StatusCode::kArgument));
}

}  // namespace
}  // namespace sipward
