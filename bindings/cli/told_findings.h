// What was told of lately, in memory that processes share.
#ifndef SIPWARD_BINDINGS_CLI_TOLD_FINDINGS_H_
#define SIPWARD_BINDINGS_CLI_TOLD_FINDINGS_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "shared_memory.h"

namespace sipward::cli {

// Whoever finds the same as another process hears that it was told. 1.5 MB, of which as much is
// used as there are findings.
class ToldFindings {
 public:
  static constexpr size_t kMostKept = 50'000;
  static constexpr uint64_t kMostASecond = 200;

  ToldFindings();

  enum class Answer : uint8_t {
    kTell,
    kAgain,    // it was told less than a minute ago
    kTooMany,  // so many were told in this second that it can only be counted
  };
  // Of a finding by its key, now. With kTell, `since` is how often it came since it was told last.
  Answer Ask(std::string_view key, int64_t now_ns, uint64_t* since);

 private:
  struct Told {
    uint64_t hash;  // of the key; 0: nothing is here
    int64_t at_ns;
    uint64_t since;
  };
  Told* Find(uint64_t hash);
  bool Allowed(int64_t now_ns);
  Answer AskLocked(uint64_t hash, int64_t now_ns, uint64_t* since);
  void Forget();

  SharedLock lock_;
  std::array<unsigned char, 16> secret_;
  int64_t second_ = 0;
  uint64_t in_second_ = 0;
  size_t kept_ = 0;
  // The memory is zero when it is made.
  static constexpr size_t kPlaces = 1 << 16;
  Told places_[kPlaces];
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_TOLD_FINDINGS_H_
