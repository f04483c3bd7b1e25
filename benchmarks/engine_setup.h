// Rule texts to compiled rules, and a packet as a host would give it.
#ifndef SIPWARD_BENCHMARKS_ENGINE_SETUP_H_
#define SIPWARD_BENCHMARKS_ENGINE_SETUP_H_

#include <memory>
#include <string>
#include <string_view>

#include "facts/facts.h"
#include "rules/rules.h"

namespace sipward::bench {

// Compiles a rule text; its list files are those of the default pack. Ends the program on an error.
std::shared_ptr<const rules::RuleSet> CompileRules(const std::string& name, std::string_view text);
std::shared_ptr<const rules::RuleSet> CompileDefaultPack();

// UDP from a stranger. The bytes are left out.
facts::Packet MakePacket();

// Moves the packet's clocks.
inline void Advance(facts::Packet& packet, Nanos by) {
  packet.wall += by;
  packet.monotonic += by;
}

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_ENGINE_SETUP_H_
