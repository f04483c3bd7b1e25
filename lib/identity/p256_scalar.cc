#include "identity/p256_scalar.h"

#include <bit>

namespace sipward::identity::p256 {
namespace {

// -1 / order modulo 2^64, by Newton's iteration.
constexpr uint64_t MinusInverse(uint64_t odd) {
  uint64_t inverse = odd;
  for (int i = 0; i < 6; ++i) inverse *= 2 - odd * inverse;
  return 0 - inverse;
}
constexpr uint64_t kMinusInverse = MinusInverse(kOrder[0]);
static_assert(kOrder[0] * kMinusInverse == UINT64_MAX);

// What may be as large as twice the order.
struct Long {
  std::array<uint64_t, 5> words{};

  void Add(const Long& other) {
    Wide over = 0;
    for (size_t i = 0; i < 5; ++i) {
      over += Wide{words[i]} + other.words[i];
      words[i] = static_cast<uint64_t>(over);
      over >>= 64;
    }
  }
  // By 1 to 63 bits.
  void ShiftLeft(int bits) {
    for (size_t i = 4; i > 0; --i) words[i] = words[i] << bits | words[i - 1] >> (64 - bits);
    words[0] <<= bits;
  }
};

void ShiftRight(Words* a, int bits) {
  for (size_t i = 0; i < 3; ++i) (*a)[i] = (*a)[i] >> bits | (*a)[i + 1] << (64 - bits);
  (*a)[3] >>= bits;
}

// Makes an even number odd: by how many bits it was shifted, and its partner the other way.
int MakeOdd(Words* a, Long* partner) {
  int sum = 0;
  while (((*a)[0] & 1) == 0) {
    const int bits = (*a)[0] == 0 ? 63 : std::countr_zero((*a)[0]);
    ShiftRight(a, bits);
    partner->ShiftLeft(bits);
    sum += bits;
  }
  return sum;
}

}  // namespace

Words MontgomeryScalar(const Words& a, const Words& b) {
  std::array<uint64_t, 6> t{};
  for (size_t i = 0; i < 4; ++i) {
    uint64_t over = 0;
    for (size_t k = 0; k < 4; ++k) {
      const Wide x = Wide{a[k]} * b[i] + t[k] + over;
      t[k] = static_cast<uint64_t>(x);
      over = static_cast<uint64_t>(x >> 64);
    }
    const Wide top = Wide{t[4]} + over;
    t[4] = static_cast<uint64_t>(top);
    t[5] = static_cast<uint64_t>(top >> 64);
    const uint64_t m = t[0] * kMinusInverse;
    Wide x = Wide{m} * kOrder[0] + t[0];
    for (size_t k = 1; k < 4; ++k) {
      x = Wide{m} * kOrder[k] + t[k] + static_cast<uint64_t>(x >> 64);
      t[k - 1] = static_cast<uint64_t>(x);
    }
    x = Wide{t[4]} + static_cast<uint64_t>(x >> 64);
    t[3] = static_cast<uint64_t>(x);
    t[4] = t[5] + static_cast<uint64_t>(x >> 64);
  }
  return ReduceOnce({t[0], t[1], t[2], t[3]}, t[4], kOrder);
}

// Kaliski's almost inverse: the binary algorithm of Euclid, whose halvings are gathered in `power`
// and undone at the end. Always u * s + v * r = order, and the other way round r and s are what a
// times u and v are, but for the powers of two.
Words InverseScalar(const Words& a) {
  Words u = kOrder;
  Words v = a;
  Long r;
  Long s;
  s.words[0] = 1;
  int power = MakeOdd(&v, &r);
  for (;;) {
    uint8_t borrow = 0;
    if (Below(v, u)) {
      u = SubtractWords(u, v, &borrow);
      r.Add(s);
      power += MakeOdd(&u, &s);
    } else {
      v = SubtractWords(v, u, &borrow);
      s.Add(r);
      if (IsZero(v)) break;
      power += MakeOdd(&v, &r);
    }
  }
  r.ShiftLeft(1);
  ++power;
  // r is below twice the order and -2^power / a; power is between 256 and 512.
  const Words low =
      ReduceOnce({r.words[0], r.words[1], r.words[2], r.words[3]}, r.words[4], kOrder);
  uint8_t borrow = 0;
  const Words inverse = SubtractWords(kOrder, low, &borrow);
  // 2^power / a * 2^(512 - power) / 2^256.
  const unsigned rest = static_cast<unsigned>(512 - power);
  Words factor{};
  if (rest == 256) {
    factor = PowerOfTwo(256, kOrder);
  } else {
    factor[rest / 64] = uint64_t{1} << (rest % 64);
  }
  return MontgomeryScalar(inverse, factor);
}

}  // namespace sipward::identity::p256
