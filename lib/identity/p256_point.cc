#include "identity/p256_point.h"

#include <array>

namespace sipward::identity::p256 {

// By Fermat: a to the power of the prime minus 2.
Field Inverse(const Field& a) {
  uint8_t borrow = 0;
  const Words exponent = SubtractWords(kPrime, {2, 0, 0, 0}, &borrow);
  Field power = kFieldOne;
  for (size_t bit = 256; bit-- > 0;) {
    power = Squared(power);
    if ((exponent[bit / 64] >> (bit % 64) & 1) != 0) power = power * a;
  }
  return power;
}

// SEC 2, section 2.4.2.
AffinePoint BasePoint() {
  return {
      ToField({0xf4a13945d898c296, 0x77037d812deb33a0, 0xf8bce6e563a440f2, 0x6b17d1f2e12c4247}),
      ToField({0xcbb6406837bf51f5, 0x2bce33576b315ece, 0x8ee7eb4a7c0f9e16, 0x4fe342e2fe1a7f9b})};
}

// y^2 = x^3 - 3 x + b.
bool IsOnCurve(const AffinePoint& point) {
  const Field b =
      ToField({0x3bce3c3e27d2604b, 0x651d06b0cc53b0f6, 0xb3ebbd55769886bc, 0x5ac635d8aa3a93e7});
  const Field cube = Squared(point.x) * point.x;
  const Field right = cube - (Twice(point.x) + point.x) + b;
  return Squared(point.y) == right;
}

// No point but that at infinity is its own inverse, for the order is odd: z is zero for it alone.
Point Doubled(const Point& point) {
  const Field delta = Squared(point.z);
  const Field gamma = Squared(point.y);
  const Field beta = point.x * gamma;
  const Field product = (point.x - delta) * (point.x + delta);
  const Field alpha = Twice(product) + product;
  const Field beta4 = Twice(Twice(beta));
  Point out;
  out.x = Squared(alpha) - Twice(beta4);
  out.z = Twice(point.y * point.z);
  out.y = alpha * (beta4 - out.x) - Twice(Twice(Twice(Squared(gamma))));
  return out;
}

Point operator+(const Point& a, const AffinePoint& b) {
  if (a.is_infinity()) return ToPoint(b);
  const Field zz = Squared(a.z);
  const Field h = b.x * zz - a.x;
  const Field r = b.y * (a.z * zz) - a.y;
  if (h.is_zero()) return r.is_zero() ? Doubled(a) : Point{};
  const Field hh = Squared(h);
  const Field hhh = h * hh;
  const Field v = a.x * hh;
  Point out;
  out.x = Squared(r) - hhh - Twice(v);
  out.y = r * (v - out.x) - a.y * hhh;
  out.z = a.z * h;
  return out;
}

// One inversion for all: of the product, from which each is got back.
void ToAffine(std::span<const Point> points, AffinePoint* out) {
  std::array<Field, 64> products;
  Field product = kFieldOne;
  for (size_t i = 0; i < points.size(); ++i) {
    products[i] = product;
    product = product * points[i].z;
  }
  Field rest = Inverse(product);
  for (size_t i = points.size(); i-- > 0;) {
    const Field inverse = rest * products[i];
    rest = rest * points[i].z;
    const Field square = Squared(inverse);
    out[i] = {points[i].x * square, points[i].y * (square * inverse)};
  }
}

}  // namespace sipward::identity::p256
