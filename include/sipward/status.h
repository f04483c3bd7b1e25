// The outcome of a call as a value that has to be looked at.
#ifndef SIPWARD_STATUS_H_
#define SIPWARD_STATUS_H_

#include <sipward.h>

#include <cstdint>
#include <string_view>

namespace sipward {

enum class StatusCode : int32_t {
  kOk = SIPWARD_OK,
  kIncomplete = SIPWARD_INCOMPLETE,
  kEnd = SIPWARD_END,
  kArgument = SIPWARD_ERR_ARGUMENT,
  kNoMemory = SIPWARD_ERR_NO_MEMORY,
  kMalformed = SIPWARD_ERR_MALFORMED,
  kLimit = SIPWARD_ERR_LIMIT,
  kRules = SIPWARD_ERR_RULES,
  kStateFull = SIPWARD_ERR_STATE_FULL,
  kSpace = SIPWARD_ERR_SPACE,
  kEdit = SIPWARD_ERR_EDIT,
  kField = SIPWARD_ERR_FIELD,
  kSnapshot = SIPWARD_ERR_SNAPSHOT,
  kList = SIPWARD_ERR_LIST,
  kTicket = SIPWARD_ERR_TICKET,
  kCredential = SIPWARD_ERR_CREDENTIAL,
  kUnsupported = SIPWARD_ERR_UNSUPPORTED,
  kSign = SIPWARD_ERR_SIGN,
  kProcess = SIPWARD_ERR_PROCESS,
  kCapture = SIPWARD_ERR_CAPTURE,
  kRates = SIPWARD_ERR_RATES,
  kFeed = SIPWARD_ERR_FEED,
};

// What a call came to. There is no status that nobody set.
class [[nodiscard]] Status {
 public:
  Status() = delete;
  // NOLINTNEXTLINE(google-explicit-constructor)
  constexpr Status(StatusCode code) noexcept : code_(code) {}
  static constexpr Status FromC(int32_t status) noexcept {
    return Status(static_cast<StatusCode>(status));
  }

  constexpr bool ok() const noexcept { return code_ == StatusCode::kOk; }
  constexpr StatusCode code() const noexcept { return code_; }
  // One sentence in English.
  std::string_view text() const noexcept {
    return sipward_status_text(static_cast<int32_t>(code_));
  }

  friend constexpr bool operator==(Status a, Status b) noexcept { return a.code_ == b.code_; }
  friend constexpr bool operator!=(Status a, Status b) noexcept { return a.code_ != b.code_; }

 private:
  StatusCode code_;
};

}  // namespace sipward

#endif  // SIPWARD_STATUS_H_
