// What was read from outside the message while it was judged: counts, bans, lists, calls. Recorded,
// it lets the same rules come to the same verdict again, at another place and without the state.
#ifndef SIPWARD_FACTS_TAPE_H_
#define SIPWARD_FACTS_TAPE_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"

namespace sipward::facts {

// What a fact tells of. Facts up to kField are read in the order in which they were noted; those
// behind it are known by their index, since a rule may ask for them or not.
enum class Noted : uint8_t {
  kEnd,          // there is no more
  kBegin,        // index: Subject
  kPacket,       // index: PacketPart
  kGiven,        // index: FieldId of identity, as the host gave it
  kGuards,       // bit 0: an emergency call, bit 1: overload
  kBan,          // the rule that banned the source; absent: it is not banned
  kTransaction,  // bit 0: known, bit 1: sent again
  kAnswer,       // what a retransmission was answered before
  kPressure,     // of the state
  kAsks,         // rules wait for the identity
  kFound,        // index: FieldId of identity, as the library found it
  kMissing,      // the certificate that the check waits for, or one that is old
  kTicket,       // of what waits
  kSecond,       // it was in the second stage before
  kScore,        // all points of a source, account or trunk
  kFits,         // a throttle lets it through
  kHappened,     // an event follows from the message. index: EventKind; 1: it can be refused for it
  kTime,         // of the event: monotonic, wall
  kProven,       // of the event
  kField,        // index: FieldId, of the event

  kAggregate,  // index: of the rules' aggregates
  kListed,     // index: of their dynamic lists; the value that was looked for, and was there
  kOfBody,     // index: of their expressions over the body
  kCall,       // bit 0: known, bit 1: party, bit 2: replayed
  kParsed,     // index: sip::AnomalyClass, how many; 4: whether it is malformed, 5: ParseStatus,
               // 6: bytes of the message, 7: of its body
  kAnomaly,    // index: sip::AnomalyId
  // Certificates that the library checked the identity with: for each chain its URL, then its
  // certificates. No rule reads them.
  kChain,        // index: bit N, it is of the Identity header N; the URL. Absent: as many more
  kCertificate,  // index: its place, the leaf has 0; DER. Absent: there was no room for it
};
constexpr bool IsKeyed(Noted kind) { return kind >= Noted::kAggregate; }

enum class Subject : uint8_t { kPacket, kEvent, kResumed };

enum class PacketPart : uint8_t {
  kWall,
  kMonotonic,
  kSource,
  kSourcePort,
  kDestination,
  kDestinationPort,
  kTransport,
  kDirection,
  kFlags,  // bit 0: registered, bit 1: authenticated
  kAccount,
  kTrunk,
  kTicket,  // of what is resumed
  kPolicy,  // anomalies that are accepted, and those that are refused, against the profile
};

struct Fact {
  Noted kind = Noted::kEnd;
  uint32_t index = 0;
  Value value;  // texts point into the tape
};

// A fact as bytes: kind, index and kind of the value, then the value, numbers with the lowest octet
// first. Reading is safe for any bytes.
class TapeReader {
 public:
  explicit TapeReader(std::string_view bytes) : bytes_(bytes) {}
  // False at the end, and where the bytes are no fact: see ok().
  bool Next(Fact* fact);
  bool ok() const { return ok_; }
  size_t position() const { return at_; }

 private:
  bool Broken();

  std::string_view bytes_;
  size_t at_ = 0;
  bool ok_ = true;
};

// Records, or plays what was recorded. Allocates when it is made and nothing afterwards.
class Tape {
 public:
  static constexpr size_t kDefaultBytes = 96 * 1024;

  // To record.
  explicit Tape(size_t capacity = kDefaultBytes);
  // To play bytes that live as long.
  explicit Tape(std::string_view recorded) : playing_(true), played_(recorded), reader_(recorded) {}

  bool playing() const { return playing_; }
  void Restart();
  void Note(Noted kind, uint32_t index, const Value& value);
  // What was recorded; not whole if there was no room for it.
  std::string_view bytes() const { return {recorded_.data(), used_}; }
  bool whole() const { return whole_; }
  size_t room() const { return recorded_.size() - used_; }

  // What `read` gives, recorded; or, while playing, what it gave then, and `read` is not called.
  template <class Read>
  Value Pass(Noted kind, uint32_t index, Read&& read) {
    if (playing_) return Take(kind, index);
    const Value value = read();
    Note(kind, index, value);
    return value;
  }
  // The next fact in order, which must be of this kind; else the tape does not fit, and the value
  // is absent.
  Value Take(Noted kind, uint32_t index);
  // The next in order, whatever it is, without taking it; kEnd behind the last.
  Fact Peek();
  bool fits() const { return fits_ && reader_.ok(); }
  // What is still to be played.
  const TapeReader& rest() const { return reader_; }
  // For each fact that is known by its index, up to the next event.
  template <class Each>
  void ForEachKeyed(Each&& each) const {
    TapeReader reader = reader_;
    Fact fact;
    while (reader.Next(&fact) && fact.kind != Noted::kHappened) {
      if (IsKeyed(fact.kind)) each(fact);
    }
  }

 private:
  bool playing_ = false;
  std::vector<char> recorded_;
  size_t used_ = 0;
  bool whole_ = true;
  std::string_view played_;
  TapeReader reader_{{}};
  bool fits_ = true;
};

// The same where there may be no tape.
template <class Read>
Value PassBy(Tape* tape, Noted kind, uint32_t index, Read&& read) {
  return tape == nullptr ? read() : tape->Pass(kind, index, read);
}

// Notes chains within a part of the tape, so that what rules read finds room behind them.
class ChainNotes {
 public:
  static constexpr size_t kMostBytes = 30 * 1024;  // and a head for each that finds no room

  explicit ChainNotes(Tape* tape);
  void Add(std::string_view x5u, uint32_t headers, std::span<const std::string> certificates);
  // Behind the last.
  void Finish();

 private:
  bool Fits(std::string_view text);

  Tape* tape_;
  size_t room_;
  uint32_t left_out_ = 0;
};

// A host's identity as facts, and back.
void NoteIdentity(Tape* tape, Noted kind, const Identity& identity);
// False if the next facts are none of this kind.
bool TakeIdentity(Tape* tape, Noted kind, Identity* identity);

}  // namespace sipward::facts

#endif  // SIPWARD_FACTS_TAPE_H_
