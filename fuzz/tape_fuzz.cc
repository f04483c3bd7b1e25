// Records that somebody made up: two bytes say how long the message is, the message, then the tape,
// under rules that ask for everything that a state can tell. Replaying and describing end, whatever
// the tape says, and twice the same; what is told is JSON. With a first byte of 255 the rest is the
// whole record instead.
#include <cstdint>
#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "engine/decision_record.h"
#include "engine/replayer.h"
#include "evidence/evidence.h"
#include "fuzz/support/input.h"
#include "fuzz/support/small_pages.h"
#include "rules/rules.h"

namespace sipward::engine {
namespace {

using fuzz::Input;
using fuzz::Require;

constexpr std::string_view kRules =
    R"(version 1
list allowed : cidr ["192.0.2.0/28"]
list probed : exact dynamic
list nets : cidr dynamic
list numbers : prefix dynamic
rule a {
  on request
  let n = count(by src.ip over 1m)
  let r = rate(by src.net over 1m)
  when n > 1 and r >= 0 and distinct(to.user by src.ip over 1m) > 0 and sum(message.size by src.ip over 1m) > 5
  then reject 403 "Not here", score 5 on src.ip, tag "t", throttle 5/s, add (from.user ?? "") to probed for 1h
}
rule b {
  on request
  when avg(message.size by src.ip over 1m) > 1.0 and (min(message.size by src.ip over 1m) ?? 1) < (max(message.size by src.ip over 1m) ?? 2)
    and ratio(method == INVITE of true by src.ip over 1m) > 0.1
  then ban src.ip for 1h, alert
}
rule c {
  on request, response
  when run(cseq.number by src.ip over 1m) > 1 or first_seen(src.ip within 1h) or (last(from.user by src.ip) ?? "") != (from.user ?? "")
    or contains(body, "v=0") or matches(body, "a=[a-z]+") or int(body) ?? 1 > 3
  then tag "c", score 1 on src.ip
}
rule d {
  on request
  when bucket(rate 8/s burst 20 by src.ip) and zscore(message.size by src.ip half_life 14d) > 0.5 and burst((src.ip, dst.ip) over 1h) > 1.0
    and (since(register by account if result == success) ?? 1h) > 1m
  then challenge
}
rule e { on call_start when concurrent(by account) > 1 and caller.number in numbers then reject 486 }
rule f { on request when (from.user ?? "") in probed or src.ip in nets or engine.pressure > 0.5 then drop }
rule g { on request when identity.result == failed or (identity.attest ?? "") == "C" then reject 437 "Bad caller", tag "who" }
rule h { on auth, register, call_end, media_change, cdr, tick when true then alert, tag "h" }
)";

Replayer& Shared() {
  static const std::unique_ptr<Replayer> replayer = [] {
    rules::Options options;
    options.table_capacity = 256;
    rules::Compiler compiler(options);
    compiler.AddRules("tape.ward", kRules);
    const auto rules = compiler.Build();
    for (const rules::Diagnostic& d : compiler.diagnostics()) {
      if (d.severity == rules::Severity::kError)
        std::fprintf(stderr, "%u:%u: %s\n", d.line, d.column, d.message.c_str());
    }
    Require(rules != nullptr);
    return Replayer::Create(rules);
  }();
  Require(replayer != nullptr);
  return *replayer;
}

void Judge(std::string_view bytes, std::string_view hash) {
  auto record = ReadRecord(bytes);
  if (!record) return;
  Require(record->kept.size() + record->tape.size() <= bytes.size());
  if (!hash.empty()) record->rules = hash;
  static Verdict first, second;
  const Replayed outcome = Shared().Run(*record, &first);
  Require(outcome == Shared().Run(*record, &second));
  std::string one, other;
  AppendVerdict(first, &one);
  AppendVerdict(second, &other);
  Require(one == other && evidence::IsJson(one));
  const std::string told = Shared().Describe(*record);
  Require(told.empty() == (outcome == Replayed::kOtherRules));
  Require(told.empty() || evidence::IsJson(told));
}

void Replay(Input* input) {
  // As records of these rules have it.
  const std::string hash(Shared().rules().content_hash());
  if (input->rest().substr(0, 1) == "\xff") return Judge(input->rest().substr(1), hash);
  const std::string_view message = input->Bytes(input->Short());
  const std::string_view tape = input->rest();
  std::string record = R"({"format":2,"time":1,"verdict":{},"rules":")" + hash +
                       R"(","message":{"size":)" + std::to_string(message.size()) + R"(,"kept":)" +
                       std::to_string(message.size()) + R"(},"tape":)" +
                       std::to_string(tape.size()) + "}\n";
  (record += message) += tape;
  Judge(record, {});
}

}  // namespace
}  // namespace sipward::engine

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::UseSmallPages();
  sipward::fuzz::Input input(data, size);
  sipward::engine::Replay(&input);
  return 0;
}
