// A record under a key of its own: who destroys the key destroys the record, and the chain stays
// whole. XChaCha20-Poly1305, with the sequence of the entry bound to it.
#ifndef SIPWARD_EVIDENCE_SEAL_H_
#define SIPWARD_EVIDENCE_SEAL_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::evidence {

using RecordKey = std::array<uint8_t, 32>;

RecordKey MakeRecordKey();
// A destroyed key is all zeros: none is made so.
bool IsDestroyed(const RecordKey& key);

// Nonce and sealed text.
std::string Seal(const RecordKey& key, uint64_t sequence, std::string_view text);
// Nothing if the key is another, or the text or its place was changed.
std::optional<std::string> Open(const RecordKey& key, uint64_t sequence, std::string_view sealed);

}  // namespace sipward::evidence

#endif  // SIPWARD_EVIDENCE_SEAL_H_
