// A log in which every entry carries the hash of all before it, and checkpoints that are signed.
//
// A line of it:   HASH SEQUENCE KIND BODY
// HASH is BLAKE2b-256 over the hash of the line before (32 octets; of the first: zeros) and over
// what follows HASH and its blank, in hexadecimal digits. A line `HASH SEQUENCE - -` stands for an
// entry that was left out: its hash is believed, and those behind it bind it.
//
// The body of a checkpoint is {"key":"HEX","signature":"HEX"}: Ed25519 by this key over the text
// `sipward evidence `, the sequence of the checkpoint and a blank, and the hash of the line before
// in hexadecimal digits.
#ifndef SIPWARD_EVIDENCE_CHAIN_H_
#define SIPWARD_EVIDENCE_CHAIN_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::evidence {

using Hash = std::array<uint8_t, 32>;
using PublicKey = std::array<uint8_t, 32>;
using SecretKey = std::array<uint8_t, 64>;  // with the public one in its second half

// Kinds of entries that mean something for the chain.
inline constexpr std::string_view kCheckpoint = "checkpoint";
inline constexpr std::string_view kEnd = "end";
inline constexpr std::string_view kRotate = "rotate";

std::string ToHex(const Hash& bytes);
std::optional<Hash> HashFromHex(std::string_view hex);
// BLAKE2b-256.
Hash HashOf(std::string_view bytes);

// A new pair, or that of a seed.
SecretKey MakeKey();
SecretKey KeyOfSeed(const std::array<uint8_t, 32>& seed);
PublicKey PublicOf(const SecretKey& key);

// Writes the next lines of a log. Its lines go on where another ended.
class Chain {
 public:
  Chain() = default;
  Chain(uint64_t next, const Hash& head) : next_(next), head_(head) {}

  // `body` is JSON without a line end; `kind` is one word.
  void Append(std::string_view kind, std::string_view body, std::string* out);
  void AppendCheckpoint(const SecretKey& key, std::string* out);

  uint64_t next() const { return next_; }
  const Hash& head() const { return head_; }

 private:
  uint64_t next_ = 1;
  Hash head_{};
};

struct Entry {
  uint64_t sequence = 0;
  std::string_view kind;  // "-": it was left out
  std::string_view body;
  Hash hash{};
};

enum class Fault : uint8_t {
  kNone,
  kLine,       // no line of such a log
  kSequence,   // another number than the next: entries are missing, repeated or out of order
  kHash,       // the entry, or one before it, was changed
  kSignature,  // of a checkpoint, does not fit
  kKey,        // a checkpoint by another key than the one that is trusted
};
// A sentence.
std::string_view TextOf(Fault fault);

// Reads lines of a log in their order.
class Checker {
 public:
  // `trusted`: none other may have signed. Nothing: any may, and all the same one.
  explicit Checker(std::optional<PublicKey> trusted = std::nullopt) : trusted_(trusted) {}

  // The line without its end. Behind a fault nothing is worth reading.
  Fault Take(std::string_view line, Entry* entry);
  // The log goes on in the middle: this is the next line, and what was before is not known.
  void Begin(uint64_t next, const Hash& head) { next_ = next, head_ = head; }
  // The log begins in the middle, with this line: its body says where the chain stands before it.
  // It is to be taken next. False if it does not.
  bool BeginAt(std::string_view line);

  uint64_t next() const { return next_; }
  const Hash& head() const { return head_; }
  // The last entry says that the log ends, or goes on in another file, and is signed.
  bool ended() const { return ended_; }
  // The last entry that a checkpoint covers; 0: none.
  uint64_t covered() const { return covered_; }
  const std::optional<PublicKey>& signer() const { return trusted_; }

 private:
  Fault TakeCheckpoint(const Entry& entry);

  std::optional<PublicKey> trusted_;
  uint64_t next_ = 1;
  Hash head_{};
  uint64_t covered_ = 0;
  bool ending_ = false, ended_ = false;
};

// The parts of a line, and whether it is one; hashes are not looked at.
bool ReadLine(std::string_view line, Entry* entry);

}  // namespace sipward::evidence

#endif  // SIPWARD_EVIDENCE_CHAIN_H_
