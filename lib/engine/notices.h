// What an operator should hear of: a small ring that the host polls. Nothing is called back,
// nothing is written anywhere.
#ifndef SIPWARD_ENGINE_NOTICES_H_
#define SIPWARD_ENGINE_NOTICES_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "base/platform/lock.h"
#include "base/time.h"

namespace sipward::engine {

// Numbers and names are contracts.
enum class NoticeCode : uint8_t {
  kRulesLoaded,
  kStateFull,
  kPressure,
  kPressureOver,
  kBanWithheld,
  kEntryDisplaced,
  kOverload,
  kClockBack,
  kMatchesOmitted,
  kOutOfMemory,
};
inline constexpr size_t kNoticeCodes = 10;

enum class NoticeSeverity : uint8_t { kError, kWarning, kInfo };

struct NoticeInfo {
  std::string_view name;      // "state_full"; a NUL stands behind it
  std::string_view sentence;  // in English; a NUL stands behind it
  NoticeSeverity severity = NoticeSeverity::kInfo;
};
const NoticeInfo& Describe(NoticeCode code);

// What a notice is about; what means nothing for its code is empty or 0.
struct NoticeText {
  std::string_view subject = {};  // rule, list, or signature of a table
  std::string_view key = {};      // address, account, entry of a list: maybe an attacker's bytes
  uint64_t amount = 0;
  uint64_t limit = 0;
};

struct Notice {
  uint64_t number = 0;  // from 0, one after the other
  NoticeCode code = NoticeCode::kRulesLoaded;
  Nanos now = 0;
  Nanos wall = 0;
  uint64_t omitted = 0;  // of this code since the last one, because there were too many
  uint64_t amount = 0;
  uint64_t limit = 0;
  uint8_t subject_size = 0;
  uint8_t key_size = 0;
  std::array<char, 128> subject_bytes{};  // the beginning of a longer one
  std::array<char, 64> key_bytes{};

  std::string_view subject() const { return {subject_bytes.data(), subject_size}; }
  std::string_view key() const { return {key_bytes.data(), key_size}; }
};

// Any number of threads put and read at once. To put costs a lock, but not what is too much of its
// kind: that is counted alone.
class Notices {
 public:
  static constexpr size_t kCapacity = 64;
  // Of each code so many at once, and one more each period.
  static constexpr Nanos kPeriod = 10 * kSecond;
  static constexpr int64_t kBurst = 8;

  // False if the system refuses a lock.
  bool Init() { return lock_.Init(platform::Sharing::kPrivate); }

  void Put(NoticeCode code, Nanos now, Nanos wall, const NoticeText& text);

  // The next one at or behind *cursor, which begins at 0 and is moved behind it. *lost: how many
  // between were overwritten before they were read. Nothing: there is no more yet.
  std::optional<Notice> Next(uint64_t* cursor, uint64_t* lost) const;

  uint64_t put() const { return end_.load(std::memory_order_relaxed); }
  uint64_t omitted() const { return omitted_.load(std::memory_order_relaxed); }

 private:
  struct Limit {
    std::atomic<Nanos> due{INT64_MIN};  // when the bucket of this code is full again
    std::atomic<uint64_t> omitted{0};
  };
  static bool Take(Limit& limit, Nanos now);

  std::array<Limit, kNoticeCodes> limits_;
  std::atomic<uint64_t> omitted_{0};
  mutable platform::SharedLock lock_{};  // of what stands below
  std::atomic<uint64_t> end_{0};
  std::array<Notice, kCapacity> ring_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_NOTICES_H_
