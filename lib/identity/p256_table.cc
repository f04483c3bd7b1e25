#include "identity/p256_table.h"

#include "identity/p256_scalar.h"

namespace sipward::identity::p256 {
namespace {

const Table& OfBasePoint() {
  static const auto table = std::make_unique<const Table>(BasePoint());
  return *table;
}

// Bits `at` and above of a number.
uint64_t BitsAt(const Words& number, size_t at) {
  const size_t word = at / 64;
  const size_t bit = at % 64;
  uint64_t bits = number[word] >> bit;
  if (bit > 64 - Table::kBits && word < 3) bits |= number[word + 1] << (64 - bit);
  return bits & ((uint64_t{1} << Table::kBits) - 1);
}

// That x of the sum, whose coordinates are of the prime, is r, which is of the order.
bool HasX(const Point& sum, const Words& r) {
  const Field zz = Squared(sum.z);
  if (ToField(r) * zz == sum.x) return true;
  // The order is below the prime: a few numbers may stand for two.
  uint8_t carry = 0;
  const Words other = AddWords(r, kOrder, &carry);
  return carry == 0 && Below(other, kPrime) && ToField(other) * zz == sum.x;
}

}  // namespace

Table::Table(const AffinePoint& point) {
  AffinePoint unit = point;
  for (auto& window : multiples_) {
    std::array<Point, kMultiples> sums;
    sums[0] = ToPoint(unit);
    for (size_t i = 1; i < kMultiples; ++i) sums[i] = sums[i - 1] + unit;
    ToAffine(sums, window.data());
    const Point next = Doubled(ToPoint(window[kMultiples - 1]));
    ToAffine({&next, 1}, &unit);
  }
}

// Digits from -63 to 64: what is more is taken from the window above.
void Table::AddMultiple(const Words& number, Point* sum) const {
  uint64_t carry = 0;
  for (size_t i = 0; i < kWindows; ++i) {
    const uint64_t digit = BitsAt(number, i * kBits) + carry;
    carry = digit > kMultiples ? 1 : 0;
    const uint64_t size = carry != 0 ? 2 * kMultiples - digit : digit;
    if (size == 0) continue;
    const AffinePoint& multiple = multiples_[i][size - 1];
    *sum = *sum + (carry != 0 ? Negated(multiple) : multiple);
  }
}

std::unique_ptr<const Table> MakeTable(const unsigned char* octets, size_t size) {
  if (size != 65 || octets[0] != 4) return nullptr;
  const Words x = FromOctets(octets + 1);
  const Words y = FromOctets(octets + 33);
  if (!Below(x, kPrime) || !Below(y, kPrime)) return nullptr;
  const AffinePoint point = {ToField(x), ToField(y)};
  return IsOnCurve(point) ? std::make_unique<const Table>(point) : nullptr;
}

// SEC 1, section 4.1.4.
bool Verify(const Table& key, const unsigned char* digest, const unsigned char* signature) {
  const Words r = FromOctets(signature);
  const Words s = FromOctets(signature + 32);
  const Words e = ReduceOnce(FromOctets(digest), 0, kOrder);
  const Words inverse = InverseScalar(s);
  Point sum;
  OfBasePoint().AddMultiple(MontgomeryScalar(e, inverse), &sum);
  key.AddMultiple(MontgomeryScalar(r, inverse), &sum);
  return !sum.is_infinity() && HasX(sum, r);
}

}  // namespace sipward::identity::p256
