#include "auth/credentials.h"

#include <algorithm>

#include "base/ascii.h"
#include "sip/sip.h"
#include "sip/values.h"

namespace sipward::auth {
namespace {

constexpr size_t kCountDigits = 8;

std::string_view WithoutQuotes(std::string_view value) {
  const bool quoted = value.size() >= 2 && value.front() == '"' && value.back() == '"';
  return quoted ? value.substr(1, value.size() - 2) : value;
}

// RFC 8187: UTF-8'language'octets. RFC 7616 section 3.4 has no other character set.
bool Decode(std::string_view value, Credentials* out) {
  constexpr std::string_view kCharset = "UTF-8'";
  if (!EqualsIgnoreCase(value.substr(0, kCharset.size()), kCharset)) return false;
  const size_t language_end = value.find('\'', kCharset.size());
  if (language_end == std::string_view::npos) return false;
  value.remove_prefix(language_end + 1);
  while (!value.empty()) {
    if (out->decoded_size == out->decoded.size()) return false;
    char octet = value.front();
    size_t taken = 1;
    if (octet == '%') {
      if (value.size() < 3 || HexValue(value[1]) < 0 || HexValue(value[2]) < 0) return false;
      octet = static_cast<char>(HexValue(value[1]) << 4 | HexValue(value[2]));
      taken = 3;
    }
    out->decoded[out->decoded_size++] = octet;
    value.remove_prefix(taken);
  }
  return true;
}

// The two parameters that only Digest of RFC 7616 has.
bool ReadNewParameters(const char* base, const sip::Digest& digest, Credentials* out) {
  const uint32_t begin = digest.scheme.end();
  const Slice all{begin, digest.text.end() - begin};
  sip::ParamCursor cursor(base, all, ',');
  sip::Param param;
  while (cursor.Next(&param)) {
    const std::string_view name = param.name.In(base);
    const std::string_view value = WithoutQuotes(param.value.In(base));
    if (EqualsIgnoreCase(name, "userhash")) {
      out->user_hashed = EqualsIgnoreCase(value, "true");
    } else if (name == "username*") {
      if (digest.username.present() || !Decode(value, out)) return false;
      out->user_encoded = true;
    }
  }
  return !(out->user_encoded && out->user_hashed);
}

bool ReadCount(std::string_view text, uint32_t* count) {
  if (text.size() != kCountDigits) return false;
  for (const char digit : text) {
    if (HexValue(digit) < 0) return false;
    *count = *count << 4 | static_cast<uint32_t>(HexValue(digit));
  }
  return *count != 0;
}

// RFC 7616 section 3.4: what qop asks for.
Reason ReadQop(const sip::Digest& digest, Credentials* out) {
  if (!digest.qop.present()) return Reason::kOk;
  if (EqualsIgnoreCase(out->qop_text, "auth")) {
    out->qop = Qop::kAuth;
  } else if (EqualsIgnoreCase(out->qop_text, "auth-int")) {
    out->qop = Qop::kAuthInt;
  } else {
    return Reason::kQopNotOffered;
  }
  const bool counted = digest.cnonce.present() && ReadCount(out->nc, &out->count);
  return counted ? Reason::kOk : Reason::kMalformed;
}

Reason Judge(const char* base, const sip::Digest& digest, Credentials* out) {
  const bool complete = digest.nonce.present() && digest.uri.present() && digest.response.present();
  if (!ReadNewParameters(base, digest, out)) return Reason::kMalformed;
  if (!complete || (!digest.username.present() && !out->user_encoded)) return Reason::kMalformed;
  if (digest.algorithm.present()) {
    const std::optional<Algorithm> found = FindAlgorithm(out->algorithm_text);
    if (!found) return Reason::kAlgorithmUnknown;
    out->algorithm = *found;
  }
  if (IsSession(out->algorithm) && !digest.cnonce.present()) return Reason::kMalformed;
  return ReadQop(digest, out);
}

}  // namespace

bool ReadCredentials(std::string_view value, std::string_view realm, Credentials* out) {
  *out = Credentials{};
  if (value.size() > Credentials::kLongest) {
    out->reason = Reason::kMalformed;
    return true;
  }
  sip::AnomalyLog log;
  sip::Digest digest;
  const char* base = value.data();
  const sip::Limits limits;
  const Slice all{0, static_cast<uint32_t>(value.size())};
  if (!sip::ParseDigest(base, all, limits, log, &digest)) return false;
  out->scheme = digest.scheme.In(base);
  if (!EqualsIgnoreCase(out->scheme, "Digest")) return false;
  out->user = digest.username.In(base);
  out->realm = digest.realm.In(base);
  out->nonce = digest.nonce.In(base);
  out->uri = digest.uri.In(base);
  out->response = digest.response.In(base);
  out->algorithm_text = digest.algorithm.In(base);
  out->cnonce = digest.cnonce.In(base);
  out->qop_text = digest.qop.In(base);
  out->nc = digest.nc.In(base);
  if (out->realm != realm) {
    out->reason = Reason::kOtherRealm;
  } else if (log.Has(sip::AnomalyId::kDigestDuplicateParam)) {
    // Whoever reads the other one sees other credentials.
    out->reason = Reason::kDuplicateParameter;
  } else {
    out->reason = Judge(base, digest, out);
  }
  return true;
}

}  // namespace sipward::auth
