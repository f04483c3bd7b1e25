#include "identity/chain_document.h"

#include <algorithm>
#include <optional>

namespace sipward::identity {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";

int ValueOf(char c) {
  if (c >= 'A' && c <= 'Z') return c - 'A';
  if (c >= 'a' && c <= 'z') return c - 'a' + 26;
  if (c >= '0' && c <= '9') return c - '0' + 52;
  return c == '+' ? 62 : c == '/' ? 63 : -1;
}

// base64 with line ends in it (RFC 4648, RFC 7468).
std::optional<std::string> FromBase64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  uint32_t bits = 0;
  int count = 0;
  size_t padding = 0;
  size_t digits = 0;
  for (const char c : text) {
    if (c == '\r' || c == '\n' || c == ' ' || c == '\t') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int value = ValueOf(c);
    if (value < 0 || padding > 0) return std::nullopt;
    ++digits;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      out.push_back(static_cast<char>(bits >> count));
    }
  }
  if (padding > 2 || (digits + padding) % 4 != 0) return std::nullopt;
  if ((bits & ((1u << count) - 1)) != 0) return std::nullopt;
  return out;
}

}  // namespace

PemBlocks ReadPem(std::string_view text, std::string_view label, size_t limit) {
  PemBlocks blocks;
  for (size_t at = text.find(kBegin); at != std::string_view::npos; at = text.find(kBegin)) {
    text.remove_prefix(at + kBegin.size());
    if (blocks.contents.size() == limit) {
      blocks.too_many = true;
      return blocks;
    }
    if (!text.starts_with(label)) return blocks;
    text.remove_prefix(label.size());
    if (!text.starts_with(kDashes)) return blocks;
    text.remove_prefix(kDashes.size());
    const size_t end = text.find(kEnd);
    if (end == std::string_view::npos) return blocks;
    std::optional<std::string> der = FromBase64(text.substr(0, end));
    text.remove_prefix(end + kEnd.size());
    if (!der || !text.starts_with(label) || !text.substr(label.size()).starts_with(kDashes)) {
      return blocks;
    }
    blocks.contents.push_back(std::move(*der));
  }
  blocks.ok = !blocks.contents.empty();
  return blocks;
}

ChainDocument::Read ChainDocument::Parse(std::string_view bytes, const Limits& limits) {
  if (bytes.size() > limits.size) return {.reason = Reason::kX5uTooLarge, .document = nullptr};
  if (bytes.find("PRIVATE KEY-----") != std::string_view::npos) {
    return {.reason = Reason::kCertHasPrivateKey, .document = nullptr};
  }
  PemBlocks blocks;
  if (bytes.starts_with('\x30')) {
    blocks.contents.emplace_back(bytes);
    blocks.ok = true;
  } else {
    blocks = ReadPem(bytes, "CERTIFICATE", limits.certificates);
  }
  if (blocks.too_many) return {.reason = Reason::kChainTooDeep, .document = nullptr};
  if (!blocks.ok) return {.reason = Reason::kCertMalformed, .document = nullptr};
  const ErrorMark mark;
  auto document = std::make_shared<ChainDocument>();
  for (const std::string& der : blocks.contents) {
    document->certificates_.push_back(ParseX509(der));
    document->size_ += der.size();
    if (!document->certificates_.back()) {
      return {.reason = Reason::kCertMalformed, .document = nullptr};
    }
  }
  return {.reason = Reason::kOk, .document = std::move(document)};
}

}  // namespace sipward::identity
