// Rules that compile, evaluated: the bytes say which rules (support/rule_writer) and, behind them,
// which messages. Two evaluators with state of their own, one that asks the rules that a message
// can match and one that asks every rule and searches for every literal by itself, must say the
// same of every message, and nothing that they say is out of range.
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/facts.h"
#include "fuzz/support/disguise.h"
#include "fuzz/support/input.h"
#include "fuzz/support/rule_writer.h"
#include "fuzz/support/small_pages.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::rules {
namespace {

using fuzz::Input;
using fuzz::Require;

constexpr uint64_t kRegionBytes = uint64_t{8} << 20;
constexpr int kMostMessages = 16;

std::shared_ptr<const RuleSet> Compile(std::string_view text) {
  Options options;
  options.table_capacity = 256;  // which entry a full table gives up depends on who read it last
  options.max_state_bytes = uint64_t{4} << 20;
  Compiler compiler(options);
  compiler.AddRules("fuzz.ward", text);
  auto rules = compiler.Build();
  // For whoever changes the writer: SIPWARD_FUZZ_SHOW=1 shows what it wrote and what is wrong.
  static const bool show = std::getenv("SIPWARD_FUZZ_SHOW") != nullptr;
  if (show) std::fprintf(stderr, "%.*s", static_cast<int>(text.size()), text.data());
  for (const Diagnostic& d : compiler.diagnostics()) {
    Require(d.code.size() == 4 && !d.message.empty());
    if (show)
      std::fprintf(stderr, "%u:%u: %s %s\n", d.line, d.column, d.code.c_str(), d.message.c_str());
  }
  Require(rules != nullptr || !compiler.diagnostics().empty());
  return rules;
}

// One evaluator with state of its own.
class Side {
 public:
  Side(const RuleSet& rules, Asking asking) : region_(state::Region::Create(kRegionBytes, {})) {
    Require(region_ != nullptr);
    std::vector<state::Region::Table> tables;
    for (const state::TableSpec& spec : rules.tables()) {
      const auto table = region_->Open(spec);
      Require(table.has_value());
      tables.push_back(*table);
    }
    evaluator_ = std::make_unique<Evaluator>(rules, *region_, std::move(tables), asking);
    Require(evaluator_->ok());
  }

  void Run(sip::Message& message, const facts::Packet& packet, Outcome* outcome) {
    event_.Reset(message, packet, false);
    evaluator_->Run(event_, outcome);
  }
  size_t asked() const { return evaluator_->asked(); }
  const HashSecret& secret() const { return region_->secret(); }

 private:
  std::unique_ptr<state::Region> region_;
  std::unique_ptr<Evaluator> evaluator_;
  facts::MessageEvent event_;
};

bool SameValue(const facts::Value& a, const facts::Value& b, const HashSecret& secret) {
  char left[512], right[512];
  const size_t left_size = CanonicalBytes(a, secret, left);
  const size_t right_size = CanonicalBytes(b, secret, right);
  Require(left_size <= sizeof left && right_size <= sizeof right);
  return a.kind == b.kind &&
         std::string_view(left, left_size) == std::string_view(right, right_size);
}

void RequireSame(const Outcome& a, const Outcome& b, const HashSecret& secret) {
  Require(a.hit_count == b.hit_count && a.action_count == b.action_count && a.omitted == b.omitted);
  for (size_t i = 0; i < a.hit_count; ++i) {
    Require(a.hits[i].rule == b.hits[i].rule && a.hits[i].value_count == b.hits[i].value_count);
    for (size_t k = 0; k < a.hits[i].value_count; ++k) {
      Require(a.hits[i].values[k] == b.hits[i].values[k]);
    }
  }
  for (size_t i = 0; i < a.action_count; ++i) {
    const ActionRequest& x = a.actions[i];
    const ActionRequest& y = b.actions[i];
    Require(x.kind == y.kind && x.rule == y.rule && x.code == y.code && x.points == y.points &&
            x.duration == y.duration && x.period == y.period && x.burst == y.burst &&
            x.key_kind == y.key_kind && x.text == y.text && SameValue(x.key, y.key, secret));
  }
}

void RequireInRange(const RuleSet& rules, const Outcome& outcome) {
  Require(outcome.hit_count <= Outcome::kMaxHits && outcome.action_count <= Outcome::kMaxActions);
  Require(outcome.hit_count + outcome.omitted <= rules.rules().size());
  for (size_t i = 0; i < outcome.hit_count; ++i) {
    const Hit& hit = outcome.hits[i];
    Require(hit.rule < rules.rules().size() && hit.value_count <= hit.values.size());
    for (size_t k = 0; k < hit.value_count; ++k) Require(hit.values[k] >= 0);
  }
  for (size_t i = 0; i < outcome.action_count; ++i) {
    using Kind = ActionRequest::Kind;
    const ActionRequest& action = outcome.actions[i];
    Require(action.rule < rules.rules().size());
    Require(action.kind != Kind::kReject || (action.code >= 300 && action.code <= 699));
    Require(action.kind != Kind::kThrottle || (action.period > 0 && action.burst > 0));
    Require(action.kind != Kind::kBan ||
            (action.duration >= kSecond && action.key_kind != ActionRequest::KeyKind::kOther));
    if (action.kind != Kind::kBan && action.kind != Kind::kScore) continue;
    char text[64];
    Require(KeyText(action.key, text) <= sizeof text);
  }
}

void Evaluate(Input* input) {
  const auto rules = Compile(fuzz::RuleWriter(input).Write());
  if (rules == nullptr) return;
  Side first(*rules, Asking::kCandidates), second(*rules, Asking::kEveryRule);
  static sip::Message message;
  static Outcome outcome, again;
  Nanos now = kHour;
  for (int i = 0; i < kMostMessages && !input->empty(); ++i) {
    const std::string bytes = fuzz::MessageFrom(input);
    const facts::Packet packet = fuzz::PacketFrom(input, bytes, &now);
    message.Parse(bytes, {});
    message.Validate();
    first.Run(message, packet, &outcome);
    second.Run(message, packet, &again);
    RequireInRange(*rules, outcome);
    RequireSame(outcome, again, first.secret());
    Require(first.asked() <= second.asked() && second.asked() <= rules->rules().size());
    Require(outcome.hit_count <= first.asked());
  }
}

}  // namespace
}  // namespace sipward::rules

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::UseSmallPages();
  sipward::fuzz::Input input(data, size);
  sipward::rules::Evaluate(&input);
  return 0;
}
