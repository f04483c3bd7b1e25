// Payloads that were compressed by zlib, within bounds.
#ifndef SIPWARD_IO_INFLATER_H_
#define SIPWARD_IO_INFLATER_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace sipward::io {

enum class Inflated : uint8_t {
  kWhole,
  kDamaged,   // no whole stream, or something behind it, or it needs a dictionary
  kTooLarge,  // more than Inflater::kMostBytes, or than kMostRatio times what came
  kNoMemory,
};

// One thread at a time. What it needs, 110 KB, is had with the first payload and kept.
class Inflater {
 public:
  static constexpr size_t kMostBytes = 65535;
  // SIP becomes a third to a fifth, a long list of candidates perhaps a tenth.
  static constexpr size_t kMostRatio = 100;

  Inflater();
  ~Inflater();
  Inflater(const Inflater&) = delete;
  Inflater& operator=(const Inflater&) = delete;

  // A stream of zlib (RFC 1950) or gzip (RFC 1952), whole. `*out`, written with kWhole, is valid
  // until the next call. Some 10 us for a message.
  Inflated Read(std::string_view bytes, std::string_view* out);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_INFLATER_H_
