#include "lists/minisign.h"

#include <sodium.h>

#include <algorithm>
#include <charconv>
#include <cstring>

namespace sipward::lists {
namespace {

constexpr size_t kSignatureBytes = crypto_sign_BYTES;
constexpr size_t kMostFile = 16 * 1024;  // of a key or a signature with its comments
constexpr std::string_view kUntrusted = "untrusted comment:";
constexpr std::string_view kTrusted = "trusted comment: ";
constexpr std::string_view kTimestamp = "timestamp:";

const uint8_t* Octets(std::string_view bytes) {
  return reinterpret_cast<const uint8_t*>(bytes.data());
}

// Takes a line off the text, without its end.
std::string_view TakeLine(std::string_view* text) {
  const size_t end = std::min(text->find('\n'), text->size());
  std::string_view line = text->substr(0, end);
  text->remove_prefix(std::min(end + 1, text->size()));
  if (!line.empty() && line.back() == '\r') line.remove_suffix(1);
  return line;
}

template <size_t kSize>
bool FromBase64(std::string_view text, std::array<uint8_t, kSize>* out) {
  size_t size = 0;
  const char* end = nullptr;
  return sodium_base642bin(out->data(), out->size(), text.data(), text.size(), nullptr, &size, &end,
                           sodium_base64_VARIANT_ORIGINAL) == 0 &&
         size == out->size() && end == text.data() + text.size();
}

bool SignedBy(const MinisignKey& key, const uint8_t* signature, std::string_view bytes) {
  return crypto_sign_verify_detached(signature, Octets(bytes), bytes.size(), key.key.data()) == 0;
}

uint64_t TimestampIn(std::string_view comment) {
  const size_t at = comment.find(kTimestamp);
  if (at == std::string_view::npos) return 0;
  uint64_t timestamp = 0;
  const char* const begin = comment.data() + at + kTimestamp.size();
  const auto [end, error] = std::from_chars(begin, comment.data() + comment.size(), timestamp);
  return error == std::errc() ? timestamp : 0;
}

}  // namespace

std::optional<MinisignKey> MinisignKey::Parse(std::string_view text) {
  if (text.size() > kMostFile) return std::nullopt;
  std::string_view line = TakeLine(&text);
  if (line.substr(0, kUntrusted.size()) == kUntrusted) line = TakeLine(&text);
  std::array<uint8_t, 2 + 8 + 32> bytes;
  if (!FromBase64(line, &bytes) || bytes[0] != 'E' || bytes[1] != 'd') return std::nullopt;
  if (text.find_first_not_of(" \t\r\n") != std::string_view::npos) return std::nullopt;
  MinisignKey key;
  std::copy_n(bytes.begin() + 2, key.id.size(), key.id.begin());
  std::copy_n(bytes.begin() + 2 + 8, key.key.size(), key.key.begin());
  return key;
}

MinisignResult CheckMinisign(const MinisignKey& key, std::string_view signature,
                             std::string_view bytes) {
  MinisignResult result;
  if (signature.size() > kMostFile || sodium_init() < 0) return result;
  const std::string_view untrusted = TakeLine(&signature);
  std::array<uint8_t, 2 + 8 + kSignatureBytes> of_bytes;
  const bool has_signature = FromBase64(TakeLine(&signature), &of_bytes);
  std::string_view comment = TakeLine(&signature);
  std::array<uint8_t, kSignatureBytes> of_comment;
  const bool has_comment = FromBase64(TakeLine(&signature), &of_comment);
  const bool hashed = of_bytes[1] == 'D';
  if (untrusted.substr(0, kUntrusted.size()) != kUntrusted || !has_signature || !has_comment ||
      comment.substr(0, kTrusted.size()) != kTrusted || of_bytes[0] != 'E' ||
      (!hashed && of_bytes[1] != 'd')) {
    return result;
  }
  comment.remove_prefix(kTrusted.size());
  result.outcome = Minisign::kOtherKey;
  if (!std::equal(key.id.begin(), key.id.end(), of_bytes.begin() + 2)) return result;
  result.outcome = Minisign::kWrong;
  const uint8_t* const signed_bytes = of_bytes.data() + 2 + key.id.size();
  std::array<char, crypto_generichash_BYTES_MAX> digest;
  if (hashed) {
    crypto_generichash(reinterpret_cast<uint8_t*>(digest.data()), digest.size(), Octets(bytes),
                       bytes.size(), nullptr, 0);
    bytes = {digest.data(), digest.size()};
  }
  if (!SignedBy(key, signed_bytes, bytes)) return result;
  result.outcome = Minisign::kWrongComment;
  std::string both(reinterpret_cast<const char*>(signed_bytes), kSignatureBytes);
  both += comment;
  if (!SignedBy(key, of_comment.data(), both)) return result;
  result.outcome = Minisign::kGood;
  result.comment = comment;
  result.timestamp = TimestampIn(comment);
  return result;
}

}  // namespace sipward::lists
