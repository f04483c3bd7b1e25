// A record under a key of its own: who destroys the key destroys the record, and the chain stays
// whole. XChaCha20-Poly1305; a key seals one text, so that the sequence of the entry is nonce
// enough.
#ifndef SIPWARD_EVIDENCE_SEAL_H_
#define SIPWARD_EVIDENCE_SEAL_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::evidence {

using RecordKey = std::array<uint8_t, 32>;

// New ones, drawn sixty-four at a time: to ask the system for each costs more than to seal.
class RecordKeys {
 public:
  RecordKeys() = default;
  ~RecordKeys();
  RecordKeys(const RecordKeys&) = delete;
  RecordKeys& operator=(const RecordKeys&) = delete;
  RecordKey Next();

 private:
  static constexpr size_t kAtOnce = 64;
  std::array<uint8_t, kAtOnce * sizeof(RecordKey)> octets_{};
  size_t used_ = sizeof octets_;
};
// A destroyed key is all zeros: none is made so.
bool IsDestroyed(const RecordKey& key);

// The text may be sealed once under a key.
std::string Seal(const RecordKey& key, uint64_t sequence, std::string_view text);
// Nothing if the key is another, or the text or its place was changed.
std::optional<std::string> Open(const RecordKey& key, uint64_t sequence, std::string_view sealed);

}  // namespace sipward::evidence

#endif  // SIPWARD_EVIDENCE_SEAL_H_
