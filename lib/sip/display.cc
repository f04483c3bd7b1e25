#include "sip/display.h"

#include "sip/scan.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kSchemes[] = {"sip", "sips", "tel"};

bool EndsInScheme(std::string_view before_colon) {
  for (const std::string_view scheme : kSchemes) {
    if (before_colon.size() < scheme.size()) continue;
    if (EqualsIgnoreCase(before_colon.substr(before_colon.size() - scheme.size()), scheme))
      return true;
  }
  return false;
}

bool IsAlnum(char c) { return IsAlpha(c) || IsDigit(c); }

bool LooksLikeUri(std::string_view text) {
  for (size_t i = 1; i < text.size(); ++i) {
    if (text[i] == ':' && EndsInScheme(text.substr(0, i))) return true;
    if (text[i] == '@' && i + 1 < text.size() && IsAlnum(text[i - 1]) && IsAlnum(text[i + 1]))
      return true;
  }
  return false;
}

// A display that repeats user@host deceives nobody.
bool RepeatsAddress(const char* base, std::string_view text, const Uri& uri) {
  const size_t at = text.find('@');
  return at != std::string_view::npos && EqualsIgnoreCase(text.substr(0, at), uri.user.In(base)) &&
         EqualsIgnoreCase(text.substr(at + 1), uri.host.In(base));
}

bool IsTelephoneNumber(std::string_view text) {
  size_t digits = 0;
  for (const char c : text) {
    if (IsDigit(c)) {
      ++digits;
    } else if (std::string_view("+-. ()/").find(c) == std::string_view::npos) {
      return false;
    }
  }
  return digits >= 7;
}

// Walks the digits of a text from its end.
class DigitsBackward {
 public:
  explicit DigitsBackward(std::string_view text) : text_(text) {}
  // The next digit, or 0 if there are no more.
  char Next() {
    while (!text_.empty()) {
      const char c = text_.back();
      text_.remove_suffix(1);
      if (IsDigit(c)) return c;
    }
    return 0;
  }

 private:
  std::string_view text_;
};

// The same number, or the same with and without a country code or trunk prefix: one is the end of
// the other, and the shorter has seven digits at least.
bool IsSameNumber(std::string_view a, std::string_view b) {
  DigitsBackward left(a), right(b);
  for (int same = 0;; ++same) {
    const char l = left.Next(), r = right.Next();
    if (l == 0 || r == 0) return (l == 0 && r == 0) || same >= 7;
    if (l != r) return false;
  }
}

}  // namespace

void CheckDisplay(const char* base, const NameAddr& address, AnomalyLog& log) {
  const std::string_view text = Trim(base, Unquote(base, address.display)).In(base);
  if (LooksLikeUri(text) && !RepeatsAddress(base, text, address.uri)) {
    log.Add(AnomalyId::kNameaddrDisplayContainsUri, address.display.offset);
  }
  if (!IsTelephoneNumber(text)) return;
  std::string_view user = address.uri.user.In(base);
  user = user.substr(0, user.find(';'));  // telephone parameters, RFC 3966
  if (!IsSameNumber(text, user)) log.Add(AnomalyId::kNameaddrDisplayNumber, address.display.offset);
}

}  // namespace sipward::sip
