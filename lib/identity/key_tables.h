// Which keys have tables to verify with, and whether tables can be relied on. Internal to this
// folder.
#ifndef SIPWARD_IDENTITY_KEY_TABLES_H_
#define SIPWARD_IDENTITY_KEY_TABLES_H_

#include <atomic>
#include <cstddef>
#include <cstdint>

#include "base/platform/lock.h"

namespace sipward::identity {

namespace p256 {
class Table;
}

// Of one store. Tables are never the only path: before the first is used they are held against
// libcrypto with a key made for that, and while they are used one verification in so many is done
// both ways. When the two do not agree libcrypto is right, and no table is used any more. Any
// number of threads.
class KeyTables {
 public:
  using Verify = bool (*)(const p256::Table& key, const unsigned char* digest,
                          const unsigned char* signature);

  static constexpr uint64_t kUsesBefore = 32;    // verifications with a key before it has a table
  static constexpr uint64_t kFirstChecks = 16;   // with each new table, both ways
  static constexpr uint64_t kCheckOneIn = 1024;  // and from then on

  // For this many keys at once, 151,552 octets each; those that verify first. `verify` is for
  // tests.
  explicit KeyTables(uint32_t most, Verify verify = nullptr);

  // A table of an uncompressed point, if there is room for one more and tables are right. Give()
  // takes it back.
  const p256::Table* Take(const unsigned char* point, size_t size);
  void Give(const p256::Table* table);

  bool on() const { return on_.load(std::memory_order_relaxed); }
  bool Verifies(const p256::Table& key, const unsigned char* digest,
                const unsigned char* signature) const {
    return verify_(key, digest, signature);
  }
  // What both ways said of the same.
  void Compare(bool table, bool libcrypto);

  struct Statistics {
    uint32_t keys = 0;           // that have one
    uint64_t compared = 0;       // verifications that were done both ways
    uint64_t disagreements = 0;  // not 0: tables are off
  };
  Statistics statistics() const;

 private:
  void TestOnce();
  void Test();

  const uint32_t most_;
  const Verify verify_;
  std::atomic<bool> on_;
  platform::SharedLock lock_{};  // of the test
  bool tested_ = false;
  std::atomic<uint32_t> keys_{0};
  std::atomic<uint64_t> compared_{0};
  std::atomic<uint64_t> disagreements_{0};
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_KEY_TABLES_H_
