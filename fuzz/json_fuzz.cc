// JSON of a token: bounded, canonical if it says so, and the same once more when written out.
#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "identity/json.h"

namespace {

using sipward::identity::Json;
using sipward::identity::JsonType;
using sipward::identity::JsonValue;
using sipward::identity::Reason;

void Require(bool condition) {
  if (!condition) std::abort();
}

// Steps through everything, and finds every member by its name.
uint32_t Walk(const JsonValue& value, uint32_t depth) {
  Require(depth <= Json::kMostDepth);
  uint32_t walked = 1;
  uint32_t held = 0;
  for (JsonValue child = value.First(); child.present(); child = child.Next(), ++held) {
    if (value.is_object()) {
      const JsonValue found = value.Find(child.name());
      Require(found.type() == child.type() && found.text() == child.text());
    }
    walked += Walk(child, depth + 1);
  }
  Require(held == value.size());
  if (const auto number = value.integer()) {
    Require(value.type() == JsonType::kNumber);
    Require(std::to_string(*number) == value.text() || value.text() == "-0");
  }
  return walked;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static const auto json = std::make_unique<Json>();
  static const auto again = std::make_unique<Json>();
  std::string text(reinterpret_cast<const char*>(data), size);
  const std::string original = text;
  if (json->Parse(text) != Reason::kOk) {
    Require(!json->root().present());
    return 0;
  }
  Require(json->root().is_object());
  const uint32_t walked = Walk(json->root(), 1);
  json->root().Follow(std::string_view(original).substr(0, 64));

  static std::array<char, Json::kMostText> out;
  const size_t written = json->root().WriteCanonical(out);
  Require(written != 0 && written <= original.size());
  std::string canonical(out.data(), written);
  const std::string kept = canonical;
  Require(again->Parse(canonical) == Reason::kOk && again->canonical());
  Require(Walk(again->root(), 1) == walked);
  Require(again->root().WriteCanonical(out) == written);
  Require(std::string_view(out.data(), written) == kept);
  // What is canonical may still have escapes that it does not need.
  if (json->canonical() && original.find('\\') == original.npos) Require(kept == original);
  return 0;
}
