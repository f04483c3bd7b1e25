#include "records/outcome.h"

#include "base/ascii.h"
#include "records/quantity.h"

namespace sipward::records {
namespace {

using Answered = Outcome::Answered;

struct Word {
  std::string_view word;
  Outcome outcome;
};

// The most frequent first: it is searched from the front.
constexpr Word kWords[] = {
    {"ANSWERED", {Answered::kYes, 200}},
    {"NORMAL_CLEARING", {Answered::kTimesTell, 0}},
    {"NO ANSWER", {Answered::kNo, 480}},
    {"BUSY", {Answered::kNo, 486}},
    {"FAILED", {Answered::kNo, 500}},
    {"ORIGINATOR_CANCEL", {Answered::kNo, 487}},
    {"NO_ANSWER", {Answered::kNo, 480}},
    {"USER_BUSY", {Answered::kNo, 486}},
    {"CONGESTION", {Answered::kNo, 503}},
    {"CANCEL", {Answered::kNo, 487}},
    {"CANCELED", {Answered::kNo, 487}},
    {"CANCELLED", {Answered::kNo, 487}},
    {"ANSWER", {Answered::kYes, 200}},
    {"NOANSWER", {Answered::kNo, 480}},
    {"NO-ANSWER", {Answered::kNo, 480}},
    {"REJECTED", {Answered::kNo, 403}},
    {"UNALLOCATED_NUMBER", {Answered::kNo, 404}},
    {"NO_ROUTE_TRANSIT_NET", {Answered::kNo, 404}},
    {"NO_ROUTE_DESTINATION", {Answered::kNo, 404}},
    {"NO_USER_RESPONSE", {Answered::kNo, 408}},
    {"SUBSCRIBER_ABSENT", {Answered::kNo, 480}},
    {"USER_NOT_REGISTERED", {Answered::kNo, 480}},
    {"CALL_REJECTED", {Answered::kNo, 403}},
    {"NUMBER_CHANGED", {Answered::kNo, 410}},
    {"REDIRECTION_TO_NEW_DESTINATION", {Answered::kNo, 410}},
    {"DESTINATION_OUT_OF_ORDER", {Answered::kNo, 502}},
    {"INVALID_NUMBER_FORMAT", {Answered::kNo, 484}},
    {"FACILITY_REJECTED", {Answered::kNo, 501}},
    {"NORMAL_UNSPECIFIED", {Answered::kTimesTell, 0}},
    {"NORMAL_CIRCUIT_CONGESTION", {Answered::kNo, 503}},
    {"NETWORK_OUT_OF_ORDER", {Answered::kNo, 503}},
    {"NORMAL_TEMPORARY_FAILURE", {Answered::kNo, 503}},
    {"SWITCH_CONGESTION", {Answered::kNo, 503}},
    {"REQUESTED_CHAN_UNAVAIL", {Answered::kNo, 503}},
    {"BEARERCAPABILITY_NOTAVAIL", {Answered::kNo, 488}},
    {"BEARERCAPABILITY_NOTAUTH", {Answered::kNo, 403}},
    {"OUTGOING_CALL_BARRED", {Answered::kNo, 403}},
    {"INCOMING_CALL_BARRED", {Answered::kNo, 403}},
    {"INCOMPATIBLE_DESTINATION", {Answered::kNo, 488}},
    {"SERVICE_UNAVAILABLE", {Answered::kNo, 503}},
    {"SERVICE_NOT_IMPLEMENTED", {Answered::kNo, 501}},
    {"EXCHANGE_ROUTING_ERROR", {Answered::kNo, 483}},
    {"RECOVERY_ON_TIMER_EXPIRE", {Answered::kTimesTell, 0}},
    {"ALLOTTED_TIMEOUT", {Answered::kTimesTell, 0}},
    {"MEDIA_TIMEOUT", {Answered::kTimesTell, 0}},
    {"PROGRESS_TIMEOUT", {Answered::kNo, 408}},
    {"LOSE_RACE", {Answered::kNo, 487}},
    {"PICKED_OFF", {Answered::kNo, 487}},
    {"ATTENDED_TRANSFER", {Answered::kTimesTell, 0}},
    {"BLIND_TRANSFER", {Answered::kTimesTell, 0}},
    {"MANAGER_REQUEST", {Answered::kTimesTell, 0}},
    {"MANDATORY_IE_MISSING", {Answered::kNo, 500}},
    {"PROTOCOL_ERROR", {Answered::kTimesTell, 0}},
    {"INTERWORKING", {Answered::kTimesTell, 0}},
    {"CRASH", {Answered::kTimesTell, 0}},
    {"SYSTEM_SHUTDOWN", {Answered::kTimesTell, 0}},
    {"UNSPECIFIED", {Answered::kTimesTell, 0}},
    {"NONE", {Answered::kTimesTell, 0}},
};

}  // namespace

std::optional<Outcome> FindOutcome(std::string_view word) {
  if (word.empty()) return std::nullopt;
  if (const uint16_t code = StatusCode(word)) {
    const bool success = code / 100 == 2;
    return Outcome{success ? Answered::kYes : Answered::kNo, code};
  }
  for (const Word& known : kWords) {
    if (EqualsIgnoreCase(word, known.word)) return known.outcome;
  }
  return std::nullopt;
}

}  // namespace sipward::records
