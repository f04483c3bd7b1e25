#include "engine/transactions.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string_view>

#include "base/plain.h"

namespace sipward::engine {
namespace {

// The parts of a message that a transaction is known by, one after the other, each with its length.
// Long ones are hashed, so that all have room.
class Parts {
 public:
  explicit Parts(const HashSecret& secret) : secret_(secret) {}

  void Add(std::string_view part) {
    const auto size = static_cast<uint32_t>(part.size());
    Append(&size, sizeof size);
    if (part.size() <= kLongest) return Append(part.data(), part.size());
    const Hash128 hash = KeyedHash128(secret_, part);
    Append(&hash, sizeof hash);
  }
  Hash128 Key() const { return KeyedHash128(secret_, {bytes_.data(), used_}); }

 private:
  static constexpr size_t kLongest = 120;
  static constexpr size_t kMost = 11;

  void Append(const void* data, size_t size) {
    if (size != 0) std::memcpy(bytes_.data() + used_, data, size);
    used_ += size;
  }

  const HashSecret& secret_;
  size_t used_ = 0;
  std::array<char, kMost*(sizeof(uint32_t) + kLongest)> bytes_;
};

// An answer as the number that the table keeps: action, SIP code, whether it was resumed, rule.
constexpr uint64_t kResumed = uint64_t{1} << 24;

uint64_t Pack(const VerdictHit& hit, const Verdict& verdict) {
  return static_cast<uint64_t>(verdict.action) | uint64_t{verdict.sip_code} << 8 |
         uint64_t{Generation::NumberOf(*hit.rule)} << 32;
}

// Whether messages of the transaction may come again, as more than another message that says the
// same.
bool IsRepeatable(const sip::Message& message, const facts::Packet& packet) {
  using sip::HeaderId;
  if (packet.transport != facts::Transport::kUdp) return false;
  constexpr std::array kNeeded = {HeaderId::kVia, HeaderId::kCallId, HeaderId::kCseq};
  return std::all_of(kNeeded.begin(), kNeeded.end(),
                     [&](HeaderId id) { return message.Find(id) != nullptr; });
}

// Of what is not repeatable, the time is part of the key: each message is its own.
Hash128 KeyOf(const sip::Message& message, const facts::Packet& packet, bool repeatable,
              const HashSecret& secret) {
  using sip::HeaderId;
  Parts parts(secret);
  const char* base = message.bytes().data();
  parts.Add(BytesOf(packet.source.bytes));
  parts.Add(BytesOf(packet.source_port));
  parts.Add(message.start().text.In(base));
  for (const HeaderId id :
       {HeaderId::kVia, HeaderId::kFrom, HeaderId::kTo, HeaderId::kCallId, HeaderId::kCseq,
        HeaderId::kAuthorization, HeaderId::kProxyAuthorization}) {
    parts.Add(message.ValueOf(id).In(base));
  }
  if (!repeatable) parts.Add(BytesOf(packet.monotonic));
  return parts.Key();
}

uint64_t TicketOf(const Hash128& key) { return std::max<uint64_t>(key.low, 1); }

}  // namespace

Transaction Join(const sip::Message& message, const facts::Packet& packet, state::Region& region,
                 const EngineTables& tables) {
  Transaction transaction;
  if (!IsRepeatable(message, packet)) return transaction;
  transaction.known = true;
  transaction.key = KeyOf(message, packet, true, region.secret());
  const state::Repeats repeats =
      region.Repeat(tables.transactions, transaction.key, packet.monotonic);
  transaction.again = repeats.before > 0 && repeats.before <= kMostRetransmissions;
  transaction.answer = repeats.note;
  return transaction;
}

uint64_t Wait(const sip::Message& message, const facts::Packet& packet, state::Region& region,
              const EngineTables& tables, Transaction* transaction) {
  if (!transaction->known) {
    transaction->known = true;
    transaction->key = KeyOf(message, packet, false, region.secret());
    transaction->answer =
        region.Repeat(tables.transactions, transaction->key, packet.monotonic).note;
  }
  return TicketOf(transaction->key);
}

Transaction Return(const sip::Message& message, const facts::Packet& packet, uint64_t ticket,
                   state::Region& region, const EngineTables& tables) {
  Transaction transaction;
  transaction.key = KeyOf(message, packet, IsRepeatable(message, packet), region.secret());
  transaction.known = TicketOf(transaction.key) == ticket;
  transaction.answer =
      region.ReadRepeats(tables.transactions, transaction.key, packet.monotonic).note;
  return transaction;
}

bool WasInSecondStage(const Transaction& transaction, Nanos now, state::Region& region,
                      const EngineTables& tables) {
  if (!transaction.known) return false;
  struct {
    Hash128 key;
    uint64_t stage;
  } const second{transaction.key, 2};
  const Hash128 key = KeyedHash128(region.secret(), BytesOf(second));
  return region.Repeat(tables.transactions, key, now).before > 0;
}

void Remember(const Transaction& transaction, const Verdict& verdict, bool resumed, Nanos now,
              state::Region& region, const EngineTables& tables) {
  if (!transaction.known) return;
  uint64_t answer = transaction.answer;
  if (verdict.action > Action::kFlag) {
    const auto end = verdict.hits.begin() + verdict.hit_count;
    const auto decided = std::find_if(verdict.hits.begin(), end, [&](const VerdictHit& hit) {
      return hit.action == verdict.action && hit.enforced;
    });
    if (decided != end) answer = Pack(*decided, verdict);
  }
  if (resumed) answer |= kResumed;
  if (answer != transaction.answer)
    region.SetNote(tables.transactions, transaction.key, answer, now);
}

bool WasResumed(const Transaction& transaction) { return (transaction.answer & kResumed) != 0; }

void Recall(const Transaction& transaction, const Generation& generation, Verdict* verdict) {
  const auto action = static_cast<Action>(transaction.answer & 0xFF);
  if (action <= verdict->action || action > Action::kDrop) return;
  verdict->action = action;
  verdict->sip_code = static_cast<uint16_t>(transaction.answer >> 8);
  verdict->sip_reason = {};
  const auto number = static_cast<uint32_t>(transaction.answer >> 32);
  const rules::RuleInfo* rule = generation.FindRule(number);
  if (rule == nullptr) return;
  const auto end = verdict->hits.begin() + verdict->hit_count;
  auto hit = std::find_if(verdict->hits.begin(), end,
                          [&](const VerdictHit& other) { return other.rule == rule; });
  if (hit == end) {
    if (verdict->hit_count == Verdict::kMaxHits) {
      hit = end - 1;
      ++verdict->hits_omitted;
    } else {
      ++verdict->hit_count;
    }
    *hit = VerdictHit{.rule = rule};
  }
  hit->action = action;
  hit->enforced = true;
}

}  // namespace sipward::engine
