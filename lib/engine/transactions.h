// Messages that are sent again because no answer came (RFC 3261 section 17): they are counted once,
// and get the answer of the first. And messages that wait for the check of their identity: the same
// entries tell whether that was done.
#ifndef SIPWARD_ENGINE_TRANSACTIONS_H_
#define SIPWARD_ENGINE_TRANSACTIONS_H_

#include <cstdint>

#include "base/hash.h"
#include "engine/generation.h"
#include "engine/tables.h"
#include "engine/verdict.h"
#include "facts/facts.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

// Over UDP a request is repeated for 64 * T1, that is 32 seconds, at ever longer intervals: 10
// times at most (timer E, section 17.1.2.2). More of the same is no retransmission but a flood, and
// counts.
inline constexpr Nanos kTransactionTime = 32 * kSecond;
inline constexpr uint32_t kMostRetransmissions = 10;

// One message among those of its transaction.
struct Transaction {
  bool known = false;  // messages of the same transaction are known by the key
  bool again = false;  // the message is a retransmission
  Hash128 key;
  uint64_t answer = 0;  // what Remember kept of the first
};

// Counts the message in. To be the same, two messages must come from one address and port over UDP
// and agree in the start line, the first Via, From, To, Call-ID, CSeq and the credentials.
Transaction Join(const sip::Message& message, const facts::Packet& packet, state::Region& region,
                 const EngineTables& tables);

// Lets the message wait, and gives its ticket, which is never 0: that of every retransmission, and
// of a message over a connection its own.
uint64_t Wait(const sip::Message& message, const facts::Packet& packet, state::Region& region,
              const EngineTables& tables, Transaction* transaction);
// The transaction of a message that waited under this ticket; not known if it is not the message's.
Transaction Return(const sip::Message& message, const facts::Packet& packet, uint64_t ticket,
                   state::Region& region, const EngineTables& tables);
// Counts a message into the second stage. True: it, or one that it repeats, was there before.
bool WasInSecondStage(const Transaction& transaction, Nanos now, state::Region& region,
                      const EngineTables& tables);

// Keeps what a message was answered, if it is more than a flag, and whether it was `resumed`, or
// checked at once: its identity is known, so that what is sent again need not ask for it.
void Remember(const Transaction& transaction, const Verdict& verdict, bool resumed, Nanos now,
              state::Region& region, const EngineTables& tables);
bool WasResumed(const Transaction& transaction);
// Lets a retransmission, or what is resumed, have no milder answer than the message had before:
// what a rule read then may read otherwise now. The reason phrase is not kept.
void Recall(const Transaction& transaction, const Generation& generation, Verdict* verdict);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_TRANSACTIONS_H_
