// What is kept of a call, and of a request that waits for its answer: plain bytes in the state's
// records.
#ifndef SIPWARD_CALLS_RECORDS_H_
#define SIPWARD_CALLS_RECORDS_H_

#include <array>
#include <cstdint>
#include <cstring>
#include <type_traits>

#include "base/ip.h"
#include "base/time.h"
#include "calls/text_room.h"
#include "facts/facts.h"
#include "state/state.h"

namespace sipward::calls {

enum class CallState : uint8_t {
  kCalling,     // an INVITE was seen
  kRinging,     // and an answer above 100
  kChallenged,  // and the question for credentials: the same call goes on if they come
  kAnswered,    // and a 2xx
  kHangingUp,   // and a BYE from a host that has no part in the call, which nobody accepted yet
  kOver,        // kept for a while, so that what comes late begins no other call
};

enum class EndedBy : uint8_t { kNobody, kCaller, kCallee };

// Who asked, as it was when the call began: all its events are that party's.
struct Asker {
  IpAddress source;
  uint16_t source_port;
  uint8_t transport, direction;
  bool registered, authenticated, proven;

  static Asker Of(const facts::Packet& packet);
};

struct CallRecord {
  static constexpr size_t kLegs = 4;
  static constexpr size_t kHosts = 6;
  enum Text : uint8_t { kCallId, kAccount, kCaller, kCallee, kTrunk, kTexts };

  // In the region's own time; 0: it did not happen.
  Nanos started, rang, answered, seen;
  Asker asker;
  IpAddress caller_media, callee_media;
  uint32_t cseq;             // of the INVITE
  uint32_t session_seconds;  // RFC 4028; 0: no session timer
  uint16_t code;             // of the latest final answer to the INVITE
  CallState state;
  EndedBy ended_by;
  bool was_answered, tried, rung, cancelled, emergency, caller_secure, callee_secure;
  bool half_seen;  // its INVITE was not
  uint8_t leg_count, host_count;
  std::array<uint32_t, kLegs> legs;    // who answered: keyed hashes of their tags
  std::array<uint32_t, kHosts> hosts;  // that messages came from and went to: keyed hashes
  TextRoom<kTexts, 120> texts;
  // Behind all else: records of before, as a snapshot may hold them, have nothing there.
  uint64_t agent;  // keyed hash of the INVITE's User-Agent; 0: none, or nobody asks for it
};

struct RequestRecord {
  enum Text : uint8_t { kAor, kUser, kRealm, kContact, kAccount, kUserAgent, kTexts };

  Asker asker;
  int32_t expires;  // -1: not said
  uint16_t contacts;
  bool has_credentials, nonce_known, answered;
  TextRoom<kTexts, 240> texts;
};

template <class T>
void Store(const T& value, state::Record* record) {
  static_assert(std::is_trivially_copyable_v<T> && sizeof(T) <= state::kRecordBytes);
  std::memcpy(record->bytes.data(), &value, sizeof value);
}

template <class T>
T Load(const state::Record& record) {
  T value;
  std::memcpy(static_cast<void*>(&value), record.bytes.data(), sizeof value);
  return value;
}
// These as well, for bytes that may be anybody's: what would leave arithmetic is put right.
CallRecord LoadCall(const state::Record& record);

}  // namespace sipward::calls

#endif  // SIPWARD_CALLS_RECORDS_H_
