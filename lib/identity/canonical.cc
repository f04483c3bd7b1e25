#include "identity/canonical.h"

#include <algorithm>

#include "base/ascii.h"
#include "sip/values.h"

namespace sipward::identity {
namespace {

constexpr size_t kMostUri = 2'048;
constexpr std::string_view kAnonymousHost = "anonymous.invalid";

class Writer {
 public:
  explicit Writer(std::span<char> out) : out_(out) {}
  void Put(char c) {
    if (size_ < out_.size()) out_[size_] = c;
    ++size_;
  }
  bool fits() const { return size_ <= out_.size(); }
  std::string_view text() const { return {out_.data(), size_}; }
  Party Finish(PartyKind kind) const {
    if (!fits() || size_ == 0) return {};
    return {kind, text()};
  }

 private:
  std::span<char> out_;
  size_t size_ = 0;
};

bool IsPrintable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

// RFC 3986 section 2.3.
bool IsUnreserved(char c) {
  return IsAlpha(c) || IsDigit(c) || c == '-' || c == '.' || c == '_' || c == '~';
}

std::string_view Before(std::string_view text, std::string_view any_of) {
  return text.substr(0, text.find_first_of(any_of));
}

// White space is as good a separator as a dash, which the text of a token does not have.
Party Number(std::string_view text, Writer out) {
  text = Before(text, ";");
  for (const char c : text) {
    const bool odd = c == '%' || static_cast<unsigned char>(c) < ' ' || c >= 0x7f || c < 0;
    if (odd) return {};
    if (IsDigit(c) || c == '#' || c == '*') out.Put(c);
  }
  return out.Finish(PartyKind::kTn);
}

bool AllDigits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
}

// The user as it is, but for escapes: of unreserved characters they are undone, of others written
// with large letters. False if an escape is none.
bool PutUser(std::string_view user, Writer* out) {
  for (size_t i = 0; i < user.size(); ++i) {
    if (user[i] != '%') {
      out->Put(user[i]);
      continue;
    }
    if (user.size() - i < 3) return false;
    const int high = HexValue(user[i + 1]);
    const int low = HexValue(user[i + 2]);
    if (high < 0 || low < 0) return false;
    const char meant = static_cast<char>(high << 4 | low);
    if (IsUnreserved(meant)) {
      out->Put(meant);
    } else {
      constexpr std::string_view kDigits = "0123456789ABCDEF";
      out->Put('%');
      out->Put(kDigits[static_cast<size_t>(high)]);
      out->Put(kDigits[static_cast<size_t>(low)]);
    }
    i += 2;
  }
  return true;
}

bool SaysPhone(const char* base, Slice params) {
  if (!params.present()) return false;
  sip::ParamCursor cursor(base, params);
  for (sip::Param param; cursor.Next(&param);) {
    if (EqualsIgnoreCase(param.name.In(base), "user")) {
      return EqualsIgnoreCase(param.value.In(base), "phone");
    }
  }
  return false;
}

Party Sip(const char* base, const sip::Uri& uri, DigitUsers digit_users, Writer out) {
  const std::string_view user = uri.user.In(base);
  const std::string_view host = uri.host.In(base);
  if (host.empty()) return {};
  if (EqualsIgnoreCase(host, kAnonymousHost)) return {PartyKind::kAnonymous, {}};
  const std::string_view digits = user.starts_with('+') ? user.substr(1) : user;
  if (SaysPhone(base, uri.params) ||
      (digit_users == DigitUsers::kAreNumbers && AllDigits(digits))) {
    return Number(user, out);
  }
  if (!IsPrintable(user) || !IsPrintable(host)) return {};
  for (const char c : uri.scheme.In(base)) out.Put(ToLower(c));
  out.Put(':');
  if (uri.user.present()) {
    if (!PutUser(user, &out)) return {};
    out.Put('@');
  }
  for (const char c : host) out.Put(ToLower(c));
  return out.Finish(PartyKind::kUri);
}

}  // namespace

Party Canonicalize(std::string_view uri, DigitUsers digit_users, std::span<char> out) {
  if (uri.size() > kMostUri) return {};
  sip::Uri parts;
  sip::AnomalyLog log;
  const char* base = uri.data();
  // What is odd about it, the parser of messages notes; here it must only be the same on both
  // sides.
  if (!sip::ParseUri(base, {0, static_cast<uint32_t>(uri.size())}, sip::UriPlace::kBracketed, {},
                     log, &parts)) {
    return {};
  }
  Writer writer(out);
  switch (parts.kind) {
    case sip::UriScheme::kTel:
      return Number(parts.user.In(base), writer);
    case sip::UriScheme::kSip:
    case sip::UriScheme::kSips:
      return Sip(base, parts, digit_users, writer);
    case sip::UriScheme::kUrn:
    case sip::UriScheme::kOther:
      break;
  }
  if (!IsPrintable(uri)) return {};
  const std::string_view scheme = parts.scheme.In(base);
  for (const char c : scheme) writer.Put(ToLower(c));
  for (const char c : uri.substr(scheme.size())) writer.Put(c);
  return writer.Finish(PartyKind::kUri);
}

}  // namespace sipward::identity
