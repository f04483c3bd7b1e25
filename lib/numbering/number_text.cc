#include "numbering/number_text.h"

#include <algorithm>
#include <span>

#include "base/ascii.h"

namespace sipward::numbering {
namespace {

// What people and programs put between digits: RFC 3966 section 3, blanks, and the slash of some
// countries.
bool IsMark(char c) {
  return c == '-' || c == ' ' || c == '.' || c == '(' || c == ')' || c == '/' || c == '~';
}

// The octet at the front, which an escape may stand for; taken off.
char TakeOctet(std::string_view* text) {
  const char c = text->front();
  if (c == '%' && text->size() >= 3) {
    const char high = (*text)[1], low = (*text)[2];
    if (IsHexDigit(high) && IsHexDigit(low)) {
      text->remove_prefix(3);
      return static_cast<char>(HexValue(high) << 4 | HexValue(low));
    }
  }
  text->remove_prefix(1);
  return c;
}

// Digits with marks between them, behind a + or not. False if there is anything else.
bool ReadDigits(std::string_view text, std::span<char> out, size_t* size, bool* plus) {
  *size = 0;
  *plus = false;
  while (!text.empty()) {
    const char c = TakeOctet(&text);
    if (IsDigit(c)) {
      if (*size == out.size()) return false;
      out[(*size)++] = c;
    } else if (c == '+' && *size == 0 && !*plus) {
      *plus = true;
    } else if (!IsMark(c)) {
      return false;
    }
  }
  return *size != 0;
}

bool TakePrefix(std::string_view* text, std::string_view prefix) {
  if (!EqualsIgnoreCase(text->substr(0, prefix.size()), prefix)) return false;
  text->remove_prefix(prefix.size());
  return true;
}

// The part of a URI that is a number with its parameters; empty if there is none.
std::string_view NumberOfUri(std::string_view text) {
  if (TakePrefix(&text, "tel:")) return text.substr(0, text.find('?'));
  if (!TakePrefix(&text, "sip:") && !TakePrefix(&text, "sips:")) return text;
  const size_t at = text.rfind('@');  // no number has one, so nothing is hidden behind another
  if (at == text.npos) return {};
  text = text.substr(0, at);
  return text.substr(0, text.find(':'));
}

// The value of a parameter in what follows a number.
std::string_view Parameter(std::string_view parameters, std::string_view name) {
  while (!parameters.empty()) {
    parameters.remove_prefix(1);
    const size_t end = std::min(parameters.find(';'), parameters.size());
    const std::string_view one = parameters.substr(0, end);
    const size_t equals = one.find('=');
    if (equals != one.npos && EqualsIgnoreCase(one.substr(0, equals), name)) {
      return one.substr(equals + 1);
    }
    parameters.remove_prefix(end);
  }
  return {};
}

}  // namespace

bool NumberText::Read(std::string_view text) {
  text = NumberOfUri(text);
  const size_t end = std::min(text.find(';'), text.size());
  if (!ReadDigits(text.substr(0, end), digits_, &size_, &international_)) return false;
  context_size_ = 0;
  if (international_ || end == text.size()) return true;
  const std::string_view context = Parameter(text.substr(end), "phone-context");
  bool plus = false;
  size_t size = 0;
  if (ReadDigits(context, context_, &size, &plus) && plus) context_size_ = size;
  return true;
}

}  // namespace sipward::numbering
