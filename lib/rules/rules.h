// The rule language: texts in, an immutable program out, and its evaluation. The language is
// described in lib/rules/README.md.
#ifndef SIPWARD_RULES_RULES_H_
#define SIPWARD_RULES_RULES_H_

#include <array>
#include <cstdint>
#include <deque>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/time.h"
#include "facts/facts.h"
#include "facts/tape.h"
#include "lists/lists.h"
#include "numbering/numbering.h"
#include "state/state.h"

namespace sipward::rules {

enum class Severity : uint8_t { kError, kWarning };

// What is wrong with a rule text, as data; hosts render it.
struct Diagnostic {
  Severity severity = Severity::kError;
  std::string code;  // "R203"
  std::string file;
  uint32_t line = 0;    // from 1; 0: the file as a whole
  uint32_t column = 0;  // in bytes, from 1
  uint32_t length = 0;  // in bytes, at least 1 where line is not 0
  std::string message;
  std::string hint;
  std::string source_line;
};

// Ascending, the order of verdicts.
enum class Action : uint8_t { kAllow, kFlag, kChallenge, kThrottle, kHold, kReject, kDrop };
std::string_view ActionName(Action action);

// What is done with the actions of a rule that matches: off, it cannot match.
enum class RuleMode : uint8_t { kEnforce, kReport, kOff };

// One entry of a rule's `then`, evaluated.
struct ActionRequest {
  enum class Kind : uint8_t {
    kScore,
    kTag,
    kAlert,
    kReject,
    kDrop,
    kThrottle,
    kBan,
    kChallenge,
    kHold,
    kCapture,
    kAdd,
  };
  Kind kind = Kind::kAlert;
  bool enforce = true;  // the rule's mode on this event
  uint16_t rule = 0;    // index in RuleSet::rules()
  uint16_t code = 0;    // kReject: the SIP status code
  int32_t points = 0;   // kScore
  Nanos duration = 0;   // kBan, kAdd: how long
  Nanos period = 0;     // kThrottle: time for one message
  uint32_t burst = 0;   // kThrottle
  uint32_t table = 0;   // kAdd: the list's table, index in RuleSet::tables()
  // kScore, kBan: whose key it is. A ban of kOther does not compile.
  enum class KeyKind : uint8_t { kSource, kDestination, kAccount, kTrunk, kOther };
  KeyKind key_kind = KeyKind::kOther;
  facts::Value key;       // kScore, kBan, kAdd: the key; absent: the action is void
  std::string_view text;  // kReject: reason phrase; kTag: the tag. Lives as long as the rules.
};

// A rule that matched.
struct Hit {
  uint16_t rule = 0;
  uint8_t value_count = 0;
  std::array<double, 4> values{};  // its aggregates in the order of the text
};

// What one event led to. Fixed size; what does not fit is counted. A rule whose hit does not fit
// acts even so, and an action that refuses takes the place of one that only notes: `actions` is
// what must be done, `hits` what can be shown.
struct Outcome {
  static constexpr size_t kMaxHits = 64;
  static constexpr size_t kMaxActions = 128;
  std::array<Hit, kMaxHits> hits;
  std::array<ActionRequest, kMaxActions> actions;
  size_t hit_count = 0;
  size_t action_count = 0;
  uint32_t omitted =
      0;  // matching rules whose hit did not fit; their actions are there all the same

  void Clear() { hit_count = action_count = omitted = 0; }
};

// What a test expects of the events, or of some of them.
struct Expectation {
  enum class Kind : uint8_t { kAction, kTag, kAlert, kRule };
  enum class Place : uint8_t { kAnywhere, kBefore, kAt };
  Kind kind = Kind::kAlert;
  bool negated = false;
  Action action = Action::kAllow;  // kAction: the worst of the verdicts
  Place place = Place::kAnywhere;
  uint32_t event = 0;   // of the place, from 1
  std::string text;     // kTag: the tag; kRule: the rule
  std::string written;  // as the test says it
  uint32_t line = 0;
};

// A `test` block: events, and what is expected of them.
struct TestCase {
  struct Fact {
    facts::FieldId field;
    facts::Value value;
    std::string text;  // if it is not empty, what the value is made of: {n} is the repetition
  };
  // One event, `count` times.
  struct Step {
    facts::EventKind kind = facts::EventKind::kRequest;
    bool proven = false;
    uint32_t count = 1;
    Nanos after = 0;  // since the event before
    Nanos every = 0;  // between repetitions
    std::vector<Fact> facts;
  };
  std::string name, file;
  uint32_t line = 0;
  std::vector<Step> steps;
  std::vector<Expectation> expectations;

  // Makes the `repetition`th (from 1) event of a step. Texts live as long as the test and `texts`,
  // which is cleared before.
  static void Fill(const Step& step, uint32_t repetition, Nanos now, Nanos wall,
                   std::deque<std::string>* texts, facts::HostEvent* event);
};

struct Program;  // the compiled form, program.h

// What is known of a rule without running it.
struct RuleInfo {
  std::string name, file;
  uint32_t line = 0;
  std::string severity, why, ref;       // of its meta
  std::string actions;                  // as written
  bool enforce = true;                  // mode, where no profile says another
  bool weak_evidence_suffices = false;  // `evidence any`: a ban needs no proven source
  uint64_t state_bytes = 0;             // of the aggregates that it is the first to name
  uint32_t worst_ns = 0;                // static estimate of one evaluation
  uint32_t aggregates = 0;
  bool late = false;  // it names identity: it runs in the second stage
};

struct Options {
  uint32_t max_rules = 20'000;
  uint32_t max_file_bytes = 16u << 20;
  uint32_t max_nesting = 64;
  uint32_t max_diagnostics = 20;
  uint32_t table_capacity =
      16'384;  // entries of an aggregate's table, unless the rule says `max N`
  uint64_t max_state_bytes = uint64_t{48} << 20;  // of all tables together
  uint64_t max_event_ns = 10'000'000;             // of the dearest kind of event, as estimated
};

class RuleSet {
 public:
  ~RuleSet();
  std::span<const RuleInfo> rules() const;
  // Tables that evaluation needs, in the order in which Evaluator expects their handles.
  std::span<const state::TableSpec> tables() const;
  // What an aggregate is, for people: as the first rule that has it writes it, and who has it.
  struct AggregateInfo {
    std::string_view text;
    facts::Type type = facts::Type::kInt;  // of its value
    std::vector<std::string_view> rules;
  };
  // Nothing if that table is of something else.
  std::optional<AggregateInfo> FindAggregate(size_t table) const;
  // A list by its name, or null: the engine's guards use `allowed` and `emergency`.
  const lists::List* FindList(std::string_view name) const;
  // The country that the constant `home` names, which guards and events use as well.
  numbering::Home home() const;
  // Lists that are filled while the engine runs: each a DynamicTable over a ban table.
  struct Dynamic {
    std::string_view name;
    lists::Kind kind = lists::Kind::kExact;  // not kPattern
    uint32_t table = 0;                      // index in tables()
  };
  std::span<const Dynamic> dynamic_lists() const;
  // Its tests, if the compiler was told to keep them.
  std::span<const TestCase> tests() const;
  uint64_t state_bytes() const;
  // Static estimate of what one event costs that concerns every rule for its kind; of the dearest
  // kind.
  uint64_t event_ns() const;
  // All that it was compiled of, as one text (source.h), if the compiler was told to keep it.
  std::string_view source() const;
  // Identifies texts and lists: equal texts give an equal hash (64 hexadecimal digits,
  // BLAKE2b-256).
  std::string_view content_hash() const;

 private:
  friend class Compiler;
  friend class Evaluator;
  RuleSet();
  std::unique_ptr<const Program> program_;
};

// Collects rule texts and the files that their lists name, then compiles them as one.
class Compiler {
 public:
  explicit Compiler(const Options& options = {});
  ~Compiler();

  // Reads a text (syntax only). False if it has errors; see diagnostics(). Names must differ.
  bool AddRules(std::string_view name, std::string_view text);

  struct File {
    std::string path;      // as the statement writes it, relative to the text that names it
    std::string named_by;  // the rule text that names it
    bool rules = false;    // it is imported: a rule text, not a list
  };
  // Files that statements of the added texts name, each once per (path, named_by), and no text that
  // was added already. An imported one may name more.
  std::span<const File> files() const;
  // What the file holds. An imported one is read at once: false if it has errors. Its name is its
  // path from where the path of the first text begins.
  bool SetFile(size_t index, std::string_view text);
  // Tests of the texts that are added from now on are checked and kept, and the files that they
  // name are asked for. Otherwise only their grammar is looked at.
  void KeepTests();
  // What is added from now on is kept with the rules, as RuleSet::source gives it.
  void KeepSource();
  // What RuleSet::source gave, instead of texts and files one by one. False if it is no such text,
  // or if it has errors; see diagnostics().
  bool AddSource(std::string_view source);
  // Instead of what the options say, for Build.
  void SetBudget(uint64_t max_state_bytes, uint64_t max_event_ns);
  // A text says `import pack`.
  bool wants_pack() const;

  // Null if there are errors.
  std::shared_ptr<const RuleSet> Build();

  std::span<const Diagnostic> diagnostics() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// The text with its spaces set right. Its words, its comments and the breaks between its lines are
// kept; of several empty lines one is. To lay out the result again changes nothing. Nothing if the
// text has a character, a number or a string that cannot be read. Linear.
std::optional<std::string> Format(std::string_view text);

// Which rules an evaluator asks for an event: those that it can match at all, or every rule that
// looks at such events, each literal searched for by itself. The outcome is the same; tests compare
// the two.
enum class Asking : uint8_t { kCandidates, kEveryRule };

// Runs a rule set over events: one thread's working memory. Everything is allocated in the
// constructor.
class Evaluator {
 public:
  // `tables`: handles in `region` for rules->tables(), in the same order. `rules` and `region`
  // outlive the evaluator.
  Evaluator(const RuleSet& rules, state::Region& region, std::vector<state::Region::Table> tables,
            Asking asking = Asking::kCandidates);
  ~Evaluator();

  // False if there was no memory to scan the pattern lists of the rules with: they would match
  // nothing, so such an evaluator must not be used.
  bool ok() const;
  // Updates every aggregate whose `on` and `where` hold, evaluates the rules, and fills in what
  // matched. Counts of events with strong evidence and of others are apart. Texts in the outcome
  // live as long as the rules, keys as long as the event.
  void Run(facts::Event& event, Outcome* outcome);
  // The same in steps: the rules that do not name identity, and their aggregates.
  void RunFirst(facts::Event& event, Outcome* outcome);
  // Whether there are others for such an event at all.
  bool HasSecond() const;
  // Whether these count anything.
  bool SecondCounts() const;
  // Whether they have to know what identity is, as far as the event tells without it.
  bool AsksForIdentity();
  // Behind RunFirst: the others, with what `event` gives for identity now. Adds to the outcome.
  void RunSecond(Outcome* outcome);
  // RunSecond alone, for an event that RunFirst took in at another time, wherever that was.
  void Resume(facts::Event& event, Outcome* outcome);
  // Behind the last step: what is usual is learned from events for which no rule matched.
  void Finish();
  // From now on what is read from the state is recorded, or played if the tape plays: then nothing
  // is counted, and an evaluator is needed that asks every rule. Null: neither.
  void set_tape(facts::Tape* tape);
  // Records what the rules had to do with on this event. Behind the last step, before Finish.
  // `body`: what they asked of the body as well, so that it is not needed for the same again.
  void NoteFacts(bool body);
  // How many rules the last Run asked.
  size_t asked() const;
  // Looks a text or an address up in a list with this thread's scratch.
  bool InList(const lists::List& list, std::string_view text);

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

// A dynamic list in the state region. An address stands there as the network of itself alone;
// networks may have any length from 8 bits (IPv6: 16). A prefix is digits, a + in front left out; a
// domain stands in lower case, without a dot at its end. A look-up probes the lengths of networks,
// prefixes or domains that the list ever had an entry of, so that a list of /32 and /24 costs two
// probes. Any number of threads may use it at once.
class DynamicTable {
 public:
  DynamicTable() = default;
  DynamicTable(state::Region* region, state::Region::Table table, lists::Kind kind)
      : region_(region), table_(table), kind_(kind) {}

  enum class Added : uint8_t { kRefused, kAdded, kDisplaced };  // refused: no entry of this kind
  // What stands there is lengthened, never shortened.
  Added Add(const facts::Value& value, std::string_view reason, Nanos until, Nanos now) const;
  // What fits the value: of several the narrowest network, the longest prefix or domain.
  bool Find(const facts::Value& value, Nanos now, state::BanInfo* info) const;
  // This very entry.
  bool FindEntry(const facts::Value& value, Nanos now, state::BanInfo* info) const;
  // False if this very entry is not there.
  bool Remove(const facts::Value& value, Nanos now) const;
  // The key of this entry in the table; nothing if the list cannot have it.
  std::optional<Hash128> HashOf(const facts::Value& value) const;
  // As people read it. Returns how much of `out` was used.
  size_t Text(const facts::Value& value, std::span<char> out) const;

  lists::Kind kind() const { return kind_; }
  state::Region& region() const { return *region_; }
  state::Region::Table table() const { return table_; }

 private:
  state::Region* region_ = nullptr;
  state::Region::Table table_;
  lists::Kind kind_ = lists::Kind::kExact;
};

// The canonical bytes of a value for hashing: equal values of one type give equal bytes. Returns
// how many of `out` were used; strings longer than 255 bytes are represented by their hash.
size_t CanonicalBytes(const facts::Value& value, const HashSecret& secret, std::span<char> out);
// The text form of a key for people: 192.0.2.1, 192.0.2.0/24, alice.
size_t KeyText(const facts::Value& value, std::span<char> out);

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_RULES_H_
