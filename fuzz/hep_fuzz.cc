// Any bytes as HEP3: what is read lies inside them, what is cut off a connection is whole, and what
// was read and is written again reads the same.
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>

#include "io/hep.h"
#include "io/inflater.h"

namespace {

using sipward::io::HepItem;
using sipward::io::HepStatus;

void Require(bool holds) {
  if (!holds) __builtin_trap();
}

void RequireInside(std::string_view part, std::string_view whole) {
  if (part.empty()) return;
  Require(part.data() >= whole.data() && part.data() + part.size() <= whole.data() + whole.size());
}

bool SameEndpoint(const sipward_endpoint& a, const sipward_endpoint& b) {
  return std::memcmp(a.address, b.address, sizeof a.address) == 0 && a.port == b.port;
}

// What becomes of it stays within its bounds, and is the same again.
void CheckInflated(std::string_view payload) {
  using sipward::io::Inflated;
  using sipward::io::Inflater;
  static Inflater inflater;
  std::string_view out;
  const Inflated outcome = inflater.Read(payload, &out);
  Require(outcome != Inflated::kNoMemory);
  if (outcome != Inflated::kWhole) return;
  Require(out.size() <= Inflater::kMostBytes);
  Require(out.size() <= payload.size() * Inflater::kMostRatio);
  Inflater fresh;
  std::string_view again;
  Require(fresh.Read(payload, &again) == Inflated::kWhole && again == out);
}

void CheckPacket(std::string_view bytes) {
  HepItem item{};
  const HepStatus status = sipward::io::ReadHep(bytes, &item);
  const size_t size = sipward::io::HepSize(bytes);
  if (status == HepStatus::kMalformed) return;
  Require(size != sipward::io::kNoHep && size != 0 && size <= bytes.size());
  RequireInside(item.payload, bytes.substr(0, size));
  RequireInside(item.key, bytes.substr(0, size));
  Require(item.packet.size == item.payload.size());
  if (status == HepStatus::kCompressed) CheckInflated(item.payload);
  if (status != HepStatus::kSip) return;
  std::string written;
  if (!sipward::io::AppendHep(&written, item)) return;
  HepItem again{};
  Require(sipward::io::ReadHep(written, &again) == HepStatus::kSip);
  Require(again.payload == item.payload && again.key == item.key && again.agent == item.agent);
  Require(again.packet.transport == item.packet.transport);
  Require(again.packet.wall_ns == item.packet.wall_ns);
  Require(SameEndpoint(again.packet.source, item.packet.source));
  Require(SameEndpoint(again.packet.destination, item.packet.destination));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  CheckPacket(rest);
  // As a connection.
  while (!rest.empty()) {
    const size_t length = sipward::io::HepSize(rest);
    if (length == 0 || length == sipward::io::kNoHep || length > rest.size()) break;
    CheckPacket(rest.substr(0, length));
    rest.remove_prefix(length);
  }
  return 0;
}
