// What a certificate says, as text for people.
#ifndef SIPWARD_IDENTITY_CERTIFICATE_TEXT_H_
#define SIPWARD_IDENTITY_CERTIFICATE_TEXT_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::identity {

std::string Hexadecimal(std::string_view octets);

struct CertificateText {
  static constexpr size_t kMostText = 1024;  // of a text; what is longer is cut
  static constexpr size_t kMostCodes = 16;

  bool readable = false;  // else only the fingerprint says something
  std::string subject, issuer;
  std::string serial;                 // hexadecimal
  std::string not_before, not_after;  // 2026-11-30T12:00:00Z; empty if they cannot be read
  std::vector<std::string> spcs;      // service provider codes, the first of them
  std::string sha256;                 // hexadecimal
};
// Of any octets. Not for the path of a call: it allocates.
CertificateText DescribeCertificate(std::string_view der);

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_CERTIFICATE_TEXT_H_
