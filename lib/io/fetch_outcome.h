// What a fetch came to.
#ifndef SIPWARD_IO_FETCH_OUTCOME_H_
#define SIPWARD_IO_FETCH_OUTCOME_H_

#include <cstdint>
#include <string_view>

namespace sipward::io {

enum class FetchOutcome : uint8_t {
  kArrived,  // a document; whether it is a certificate that counts, the store judges
  kNoAddress,
  kDenied,  // an address that must not be asked
  kNoConnection,
  kTls,
  kStatus,
  kRedirect,
  kEncoded,
  kTooLarge,
  kTimeout,
  kBroken,
  kStopped,  // the fetcher ends; nothing is said of the URL
};

struct FetchOutcomeInfo {
  std::string_view reason;    // as rules name it: "X5U_TIMEOUT"
  std::string_view sentence;  // for the operator
};
FetchOutcomeInfo Describe(FetchOutcome outcome);

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_OUTCOME_H_
