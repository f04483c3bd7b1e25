// Records what an inspector judges and judges it again elsewhere: the verdict must be the same.
#ifndef SIPWARD_TESTS_ENGINE_REPLAYING_H_
#define SIPWARD_TESTS_ENGINE_REPLAYING_H_

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "engine/replayer.h"
#include "facts/tape.h"

namespace sipward::engine {

inline std::string TextOf(const Verdict& verdict) {
  std::string text;
  AppendVerdict(verdict, &text);
  return text;
}

class Replaying {
 public:
  // Of what the inspector judges from now on. Bodies are not kept, which is the harder case.
  void Follow(Inspector* inspector) { inspector->Record(&tape_, false); }

  // Only records from now on: to replay allocates, and to record does not.
  void RecordAlone() { record_alone_ = true; }

  // The engine that replays has a state of its own, in which nothing ever happened.
  void Expect(const Engine& engine, const Inspector& inspector, const Verdict& verdict) {
    if (record_alone_) return;
    const std::shared_ptr<const rules::RuleSet> rules = engine.generation()->shared_rules();
    if (rules != rules_) Make(rules);
    if (HasFatalFailure()) return;
    ASSERT_TRUE(tape_.whole());
    // As it comes out of storage.
    const std::string kept = inspector.TakeRecord(verdict);
    const auto record = ReadRecord(kept);
    ASSERT_TRUE(record) << kept;
    EXPECT_EQ(replayer_->Run(*record, &again_), Replayed::kSame)
        << record->kept << "\nfirst " << record->verdict << "\nagain " << TextOf(again_);
  }

 private:
  static bool HasFatalFailure() { return testing::Test::HasFatalFailure(); }

  void Make(std::shared_ptr<const rules::RuleSet> rules) {
    replayer_.reset();
    rules_ = rules;
    replayer_ = Replayer::Create(std::move(rules));
    ASSERT_NE(replayer_, nullptr);
  }

  facts::Tape tape_;
  bool record_alone_ = false;
  std::shared_ptr<const rules::RuleSet> rules_;
  std::unique_ptr<Replayer> replayer_;
  Verdict again_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_TESTS_ENGINE_REPLAYING_H_
