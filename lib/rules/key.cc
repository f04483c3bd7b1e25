// Values as keys: bytes for hashing, text for people.
#include <arpa/inet.h>

#include <algorithm>
#include <array>
#include <charconv>
#include <cstring>

#include "rules/program.h"
#include "rules/rules.h"

namespace sipward::rules {
namespace {

using facts::Value;

constexpr size_t kLongestPlain = 255;
constexpr char kHashed = '\x40';  // added to the kind of a string that is represented by its hash

// Appends to a fixed buffer; what does not fit is left out as a whole.
class Writer {
 public:
  explicit Writer(std::span<char> out) : out_(out) {}
  void Append(const void* data, size_t size) {
    if (size > out_.size() - used_) return;
    if (size > 0) std::memcpy(out_.data() + used_, data, size);
    used_ += size;
  }
  void Append(uint8_t byte) { Append(&byte, 1); }
  size_t used() const { return used_; }

 private:
  std::span<char> out_;
  size_t used_ = 0;
};

// RFC 5952. Returns the length; `text` has room for any address.
size_t AddressText(const IpAddress& ip, std::span<char> text) {
  const bool v4 = ip.is_v4();
  const uint8_t* bytes = ip.bytes.data() + (v4 ? 12 : 0);
  inet_ntop(v4 ? AF_INET : AF_INET6, bytes, text.data(), static_cast<socklen_t>(text.size()));
  return std::strlen(text.data());
}

constexpr size_t kLongestText = 64;  // of anything but a string

size_t PlainText(const Value& value, std::array<char, kLongestText>& text) {
  char* const end = text.data() + text.size();
  char* at = text.data();
  switch (value.kind) {
    case Value::Kind::kInt:
      at = std::to_chars(at, end, value.i).ptr;
      break;
    case Value::Kind::kFloat:
      at = std::to_chars(at, end, value.f).ptr;
      break;
    case Value::Kind::kIp:
      at += AddressText(value.address(), text);
      break;
    case Value::Kind::kCidr:
      at += AddressText(value.address(), text);
      *at++ = '/';
      at = std::to_chars(at, end, value.bits).ptr;
      break;
    default:
      break;
  }
  return static_cast<size_t>(at - text.data());
}

}  // namespace

size_t CanonicalBytes(const Value& value, const HashSecret& secret, std::span<char> out) {
  Writer writer(out);
  const auto kind = static_cast<uint8_t>(value.kind);
  switch (value.kind) {
    case Value::Kind::kAbsent:
      writer.Append(kind);
      break;
    case Value::Kind::kInt:
      writer.Append(kind);
      writer.Append(&value.i, sizeof value.i);
      break;
    case Value::Kind::kFloat: {
      const double plain = value.f == 0 ? 0.0 : value.f;  // -0 is 0
      writer.Append(kind);
      writer.Append(&plain, sizeof plain);
      break;
    }
    case Value::Kind::kString: {
      const std::string_view text = value.str();
      if (text.size() <= kLongestPlain) {
        writer.Append(kind);
        writer.Append(static_cast<uint8_t>(text.size()));
        writer.Append(text.data(), text.size());
      } else {
        const Hash128 hash = KeyedHash128(secret, text);
        writer.Append(static_cast<uint8_t>(kind | kHashed));
        writer.Append(&hash.low, sizeof hash.low);
        writer.Append(&hash.high, sizeof hash.high);
      }
      break;
    }
    case Value::Kind::kCidr:
      writer.Append(kind);
      writer.Append(value.bits);
      writer.Append(value.ip.data(), value.ip.size());
      break;
    case Value::Kind::kIp:
      writer.Append(kind);
      writer.Append(value.ip.data(), value.ip.size());
      break;
  }
  return writer.used();
}

size_t KeyText(const Value& value, std::span<char> out) {
  const auto copy = [&](std::string_view text) {
    const size_t size = std::min(text.size(), out.size());
    if (size > 0) std::memcpy(out.data(), text.data(), size);
    return size;
  };
  if (value.kind == Value::Kind::kString) return copy(value.str());
  std::array<char, kLongestText> text;
  return copy({text.data(), PlainText(value, text)});
}

}  // namespace sipward::rules
