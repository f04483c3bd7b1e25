#include "records/interpret.h"

#include <algorithm>
#include <cstdlib>

#include "base/ascii.h"
#include "records/outcome.h"
#include "records/party.h"

namespace sipward::records {
namespace {

constexpr Nanos kMostCall = 31 * kDay;
// What times and durations that are rounded each for themselves may differ by.
constexpr Nanos kRounding = 2 * kSecond;

struct Times {
  Nanos start = 0, answer = 0, end = 0;  // 0: not known
  Nanos total = 0, talk = 0;
  bool has_total = false, has_talk = false;
};

Reason ReadTimes(const Values& values, TimeReader* times, Times* out) {
  const auto time = [&](Column column, Nanos* to) {
    return times->Time(values[column], to) != Read::kBad;
  };
  if (!time(Column::kStart, &out->start) || !time(Column::kAnswer, &out->answer) ||
      !time(Column::kEnd, &out->end)) {
    return Reason::kTime;
  }
  const Read total = Duration(values[Column::kDuration], &out->total);
  const Read talk = Duration(values[Column::kBillsec], &out->talk);
  if (total == Read::kBad || talk == Read::kBad) return Reason::kDuration;
  if (out->total < 0 || out->talk < 0) return Reason::kNegative;
  out->has_total = total == Read::kOk;
  out->has_talk = talk == Read::kOk;
  return Reason::kNone;
}

// The two times lie `duration` apart. Local time jumps by an hour twice a year.
bool Agree(Nanos from, Nanos to, Nanos duration) {
  const Nanos difference = std::abs(to - from - duration);
  return difference <= kRounding || std::abs(difference - kHour) <= kRounding;
}

// A long call is believed if its times say the same: trunks that stay open do last for days, and
// are worth a look. A number alone may be anything.
bool Long(const Times& times) {
  const Nanos longest = std::max(times.total, times.talk);
  if (longest <= kDay) return false;
  if (longest > kMostCall || times.end == 0) return true;
  const bool total =
      times.total <= kDay || (times.start != 0 && Agree(times.start, times.end, times.total));
  const Nanos from = times.answer != 0 ? times.answer : times.start;
  const bool talk = times.talk <= kDay || (from != 0 && Agree(from, times.end, times.talk));
  return !total || !talk;
}

// The end lies before the beginning, and not because local time went back by an hour.
bool OutOfOrder(const Times& times) {
  const auto before = [&](Nanos from, Nanos to) {
    if (from == 0 || to == 0 || to >= from) return false;
    const bool known = times.has_total || times.has_talk;
    return !known || from - to > kHour;
  };
  return before(times.start, times.end) || before(times.answer, times.end) ||
         before(times.start, times.answer);
}

// What is missing and follows from the rest.
Reason Complete(Times* times) {
  if (times->start == 0 && times->answer != 0) times->start = times->answer;
  if (times->start == 0 && times->end != 0 && (times->has_total || times->has_talk)) {
    times->start = times->end - std::max(times->total, times->talk);
  }
  if (times->start == 0) return Reason::kNoStart;
  if (OutOfOrder(*times)) return Reason::kOrder;
  if (Long(*times)) return Reason::kLong;
  const Nanos since_start = times->end - times->start;
  if (!times->has_total && times->end != 0 && since_start > kMostCall) return Reason::kLong;
  return Reason::kNone;
}

// From the answer to the end, of a call that was answered.
Nanos TalkOf(const Times& times) {
  if (times.has_talk) return times.talk;
  if (times.answer != 0 && times.end != 0) return std::max<Nanos>(times.end - times.answer, 0);
  if (times.has_total) {
    const Nanos ring = times.answer == 0 ? 0 : std::max<Nanos>(times.answer - times.start, 0);
    return std::max<Nanos>(times.total - ring, 0);
  }
  return times.end == 0 ? 0 : std::max<Nanos>(times.end - times.start, 0);
}

Nanos RingOf(const Times& times, bool answered) {
  if (answered && times.answer >= times.start && times.answer != 0)
    return times.answer - times.start;
  if (answered) {
    return times.has_total && times.has_talk ? std::max<Nanos>(times.total - times.talk, 0) : 0;
  }
  if (times.has_total) return times.total;
  return times.end == 0 ? 0 : std::max<Nanos>(times.end - times.start, 0);
}

bool WasAnswered(const Values& values, const Times& times, const Outcome& outcome, bool begin) {
  if (outcome.answered != Outcome::Answered::kTimesTell) {
    return outcome.answered == Outcome::Answered::kYes;
  }
  if (times.answer != 0 || times.talk > 0) return true;
  // A record that knows no answers is of a call that was.
  return !begin && !times.has_talk && values[Column::kDisposition].empty() &&
         (times.total > 0 || (!times.has_total && times.end > times.start));
}

Part PartOf(const Values& values, const Times& times) {
  const std::string_view method = values[Column::kMethod];
  if (method.empty()) return Part::kCall;
  if (method == "BYE") return Part::kEnd;
  if (method != "INVITE") return Part::kOther;
  return times.end == 0 && !times.has_total ? Part::kBegin : Part::kCall;
}

Direction DirectionOf(const Values& values) {
  const std::string_view text = values[Column::kDirection];
  for (const std::string_view name : {"inbound", "in", "incoming", "terminating"}) {
    if (EqualsIgnoreCase(text, name)) return Direction::kInbound;
  }
  for (const std::string_view name : {"outbound", "out", "outgoing", "originating"}) {
    if (EqualsIgnoreCase(text, name)) return Direction::kOutbound;
  }
  // Contexts that the usual configurations keep for calls from outside.
  for (const std::string_view name : {"from-trunk", "from-pstn", "from-did-direct", "public"}) {
    if (EqualsIgnoreCase(values[Column::kContext], name)) return Direction::kInbound;
  }
  return Direction::kUnknown;
}

bool IsNumber(std::string_view text) {
  return !text.empty() &&
         std::all_of(text.begin(), text.end(), [](char c) { return IsDigit(c) || c == '+'; });
}

// A channel towards a number goes over a trunk if it has a name: phones are mostly called by their
// number, and one that is called by name is no trunk.
std::string_view TrunkOf(const Values& values, std::string_view callee) {
  if (!values[Column::kTrunk].empty()) return values[Column::kTrunk];
  const std::string_view peer = PeerOf(values[Column::kFarChannel]);
  constexpr size_t kShortestOutside = 7;
  const bool outside = IsNumber(callee) && callee.size() >= kShortestOutside;
  return outside && !IsNumber(peer) ? peer : std::string_view();
}

// A call that came over a trunk is on nobody's account, where the records have accounts.
bool IsNobodys(const Values& values, Direction direction) {
  return direction == Direction::kInbound ||
         (values.IsNamed(Column::kAccount) && !values[Column::kTrunk].empty());
}

void SetParties(const Values& values, Record* out) {
  out->caller = UserOf(values[Column::kCaller]);
  out->caller_name = values[Column::kCallerName];
  if (!values[Column::kClid].empty()) {
    const CallerId id = SplitCallerId(values[Column::kClid]);
    if (out->caller.empty()) out->caller = UserOf(id.number);
    if (out->caller_name.empty()) out->caller_name = id.name;
  }
  out->dialled = UserOf(values[Column::kDialled]);
  out->callee = UserOf(values[Column::kCallee]);
  if (out->callee.empty()) out->callee = out->dialled;
  out->trunk = TrunkOf(values, out->callee);
  out->account = values[Column::kAccount];
  if (out->account.empty()) out->account = PeerOf(values[Column::kChannel]);
  if (out->account.empty() && !IsNobodys(values, out->direction)) out->account = out->caller;
  out->user_agent = values[Column::kUserAgent];
  out->call_id = values[Column::kCallId];
  out->id = values[Column::kId].empty() ? out->call_id : values[Column::kId];
  if (out->call_id.empty()) out->call_id = values[Column::kId];
}

std::optional<IpAddress> SourceOf(std::string_view text) {
  if (text.empty()) return std::nullopt;
  if (text.front() == '[') return IpAddress::Parse(text.substr(1, text.find(']') - 1));
  const size_t colon = text.find(':');
  const bool port = colon != std::string_view::npos && text.find(':', colon + 1) == text.npos;
  return IpAddress::Parse(port ? text.substr(0, colon) : text);
}

Reason SetMoney(const Values& values, Record* out) {
  const auto amount = [&](Column column, std::optional<int64_t>* to) {
    int64_t millionths = 0;
    const Read read = Money(values[column], &millionths);
    if (read == Read::kOk) *to = millionths;
    return read != Read::kBad;
  };
  return amount(Column::kCost, &out->cost) && amount(Column::kPrice, &out->price) ? Reason::kNone
                                                                                  : Reason::kMoney;
}

Outcome OutcomeOf(const Values& values) {
  if (const auto by_code = FindOutcome(values[Column::kCode])) return *by_code;
  return FindOutcome(values[Column::kDisposition]).value_or(Outcome{});
}

}  // namespace

Reason Interpret(const Values& values, TimeReader* reader, Record* out) {
  Times times;
  Reason reason = ReadTimes(values, reader, &times);
  if (reason == Reason::kNone) reason = Complete(&times);
  if (reason == Reason::kNone) reason = SetMoney(values, out);
  if (reason != Reason::kNone) return reason;
  const Outcome outcome = OutcomeOf(values);
  out->part = PartOf(values, times);
  out->answered = WasAnswered(values, times, outcome, out->part == Part::kBegin);
  out->start = times.start;
  out->duration = out->answered ? TalkOf(times) : 0;
  out->ring = RingOf(times, out->answered);
  out->code = outcome.code != 0 || !out->answered ? outcome.code : uint16_t{200};
  out->direction = DirectionOf(values);
  out->source = SourceOf(values[Column::kSourceIp]);
  SetParties(values, out);
  return Reason::kNone;
}

}  // namespace sipward::records
