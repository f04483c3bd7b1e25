// The head of an HTTP answer, line by line: bounded, and a date that is read is the same when it is
// written.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <string_view>

#include "io/fetch_head.h"

namespace {

using sipward::io::ParseHttpDate;
using sipward::io::ResponseHead;

constexpr int64_t kNow = 1'800'000'000;

void Require(bool condition) {
  if (!condition) std::abort();
}

void TryDate(std::string_view text) {
  const auto seconds = ParseHttpDate(text);
  if (!seconds) return;
  const time_t time = *seconds;
  tm parts{};
  Require(gmtime_r(&time, &parts) != nullptr);
  std::array<char, 64> written{};
  const size_t size =
      std::strftime(written.data(), written.size(), "%a, %d %b %Y %H:%M:%S GMT", &parts);
  // Years before 1000 have fewer digits there.
  if (size == 29) Require(ParseHttpDate({written.data(), size}) == seconds);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  ResponseHead head;
  size_t bytes = 0;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n') + 1);
    const std::string_view taken = line.empty() ? rest : line;
    rest.remove_prefix(taken.size());
    const bool was_complete = head.complete();
    const bool was_encoded = head.encoded();
    head.Add(taken);
    bytes += taken.size();
    Require(head.bytes() == bytes);
    Require(head.status() >= 0 && head.status() <= 999);
    Require(head.max_age(kNow) >= -1 && head.max_age(kNow) <= int64_t{1} << 31);
    // What stands behind the head says nothing any more, but for another head.
    if (was_complete && head.complete()) Require(head.encoded() == was_encoded);
    for (size_t i = 0; i < taken.size() && i < 16; ++i) TryDate(taken.substr(i, 29));
  }
  return 0;
}
