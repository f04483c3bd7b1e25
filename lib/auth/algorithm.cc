#include "auth/algorithm.h"

#include <array>

#include "base/ascii.h"

namespace sipward::auth {
namespace {

constexpr std::array<std::string_view, kAlgorithms> kNames = {
    "MD5", "MD5-sess", "SHA-256", "SHA-256-sess", "SHA-512-256", "SHA-512-256-sess"};

}  // namespace

std::string_view AlgorithmName(Algorithm algorithm) {
  return kNames[static_cast<size_t>(algorithm)];
}

std::optional<Algorithm> FindAlgorithm(std::string_view name) {
  for (size_t i = 0; i < kNames.size(); ++i) {
    if (EqualsIgnoreCase(name, kNames[i])) return static_cast<Algorithm>(i);
  }
  return std::nullopt;
}

}  // namespace sipward::auth
