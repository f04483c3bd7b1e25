#include "watch_counts.h"

#include <unordered_map>

#include "engine_counts.h"
#include "packed.h"
#include "text.h"

namespace sipward::cli {
namespace {

// What is the state's, and what a reload is for all processes.
constexpr uint64_t sipward_statistics::*kShared[] = {
    &sipward_statistics::state_bytes,      &sipward_statistics::state_used,
    &sipward_statistics::state_insertions, &sipward_statistics::state_sketches_refused,
    &sipward_statistics::reloads,          &sipward_statistics::reloads_refused,
};

void KeepShared(const sipward_statistics& from, sipward_statistics* to) {
  to->struct_size = from.struct_size;
  to->reserved = from.reserved;
  for (const auto value : kShared) to->*value = from.*value;
}

void AddCounted(sipward_statistics* sum, const sipward_statistics& more) {
  const sipward_statistics before = *sum;
  AddNumbers(sum, more);
  KeepShared(before, sum);
}

// By name: a worker may have rules that another has not read yet.
void AddRules(std::vector<sipward_rule_statistics>* sum,
              const std::vector<sipward_rule_statistics>& more) {
  std::unordered_map<std::string, size_t> places;
  for (size_t i = 0; i < sum->size(); ++i) places.emplace(NameOf((*sum)[i]), i);
  for (const sipward_rule_statistics& rule : more) {
    const auto [place, added] = places.try_emplace(std::string(NameOf(rule)), sum->size());
    if (added) {
      sum->push_back(rule);
      continue;
    }
    for (const RuleOutcome& outcome : kRuleOutcomes) {
      (*sum)[place->second].*outcome.value += rule.*outcome.value;
    }
  }
}

}  // namespace

void WatchCounts::Subtract(const WatchCounts& before) {
  SubtractNumbers(&outputs, before.outputs);
  const sipward_statistics now = engine.counted;
  SubtractNumbers(&engine.counted, before.engine.counted);
  KeepShared(now, &engine.counted);
}

void WatchCounts::Add(const WatchCounts& other) {
  summary.Add(other.summary);
  findings.Add(other.findings);
  AddNumbers(&capture, other.capture);
  AddNumbers(&live, other.live);
  AddNumbers(&hep, other.hep);
  AddNumbers(&outputs, other.outputs);
  AddCounted(&engine.counted, other.engine.counted);
  AddRules(&engine.rules, other.engine.rules);
  calls.Add(other.calls);
}

std::string WatchCounts::Pack() const {
  Packer packer;
  packer.Put(capture);
  packer.Put(live);
  packer.Put(hep);
  packer.Put(outputs);
  packer.Put(engine.counted);
  packer.Put(uint64_t{engine.rules.size()});
  for (const sipward_rule_statistics& rule : engine.rules) packer.Put(rule);
  calls.Pack(&packer);
  summary.Pack(&packer);
  findings.Pack(&packer);
  return packer.Take();
}

bool WatchCounts::Unpack(std::string_view bytes) {
  Unpacker packed(bytes);
  capture = packed.Get<io::CaptureStatistics>();
  live = packed.Get<io::LiveLosses>();
  hep = packed.Get<io::HepStatistics>();
  outputs = packed.Get<OutputCounts>();
  engine.counted = packed.Get<sipward_statistics>();
  for (auto left = packed.Get<uint64_t>(); left > 0 && packed.good(); --left) {
    engine.rules.push_back(packed.Get<sipward_rule_statistics>());
  }
  calls.Unpack(&packed);
  summary.Unpack(&packed);
  findings.Unpack(&packed);
  return packed.good();
}

std::string ReportText(const WatchCounts& counts) {
  std::string text = "\n" + counts.findings.Render() + "\n";
  text += counts.summary.Render(counts.capture, 0);
  const auto part = [&text](std::string_view label, uint64_t number) {
    if (number == 0) return;
    text += std::string(label) + " " + Grouped(number) + "\n";
  };
  part("HEP3 packets            ", counts.hep.packets);
  part("  that hold no SIP      ", counts.hep.not_sip);
  part("  without the key       ", counts.hep.wrong_key);
  part("  compressed            ", counts.hep.compressed);
  part("  damaged, compressed   ", counts.hep.damaged);
  part("  too large, compressed ", counts.hep.too_large);
  part("no HEP3                 ", counts.hep.malformed);
  part("connections refused     ", counts.hep.refused_connections);
  part("lost by the HEP3 socket ", counts.hep.lost);
  part("lost by the kernel      ", counts.live.by_kernel);
  part("lost by the interface   ", counts.live.by_interface);
  part("sent as HEP3            ", counts.outputs.hep_sent);
  part("not sent as HEP3        ", counts.outputs.hep_lost);
  part("sent to syslog          ", counts.outputs.syslog_sent);
  part("not sent to syslog      ", counts.outputs.syslog_lost);
  part("findings not told of    ", counts.outputs.untold);
  return text;
}

}  // namespace sipward::cli
