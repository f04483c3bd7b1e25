// Judges again what was recorded, without the state that it was judged with.
#ifndef SIPWARD_ENGINE_REPLAYER_H_
#define SIPWARD_ENGINE_REPLAYER_H_

#include <cstdint>
#include <memory>
#include <string>

#include "engine/decision_record.h"
#include "engine/engine.h"

namespace sipward::engine {

// What came of it. kOther: another verdict. kBroken: the record does not fit itself or the message.
// kOtherRules: it was made by rules other than these.
enum class Replayed : uint8_t { kSame, kOther, kBroken, kOtherRules };

// One thread's.
class Replayer {
 public:
  // Null, with *misfit filled (may be null), if no state can be made for the rules: it is not used,
  // but evaluation is bound to one.
  static std::unique_ptr<Replayer> Create(std::shared_ptr<const rules::RuleSet> rules,
                                          Misfit* misfit = nullptr);

  // Texts in the verdict live as long as the record and until the next call.
  Replayed Run(const DecisionRecord& record, Verdict* verdict);
  const rules::RuleSet& rules() const { return engine_->generation()->rules(); }
  // For people, as JSON; empty if the rules are others.
  std::string Describe(const DecisionRecord& record);

 private:
  explicit Replayer(std::shared_ptr<Engine> engine);
  bool Play(const DecisionRecord& record, Verdict* verdict);

  std::shared_ptr<Engine> engine_;
  Inspector inspector_;
  facts::Packet packet_;
  facts::Identity identity_;
  facts::HostEvent event_;
  Verdict again_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_REPLAYER_H_
