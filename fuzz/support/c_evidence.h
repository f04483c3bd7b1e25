// Records and replayers through the C interface: what an inspector recorded, and any bytes.
#ifndef SIPWARD_FUZZ_SUPPORT_C_EVIDENCE_H_
#define SIPWARD_FUZZ_SUPPORT_C_EVIDENCE_H_

#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/support/c_objects.h"
#include "fuzz/support/input.h"
#include "sipward.h"

namespace sipward::fuzz {

// `made`: an inspector gave it. Then the rules that made it come to the same verdict.
inline void Replay(Input& input, const sipward_rules* rules, std::string_view record, bool made) {
  sipward_replayer* replayer = nullptr;
  Known(sipward_replayer_create(rules, &replayer));
  if (replayer == nullptr) return;
  Output<sipward_verdict> verdict(input);
  uint32_t outcome = SIPWARD_REPLAYED_BROKEN;
  const int32_t ran =
      sipward_replayer_run(replayer, record.data(), record.size(), &outcome, verdict.get());
  Known(ran);
  Require(!made || ran != SIPWARD_OK || outcome == SIPWARD_REPLAYED_SAME ||
          outcome == SIPWARD_REPLAYED_OTHER_RULES);
  std::string out(input.Number() % 4096, 'x');
  size_t size = 0;
  const int32_t told = sipward_replayer_describe(replayer, record.data(), record.size(), out.data(),
                                                 out.size(), &size);
  Known(told);
  Require(told != SIPWARD_OK || size <= out.size());
  sipward_replayer_destroy(replayer);
}

// Of the last call of the inspector; from now on it records as the input says.
inline void UseRecord(Input& input, sipward_inspector* inspector, const sipward_rules* rules) {
  std::string record(input.Number() % 4096, 'x');
  size_t size = 0;
  int32_t taken = sipward_inspector_take_record(inspector, record.data(), record.size(), &size);
  Known(taken);
  if (taken == SIPWARD_ERR_SPACE) {
    record.resize(size);
    taken = sipward_inspector_take_record(inspector, record.data(), record.size(), &size);
    Require(taken == SIPWARD_OK && size == record.size());
  }
  record.resize(taken == SIPWARD_OK ? size : 0);
  if (taken == SIPWARD_OK) Replay(input, rules, record, true);
  if (input.Byte() >= 224) Replay(input, rules, input.Text(), false);
  Known(sipward_inspector_record(inspector, input.Byte() % 5));
  sipward_text source{}, hash{};
  Known(sipward_rules_source(rules, &source, &hash));
}

// Any source for the compiler, and whether it keeps its own.
inline void UseSource(Input& input, sipward_compiler* compiler) {
  if (input.Byte() >= 128) Known(sipward_compiler_keep_source(compiler));
  if (input.Byte() < 128) return;
  const std::string_view source = input.Text();
  Known(sipward_compiler_add_source(compiler, source.data(), source.size()));
}

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_EVIDENCE_H_
