#include "io/fetch_outcome.h"

namespace sipward::io {

FetchOutcomeInfo Describe(FetchOutcome outcome) {
  switch (outcome) {
    case FetchOutcome::kArrived:
      return {"OK", "a document came"};
    case FetchOutcome::kNoAddress:
      return {"CERT_UNAVAILABLE", "the name of the host has no address"};
    case FetchOutcome::kDenied:
      return {"X5U_ADDRESS_DENIED", "an address of the host must not be asked"};
    case FetchOutcome::kNoConnection:
      return {"CERT_UNAVAILABLE", "the server accepts no connection"};
    case FetchOutcome::kTls:
      return {"CERT_UNAVAILABLE",
              "the server has no TLS 1.2, or its own certificate does not hold"};
    case FetchOutcome::kStatus:
      return {"CERT_UNAVAILABLE", "the server did not answer with 200"};
    case FetchOutcome::kRedirect:
      return {"X5U_REDIRECT", "the server answered with another place"};
    case FetchOutcome::kEncoded:
      return {"CERT_UNAVAILABLE", "the answer is compressed, which was not asked for"};
    case FetchOutcome::kTooLarge:
      return {"X5U_TOO_LARGE", "the answer is too large"};
    case FetchOutcome::kTimeout:
      return {"X5U_TIMEOUT", "the answer took too long"};
    case FetchOutcome::kBroken:
      return {"CERT_UNAVAILABLE", "the answer broke off or is not HTTP"};
    case FetchOutcome::kStopped:
      return {"CERT_UNAVAILABLE", "the fetcher was stopped"};
  }
  return {"CERT_UNAVAILABLE", "the certificate could not be had"};
}

}  // namespace sipward::io
