// Tells SIP from everything else by the first line.
#ifndef SIPWARD_IO_SIP_LIKENESS_H_
#define SIPWARD_IO_SIP_LIKENESS_H_

#include <cstdint>
#include <string_view>

namespace sipward::io {

enum class Likeness {
  kSip,
  kNot,
  kUndecided,  // too few bytes to tell; of a datagram, that is kNot
};

// How much of a first line is looked at.
inline constexpr size_t kLongestStartLine = 8192;

// A port that is SIP's by registration.
inline bool IsSipPort(uint16_t port) { return port == 5060 || port == 5061; }

// A request line or status line as RFC 3261 section 7 writes them, perhaps behind empty lines. For
// ports where anything may speak.
Likeness JudgeStrictly(std::string_view bytes);

// A first line that names SIP at all ("SIP/", "sip:", "sips:" in any case). For SIP's own ports,
// where a damaged message is worth a verdict.
Likeness JudgeGenerously(std::string_view bytes);

}  // namespace sipward::io

#endif  // SIPWARD_IO_SIP_LIKENESS_H_
