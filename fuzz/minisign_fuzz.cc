// A signature file over bytes: the first byte says where the bytes begin and whether what is before
// them is a key instead. Nothing is good that was not signed, which without the secret nobody can.
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/support/input.h"
#include "lists/minisign.h"

namespace {

using sipward::fuzz::Require;
using sipward::lists::CheckMinisign;
using sipward::lists::Minisign;
using sipward::lists::MinisignKey;

// A key whose secret nobody kept; the seeds are signed with it.
constexpr std::string_view kKey = "RWQBAgMEBQYHCAOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4";

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::Input input(data, size);
  const uint8_t choice = input.Byte();
  if (choice % 2 == 0) {
    const std::string text(input.rest());
    const auto key = MinisignKey::Parse(text);
    if (!key) return 0;
    const auto again = MinisignKey::Parse(text);
    Require(again && again->key == key->key && again->id == key->id);
    return 0;
  }
  const auto key = MinisignKey::Parse(kKey);
  Require(key.has_value());
  const std::string bytes(input.Bytes(choice / 2));
  const auto result = CheckMinisign(*key, input.rest(), bytes);
  Require(result.outcome == Minisign::kGood || (result.comment.empty() && result.timestamp == 0));
  if (result.outcome != Minisign::kGood) return 0;
  Require(CheckMinisign(*key, input.rest(), bytes + "x").outcome == Minisign::kWrong);
  return 0;
}
