#include "benchmarks/engine_setup.h"

#include <cstdio>
#include <cstdlib>
#include <span>

#include "pack/pack.h"
#include "state/state.h"

namespace sipward::bench {

namespace {

std::shared_ptr<const rules::RuleSet> Compile(std::span<const pack::File> texts) {
  rules::Compiler compiler;
  for (const pack::File& text : texts) compiler.AddRules(text.name, text.text);
  for (size_t i = 0; i < compiler.files().size(); ++i) {
    for (const pack::File& list : pack::Lists()) {
      if (list.name == compiler.files()[i].path) compiler.SetFile(i, list.text);
    }
  }
  auto compiled = compiler.Build();
  if (compiled) return compiled;
  for (const rules::Diagnostic& d : compiler.diagnostics()) {
    std::fprintf(stderr, "%s:%u:%u: %s %s\n", d.file.c_str(), d.line, d.column, d.code.c_str(),
                 d.message.c_str());
  }
  std::exit(2);
}

}  // namespace

std::shared_ptr<const rules::RuleSet> CompileRules(const std::string& name, std::string_view text) {
  const pack::File file{name, text};
  return Compile({&file, 1});
}

std::shared_ptr<const rules::RuleSet> CompileDefaultPack() {
  static const auto rules = Compile(pack::Rules());
  return rules;
}

std::shared_ptr<const engine::Engine> MakeEngine(const engine::Options& options) {
  std::shared_ptr<state::Region> region = state::Region::Create(state::Region::kDefaultBytes, {});
  auto engine = engine::Engine::Create(CompileDefaultPack(), region, options);
  if (engine) return engine;
  std::fprintf(stderr, "the region has no room for the default rules\n");
  std::exit(2);
}

facts::Packet MakePacket() {
  facts::Packet packet;
  packet.wall = packet.monotonic = 1'700'000'000 * kSecond;
  packet.source = IpAddress::FromV4(0xC0000207);
  packet.destination = IpAddress::FromV4(0xC6336401);
  packet.source_port = packet.destination_port = 5060;
  return packet;
}

}  // namespace sipward::bench
