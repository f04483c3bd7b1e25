#include "identity/name_digest.h"

#include <sodium.h>

#include <algorithm>
#include <string>

#include "base/ascii.h"
#include "identity/der.h"

namespace sipward::identity {
namespace {

// The strings that are compared as texts: UTF8String, PrintableString, T61String, IA5String and
// VisibleString. Others, and what is no string, are compared as they stand.
constexpr uint8_t kTexts[] = {der::kUtf8String, 0x13, 0x14, der::kIa5String, 0x1A};

void AppendPiece(char kind, std::string_view piece, std::string* out) {
  out->push_back(kind);
  for (int shift = 24; shift >= 0; shift -= 8) {
    out->push_back(static_cast<char>(piece.size() >> shift));
  }
  out->append(piece);
}

std::string Folded(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == ' ' && (out.empty() || out.back() == ' ')) continue;
    out.push_back(ToLower(c));
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

bool AppendAttribute(std::string_view attribute, std::string* out) {
  DerReader reader(attribute);
  const auto type = reader.Take(der::kOid);
  if (!type || reader.empty()) return false;
  AppendPiece('t', *type, out);
  const uint8_t tag = reader.tag();
  const auto value = reader.TakeLast(tag);
  if (!value) return false;
  if (std::find(std::begin(kTexts), std::end(kTexts), tag) != std::end(kTexts)) {
    AppendPiece('s', Folded(*value), out);
  } else {
    AppendPiece(static_cast<char>(tag), *value, out);
  }
  return true;
}

}  // namespace

std::optional<NameDigest> DigestName(std::string_view der) {
  const auto sets = DerReader(der).TakeLast(der::kSequence);
  if (!sets) return std::nullopt;
  std::string canonical;
  DerReader names(*sets);
  while (!names.empty()) {
    const auto set = names.Take(der::kSet);
    if (!set || set->empty()) return std::nullopt;
    canonical.push_back('n');
    DerReader attributes(*set);
    while (!attributes.empty()) {
      const auto attribute = attributes.Take(der::kSequence);
      if (!attribute || !AppendAttribute(*attribute, &canonical)) return std::nullopt;
    }
  }
  NameDigest digest{};
  crypto_hash_sha256(digest.data(), reinterpret_cast<const unsigned char*>(canonical.data()),
                     canonical.size());
  return digest;
}

CertificateId IdOf(const NameDigest& issuer, std::string_view serial) {
  // A leading zero is only there for the sign.
  while (serial.size() > 1 && serial[0] == '\0') serial.remove_prefix(1);
  crypto_hash_sha256_state state;
  crypto_hash_sha256_init(&state);
  crypto_hash_sha256_update(&state, issuer.data(), issuer.size());
  crypto_hash_sha256_update(&state, reinterpret_cast<const unsigned char*>(serial.data()),
                            serial.size());
  NameDigest digest{};
  crypto_hash_sha256_final(&state, digest.data());
  CertificateId id{};
  std::copy_n(digest.begin(), id.size(), id.begin());
  return id;
}

}  // namespace sipward::identity
