// ES256 with tables of a key: 74 additions and no doubling instead of 256 doublings. For
// verification, where nothing is secret. Internal to this folder.
#ifndef SIPWARD_IDENTITY_P256_TABLE_H_
#define SIPWARD_IDENTITY_P256_TABLE_H_

#include <array>
#include <cstddef>
#include <memory>

#include "identity/p256_point.h"

namespace sipward::identity::p256 {

// Multiples of one point: of each window of seven bits those by 1 to 64, since digits are signed.
class Table {
 public:
  static constexpr size_t kBits = 7;
  static constexpr size_t kWindows = (256 + kBits - 1) / kBits;
  static constexpr size_t kMultiples = size_t{1} << (kBits - 1);

  // About 2 ms.
  explicit Table(const AffinePoint& point);

  // *sum plus this point times a number.
  void AddMultiple(const Words& number, Point* sum) const;

 private:
  std::array<std::array<AffinePoint, kMultiples>, kWindows> multiples_;
};
static_assert(sizeof(Table) == 37UL * 64 * 64, "151,552 octets a key, as documented");

// A table of the uncompressed point (SEC 1, section 2.3.3: 65 octets that begin with 4); null if it
// is none of the curve.
std::unique_ptr<const Table> MakeTable(const unsigned char* octets, size_t size);

// Of 64 octets r and s, both above zero and below the order, over the 32 of a digest.
bool Verify(const Table& key, const unsigned char* digest, const unsigned char* signature);

}  // namespace sipward::identity::p256

#endif  // SIPWARD_IDENTITY_P256_TABLE_H_
