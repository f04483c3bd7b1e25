// What a program keeps between events, as one evaluator sees it: counters and dynamic lists in the
// state region.
#ifndef SIPWARD_RULES_AGGREGATES_H_
#define SIPWARD_RULES_AGGREGATES_H_

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "facts/tape.h"
#include "rules/machine.h"
#include "rules/program.h"

namespace sipward::rules {

class Aggregates final : public StateSource {
 public:
  // `tables`: of the program, in its order.
  Aggregates(const Program& program, state::Region& region,
             std::vector<state::Region::Table> tables);

  // What is read from dynamic lists is recorded from now on; or, while it plays, all that is kept
  // is what the tape says, and nothing is taken in. Null: neither.
  void set_tape(facts::Tape* tape) { tape_ = tape; }
  bool playing() const { return tape_ != nullptr && tape_->playing(); }
  // Records what this event had to do with.
  void NoteValues() const;
  // What the tape says of an aggregate or a dynamic list.
  void Take(const facts::Fact& fact);

  // A new event, which `machine` evaluates. Nothing of the one before is kept.
  void Begin(Machine* machine);
  // Takes the event in where this walk says.
  void TakeIn(ConditionId intake);
  // Lets baselines learn from the event. Behind the rules, and only if none of them matched: what
  // was flagged is not what is usual.
  void Learn();

  // What was not changed by this event is read when it is asked for.
  facts::Value AggregateValue(uint32_t index) override;
  bool InDynamicList(uint32_t index, const facts::Value& value) override;

 private:
  struct Kept {
    uint64_t event = 0;
    facts::Value value;
  };
  struct KeptKey {
    uint64_t event = 0;
    bool present = false;
    Hash128 hash;
  };

  bool WasListed(uint32_t index, const facts::Value& value) const;
  const Hash128* Key(uint32_t slot);
  Hash128 HashKey(uint32_t slot, bool proven, bool* present);
  void Keep(uint32_t index, const facts::Value& value) { values_[index] = {number_, value}; }
  void Fetch(uint32_t index);
  void Settle();
  void Update(uint32_t index);
  facts::Value Add(uint32_t index, const Hash128& key);
  facts::Value Read(uint32_t index, const Hash128& key);
  facts::Value AddItem(uint32_t index, const Hash128& key);
  facts::Value AddLast(uint32_t index, const Hash128& key);
  facts::Value ReadLast(uint32_t index, const Hash128& key);
  facts::Value AddBaseline(uint32_t index, const Hash128& key);
  facts::Value Score(uint32_t index, const Hash128& key);
  facts::Value Edge(uint32_t index, bool add);
  facts::Value AddRun(uint32_t index, const Hash128& key);
  void UpdateCalls(uint32_t index);
  void UpdateLeases(uint32_t index);
  void UpdateRecords(uint32_t index, state::Region::Table records);
  std::optional<state::Region::Table> Records(uint32_t index) const;
  int64_t CountLeases(uint32_t index, const Hash128& key);
  int64_t CountRecords(uint32_t index, const Hash128& key);
  state::Region::Table Table(uint32_t index) const { return tables_[index]; }

  const Program& program_;
  state::Region& region_;
  std::vector<state::Region::Table> tables_;
  Machine* machine_ = nullptr;
  uint64_t number_ = 0;  // of the event
  Nanos now_ = 0;
  facts::Tape* tape_ = nullptr;
  std::array<uint32_t, 32> found_;  // aggregates that take the event in, and did not yet
  size_t found_count_ = 0;
  std::vector<facts::Fact> listed_;      // while a tape plays: what stands on dynamic lists
  std::vector<Kept> values_;             // by aggregate
  std::vector<KeptKey> keys_;            // by key
  std::vector<uint32_t> to_learn_;       // baselines that this event updated
  std::vector<state::LastValue> lasts_;  // what kLast gives points into these, by aggregate
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_AGGREGATES_H_
