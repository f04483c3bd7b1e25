#include "engine/response_times.h"

#include "base/plain.h"

namespace sipward::engine {
namespace {

using analytics::Method;

Method MethodOf(sip::Method method) {
  switch (method) {
    case sip::Method::kInvite:
      return Method::kInvite;
    case sip::Method::kRegister:
      return Method::kRegister;
    case sip::Method::kOptions:
      return Method::kOptions;
    default:
      return Method::kOther;
  }
}

Hash128 KeyOf(sip::Message& message, const HashSecret& secret) {
  const char* base = message.bytes().data();
  const sip::Cseq& cseq = message.cseq();
  // Branches of before RFC 3261 may be anything, so the rest of what an answer repeats is with it.
  struct {
    uint64_t branch, call_id, number, method;
  } const parts{KeyedHash64(secret, message.vias().front().branch.In(base)),
                KeyedHash64(secret, message.call_id().In(base)), cseq.number,
                cseq.method == sip::Method::kOther ? KeyedHash64(secret, cseq.method_text.In(base))
                                                   : static_cast<uint64_t>(cseq.method)};
  return KeyedHash128(secret, BytesOf(parts));
}

// A time as the number that the table keeps, where 0 is none: one in 2^64 is a nanosecond late.
uint64_t Pack(Nanos now) { return now == 0 ? 1 : static_cast<uint64_t>(now); }

}  // namespace

Exchange TakeExchange(sip::Message& message, Nanos now, state::Region& region,
                      state::Region::Table table) {
  Exchange exchange;
  if (!message.cseq().number_valid || message.vias().empty()) return exchange;
  if (message.cseq().method == sip::Method::kAck) return exchange;
  exchange.method = MethodOf(message.cseq().method);
  const Hash128 key = KeyOf(message, region.secret());
  if (message.is_request()) {
    exchange.begins = region.Repeat(table, key, now).before == 0;
    if (exchange.begins) region.SetNote(table, key, Pack(now), now);
    return exchange;
  }
  if (!message.is_response()) return exchange;
  const uint64_t since = region.ReadRepeats(table, key, now).note;
  if (since == 0) return exchange;
  region.SetNote(table, key, 0, now);  // those that follow are not the first
  Nanos time = 0;
  if (!__builtin_sub_overflow(now, static_cast<Nanos>(since), &time) && time >= -1) {
    exchange.time = time < 0 ? 0 : time;
  }
  return exchange;
}

}  // namespace sipward::engine
