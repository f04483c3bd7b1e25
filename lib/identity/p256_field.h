// Numbers below the prime of P-256 (SEC 2, section 2.4.2), for public values alone: nothing here
// takes the same time for all of them. Internal to this folder.
#ifndef SIPWARD_IDENTITY_P256_FIELD_H_
#define SIPWARD_IDENTITY_P256_FIELD_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <type_traits>

#ifdef __x86_64__
#include <immintrin.h>
#endif

namespace sipward::identity::p256 {

__extension__ using Wide = unsigned __int128;

// 256 bits, the lowest 64 first.
using Words = std::array<uint64_t, 4>;

inline constexpr Words kPrime = {0xffffffffffffffff, 0x00000000ffffffff, 0, 0xffffffff00000001};

constexpr bool IsZero(const Words& a) { return (a[0] | a[1] | a[2] | a[3]) == 0; }

constexpr bool Below(const Words& a, const Words& b) {
  for (size_t i = 4; i-- > 0;) {
    if (a[i] != b[i]) return a[i] < b[i];
  }
  return false;
}

// a + b + *carry, and what does not fit. A processor has it in one instruction, which compilers do
// not find by themselves.
constexpr uint64_t AddCarry(uint64_t a, uint64_t b, uint8_t* carry) {
#ifdef __x86_64__
  if (!std::is_constant_evaluated()) {
    unsigned long long sum = 0;
    *carry = _addcarry_u64(*carry, a, b, &sum);
    return sum;
  }
#endif
  const Wide sum = Wide{a} + b + *carry;
  *carry = static_cast<uint8_t>(sum >> 64);
  return static_cast<uint64_t>(sum);
}

constexpr uint64_t SubtractBorrow(uint64_t a, uint64_t b, uint8_t* borrow) {
#ifdef __x86_64__
  if (!std::is_constant_evaluated()) {
    unsigned long long rest = 0;
    *borrow = _subborrow_u64(*borrow, a, b, &rest);
    return rest;
  }
#endif
  const Wide rest = Wide{a} - b - *borrow;
  *borrow = static_cast<uint8_t>(rest >> 64) & 1;
  return static_cast<uint64_t>(rest);
}

// a + b, with what does not fit in *carry.
constexpr Words AddWords(const Words& a, const Words& b, uint8_t* carry) {
  *carry = 0;
  const uint64_t w0 = AddCarry(a[0], b[0], carry);
  const uint64_t w1 = AddCarry(a[1], b[1], carry);
  const uint64_t w2 = AddCarry(a[2], b[2], carry);
  return {w0, w1, w2, AddCarry(a[3], b[3], carry)};
}

// a - b, with 1 in *borrow if b is larger.
constexpr Words SubtractWords(const Words& a, const Words& b, uint8_t* borrow) {
  *borrow = 0;
  const uint64_t w0 = SubtractBorrow(a[0], b[0], borrow);
  const uint64_t w1 = SubtractBorrow(a[1], b[1], borrow);
  const uint64_t w2 = SubtractBorrow(a[2], b[2], borrow);
  return {w0, w1, w2, SubtractBorrow(a[3], b[3], borrow)};
}

// high:low, which is below twice the modulus, brought below it.
constexpr Words ReduceOnce(const Words& low, uint64_t high, const Words& modulus) {
  uint8_t borrow = 0;
  const Words less = SubtractWords(low, modulus, &borrow);
  SubtractBorrow(high, 0, &borrow);
  // Chosen without a jump, which nobody could foresee.
  const uint64_t keep = 0 - uint64_t{borrow};
  return {(low[0] & keep) | (less[0] & ~keep), (low[1] & keep) | (less[1] & ~keep),
          (low[2] & keep) | (less[2] & ~keep), (low[3] & keep) | (less[3] & ~keep)};
}

constexpr Words AddModulo(const Words& a, const Words& b, const Words& modulus) {
  uint8_t carry = 0;
  const Words sum = AddWords(a, b, &carry);
  return ReduceOnce(sum, carry, modulus);
}

// 2^bits modulo an odd number.
constexpr Words PowerOfTwo(unsigned bits, const Words& modulus) {
  Words power = {1, 0, 0, 0};
  for (unsigned i = 0; i < bits; ++i) power = AddModulo(power, power, modulus);
  return power;
}

// Of the field, as a * 2^256 (Montgomery), always below the prime.
struct Field {
  Words words{};

  friend constexpr bool operator==(const Field&, const Field&) = default;
  bool is_zero() const { return IsZero(words); }
};

inline Field operator+(const Field& a, const Field& b) {
  return {AddModulo(a.words, b.words, kPrime)};
}

inline Field operator-(const Field& a, const Field& b) {
  uint8_t borrow = 0;
  Words rest = SubtractWords(a.words, b.words, &borrow);
  const uint64_t all = 0 - uint64_t{borrow};
  uint8_t carry = 0;
  rest = AddWords(rest, {kPrime[0] & all, kPrime[1] & all, 0, kPrime[3] & all}, &carry);
  return {rest};
}

// The prime is -1 modulo 2^64 and has a word of zeros, so that each of the four steps that divide
// by 2^64 takes one multiplication.
inline Field operator*(const Field& a, const Field& b) {
  uint64_t t0 = 0;
  uint64_t t1 = 0;
  uint64_t t2 = 0;
  uint64_t t3 = 0;
  uint64_t t4 = 0;
#pragma GCC unroll 4
  for (size_t i = 0; i < 4; ++i) {
    const uint64_t by = b.words[i];
    Wide x = Wide{a.words[0]} * by + t0;
    const uint64_t m = static_cast<uint64_t>(x);
    x = Wide{a.words[1]} * by + t1 + static_cast<uint64_t>(x >> 64);
    t1 = static_cast<uint64_t>(x);
    x = Wide{a.words[2]} * by + t2 + static_cast<uint64_t>(x >> 64);
    t2 = static_cast<uint64_t>(x);
    x = Wide{a.words[3]} * by + t3 + static_cast<uint64_t>(x >> 64);
    t3 = static_cast<uint64_t>(x);
    x = Wide{t4} + static_cast<uint64_t>(x >> 64);
    t4 = static_cast<uint64_t>(x);
    const uint64_t t5 = static_cast<uint64_t>(x >> 64);
    // Plus m times the prime, and the lowest word, which is zero now, left out.
    x = (Wide{m} << 32) + t1;
    t0 = static_cast<uint64_t>(x);
    x = Wide{t2} + static_cast<uint64_t>(x >> 64);
    t1 = static_cast<uint64_t>(x);
    x = Wide{m} * kPrime[3] + t3 + static_cast<uint64_t>(x >> 64);
    t2 = static_cast<uint64_t>(x);
    x = Wide{t4} + static_cast<uint64_t>(x >> 64);
    t3 = static_cast<uint64_t>(x);
    t4 = t5 + static_cast<uint64_t>(x >> 64);
  }
  return {ReduceOnce({t0, t1, t2, t3}, t4, kPrime)};
}

inline Field Squared(const Field& a) { return a * a; }
inline Field Twice(const Field& a) { return a + a; }

inline constexpr Field kFieldOne = {PowerOfTwo(256, kPrime)};

// A number below the prime, and back.
inline Field ToField(const Words& number) {
  constexpr Field kSquare = {PowerOfTwo(512, kPrime)};
  return Field{number} * kSquare;
}
inline Words FromField(const Field& a) { return (a * Field{{1, 0, 0, 0}}).words; }

// 1 / a; a is not zero. For tables: 8 us.
Field Inverse(const Field& a);

// 32 octets, the highest first.
inline Words FromOctets(const unsigned char* octets) {
  Words words{};
  for (size_t i = 0; i < 32; ++i) words[3 - i / 8] = words[3 - i / 8] << 8 | octets[i];
  return words;
}

}  // namespace sipward::identity::p256

#endif  // SIPWARD_IDENTITY_P256_FIELD_H_
