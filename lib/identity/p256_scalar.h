// Numbers below the order of P-256's base point: what a signature is made of. Public values alone.
// Internal to this folder.
#ifndef SIPWARD_IDENTITY_P256_SCALAR_H_
#define SIPWARD_IDENTITY_P256_SCALAR_H_

#include "identity/p256_field.h"

namespace sipward::identity::p256 {

inline constexpr Words kOrder = {0xf3b9cac2fc632551, 0xbce6faada7179e84, 0xffffffffffffffff,
                                 0xffffffff00000000};

// a * b / 2^256 modulo the order; both are below it.
Words MontgomeryScalar(const Words& a, const Words& b);

// 2^256 / a modulo the order: MontgomeryScalar with it divides by a. a is not zero. About 2 us.
Words InverseScalar(const Words& a);

}  // namespace sipward::identity::p256

#endif  // SIPWARD_IDENTITY_P256_SCALAR_H_
