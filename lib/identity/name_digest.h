// Names of certificates, made comparable.
#ifndef SIPWARD_IDENTITY_NAME_DIGEST_H_
#define SIPWARD_IDENTITY_NAME_DIGEST_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string_view>

namespace sipward::identity {

using NameDigest = std::array<uint8_t, 32>;

// SHA-256 over a Name with everything taken out of it that RFC 5280 section 7.1 does not compare:
// which kind of string an attribute is, letter case in ASCII, and spaces at the ends or more than
// one. Who revokes a certificate need not write its issuer as the issuer does. Nothing if it is not
// a Name in DER.
std::optional<NameDigest> DigestName(std::string_view der);

// Which certificate a list of revoked ones means: who issued it, and the octets of its serial
// number. Half of a SHA-256, so that a list of many takes little room.
using CertificateId = std::array<uint8_t, 16>;
CertificateId IdOf(const NameDigest& issuer, std::string_view serial);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_NAME_DIGEST_H_
