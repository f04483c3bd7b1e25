// The one path that a message takes: parse, guards, rules, decision.
#ifndef SIPWARD_ENGINE_ENGINE_H_
#define SIPWARD_ENGINE_ENGINE_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/tables.h"
#include "facts/facts.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

using rules::Action;

struct Options {
  bool report_only = false;  // no verdict above flag
  sip::Profile profile = sip::Profile::kTolerant;
  sip::AnomalySet accepted = {};  // changes to the profile, as in sip::ParseOptions
  sip::AnomalySet refused = {};
};

// A rule that matched, as the host sees it.
struct VerdictHit {
  const rules::RuleInfo* rule = nullptr;
  Action action = Action::kFlag;  // what the rule asked for
  bool enforced = false;          // false: report mode, or a guard held it back
  int32_t score = 0;
  uint8_t value_count = 0;
  std::array<double, 4> values{};
};

// A plain value. Texts live as long as the rules.
struct Verdict {
  static constexpr size_t kMaxHits = 16;

  Action action = Action::kAllow;
  uint16_t sip_code = 0;
  std::string_view sip_reason;
  int32_t score = 0;
  sip::ParseStatus parse_status = sip::ParseStatus::kOk;
  bool banned = false;        // the source was banned before this message
  bool emergency = false;     // the emergency guard applies
  bool allow_listed = false;  // the source stands in the list `allowed`
  uint32_t hit_count = 0;
  uint32_t hits_omitted = 0;
  std::array<VerdictHit, kMaxHits> hits;
};

struct Statistics {
  uint64_t packets = 0;
  uint64_t not_sip = 0;
  uint64_t malformed = 0;
  std::array<uint64_t, 7> by_action{};
};

// Rules, state and options together. Shared by any number of threads, each with its own Inspector.
class Engine {
 public:
  // Opens the tables of the rules and of the guards in the region. Null if the region has no room
  // for them.
  static std::shared_ptr<const Engine> Create(std::shared_ptr<const rules::RuleSet> rules,
                                              std::shared_ptr<state::Region> region,
                                              const Options& options);

  const rules::RuleSet& rules() const { return *rules_; }
  state::Region& region() const { return *region_; }
  const Options& options() const { return options_; }
  Statistics statistics() const;

 private:
  friend class Inspector;
  Engine() = default;

  std::shared_ptr<const rules::RuleSet> rules_;
  std::shared_ptr<state::Region> region_;
  Options options_;
  std::vector<state::Region::Table> rule_tables_;
  EngineTables tables_;
  struct Counters {
    std::atomic<uint64_t> packets{0}, not_sip{0}, malformed{0};
    std::array<std::atomic<uint64_t>, 7> by_action{};
  };
  mutable Counters counters_;
};

// One thread's working memory.
class Inspector {
 public:
  explicit Inspector(std::shared_ptr<const Engine> engine);
  ~Inspector();

  // False if memory ran out while it was made: it must not be used then.
  bool ok() const;
  // Nothing is allocated. `packet` and its bytes must live during the call, and as long as
  // message() is used.
  void Inspect(const facts::Packet& packet, Verdict* verdict);
  // The message inspected last.
  sip::Message& message();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_ENGINE_H_
