// A second reading of numbers and URIs in canonical form, written from RFC 8224 (8.3, 8.5), RFC
// 3966 and RFC 3261 (25.1) alone: whole strings, one step after the other. It knows well-formed
// URIs only, and says nothing of others.
#ifndef SIPWARD_FUZZ_SUPPORT_NAIVE_CANONICAL_H_
#define SIPWARD_FUZZ_SUPPORT_NAIVE_CANONICAL_H_

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::fuzz {

struct Naive {
  enum class Kind { kNone, kAnonymous, kNumber, kUri } kind = Kind::kNone;
  std::string text = {};

  bool operator==(const Naive&) const = default;
};

// The parts of a SIP URI; what is absent is empty, but for the user.
struct NaiveSip {
  std::string scheme, host;
  std::optional<std::string> user, password;
  std::string port, params, headers;
};

inline bool Only(std::string_view text, std::string_view more) {
  for (const char c : text) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    if (!letter && !(c >= '0' && c <= '9') && more.find(c) == more.npos) return false;
  }
  return true;
}

inline std::string Lower(std::string text) {
  for (char& c : text) {
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  }
  return text;
}

// Letters, digits, these, and escapes that are whole.
inline bool OnlyEscaped(std::string_view text, std::string_view more) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%') {
      const std::string_view hex = text.substr(i + 1, 2);
      if (hex.size() < 2 || hex.find_first_not_of("0123456789abcdefABCDEF") != hex.npos)
        return false;
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return Only(plain, more);
}

inline std::vector<std::string> Split(const std::string& text, char at) {
  std::vector<std::string> parts(1);
  for (const char c : text) {
    if (c == at) {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

inline bool WellFormedHost(const std::string& host) {
  if (host.starts_with('[')) {
    // Whether it is an address, others look at.
    return host.size() > 4 && host.ends_with(']') &&
           host.find_first_not_of("0123456789abcdefABCDEF:", 1) == host.size() - 1;
  }
  for (const std::string& label : Split(host, '.')) {
    if (label.empty() || label.size() > 63 || !Only(label, "-") || label.front() == '-' ||
        label.back() == '-')
      return false;
  }
  return true;
}

inline std::optional<NaiveSip> SplitSip(const std::string& uri) {
  NaiveSip parts;
  const size_t colon = uri.find(':');
  if (colon == uri.npos) return std::nullopt;
  parts.scheme = Lower(uri.substr(0, colon));
  if (parts.scheme != "sip" && parts.scheme != "sips") return std::nullopt;
  std::string rest = uri.substr(colon + 1);
  const std::vector<std::string> sides = Split(rest, '@');
  if (sides.size() > 2) return std::nullopt;
  if (sides.size() == 2) {
    const size_t secret = sides[0].find(':');
    parts.user = sides[0].substr(0, secret);
    if (secret != sides[0].npos) parts.password = sides[0].substr(secret + 1);
    if (parts.user->empty() || !OnlyEscaped(*parts.user, "-_.!~*'()&=+$,;?/")) return std::nullopt;
    if (parts.password && !OnlyEscaped(*parts.password, "-_.!~*'()&=+$,")) return std::nullopt;
    rest = sides[1];
  }
  const size_t headers = rest.find('?');
  if (headers != rest.npos) {
    parts.headers = rest.substr(headers);
    rest.resize(headers);
    if (parts.headers.size() < 2 || !OnlyEscaped(parts.headers.substr(1), "-_.!~*'()[]/?:+$=&"))
      return std::nullopt;
  }
  const size_t params = rest.find(';');
  if (params != rest.npos) {
    parts.params = rest.substr(params);
    rest.resize(params);
    for (const std::string& param : Split(parts.params.substr(1), ';')) {
      const std::vector<std::string> sides_of = Split(param, '=');
      if (sides_of.size() > 2) return std::nullopt;
      for (const std::string& side : sides_of) {
        if (side.empty() || !OnlyEscaped(side, "-_.!~*'()[]/:&+$")) return std::nullopt;
      }
    }
  }
  const size_t bracket = rest.find(']');
  const size_t port = rest.find(':', bracket == rest.npos ? 0 : bracket);
  parts.host = rest.substr(0, port);
  if (port != rest.npos) {
    parts.port = rest.substr(port + 1);
    if (parts.port.empty() || parts.port.size() > 5 ||
        parts.port.find_first_not_of("0123456789") != parts.port.npos ||
        std::stoi(parts.port) == 0 || std::stoi(parts.port) > 65'535) {
      return std::nullopt;
    }
  }
  if (!WellFormedHost(parts.host)) return std::nullopt;
  return parts;
}

// What stays of a number when all but digits, # and * is taken out; an escape is none.
inline Naive NumberOf(std::string text) {
  text.resize(text.find(';') == text.npos ? text.size() : text.find(';'));
  if (text.find('%') != text.npos) return {};
  Naive number{Naive::Kind::kNumber};
  for (const char c : text) {
    if (std::string_view("0123456789#*").find(c) != std::string_view::npos) number.text += c;
  }
  return number.text.empty() ? Naive{} : number;
}

inline bool SaysPhone(const NaiveSip& parts) {
  for (const std::string& param : Split(parts.params, ';')) {
    const std::vector<std::string> sides = Split(param, '=');
    if (Lower(sides[0]) == "user") return sides.size() == 2 && Lower(sides[1]) == "phone";
  }
  return false;
}

inline std::string UserOf(const std::string& user) {
  std::string text;
  for (size_t i = 0; i < user.size(); ++i) {
    if (user[i] != '%') {
      text += user[i];
      continue;
    }
    const auto meant = static_cast<char>(std::stoi(user.substr(i + 1, 2), nullptr, 16));
    if (Only({&meant, 1}, "-._~")) {
      text += meant;
    } else {
      text += '%';
      for (const char c : user.substr(i + 1, 2))
        text += c >= 'a' ? static_cast<char>(c - 'a' + 'A') : c;
    }
    i += 2;
  }
  return text;
}

inline Naive OfSip(const NaiveSip& parts, bool digits_are_numbers) {
  if (Lower(parts.host) == "anonymous.invalid") return {Naive::Kind::kAnonymous};
  const std::string user = parts.user.value_or("");
  const std::string digits = user.starts_with('+') ? user.substr(1) : user;
  const bool all_digits = !digits.empty() && digits.find_first_not_of("0123456789") == digits.npos;
  if (SaysPhone(parts) || (digits_are_numbers && all_digits)) return NumberOf(user);
  std::string text = parts.scheme + ":";
  if (parts.user) text += UserOf(user) + "@";
  return {Naive::Kind::kUri, text + Lower(parts.host)};
}

// Nothing, if the URI is none that this knows.
inline std::optional<Naive> NaiveCanonical(const std::string& uri, bool digits_are_numbers) {
  const size_t colon = uri.find(':');
  if (colon == uri.npos || colon == 0) return std::nullopt;
  const std::string scheme = Lower(uri.substr(0, colon)), rest = uri.substr(colon + 1);
  if (!Only(scheme, "+-.") || !(scheme[0] >= 'a' && scheme[0] <= 'z')) return std::nullopt;
  if (scheme == "tel") {
    const std::string number = rest.substr(0, rest.find(';'));
    if (number.find_first_not_of("+0123456789abcdefABCDEF*#-.()") != number.npos || number.empty())
      return std::nullopt;
    for (const char c : rest) {
      if (c <= ' ' || c >= 0x7f || c == '<' || c == '>' || c == '"') return std::nullopt;
    }
    return NumberOf(rest);
  }
  if (scheme == "sip" || scheme == "sips") {
    const auto parts = SplitSip(uri);
    return parts ? std::optional(OfSip(*parts, digits_are_numbers)) : std::nullopt;
  }
  if (rest.empty() || !OnlyEscaped(rest, "-_.!~*'();/?:@&=+$,#")) return std::nullopt;
  return Naive{Naive::Kind::kUri, scheme + ":" + rest};
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_NAIVE_CANONICAL_H_
