#include "identity/certificate_text.h"

#include <openssl/asn1.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <cstdio>

#include "identity/ossl.h"
#include "identity/path.h"
#include "identity/tn_auth_list.h"

namespace sipward::identity {
namespace {

std::string Cut(std::string text) {
  if (text.size() > CertificateText::kMostText) text.resize(CertificateText::kMostText);
  return text;
}

std::string TimeText(const ASN1_TIME* time) {
  tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return {};
  std::array<char, 96> text;
  const int size = std::snprintf(text.data(), text.size(), "%04d-%02d-%02dT%02d:%02d:%02dZ",
                                 parts.tm_year + 1900, parts.tm_mon + 1, parts.tm_mday,
                                 parts.tm_hour, parts.tm_min, parts.tm_sec);
  return {text.data(), static_cast<size_t>(size)};
}

std::string Sha256Text(std::string_view octets) {
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest;
  unsigned size = 0;
  if (EVP_Digest(octets.data(), octets.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) {
    return {};
  }
  return Hexadecimal({reinterpret_cast<const char*>(digest.data()), size});
}

std::vector<std::string> CodesOf(const X509* certificate) {
  const Extension extension = FindExtension(certificate, kOidTnAuthList);
  if (extension.state != Extension::State::kOnce) return {};
  const auto list = TnAuthList::Parse(extension.value);
  if (!list) return {};
  std::vector<std::string> codes = list->spcs();
  codes.resize(std::min(codes.size(), CertificateText::kMostCodes));
  return codes;
}

}  // namespace

std::string Hexadecimal(std::string_view octets) {
  std::string out;
  for (const char c : octets) {
    constexpr char kDigits[] = "0123456789abcdef";
    out.push_back(kDigits[static_cast<uint8_t>(c) >> 4]);
    out.push_back(kDigits[static_cast<uint8_t>(c) & 15]);
  }
  return out;
}

CertificateText DescribeCertificate(std::string_view der) {
  const ErrorMark mark;
  CertificateText text;
  text.sha256 = Sha256Text(der);
  const OwnedX509 certificate = ParseX509(der);
  if (!certificate) return text;
  text.readable = true;
  text.subject = Cut(NameText(X509_get_subject_name(certificate.get())));
  text.issuer = Cut(NameText(X509_get_issuer_name(certificate.get())));
  text.serial = Cut(Hexadecimal(SerialOctets(certificate.get()).value_or("")));
  text.not_before = TimeText(X509_get0_notBefore(certificate.get()));
  text.not_after = TimeText(X509_get0_notAfter(certificate.get()));
  text.spcs = CodesOf(certificate.get());
  return text;
}

}  // namespace sipward::identity
