#include "auth/one_time_code.h"

#include <algorithm>

#include "auth/hasher.h"
#include "base/ascii.h"

namespace sipward::auth {
namespace {

HashFunction FunctionOf(CodeHash hash) {
  switch (hash) {
    case CodeHash::kSha256:
      return HashFunction::kSha256;
    case CodeHash::kSha512:
      return HashFunction::kSha512;
    case CodeHash::kSha1:
      break;
  }
  return HashFunction::kSha1;
}

// RFC 4226 section 5.3.
uint32_t Truncate(const Hash& hash) {
  const size_t at = hash.octets[hash.size - 1] & 15;
  uint32_t number = 0;
  for (size_t i = 0; i < 4; ++i) number = number << 8 | hash.octets[at + i];
  return number & 0x7FFFFFFF;
}

}  // namespace

bool MakeCode(Hasher* hasher, CodeHash hash, std::string_view secret, uint64_t counter,
              unsigned digits, Code* out) {
  std::array<char, 8> octets;
  for (size_t i = octets.size(); i-- > 0; counter >>= 8) {
    octets[i] = static_cast<char>(counter & 0xFF);
  }
  Hash mac;
  if (!hasher->Authenticate(FunctionOf(hash), secret, {octets.data(), octets.size()}, &mac)) {
    return false;
  }
  uint32_t number = Truncate(mac);
  out->size = std::clamp(digits, kLeastDigits, kMostDigits);
  for (unsigned i = out->size; i-- > 0; number /= 10) {
    out->digits[i] = static_cast<char>('0' + number % 10);
  }
  return true;
}

bool MakeCode(CodeHash hash, std::string_view secret, uint64_t counter, unsigned digits,
              Code* out) {
  Hasher hasher;
  return MakeCode(&hasher, hash, secret, counter, digits, out);
}

std::optional<Dialled> SplitCode(std::string_view dialled, unsigned digits) {
  const size_t star = dialled.rfind('*');
  if (star == std::string_view::npos || star == 0) return std::nullopt;
  const std::string_view code = dialled.substr(star + 1);
  if (code.size() != digits || !std::all_of(code.begin(), code.end(), IsDigit)) {
    return std::nullopt;
  }
  return Dialled{dialled.substr(0, star), code};
}

}  // namespace sipward::auth
