// Content-Length as the framing needs it: a wrong one is an error, not a guess.
#ifndef SIPWARD_SIP_CONTENT_LENGTH_H_
#define SIPWARD_SIP_CONTENT_LENGTH_H_

#include <cstdint>
#include <optional>
#include <string_view>

#include "sip/anomaly.h"

namespace sipward::sip {

// All Content-Length headers of one message, taken in message order (RFC 3261 section 20.14).
class ContentLength {
 public:
  // Takes one value, white space around it left out, that begins at `offset`; notes
  // content_length.* .
  void Take(std::string_view value, uint32_t offset, AnomalyLog& log);

  bool present() const { return present_; }
  // The number, if all the values are digits, fit in 32 bits and are equal.
  std::optional<uint32_t> value() const {
    return present_ && !broken_ ? std::optional<uint32_t>(value_) : std::nullopt;
  }

 private:
  bool present_ = false;
  bool broken_ = false;
  uint32_t value_ = 0;
  uint32_t first_ = 0;  // where it stands
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_CONTENT_LENGTH_H_
