// What a call came to, as dispositions and hangup causes say it.
#ifndef SIPWARD_RECORDS_OUTCOME_H_
#define SIPWARD_RECORDS_OUTCOME_H_

#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::records {

struct Outcome {
  enum class Answered : uint8_t { kNo, kYes, kTimesTell } answered = Answered::kTimesTell;
  uint16_t code = 0;  // SIP status; 0: not known
};

// Asterisk's dispositions, FreeSWITCH's hangup causes (their SIP status by RFC 3398
// section 7.2.4.1) and a SIP status; letters in either case. None if the word is none of them, or
// empty.
std::optional<Outcome> FindOutcome(std::string_view word);

}  // namespace sipward::records

#endif  // SIPWARD_RECORDS_OUTCOME_H_
