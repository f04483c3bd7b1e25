// Logs of evidence: lines of any bytes through a checker, after one that is whole; and the bytes as
// JSON, as a sealed record and as a pseudonym. What was written is read again, and what was changed
// is not.
#include <array>
#include <cstdint>
#include <string>
#include <string_view>

#include "evidence/evidence.h"
#include "fuzz/support/input.h"

namespace sipward::evidence {
namespace {

using fuzz::Require;

void CheckLines(std::string_view bytes) {
  static const SecretKey key = KeyOfSeed({7});
  std::string log;
  Chain chain;
  std::string body;
  AppendString(&body, bytes.substr(0, 64));
  chain.Append("decision", body, &log);
  chain.AppendCheckpoint(key, &log);
  Checker checker(PublicOf(key));
  Entry entry;
  for (std::string_view rest = log; !rest.empty();) {
    Require(checker.Take(rest.substr(0, rest.find('\n')), &entry) == Fault::kNone);
    rest.remove_prefix(rest.find('\n') + 1);
  }
  Require(checker.covered() == 1 && checker.head() == chain.head());
  // Nobody goes on with it who has not got the key, whatever he writes.
  for (std::string_view rest = bytes; !rest.empty();) {
    const size_t end = std::min(rest.find('\n'), rest.size() - 1);
    const Fault fault = checker.Take(rest.substr(0, end), &entry);
    Require(checker.covered() == 1);
    if (fault != Fault::kNone) break;
    Require(entry.sequence + 1 == checker.next() && !entry.kind.empty() && !entry.body.empty());
    rest.remove_prefix(end + 1);
  }
}

void WalkAll(std::string_view json, int depth) {
  Walk walk(json);
  std::string_view name, value;
  size_t size = 0;
  while (walk.Next(&name, &value)) {
    size += value.size();
    Require(value.data() >= json.data() &&
            value.data() + value.size() <= json.data() + json.size());
    static_cast<void>(TextOf(value));
    static_cast<void>(IntOf(value));
    static_cast<void>(BytesOfBase64(value));
    if (depth < 8) WalkAll(value, depth + 1);
  }
  Require(size <= json.size());
  // Whatever is JSON is walked to its end.
  Require(!IsJson(json) || (json[0] != '{' && json[0] != '[') || walk.whole());
  static_cast<void>(Find(json, "key"));
}

void RoundTrips(std::string_view bytes) {
  std::string json;
  AppendString(&json, bytes);
  Require(IsJson(json) && TextOf(json) == bytes);
  std::string base64;
  AppendBase64(&base64, bytes);
  Require(BytesOfBase64(base64) == bytes);
  Require(FromHex(ToHex(bytes)) == bytes);

  static const MaskKey mask_key = {1};
  const std::string pseudonym = Mask(mask_key, bytes);
  Require(bytes.empty() ? pseudonym.empty() : Unmask(mask_key, pseudonym) == bytes);
  // Only what was masked is a pseudonym.
  const auto undone = Unmask(mask_key, bytes);
  Require(!undone || Mask(mask_key, *undone) == bytes);

  static const RecordKey record_key = {2};
  Require(Open(record_key, 3, Seal(record_key, 3, bytes)) == bytes);
  Require(!Open(record_key, 3, bytes));
}

}  // namespace
}  // namespace sipward::evidence

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  sipward::evidence::CheckLines(bytes);
  sipward::evidence::WalkAll(bytes, 0);
  sipward::evidence::RoundTrips(bytes);
  return 0;
}
