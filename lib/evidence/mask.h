// Pseudonyms that whoever holds the key can undo. The same text gives the same pseudonym, so that
// what belongs together is seen to; nobody without the key learns the text, or makes a pseudonym.
#ifndef SIPWARD_EVIDENCE_MASK_H_
#define SIPWARD_EVIDENCE_MASK_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::evidence {

using MaskKey = std::array<uint8_t, 32>;

MaskKey MakeMaskKey();
// `~` and letters, digits, - and _. The length of the text shows. Empty stays empty.
std::string Mask(const MaskKey& key, std::string_view text);
// Nothing if it is no pseudonym of this key.
std::optional<std::string> Unmask(const MaskKey& key, std::string_view pseudonym);

}  // namespace sipward::evidence

#endif  // SIPWARD_EVIDENCE_MASK_H_
