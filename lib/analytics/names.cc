#include "analytics/analytics.h"

namespace sipward::analytics {
namespace {

constexpr std::array<std::string_view, kDimensions> kDimensionNames = {
    "trunk", "account", "caller", "destination", "range", "country", "user_agent", "source"};
constexpr std::array<std::string_view, kFailures> kFailureNames = {
    "redirected", "challenged", "busy",   "no_answer", "declined", "cancelled",
    "timeout",    "rejected",   "server", "refused",   "unknown"};
constexpr std::array<std::string_view, kAttestations> kAttestationNames = {
    "A", "B", "C", "other", "none", "failed", "unchecked"};
constexpr std::array<std::string_view, kMethods> kMethodNames = {"INVITE", "REGISTER", "OPTIONS",
                                                                 "other"};

}  // namespace

std::string_view NameOf(Dimension dimension) {
  return kDimensionNames[static_cast<size_t>(dimension)];
}
std::string_view NameOf(Failure failure) { return kFailureNames[static_cast<size_t>(failure)]; }
std::string_view NameOf(Attestation attestation) {
  return kAttestationNames[static_cast<size_t>(attestation)];
}
std::string_view NameOf(Method method) { return kMethodNames[static_cast<size_t>(method)]; }

// RFC 6076 counts by these: section 4.7 calls 480, 486, 600 and 603 the user's own answer, section
// 4.8 blames 408, 500, 503 and 504 on the network, and 401, 402 and 407 are no failure there.
Failure FailureOf(int64_t code) {
  switch (code) {
    case 401:
    case 402:
    case 407:
      return Failure::kChallenged;
    case 486:
    case 600:
      return Failure::kBusy;
    case 480:
      return Failure::kNoAnswer;
    case 603:
      return Failure::kDeclined;
    case 487:
      return Failure::kCancelled;
    case 408:
    case 504:
      return Failure::kTimeout;
    default:
      break;
  }
  switch (code / 100) {
    case 3:
      return Failure::kRedirected;
    case 4:
      return Failure::kRejected;
    case 5:
      return Failure::kServer;
    case 6:
      return Failure::kRefused;
    default:
      return Failure::kUnknown;
  }
}

}  // namespace sipward::analytics
