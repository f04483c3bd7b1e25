#include "identity/pem.h"

#include <sodium.h>

namespace sipward::identity {
namespace {

constexpr std::string_view kBegin = "-----BEGIN ";
constexpr std::string_view kEnd = "-----END ";
constexpr std::string_view kDashes = "-----";

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
  // Among the characters to be ignored libsodium finds the NUL behind them, too.
  if (base64.find('\0') != std::string_view::npos) return false;
  return sodium_base642bin(reinterpret_cast<unsigned char*>(out.data()), out.size(), base64.data(),
                           base64.size(), " \t\r\n", size, nullptr,
                           sodium_base64_VARIANT_ORIGINAL) == 0;
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
