// Rules that compile, and what they decide, recorded and judged again: the bytes say which rules
// (support/rule_writer) and, behind them, options of the engine and messages and events. Whoever
// has the record and the rules comes to the same verdict, with the bodies kept or without them, and
// to the same again through the source of the rules. Half of the engines check who calls.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>

#include "engine/decision_record.h"
#include "engine/engine.h"
#include "engine/replayer.h"
#include "evidence/evidence.h"
#include "fuzz/support/caller.h"
#include "fuzz/support/disguise.h"
#include "fuzz/support/input.h"
#include "fuzz/support/rule_writer.h"
#include "fuzz/support/small_pages.h"
#include "rules/rules.h"
#include "state/state.h"

namespace sipward::engine {
namespace {

using fuzz::Input;
using fuzz::Require;

constexpr int kMostMessages = 16;
constexpr std::string_view kCallers =
    "rule callers { on request when identity.result == failed or (identity.spc ?? \"\") == "
    "\"1234\" "
    "then tag \"caller\" }\n";

std::shared_ptr<const rules::RuleSet> Compile(std::string_view text) {
  rules::Options options;
  options.table_capacity = 256;
  options.max_state_bytes = uint64_t{4} << 20;
  rules::Compiler compiler(options);
  compiler.KeepSource();
  compiler.AddRules("fuzz.ward", text);
  return compiler.Build();
}

facts::HostEvent& EventFrom(Input* input, const facts::Packet& packet) {
  static facts::HostEvent event;
  event.Reset(static_cast<facts::EventKind>(input->Pick(facts::kEventKinds)), packet.monotonic,
              packet.wall, input->Pick(2) == 0);
  for (int facts = 0; facts < 6; ++facts) {
    const auto field = static_cast<facts::FieldId>(input->Pick(facts::kFieldCount));
    const uint8_t how = input->Byte();
    const facts::Value value = how % 3 == 0   ? facts::Value::Int(how)
                               : how % 3 == 1 ? facts::Value::Ip(packet.source)
                                              : facts::Value::String(packet.bytes.substr(0, how));
    static_cast<void>(event.Set(field, value));
  }
  return event;
}

void Check(Replayer* replayer, const Inspector& inspector, const Verdict& verdict) {
  const std::string kept = inspector.TakeRecord(verdict);
  const auto record = ReadRecord(kept);
  Require(record.has_value());
  static Verdict again;
  const Replayed outcome = replayer->Run(*record, &again);
  if (outcome != Replayed::kSame && std::getenv("SIPWARD_FUZZ_SHOW") != nullptr) {
    std::string text;
    AppendVerdict(again, &text);
    std::fprintf(stderr, "%d\n%s\n%.*s\n", static_cast<int>(outcome), text.c_str(),
                 static_cast<int>(kept.size()), kept.data());
  }
  Require(outcome == Replayed::kSame);
  Require(evidence::IsJson(replayer->Describe(*record)));
}

void Record(Input* input) {
  std::string text = fuzz::RuleWriter(input).Write();
  const uint8_t how = input->Byte();
  const bool signs = (how & 128) != 0;
  if (signs) text += kCallers;
  static const bool show = std::getenv("SIPWARD_FUZZ_SHOW") != nullptr;
  if (show) std::fprintf(stderr, "%.*s", static_cast<int>(text.size()), text.data());
  const auto rules = Compile(text);
  if (rules == nullptr) return;
  Options options;
  options.report_only = how % 8 == 7;
  options.calls_by_host = (how & 8) != 0;
  options.identity_by_host = (how & 16) != 0;
  if (signs) options.trust = fuzz::TrustOfCallers();
  options.profile = (how & 32) != 0 ? sip::Profile::kStrict : sip::Profile::kTolerant;
  std::shared_ptr<state::Region> region = state::Region::Create(uint64_t{16} << 20, HashSecret{});
  Require(region != nullptr);
  const auto engine = Engine::Create(rules, region, options);
  if (engine == nullptr) return;  // the tables of its own and those of the rules do not fit
  static facts::Tape tape;
  Inspector inspector(engine);
  const auto replayer = Replayer::Create(rules);
  Require(inspector.ok() && replayer != nullptr);
  inspector.Record(&tape, (how & 64) != 0);
  static Verdict verdict;
  Nanos now = signs ? fuzz::kCallerTime : kHour;
  for (int i = 0; i < kMostMessages && !input->empty(); ++i) {
    const bool is_signed = signs && input->Pick(2) == 0;
    const std::string bytes = is_signed ? fuzz::SignedInvite(input, now) : fuzz::MessageFrom(input);
    const facts::Packet packet = fuzz::PacketFrom(input, bytes, &now);
    if (input->Pick(4) == 0) {
      inspector.InspectEvent(EventFrom(input, packet), &verdict);
    } else {
      inspector.Inspect(packet, &verdict);
    }
    Check(replayer.get(), inspector, verdict);
    const uint64_t ticket = verdict.ticket;
    if (ticket == 0 || !inspector.Resume(packet, ticket, &verdict)) continue;
    Check(replayer.get(), inspector, verdict);
  }
}

}  // namespace
}  // namespace sipward::engine

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::UseSmallPages();
  sipward::fuzz::Input input(data, size);
  sipward::engine::Record(&input);
  return 0;
}
