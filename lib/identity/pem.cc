#include "identity/pem.h"

#include <cstdint>

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

bool SkipLabel(std::string_view* text, std::string_view label) {
  if (!text->starts_with(label) || !text->substr(label.size()).starts_with(kDashes)) return false;
  text->remove_prefix(label.size() + kDashes.size());
  return true;
}

}  // namespace

std::optional<PemBlock> NextPem(std::string_view text, std::string_view label) {
  const size_t at = text.find(kBegin);
  if (at == std::string_view::npos) return std::nullopt;
  text.remove_prefix(at + kBegin.size());
  PemBlock block;
  if (!SkipLabel(&text, label)) return block;
  const size_t end = text.find(kEnd);
  if (end == std::string_view::npos) return block;
  block.base64 = text.substr(0, end);
  text.remove_prefix(end + kEnd.size());
  block.ok = SkipLabel(&text, label);
  block.rest = text;
  return block;
}

bool DecodePem(std::string_view base64, std::span<char> out, size_t* size) {
  uint32_t bits = 0;
  int count = 0;
  size_t padding = 0;
  size_t digits = 0;
  *size = 0;
  for (const char c : base64) {
    if (c == '\r' || c == '\n' || c == ' ' || c == '\t') continue;
    if (c == '=') {
      ++padding;
      continue;
    }
    const int value = ValueOf(c);
    if (value < 0 || padding > 0) return false;
    ++digits;
    bits = bits << 6 | static_cast<uint32_t>(value);
    count += 6;
    if (count >= 8) {
      count -= 8;
      if (*size == out.size()) return false;
      out[(*size)++] = static_cast<char>(bits >> count & 0xffu);
    }
  }
  return padding <= 2 && (digits + padding) % 4 == 0 && (bits & ((1u << count) - 1)) == 0;
}

PemBlocks ReadPem(std::string_view text, std::string_view label, size_t limit) {
  PemBlocks blocks;
  while (const auto block = NextPem(text, label)) {
    if (blocks.contents.size() == limit) {
      blocks.too_many = true;
      return blocks;
    }
    if (!block->ok) return blocks;
    std::string der(DecodedPemSize(block->base64.size()), '\0');
    size_t size = 0;
    if (!DecodePem(block->base64, der, &size)) return blocks;
    der.resize(size);
    blocks.contents.push_back(std::move(der));
    text = block->rest;
  }
  blocks.ok = !blocks.contents.empty();
  return blocks;
}

}  // namespace sipward::identity
