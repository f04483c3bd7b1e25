// Calls, one case at a time.
#include <gtest/gtest.h>

#include "tests/calls/messages.h"
#include "tests/support/allocation_counter.h"

namespace sipward::calls {
namespace {

Sent Invite(Nanos at = 0) { return {.media = "192.0.2.1", .at = at}; }

Sent Answer(int code, Nanos at) {
  return {.code = code,
          .to_tag = code > 100 ? "b" : "",
          .source = "192.0.2.2",
          .destination = "192.0.2.1",
          .media = code >= 200 && code < 300 ? "192.0.2.2" : "",
          .at = at};
}

Sent Bye(bool by_callee, Nanos at) {
  Sent bye{.method = "BYE", .cseq = 2, .to_tag = "b", .at = at};
  if (!by_callee) return bye;
  std::swap(bye.from_tag, bye.to_tag);
  std::swap(bye.source, bye.destination);
  return bye;
}

TEST(Calls, AreBegunAnsweredAndEnded) {
  Watch watch;
  auto seen = watch.Take(Invite(kSecond));
  ASSERT_EQ(NamesOf(seen), "call_start");
  EXPECT_TRUE(seen[0].answers);
  EXPECT_EQ(seen[0].caller, "alice");
  EXPECT_EQ(seen[0].callee, "bob");
  EXPECT_EQ(seen[0].call_id, "c1");
  EXPECT_EQ(seen[0].source, "192.0.2.1");
  EXPECT_EQ(seen[0].media, "192.0.2.1");
  EXPECT_TRUE(watch.Take(Answer(100, kSecond)).empty());
  EXPECT_TRUE(watch.Take(Answer(180, 3 * kSecond)).empty());
  seen = watch.Take(Answer(200, 11 * kSecond));
  ASSERT_EQ(NamesOf(seen), "call_answer");
  EXPECT_EQ(seen[0].ring, 10 * kSecond);
  EXPECT_EQ(seen[0].setup, 2 * kSecond);
  EXPECT_FALSE(seen[0].downgraded);
  EXPECT_TRUE(watch.Take({.method = "ACK", .to_tag = "b", .at = 11 * kSecond}).empty());
  seen = watch.Take(Bye(false, 71 * kSecond));
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_FALSE(seen[0].answers) << "what has happened is not refused";
  EXPECT_TRUE(seen[0].answered);
  EXPECT_EQ(seen[0].duration, kMinute);
  EXPECT_EQ(seen[0].ring, 10 * kSecond);
  EXPECT_EQ(seen[0].code, 200);
  EXPECT_EQ(seen[0].ended_by, "caller");
  EXPECT_TRUE(watch.PassTime(kDay).empty());
}

TEST(Calls, EndByWhoHangsUp) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(200, kSecond));
  const auto seen = watch.Take(Bye(true, 2 * kSecond));
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].ended_by, "callee");
  EXPECT_EQ(seen[0].source, "192.0.2.1") << "a call's events are the caller's";
}

TEST(Calls, RefusedAreNotAnswered) {
  for (const int code : {302, 404, 486, 503, 603}) {
    Watch watch;
    watch.Take(Invite());
    const auto seen = watch.Take(Answer(code, 2 * kSecond));
    ASSERT_EQ(NamesOf(seen), "call_end") << code;
    EXPECT_FALSE(seen[0].answered);
    EXPECT_EQ(seen[0].code, code);
    EXPECT_EQ(seen[0].duration, 0);
    EXPECT_EQ(seen[0].ring, 2 * kSecond);
    EXPECT_EQ(seen[0].ended_by, "callee");
    EXPECT_TRUE(watch.Take(Answer(code, 3 * kSecond)).empty()) << "sent again";
  }
}

TEST(Calls, AreCancelled) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(180, kSecond));
  EXPECT_TRUE(watch.Take({.method = "CANCEL", .at = 2 * kSecond}).empty());
  const auto seen = watch.Take(Answer(487, 2 * kSecond));
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].code, 487);
  EXPECT_EQ(seen[0].ended_by, "caller");
}

TEST(Calls, AreCancelledTooLate) {
  Watch watch;
  watch.Take(Invite());
  watch.Take({.method = "CANCEL", .at = kSecond});
  EXPECT_EQ(NamesOf(watch.Take(Answer(200, kSecond))), "call_answer");
  const auto seen = watch.Take(Bye(false, 5 * kSecond));
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_TRUE(seen[0].answered);
}

TEST(Calls, WhoseCancelNobodyAnswersEnd) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(180, kSecond));
  watch.Take({.method = "CANCEL", .at = 2 * kSecond});
  EXPECT_TRUE(watch.PassTime(33 * kSecond).empty());
  const auto seen = watch.PassTime(34 * kSecond);
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].code, 487);
  EXPECT_EQ(seen[0].ended_by, "caller");
}

TEST(Calls, GoOnWithCredentials) {
  Watch watch;
  watch.Take(Invite());
  EXPECT_TRUE(watch.Take(Answer(407, 0)).empty());
  Sent again = Invite(kSecond);
  again.cseq = 2;
  EXPECT_TRUE(watch.Take(again).empty()) << "the same call";
  Sent answer = Answer(200, 3 * kSecond);
  answer.cseq = 2;
  EXPECT_EQ(NamesOf(watch.Take(answer)), "call_answer");
}

TEST(Calls, AreAnothersOnceTheHostKnowsWhose) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(407, 0));
  Sent again = Invite(kSecond);
  again.cseq = 2;
  again.authenticated = true;
  again.account = "alice";
  const auto seen = watch.Take(again);
  ASSERT_EQ(NamesOf(seen), "call_end call_start");
  EXPECT_EQ(seen[0].code, 407);
  EXPECT_EQ(seen[0].account, "");
  EXPECT_EQ(seen[1].account, "alice");
  EXPECT_TRUE(seen[1].proven);
}

TEST(Calls, ThatAreNeverAuthenticatedEnd) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(401, kSecond));
  const auto seen = watch.PassTime(kMinute);
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].code, 401);
  EXPECT_FALSE(seen[0].answered);
}

TEST(Calls, ThatForkEndOnce) {
  Watch watch;
  watch.Take(Invite());
  Sent ringing = Answer(180, kSecond);
  watch.Take(ringing);
  ringing.to_tag = "c";
  watch.Take(ringing);
  EXPECT_EQ(NamesOf(watch.Take(Answer(200, 2 * kSecond))), "call_answer");
  Sent second = Answer(200, 2 * kSecond);
  second.to_tag = "c";
  EXPECT_TRUE(watch.Take(second).empty()) << "another leg of the same call";
  Sent bye = Bye(false, 3 * kSecond);
  bye.to_tag = "c";
  EXPECT_TRUE(watch.Take(bye).empty()) << "one leg leaves";
  const auto seen = watch.Take(Bye(false, 9 * kSecond));
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].duration, 7 * kSecond);
}

TEST(Calls, AreOneHoweverOftenAnInviteComes) {
  Watch watch;
  EXPECT_EQ(watch.Take(Invite()).size(), 1u);
  EXPECT_TRUE(watch.Take(Invite(500 * kMillisecond)).empty());
  Sent onward = Invite(kSecond);  // the proxy sends it on
  onward.source = "192.0.2.2";
  onward.destination = "192.0.2.3";
  EXPECT_TRUE(watch.Take(onward).empty());
  Sent answer = Answer(200, 2 * kSecond);
  answer.source = "192.0.2.3";
  answer.destination = "192.0.2.2";
  EXPECT_EQ(NamesOf(watch.Take(answer)), "call_answer");
  EXPECT_TRUE(watch.Take(Answer(200, 2 * kSecond)).empty());
  Sent bye = Bye(true, 5 * kSecond);  // from the phone behind the proxy
  bye.source = "192.0.2.3";
  EXPECT_EQ(NamesOf(watch.Take(bye)), "call_end");
}

TEST(Calls, MayFollowUnderTheSameName) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(486, kSecond));
  EXPECT_TRUE(watch.Take(Invite(2 * kSecond)).empty()) << "late, not again";
  Sent next = Invite(3 * kSecond);
  next.cseq = 2;
  EXPECT_EQ(NamesOf(watch.Take(next)), "call_start");
}

TEST(Calls, ThatNothingEndsAreEndedByTime) {
  Watch watch;
  watch.Take(Invite());
  auto seen = watch.PassTime(kAnswerTime);
  ASSERT_EQ(NamesOf(seen), "call_end") << "nobody answers at all";
  EXPECT_EQ(seen[0].code, 408);
  EXPECT_EQ(seen[0].ring, kAnswerTime);
  EXPECT_EQ(seen[0].ended_by, "nobody");

  Sent invite = Invite(kHour);
  invite.call_id = "c2";
  watch.Take(invite);
  Sent answer = Answer(200, kHour + kSecond);
  answer.call_id = "c2";
  watch.Take(answer);
  Sent ack{.method = "ACK", .call_id = "c2", .to_tag = "b", .at = kHour + kMinute};
  watch.Take(ack);
  EXPECT_TRUE(watch.PassTime(4 * kHour).empty());
  seen = watch.PassTime(6 * kHour);
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].duration, 59 * kSecond) << "as long as there was a sign of it";
  EXPECT_EQ(watch.tracker().counts().lost, 2u);
}

// RFC 4028.
TEST(Calls, WithASessionTimerEndSooner) {
  Watch watch;
  watch.Take(Invite());
  Sent answer = Answer(200, kSecond);
  answer.extra = "Session-Expires: 1800;refresher=uac\r\n";
  watch.Take(answer);
  EXPECT_TRUE(watch.PassTime(30 * kMinute).empty());
  EXPECT_EQ(NamesOf(watch.PassTime(31 * kMinute)), "call_end");
}

TEST(Calls, WithASessionTimerGoOnWhenRefreshed) {
  Watch watch;
  watch.Take(Invite());
  Sent answer = Answer(200, kSecond);
  answer.extra = "Session-Expires: 90\r\n";
  watch.Take(answer);
  for (Nanos at = kMinute; at < kHour; at += kMinute) {
    ASSERT_TRUE(watch.PassTime(at).empty());
    watch.Take({.method = "UPDATE", .cseq = 5, .to_tag = "b", .at = at});
  }
  EXPECT_EQ(NamesOf(watch.Take(Bye(false, kHour))), "call_end");
}

TEST(Calls, AreSeenByTheirAnswersAlone) {
  Watch watch;
  auto seen = watch.Take(Answer(180, kSecond));
  ASSERT_EQ(NamesOf(seen), "call_start");
  EXPECT_FALSE(seen[0].answers);
  EXPECT_EQ(seen[0].source, "192.0.2.1") << "who is answered has called";
  EXPECT_EQ(seen[0].callee, "bob");
  EXPECT_EQ(NamesOf(watch.Take(Answer(200, 2 * kSecond))), "call_answer");
  EXPECT_EQ(NamesOf(watch.Take(Bye(true, 3 * kSecond))), "call_end");
}

// Behind a proxy, whose INVITE nobody saw: the answer that it passes on says who called.
TEST(Calls, AreSeenByTheirAnswersOnEitherSideOfAProxy) {
  Watch watch;
  Sent far = Answer(180, kSecond);
  far.source = "192.0.2.3";
  far.destination = "192.0.2.2";
  watch.Take(far);
  EXPECT_FALSE(watch.Look(Bye(false, kSecond)).party);
  watch.Take(Answer(180, kSecond));
  EXPECT_TRUE(watch.Look(Bye(false, kSecond)).party);
  Sent stranger = Answer(481, 2 * kSecond);
  stranger.destination = "203.0.113.9";
  watch.Take(stranger);
  Sent forged = Bye(false, 3 * kSecond);
  forged.source = "203.0.113.9";
  EXPECT_FALSE(watch.Look(forged).party) << "being refused gives nobody a part";
}

TEST(Calls, OfWhichOnlyTheEndIsSeenAreNone) {
  Watch watch;
  EXPECT_TRUE(watch.Take(Bye(true, 3 * kSecond)).empty());
  EXPECT_TRUE(watch.Take({.method = "CANCEL"}).empty());
  EXPECT_TRUE(watch.Take({.method = "ACK", .to_tag = "b"}).empty());
  EXPECT_TRUE(watch.Take(Answer(486, 0)).empty());
  EXPECT_TRUE(watch.PassTime(kDay).empty());
}

// RFC 3261 section 15.1.2: whether the other side believes it, its answer says.
TEST(Calls, AreNotEndedByAStranger) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(200, kSecond));
  Sent forged = Bye(false, 10 * kSecond);
  forged.source = "203.0.113.9";
  EXPECT_FALSE(watch.Look(forged).party);
  EXPECT_TRUE(watch.Look(forged).known);
  EXPECT_TRUE(watch.Take(forged).empty());
  Sent refused = Answer(403, 10 * kSecond);
  refused.method = "BYE";
  refused.cseq = 2;
  refused.destination = "203.0.113.9";
  EXPECT_TRUE(watch.Take(refused).empty());
  EXPECT_TRUE(watch.PassTime(2 * kMinute).empty()) << "the call goes on";
  EXPECT_TRUE(watch.Take(forged).empty());
  Sent believed = refused;
  believed.code = 200;
  const auto seen = watch.Take(believed);
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].duration, 9 * kSecond);
}

TEST(Calls, AreReplayed) {
  Watch watch;
  EXPECT_FALSE(watch.Look(Invite()).known);
  watch.Take(Invite());
  watch.Take(Answer(486, kSecond));
  EXPECT_FALSE(watch.Look(Invite(2 * kSecond)).replayed) << "sent again by who has part in it";
  Sent replayed = Invite(2 * kSecond);
  replayed.source = "203.0.113.9";
  EXPECT_TRUE(watch.Look(replayed).replayed);
  EXPECT_TRUE(watch.Take(replayed).empty());
}

TEST(Calls, MediaThatMoveAreTold) {
  Watch watch;
  watch.Take(Invite());
  watch.Take(Answer(200, kSecond));
  Sent again{.method = "INVITE", .cseq = 2, .to_tag = "b", .media = "192.0.2.1", .at = kMinute};
  EXPECT_TRUE(watch.Take(again).empty()) << "where they went before";
  again.cseq = 3;
  again.media = "0.0.0.0";
  EXPECT_TRUE(watch.Take(again).empty()) << "on hold";
  again.cseq = 4;
  again.media = "203.0.113.50";
  auto seen = watch.Take(again);
  ASSERT_EQ(NamesOf(seen), "media_change");
  EXPECT_TRUE(seen[0].answers);
  EXPECT_EQ(seen[0].media, "203.0.113.50");
  EXPECT_EQ(seen[0].media_before, "192.0.2.1");
  Sent answer = Answer(200, kMinute);
  answer.cseq = 4;
  answer.media = "198.51.100.7";
  seen = watch.Take(answer);
  ASSERT_EQ(NamesOf(seen), "media_change") << "of the called side, by its answer";
  EXPECT_EQ(seen[0].media_before, "192.0.2.2");
}

TEST(Calls, MediaThatAreNoLongerEncryptedAreTold) {
  Watch watch;
  Sent invite = Invite();
  invite.protocol = "RTP/SAVP";
  watch.Take(invite);
  const auto seen = watch.Take(Answer(200, kSecond));
  ASSERT_EQ(NamesOf(seen), "call_answer");
  EXPECT_TRUE(seen[0].downgraded);

  Watch secure;
  secure.Take(invite);
  Sent answer = Answer(200, kSecond);
  answer.protocol = "RTP/SAVP";
  EXPECT_FALSE(secure.Take(answer).at(0).downgraded);
  Sent update{.method = "UPDATE", .cseq = 2, .to_tag = "b", .media = "192.0.2.1", .at = kMinute};
  const auto moved = secure.Take(update);
  ASSERT_EQ(NamesOf(moved), "media_change");
  EXPECT_TRUE(moved[0].downgraded);
}

TEST(Calls, RefusedByARuleAreOver) {
  Watch watch;
  ASSERT_EQ(NamesOf(watch.Take(Invite())), "call_start");
  const auto seen = watch.Refuse(403);
  ASSERT_EQ(NamesOf(seen), "call_end");
  EXPECT_EQ(seen[0].code, 403);
  EXPECT_TRUE(watch.Take(Answer(403, kSecond)).empty());
  EXPECT_TRUE(watch.PassTime(kDay).empty());
}

TEST(Calls, OfEmergencyStayEmergencies) {
  Watch watch;
  EXPECT_TRUE(watch.Take(Invite(), true).at(0).emergency);
  watch.Take(Answer(200, kSecond));
  EXPECT_TRUE(watch.Take(Bye(false, kMinute)).at(0).emergency);
}

TEST(Calls, HoldTextsThatHaveRoom) {
  Watch watch;
  Sent invite = Invite();
  invite.call_id = std::string(100, 'c');
  invite.account = std::string(60, 'x');
  const auto seen = watch.Take(invite);
  EXPECT_EQ(seen.at(0).call_id, invite.call_id);
  EXPECT_EQ(seen.at(0).account, "") << "left out, not cut";
  EXPECT_EQ(seen.at(0).caller, "alice");
}

TEST(Calls, AllocateNothing) {
  Watch watch;
  const Sent invite = Invite();
  watch.Take(invite);
  const std::string bytes = TextOf(invite);
  sip::Message message;
  facts::HostEvent event;
  facts::Packet packet;
  packet.bytes = bytes;
  packet.source = *IpAddress::Parse("192.0.2.1");
  message.Parse(bytes, sip::ParseOptions{});
  message.Validate();
  bool answers = false;
  const uint64_t before = allocation_count();
  for (int i = 0; i < 100; ++i) {
    packet.monotonic = i * kHour;  // the one before is lost each time
    watch.tracker().Take(message, packet, false);
    while (watch.tracker().Next(&event, &answers)) event.Get(facts::FieldId::kCallerNumber);
    watch.tracker().PassTime(packet.monotonic, 0);
  }
  EXPECT_EQ(allocation_count(), before);
}

}  // namespace
}  // namespace sipward::calls
