// The one path that a message or an event takes: parse, guards, rules, decision.
#ifndef SIPWARD_ENGINE_ENGINE_H_
#define SIPWARD_ENGINE_ENGINE_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string_view>
#include <vector>

#include "engine/tables.h"
#include "engine/verdict.h"
#include "facts/facts.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::engine {

struct Options {
  bool report_only = false;  // no verdict above flag
  sip::Profile profile = sip::Profile::kTolerant;
  sip::AnomalySet accepted = {};  // changes to the profile, as in sip::ParseOptions
  sip::AnomalySet refused = {};
};

struct Statistics {
  uint64_t packets = 0;
  uint64_t not_sip = 0;
  uint64_t malformed = 0;
  uint64_t events = 0;                  // that the host told of by fields
  std::array<uint64_t, 7> by_action{};  // of packets and of events
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
    std::atomic<uint64_t> packets{0}, not_sip{0}, malformed{0}, events{0};
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
  // The same guards and rules for an event that the host tells of by fields. Where the guard finds
  // an emergency call, it sets the event's field `emergency`. Nothing is allocated.
  void InspectEvent(facts::HostEvent& event, Verdict* verdict);
  // The message inspected last.
  sip::Message& message();

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_ENGINE_H_
