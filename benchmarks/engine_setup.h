// Rule texts to compiled rules, and a packet as a host would give it.
#ifndef SIPWARD_BENCHMARKS_ENGINE_SETUP_H_
#define SIPWARD_BENCHMARKS_ENGINE_SETUP_H_

#include <memory>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "facts/facts.h"
#include "rules/rules.h"

namespace sipward::bench {

// Compiles a rule text; its list files are those of the default pack. Ends the program on an error.
std::shared_ptr<const rules::RuleSet> CompileRules(const std::string& name, std::string_view text);
std::shared_ptr<const rules::RuleSet> CompileDefaultPack();

// The default pack over a region of the default size.
std::shared_ptr<const engine::Engine> MakeEngine(const engine::Options& options = {});
// Rows of each dimension where analytics are measured.
inline constexpr uint32_t kAnalyticsRows = 256;

// Slow enough that no rule about floods fires.
inline constexpr Nanos kBetweenMessages = 10 * kSecond;

// The first of the addresses that messages come from, one for each message of a set.
inline constexpr uint32_t kFirstSource = 0xC6120000;  // 198.18.0.0
// Packets of one batch at most.
inline constexpr size_t kBatch = 32;

// UDP from a stranger. The bytes are left out.
facts::Packet MakePacket();

// Moves the packet's clocks.
inline void Advance(facts::Packet& packet, Nanos by) {
  packet.wall += by;
  packet.monotonic += by;
}

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_ENGINE_SETUP_H_
