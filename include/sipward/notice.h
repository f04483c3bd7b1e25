// What an operator should hear of: the engine keeps the last of it, and the host polls.
//
//   uint64_t cursor = 0;   // kept from poll to poll
//   while (const auto notice = engine.NextNotice(cursor)) Log(notice->name(), notice->subject());
#ifndef SIPWARD_NOTICE_H_
#define SIPWARD_NOTICE_H_

#include <sipward.h>

#include <chrono>
#include <cstdint>
#include <string_view>

namespace sipward {

enum class NoticeCode : uint8_t {
  kRulesLoaded = SIPWARD_NOTICE_RULES_LOADED,
  kStateFull = SIPWARD_NOTICE_STATE_FULL,
  kPressure = SIPWARD_NOTICE_PRESSURE,
  kPressureOver = SIPWARD_NOTICE_PRESSURE_OVER,
  kBanWithheld = SIPWARD_NOTICE_BAN_WITHHELD,
  kEntryDisplaced = SIPWARD_NOTICE_ENTRY_DISPLACED,
  kOverload = SIPWARD_NOTICE_OVERLOAD,
  kClockBack = SIPWARD_NOTICE_CLOCK_BACK,
  kMatchesOmitted = SIPWARD_NOTICE_MATCHES_OMITTED,
  kOutOfMemory = SIPWARD_NOTICE_OUT_OF_MEMORY,
};

enum class NoticeSeverity : uint8_t {
  kError = SIPWARD_NOTICE_ERROR,
  kWarning = SIPWARD_NOTICE_WARNING,
  kInfo = SIPWARD_NOTICE_INFO,
};

// A plain value.
class Notice {
 public:
  Notice() noexcept : notice_{} { notice_.struct_size = sizeof notice_; }

  NoticeCode code() const noexcept { return static_cast<NoticeCode>(notice_.code); }
  NoticeSeverity severity() const noexcept { return static_cast<NoticeSeverity>(notice_.severity); }
  // "state_full" ...
  std::string_view name() const noexcept { return sipward_notice_name(notice_.code); }
  std::string_view sentence() const noexcept { return sipward_notice_sentence(notice_.code); }
  // A rule, a list or a table; may be empty.
  std::string_view subject() const noexcept { return {notice_.subject, notice_.subject_size}; }
  // An address, an account, an entry. An attacker may have chosen it: escape what you print.
  std::string_view key() const noexcept { return {notice_.key, notice_.key_size}; }
  uint64_t amount() const noexcept { return notice_.amount; }
  uint64_t limit() const noexcept { return notice_.limit; }
  // Of this code since the last one, left out because there were too many.
  uint64_t omitted() const noexcept { return notice_.omitted; }
  // Notices before this one that were overwritten before this reader came.
  uint64_t lost() const noexcept { return notice_.lost; }
  std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds> wall()
      const noexcept {
    return std::chrono::time_point<std::chrono::system_clock, std::chrono::nanoseconds>(
        std::chrono::nanoseconds(notice_.wall_ns));
  }
  std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds> monotonic()
      const noexcept {
    return std::chrono::time_point<std::chrono::steady_clock, std::chrono::nanoseconds>(
        std::chrono::nanoseconds(notice_.monotonic_ns));
  }

 private:
  friend class Engine;

  sipward_notice notice_;
};

}  // namespace sipward

#endif  // SIPWARD_NOTICE_H_
