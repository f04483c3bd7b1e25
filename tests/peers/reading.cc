#include "tests/peers/reading.h"

#include <algorithm>
#include <cstring>

#include "base/ascii.h"

namespace sipward::peers {
namespace {

constexpr std::array<std::string_view, 4> kOutcomeNames = {"accepts", "refuses", "crashes",
                                                           "hangs"};
constexpr std::array<std::string_view, kFieldCount> kFieldNames = {
    "Request-URI", "From URI",  "To URI",         "Call-ID",  "CSeq number",
    "CSeq method", "Via count", "Content-Length", "From tag", "To tag"};

std::string Lower(std::string_view text) {
  std::string lower(text);
  std::transform(lower.begin(), lower.end(), lower.begin(), [](char c) { return ToLower(c); });
  return lower;
}

int HexValue(char c) { return IsDigit(c) ? c - '0' : ToLower(c) - 'a' + 10; }

std::string Unescape(std::string_view text) {
  std::string plain;
  for (size_t i = 0; i < text.size(); ++i) {
    const bool escape =
        text[i] == '%' && i + 2 < text.size() && IsHexDigit(text[i + 1]) && IsHexDigit(text[i + 2]);
    if (escape) {
      plain += static_cast<char>(HexValue(text[i + 1]) * 16 + HexValue(text[i + 2]));
      i += 2;
    } else {
      plain += text[i];
    }
  }
  return plain;
}

}  // namespace

std::string_view OutcomeName(Outcome outcome) {
  return kOutcomeNames[static_cast<size_t>(outcome)];
}

std::string_view FieldName(Field field) { return kFieldNames[static_cast<size_t>(field)]; }

// One octet for the outcome; for every field its length, with all ones where it is absent, and its
// octets.
std::string Serialise(const Reading& reading) {
  std::string bytes(1, static_cast<char>(reading.outcome));
  for (const auto& field : reading.fields) {
    const uint32_t length = field ? static_cast<uint32_t>(field->size()) : UINT32_MAX;
    bytes.append(reinterpret_cast<const char*>(&length), sizeof length);
    if (field) bytes += *field;
  }
  return bytes;
}

Reading Deserialise(std::string_view bytes) {
  Reading reading;
  if (bytes.empty()) return reading;
  reading.outcome = static_cast<Outcome>(bytes[0]);
  bytes.remove_prefix(1);
  for (auto& field : reading.fields) {
    uint32_t length = UINT32_MAX;
    if (bytes.size() < sizeof length) break;
    std::memcpy(&length, bytes.data(), sizeof length);
    bytes.remove_prefix(sizeof length);
    if (length == UINT32_MAX) continue;
    field = std::string(bytes.substr(0, length));
    bytes.remove_prefix(std::min<size_t>(length, bytes.size()));
  }
  return reading;
}

std::string UriText(const UriParts& parts) {
  const auto plain = [&](std::string_view text) {
    return parts.unescaped ? std::string(text) : Unescape(text);
  };
  std::string text = Lower(parts.scheme) + ':';
  if (!parts.user.empty() || !parts.password.empty()) {
    text += plain(parts.user);
    if (!parts.password.empty()) text += ':' + plain(parts.password);
    text += '@';
  }
  std::string_view host = parts.host;
  if (host.size() >= 2 && host.front() == '[' && host.back() == ']') {
    host = host.substr(1, host.size() - 2);
  }
  text += Lower(host);
  const std::string port = NumberText(parts.port);
  if (!port.empty() && port != "0") text += ':' + port;
  return text;
}

std::string OpaqueUriText(std::string_view whole) {
  const size_t colon = std::min(whole.find(':'), whole.size());
  return Lower(whole.substr(0, colon)) + Unescape(whole.substr(colon));
}

std::string NumberText(std::string_view text) {
  const bool digits = !text.empty() && std::all_of(text.begin(), text.end(), IsDigit);
  if (!digits) return std::string(text);
  const size_t first = text.find_first_not_of('0');
  return first == std::string_view::npos ? "0" : std::string(text.substr(first));
}

}  // namespace sipward::peers
