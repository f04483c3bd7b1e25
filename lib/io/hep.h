// HEP3 as packets of SIP: what is read and written, over the public functions (hep/hep.h).
#ifndef SIPWARD_IO_HEP_H_
#define SIPWARD_IO_HEP_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "sipward.h"

namespace sipward::io {

// No packet is longer: its size is written in 16 bits.
inline constexpr size_t kMostHepBytes = SIPWARD_HEP_BYTES;

enum class HepStatus : uint8_t {
  kSip,
  kCompressed,  // SIP, by zlib
  kOther,       // a whole packet of something else: RTCP, logs
  kMalformed,   // no HEP3, or lengths and values that cannot be
};

// What one packet says. Texts point into it.
struct HepItem {
  sipward_packet packet;  // its size is that of the payload; monotonic_ns is a copy of wall_ns
  std::string_view payload;
  uint32_t agent = 0;        // who captured it
  std::string_view key;      // what the sender proves itself by; or empty
  uint8_t payload_kind = 0;  // 1: SIP
  bool compressed = false;
};

// Reads one packet, whole. `item` is written unless it is malformed. Chunks that are not known are
// passed over; of one that comes twice the first counts. A packet without addresses or payload is
// malformed. About 50 ns.
HepStatus ReadHep(std::string_view bytes, HepItem* item);

// How long the packet is that begins here, for connections: 0 if more bytes are needed to tell,
// kNoHep if none begins here.
inline constexpr size_t kNoHep = SIZE_MAX;
size_t HepSize(std::string_view bytes);

// Appends the packet of a message. False, with nothing appended, if the message is too long for
// one.
bool AppendHep(std::string* out, const HepItem& item);

}  // namespace sipward::io

#endif  // SIPWARD_IO_HEP_H_
