// Points of P-256, with the case of every exception in addition. Public values alone. Internal to
// this folder.
#ifndef SIPWARD_IDENTITY_P256_POINT_H_
#define SIPWARD_IDENTITY_P256_POINT_H_

#include <span>

#include "identity/p256_field.h"

namespace sipward::identity::p256 {

// Never the point at infinity.
struct AffinePoint {
  Field x, y;
};

AffinePoint BasePoint();
bool IsOnCurve(const AffinePoint& point);
inline AffinePoint Negated(const AffinePoint& point) { return {point.x, Field{} - point.y}; }

// x / z^2 and y / z^3; z of the point at infinity is zero (Jacobian).
struct Point {
  Field x, y, z;

  bool is_infinity() const { return z.is_zero(); }
};

inline Point ToPoint(const AffinePoint& point) { return {point.x, point.y, kFieldOne}; }
Point Doubled(const Point& point);
Point operator+(const Point& a, const AffinePoint& b);
// None of them the point at infinity, 64 at most.
void ToAffine(std::span<const Point> points, AffinePoint* out);

}  // namespace sipward::identity::p256

#endif  // SIPWARD_IDENTITY_P256_POINT_H_
