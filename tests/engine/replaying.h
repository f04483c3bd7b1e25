// Records what an inspector judges and judges it again elsewhere: the verdict must be the same.
#ifndef SIPWARD_TESTS_ENGINE_REPLAYING_H_
#define SIPWARD_TESTS_ENGINE_REPLAYING_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "facts/tape.h"

namespace sipward::engine {

// All that a host sees of a verdict, as text.
inline std::string TextOf(const Verdict& verdict) {
  std::string text(rules::ActionName(verdict.action));
  const auto add = [&](std::string_view part) { text.append(1, ' ').append(part); };
  add(std::to_string(verdict.sip_code));
  add(verdict.sip_reason);
  add(std::to_string(verdict.score));
  add(std::to_string(static_cast<int>(verdict.parse_status)));
  for (const bool flag : {verdict.banned, verdict.emergency, verdict.allow_listed, verdict.alert,
                          verdict.capture, verdict.overload, verdict.pending}) {
    add(flag ? "1" : "0");
  }
  add(std::to_string(verdict.ticket));
  add(verdict.certificate_url);
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    const VerdictHit& hit = verdict.hits[i];
    add("[" + hit.rule->name + " " + std::string(rules::ActionName(hit.action)) +
        (hit.enforced ? " enforced " : " ") + std::to_string(hit.score));
    for (size_t v = 0; v < hit.value_count; ++v) add(std::to_string(hit.values[v]));
    add("]");
  }
  for (uint32_t i = 0; i < verdict.tag_count; ++i) {
    add("{" + verdict.tags[i].rule->name + " " + std::string(verdict.tags[i].text) + "}");
  }
  add(std::to_string(verdict.hits_omitted) + " " + std::to_string(verdict.tags_omitted));
  return text;
}

class Replaying {
 public:
  // Of what the inspector judges from now on. Bodies are not kept, which is the harder case.
  void Follow(Inspector* inspector) { inspector->Record(&tape_, false); }

  // Only records from now on: to replay allocates, and to record does not.
  void RecordAlone() { record_alone_ = true; }

  // The engine that replays has a state of its own, in which nothing ever happened.
  void Expect(const Engine& engine, std::string_view bytes, Slice body, const Verdict& verdict) {
    if (record_alone_) return;
    const std::shared_ptr<const rules::RuleSet> rules = engine.generation()->shared_rules();
    if (rules != rules_) Make(rules);
    if (HasFatalFailure()) return;
    ASSERT_TRUE(tape_.whole());
    std::string kept(bytes);
    if (body.length != 0) kept.replace(body.offset, kept.npos, kept.size() - body.offset, '\xA5');
    // The tape and the message as they come out of storage.
    const std::string recorded(tape_.bytes());
    EXPECT_TRUE(inspector_->Replay(recorded, kept, &again_)) << bytes;
    EXPECT_EQ(TextOf(again_), TextOf(verdict)) << bytes;
  }

 private:
  static bool HasFatalFailure() { return testing::Test::HasFatalFailure(); }

  void Make(std::shared_ptr<const rules::RuleSet> rules) {
    inspector_.reset();
    rules_ = rules;
    HashSecret other;
    other.bytes.fill(7);
    const std::shared_ptr<state::Region> region =
        state::Region::Create(state::Region::kDefaultBytes, other);
    ASSERT_NE(region, nullptr);
    std::shared_ptr<Engine> engine = Engine::Create(std::move(rules), region, {});
    ASSERT_NE(engine, nullptr);
    inspector_ = std::make_unique<Inspector>(std::move(engine), Inspector::Purpose::kReplay);
  }

  facts::Tape tape_;
  bool record_alone_ = false;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::unique_ptr<Inspector> inspector_;
  Verdict again_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_TESTS_ENGINE_REPLAYING_H_
