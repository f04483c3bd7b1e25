#include "auth/digest_uri.h"

#include "base/ascii.h"
#include "sip/sip.h"
#include "sip/values.h"

namespace sipward::auth {
namespace {

bool Parse(std::string_view text, sip::Uri* out) {
  constexpr size_t kLongest = 8192;
  if (text.empty() || text.size() > kLongest) return false;
  sip::AnomalyLog log;
  const Slice all{0, static_cast<uint32_t>(text.size())};
  return sip::ParseUri(text.data(), all, sip::UriPlace::kRequestUri, sip::Limits{}, log, out);
}

}  // namespace

UriMatch CompareUris(std::string_view digest_uri, std::string_view request_uri) {
  if (digest_uri == request_uri) return UriMatch::kSame;
  sip::Uri one, other;
  if (!Parse(digest_uri, &one) || !Parse(request_uri, &other)) return UriMatch::kDifferent;
  const char* a = digest_uri.data();
  const char* b = request_uri.data();
  const bool reads = one.kind == sip::UriScheme::kSip || one.kind == sip::UriScheme::kSips ||
                     one.kind == sip::UriScheme::kTel;
  const bool alike = reads && one.kind == other.kind && one.user.In(a) == other.user.In(b) &&
                     EqualsIgnoreCase(one.host.In(a), other.host.In(b)) &&
                     one.port.In(a) == other.port.In(b);
  return alike ? UriMatch::kAlike : UriMatch::kDifferent;
}

}  // namespace sipward::auth
