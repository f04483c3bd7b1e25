#include "identity/rich_call_data.h"

#include <openssl/evp.h>

#include <cstring>

#include "base/ascii.h"
#include "identity/base64.h"

namespace sipward::identity {
namespace {

struct Algorithm {
  std::string_view name;
  size_t octets;
  const EVP_MD* (*make)();
};
constexpr Algorithm kAlgorithms[] = {
    {"sha256-", 32, EVP_sha256}, {"sha384-", 48, EVP_sha384}, {"sha512-", 64, EVP_sha512}};

bool IsTextOrAbsent(const JsonValue& value) { return !value.present() || value.is_string(); }

// RFC 9795 section 5.1. A jCard stands in the token or elsewhere, not both.
bool IsRcd(const JsonValue& rcd) {
  const JsonValue nam = rcd.Find("nam");
  if (!nam.is_string()) return false;
  const JsonValue jcd = rcd.Find("jcd");
  const JsonValue jcl = rcd.Find("jcl");
  if (jcd.present() && (jcl.present() || !(jcd.is_array() || jcd.is_object()))) return false;
  return IsTextOrAbsent(jcl) && IsTextOrAbsent(rcd.Find("apn")) && IsTextOrAbsent(rcd.Find("icn"));
}

// A URI of something that would have to be fetched.
bool IsElsewhere(const JsonValue& target) {
  if (!target.is_string()) return false;
  const std::string_view text = target.text();
  return EqualsIgnoreCase(text.substr(0, 8), "https://") ||
         EqualsIgnoreCase(text.substr(0, 7), "http://");
}

// RFC 9795 section 6.1: a digest is of what the pointer finds, written as JSON without white space.
Reason CheckDigest(const JsonValue& target, const Digest& digest, FlagSet* flags) {
  if (!target.present()) return Reason::kRcdiMismatch;
  if (IsElsewhere(target)) {
    flags->Add(Flag::kRcdiPending);
    return Reason::kOk;
  }
  std::array<char, Json::kMostText> canonical;
  const size_t size = target.WriteCanonical(canonical);
  if (size != 0 && Matches(digest, {canonical.data(), size})) return Reason::kOk;
  if (target.is_string() && Matches(digest, target.text())) {
    flags->Add(Flag::kRcdiUnquoted);
    return Reason::kOk;
  }
  return Reason::kRcdiMismatch;
}

Reason CheckDigests(const JsonValue& rcdi, const JsonValue& rcd, FlagSet* flags) {
  if (!rcdi.is_object() || rcdi.size() == 0 || !rcd.present()) return Reason::kRcdiInvalid;
  for (JsonValue entry = rcdi.First(); entry.present(); entry = entry.Next()) {
    Digest digest;
    if (!entry.name().starts_with('/') || !entry.is_string() ||
        !ReadDigest(entry.text(), &digest)) {
      return Reason::kRcdiInvalid;
    }
    const Reason reason = CheckDigest(rcd.Follow(entry.name()), digest, flags);
    if (reason != Reason::kOk) return reason;
  }
  return Reason::kOk;
}

}  // namespace

bool ReadDigest(std::string_view text, Digest* out) {
  for (const Algorithm& algorithm : kAlgorithms) {
    if (!text.starts_with(algorithm.name)) continue;
    const std::string_view encoded = text.substr(algorithm.name.size());
    if (encoded.size() != (algorithm.octets + 2) / 3 * 4) return false;
    out->kind = static_cast<DigestKind>(&algorithm - kAlgorithms);
    return DecodeBase64(encoded, out->octets, &out->size) && out->size == algorithm.octets;
  }
  return false;
}

bool Matches(const Digest& digest, std::string_view octets) {
  const Algorithm& algorithm = kAlgorithms[static_cast<size_t>(digest.kind)];
  std::array<unsigned char, EVP_MAX_MD_SIZE> made;
  unsigned int size = 0;
  return EVP_Digest(octets.data(), octets.size(), made.data(), &size, algorithm.make(), nullptr) ==
             1 &&
         size == digest.size && std::memcmp(made.data(), digest.octets.data(), size) == 0;
}

Reason CheckRichCallData(const JsonValue& payload, bool wanted, FlagSet* flags) {
  const JsonValue rcd = payload.Find("rcd");
  if ((wanted || rcd.present()) && !IsRcd(rcd)) return Reason::kRcdInvalid;
  const JsonValue rcdi = payload.Find("rcdi");
  if (rcdi.present()) {
    const Reason reason = CheckDigests(rcdi, rcd, flags);
    if (reason != Reason::kOk) return reason;
  }
  const JsonValue crn = payload.Find("crn");
  return IsTextOrAbsent(crn) ? Reason::kOk : Reason::kCrnInvalid;
}

}  // namespace sipward::identity
