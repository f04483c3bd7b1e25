// Claims about parts of the request: which priority it may ask for, its body, its fingerprints.
#include <algorithm>

#include "base/ascii.h"
#include "identity/rich_call_data.h"
#include "identity/token.h"

namespace sipward::identity {
namespace {

bool Lists(const JsonValue& list, std::string_view value) {
  for (JsonValue entry = list.First(); entry.present(); entry = entry.Next()) {
    if (EqualsIgnoreCase(entry.text(), value)) return true;
  }
  return false;
}

// RFC 8443 section 4: whatever the request asks for must be permitted; RFC 9027 has lists of its
// own for emergency calls and those who call back.
Reason CheckPriority(const JsonValue& rph, const Request& request) {
  if (!rph.present() || !request.knows_priority) return Reason::kOk;
  for (const std::string_view value : request.resource_priority) {
    bool listed = false;
    for (const std::string_view name : {"auth", "ESorig", "EScallback"}) {
      listed = listed || Lists(rph.Find(name), value);
    }
    if (!listed) return Reason::kRphMismatch;
  }
  return Reason::kOk;
}

// RFC 9475 section 3.
Reason CheckBody(const JsonValue& msgi, const Request& request, FlagSet* flags) {
  if (!msgi.present()) return Reason::kOk;
  if (!request.body) {
    flags->Add(Flag::kMsgiUnchecked);
    return Reason::kOk;
  }
  Digest digest;
  return ReadDigest(msgi.text(), &digest) && Matches(digest, *request.body) ? Reason::kOk
                                                                            : Reason::kMsgiMismatch;
}

// Hexadecimal digits alone, colons left out.
bool SameDigits(std::string_view a, std::string_view b) {
  size_t i = 0;
  size_t j = 0;
  for (;;) {
    while (i < a.size() && a[i] == ':') ++i;
    while (j < b.size() && b[j] == ':') ++j;
    if (i == a.size() || j == b.size()) return i == a.size() && j == b.size();
    if (ToLower(a[i++]) != ToLower(b[j++])) return false;
  }
}

bool Same(const JsonValue& key, const Fingerprint& fingerprint) {
  return EqualsIgnoreCase(key.Find("alg").text(), fingerprint.hash) &&
         SameDigits(key.Find("dig").text(), fingerprint.value);
}

// RFC 8224 section 4, RFC 8225 section 5.2.2: the keys of the token and those of the session are
// the same.
Reason CheckKeys(const JsonValue& mky, const Request& request, FlagSet* flags) {
  if (!mky.present()) return Reason::kOk;
  if (!request.knows_session) {
    flags->Add(Flag::kMkyUnchecked);
    return Reason::kOk;
  }
  const auto fingerprints = request.fingerprints;
  for (const Fingerprint& fingerprint : fingerprints) {
    bool found = false;
    for (JsonValue key = mky.First(); key.present() && !found; key = key.Next()) {
      found = Same(key, fingerprint);
    }
    if (!found) return Reason::kMkyMismatch;
  }
  for (JsonValue key = mky.First(); key.present(); key = key.Next()) {
    const bool found = std::any_of(fingerprints.begin(), fingerprints.end(),
                                   [&key](const Fingerprint& one) { return Same(key, one); });
    if (!found) return Reason::kMkyMismatch;
  }
  return Reason::kOk;
}

}  // namespace

bool SpeaksOfRequest(const JsonValue& payload) {
  return payload.Find("rph").present() || payload.Find("msgi").present() ||
         payload.Find("mky").present();
}

Reason CheckAgainstRequest(const JsonValue& payload, const Request& request, const Policy& policy,
                           FlagSet* flags) {
  Reason reason = CheckPriority(payload.Find("rph"), request);
  if (reason == Reason::kOk) reason = CheckBody(payload.Find("msgi"), request, flags);
  if (reason == Reason::kOk && policy.check_mky) {
    reason = CheckKeys(payload.Find("mky"), request, flags);
  }
  return reason;
}

}  // namespace sipward::identity
