// Every call ends exactly once, whatever becomes of its messages on the way: held against a model
// that keeps every call for ever.
#include <gtest/gtest.h>

#include <algorithm>
#include <map>
#include <random>
#include <string>
#include <vector>

#include "tests/calls/messages.h"

namespace sipward::calls {
namespace {

struct Script {
  std::vector<Sent> sent;  // as it would be without trouble
};

class Story {
 public:
  Story(int number, uint64_t seed) : id_("call" + std::to_string(number)), random_(seed) {}

  Script Tell(Nanos begin) {
    at_ = begin;
    Request("INVITE");
    if (Chance(20)) Twice();
    Answer(100);
    if (Chance(30)) Challenge();
    if (Chance(70)) {
      Wait(2);
      Answer(180);
    }
    Wait(8);
    const int fate = static_cast<int>(random_() % 10);
    if (fate < 5) {
      Talk();
    } else if (fate < 7) {
      Answer(486);
      Request("ACK", true);
    } else if (fate < 9) {
      Request("CANCEL");
      Answer(487);
    }  // else nothing ends it
    return {std::move(sent_)};
  }

 private:
  bool Chance(unsigned percent) { return random_() % 100 < percent; }
  void Wait(int seconds) {
    at_ += static_cast<Nanos>(random_() % static_cast<uint64_t>(seconds * kSecond));
  }
  void Twice() { sent_.push_back(sent_.back()); }
  Sent Base() {
    at_ += kMillisecond;
    return {.call_id = id_, .cseq = cseq_, .at = at_};
  }
  void Request(const char* method, bool in_dialog = false, bool by_callee = false) {
    Sent sent = Base();
    sent.method = method;
    if (in_dialog) sent.to_tag = "b";
    if (by_callee) {
      std::swap(sent.from_tag, sent.to_tag);
      std::swap(sent.source, sent.destination);
    }
    sent_.push_back(sent);
  }
  void Answer(int code) {
    Sent sent = Base();
    sent.code = code;
    if (code > 100) sent.to_tag = "b";
    std::swap(sent.source, sent.destination);
    sent_.push_back(sent);
  }
  void Challenge() {
    Answer(407);
    Request("ACK", true);
    ++cseq_;
    Request("INVITE");
    Answer(100);
  }
  void Talk() {
    Answer(200);
    if (Chance(20)) Twice();
    Request("ACK", true);
    Wait(40);
    if (Chance(20)) {
      ++cseq_;
      Request("UPDATE", true);
      Wait(5);
    }
    ++cseq_;
    Request("BYE", true, Chance(50));
  }

  std::string id_;
  std::mt19937_64 random_;
  Nanos at_ = 0;
  uint32_t cseq_ = 1;
  std::vector<Sent> sent_;
};

// What was told of one call.
struct Told {
  int starts = 0, answers = 0, ends = 0;
  bool open = false, wrong = false;

  void Take(const Seen& seen) {
    switch (seen.kind) {
      case facts::EventKind::kCallStart:
        wrong |= open;
        open = true;
        ++starts;
        break;
      case facts::EventKind::kCallAnswer:
        wrong |= !open;
        ++answers;
        break;
      case facts::EventKind::kCallEnd:
        wrong |= !open;
        wrong |= seen.duration < 0 || seen.ring < 0 || (!seen.answered && seen.duration != 0);
        open = false;
        ++ends;
        break;
      default:
        wrong = true;
    }
  }
};

struct Trouble {
  unsigned loss = 0, again = 0;  // percent
  Nanos delay = 0;               // at most
};

std::map<std::string, Told> Play(const std::vector<Script>& scripts, const Trouble& trouble,
                                 uint64_t seed, std::map<std::string, Seen>* ends) {
  std::mt19937_64 random(seed);
  const auto late = [&] {
    return trouble.delay == 0 ? 0
                              : static_cast<Nanos>(random() % static_cast<uint64_t>(trouble.delay));
  };
  std::vector<Sent> all;
  for (const Script& script : scripts) {
    for (Sent sent : script.sent) {
      const Nanos at = sent.at;
      do {
        sent.at = at + late();
        if (random() % 100 >= trouble.loss) all.push_back(sent);
      } while (random() % 100 < trouble.again);
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Sent& a, const Sent& b) { return a.at < b.at; });
  Watch watch(4 * static_cast<uint32_t>(scripts.size()));
  std::map<std::string, Told> told;
  const auto take = [&](const std::vector<Seen>& events) {
    for (const Seen& seen : events) {
      told[seen.call_id].Take(seen);
      if (seen.kind == facts::EventKind::kCallEnd && ends != nullptr) (*ends)[seen.call_id] = seen;
    }
  };
  for (const Sent& sent : all) take(watch.Take(sent));
  take(watch.PassTime(all.back().at + kDay));
  EXPECT_EQ(watch.tracker().counts().untracked, 0u);
  EXPECT_EQ(watch.tracker().counts().given_up, 0u);
  return told;
}

std::vector<Script> Scripts(int count, uint64_t seed) {
  std::vector<Script> scripts;
  std::mt19937_64 random(seed);
  for (int i = 0; i < count; ++i) {
    const auto begin = static_cast<Nanos>(random() % static_cast<uint64_t>(20 * kSecond));
    scripts.push_back(Story(i, random()).Tell(begin));
  }
  return scripts;
}

TEST(Disorder, EveryCallBeginsAndEndsExactlyOnce) {
  constexpr int kCalls = 600;
  int repeated = 0, lost = 0;
  for (uint64_t seed = 1; seed <= 8; ++seed) {
    const auto scripts = Scripts(kCalls, seed);
    const Trouble troubles[] = {{},
                                {.loss = 20},
                                {.again = 30},
                                {.delay = 2 * kSecond},
                                {.loss = 30, .again = 30, .delay = 5 * kSecond}};
    for (const Trouble& trouble : troubles) {
      const auto told = Play(scripts, trouble, seed * 31, nullptr);
      for (const auto& [id, call] : told) {
        ASSERT_FALSE(call.wrong) << id << " seed " << seed;
        ASSERT_EQ(call.starts, call.ends) << id << " seed " << seed;
        ASSERT_LE(call.answers, call.starts) << id;
        // A second INVITE may be the next call, where what ended the first came before it.
        ASSERT_LE(call.starts, 2) << id << " seed " << seed;
        repeated += call.starts - 1;
      }
      lost += kCalls - static_cast<int>(told.size());
      if (trouble.loss == 0) {
        ASSERT_EQ(told.size(), size_t{kCalls});
      }
    }
  }
  EXPECT_GT(lost, 0) << "of some not one message arrived that begins a call";
  EXPECT_LT(repeated, 400);
}

// What the scripts say of themselves, without trouble on the way.
TEST(Disorder, UndisturbedCallsAreAsTheyWere) {
  const auto scripts = Scripts(2000, 77);
  std::map<std::string, Seen> ends;
  const auto told = Play(scripts, {}, 1, &ends);
  ASSERT_EQ(told.size(), scripts.size());
  int answered = 0, refused = 0, cancelled = 0, lost = 0;
  for (const Script& script : scripts) {
    const std::string& id = script.sent.front().call_id;
    Nanos begin = script.sent.front().at, answer = -1, bye = -1;
    int code = 0;
    bool cancel = false;
    for (const Sent& sent : script.sent) {
      if (sent.code == 200 && answer < 0) answer = sent.at;
      if (sent.code > 200 && sent.code != 407) code = sent.code;
      if (sent.method == "BYE") bye = sent.at;
      cancel |= sent.method == "CANCEL";
    }
    const Seen& end = ends.at(id);
    ASSERT_EQ(told.at(id).starts, 1);
    ASSERT_EQ(end.answered, answer >= 0) << id;
    if (answer >= 0) {
      ASSERT_EQ(end.duration, bye - answer) << id;
      ASSERT_EQ(end.ring, answer - begin) << id;
      ++answered;
    } else if (code != 0) {
      ASSERT_EQ(end.code, code) << id;
      ASSERT_EQ(end.ended_by, cancel ? "caller" : "callee") << id;
      ++(cancel ? cancelled : refused);
    } else {
      ASSERT_EQ(end.ended_by, "nobody") << id;
      ++lost;
    }
  }
  EXPECT_GT(std::min({answered, refused, cancelled, lost}), 50);
}

}  // namespace
}  // namespace sipward::calls
