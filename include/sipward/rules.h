// Rule texts in, immutable rules out.
//
//   auto rules = sipward::Rules::Default();                    // what comes with the library
//   auto mine = sipward::Rules::FromText("site.ward", text);   // one text whose lists are inline
//   if (!mine.ok()) std::cerr << mine.error().Render();
//
// A Compiler takes several texts, and the files that their lists name.
#ifndef SIPWARD_RULES_H_
#define SIPWARD_RULES_H_

#include <sipward.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sipward/diagnostic.h"
#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

// What is known of a rule without running it. Texts live as long as the rules.
struct RuleInfo {
  std::string_view name, file;
  uint32_t line;
  std::string_view severity;  // info low medium high critical; may be empty
  std::string_view why;       // may be empty
  bool enforce;               // false: report mode
  std::string_view actions;   // as written
  uint64_t state_bytes;  // of its aggregates; shared ones count in the first rule that names them
  std::chrono::nanoseconds
      worst;  // estimate of the dearest evaluation, at 3 GHz: to compare rules by
  uint32_t aggregates;
  uint32_t stage;  // 1, or 2: it names identity, and runs once that is known
};

// A `test` block. Texts live as long as the rules.
struct RuleTestInfo {
  std::string_view name, file;
  uint32_t line;
  uint32_t events;        // that it gives
  uint32_t expectations;  // that it has of them
};

// What came of a test; of the first expectation that was not met, what stands behind `failed`.
struct RuleTestResult {
  bool passed;
  uint32_t failed;            // how many expectations were not met
  uint32_t line;              // in the file of the test
  std::string_view expected;  // as written; lives as long as the rules
  uint32_t event;             // that shows it, from 1; 0: none
  std::string found;          // what that event came to
};

// What rules may need, or do need.
struct RuleBudget {
  uint64_t state_bytes = 0;  // all tables together
  // One event that concerns every rule for events of its kind and changes all their aggregates, of
  // the kind for which that is dearest: an estimate at 3 GHz.
  std::chrono::nanoseconds event{0};
};

// Compiled rules: immutable, shared by any number of threads and engines.
class Rules {
 public:
  // The rules and lists that come with the library.
  static Result<Rules> Default();
  // One text. Lists that name a file are an error here.
  static Result<Rules> FromText(std::string_view name, std::string_view text);

  uint32_t size() const noexcept { return sipward_rules_count(rules_.get()); }
  std::optional<RuleInfo> operator[](uint32_t index) const& noexcept {
    sipward_rule_info info{};
    info.struct_size = sizeof info;
    if (sipward_rules_describe(rules_.get(), index, &info) != SIPWARD_OK) return std::nullopt;
    using detail::View;
    return RuleInfo{View(info.name),     View(info.file),  info.line,
                    View(info.severity), View(info.why),   View(info.mode) == "enforce",
                    View(info.actions),  info.state_bytes, std::chrono::nanoseconds(info.worst_ns),
                    info.aggregates,     info.stage};
  }
  std::optional<RuleInfo> operator[](uint32_t index) const&& = delete;

  // What they need.
  RuleBudget budget() const noexcept {
    sipward_rule_budget budget{};
    budget.struct_size = sizeof budget;
    sipward_rules_budget(rules_.get(), &budget);
    return {budget.state_bytes, std::chrono::nanoseconds(budget.event_ns)};
  }

  // Their tests, if the compiler was told to keep them.
  uint32_t test_count() const noexcept { return sipward_rules_test_count(rules_.get()); }
  std::optional<RuleTestInfo> TestAt(uint32_t index) const& noexcept {
    sipward_test_info info{};
    info.struct_size = sizeof info;
    if (sipward_rules_test_describe(rules_.get(), index, &info) != SIPWARD_OK) return std::nullopt;
    return RuleTestInfo{detail::View(info.name), detail::View(info.file), info.line, info.events,
                        info.expectations};
  }
  std::optional<RuleTestInfo> TestAt(uint32_t index) const&& = delete;
  // Runs a test on an engine and a state of its own.
  Result<RuleTestResult> RunTest(uint32_t index) const& {
    sipward_test_result result{};
    result.struct_size = sizeof result;
    const Status status = Status::FromC(sipward_rules_test_run(rules_.get(), index, &result));
    if (!status.ok()) return Error{status, {}};
    return RuleTestResult{result.passed != 0, result.failed,
                          result.line,        detail::View(result.expected),
                          result.event,       std::string(result.found, result.found_size)};
  }
  Result<RuleTestResult> RunTest(uint32_t index) const&& = delete;
  // All that they were compiled of, for Compiler::AddSource; empty if the compiler was not told to
  // keep it. Lives as long as the rules.
  std::string_view source() const noexcept {
    sipward_text source{}, hash{};
    static_cast<void>(sipward_rules_source(rules_.get(), &source, &hash));
    return detail::View(source);
  }
  // 64 hexadecimal digits; equal texts and lists have an equal one.
  std::string_view hash() const noexcept {
    sipward_text source{}, hash{};
    static_cast<void>(sipward_rules_source(rules_.get(), &source, &hash));
    return detail::View(hash);
  }
  const sipward_rules* c_rules() const noexcept { return rules_.get(); }

 private:
  friend class Compiler;
  explicit Rules(sipward_rules* rules) noexcept : rules_(rules) {}

  detail::Handle<sipward_rules, sipward_rules_destroy> rules_;
};

// Collects texts, then builds once.
class Compiler {
 public:
  static Result<Compiler> Create() {
    sipward_compiler* compiler = nullptr;
    const Status status = Status::FromC(sipward_compiler_create(&compiler));
    if (!status.ok()) return Error{status};
    return Compiler(compiler);
  }

  Status AddDefaultPack() {
    return Status::FromC(sipward_compiler_add_default_pack(compiler_.get()));
  }
  // From now on the tests of added texts are checked and kept. Engines have no use for them.
  Status KeepTests() { return Status::FromC(sipward_compiler_keep_tests(compiler_.get())); }
  // What is added from now on is kept with the rules, for Rules::source.
  Status KeepSource() { return Status::FromC(sipward_compiler_keep_source(compiler_.get())); }
  // What Rules::source gave, instead of texts and files one by one.
  Status AddSource(std::string_view source) {
    return Status::FromC(
        sipward_compiler_add_source(compiler_.get(), source.data(), source.size()));
  }
  // Rules beyond it are not built; the diagnostics say which takes most. 0 is the default: 48 MiB
  // of state, 10 ms an event.
  Status SetBudget(const RuleBudget& budget) {
    sipward_rule_budget given{};
    given.struct_size = sizeof given;
    given.state_bytes = budget.state_bytes;
    given.event_ns = static_cast<uint64_t>(budget.event.count());
    return Status::FromC(sipward_compiler_set_budget(compiler_.get(), &given));
  }
  // `name` is what diagnostics call the text. Copies both.
  Status AddRules(std::string_view name, std::string_view text) {
    return Status::FromC(sipward_compiler_add_rules(compiler_.get(), name.data(), name.size(),
                                                    text.data(), text.size()));
  }

  // A file that a list, a test or an import names: `path` as written, and the rule text that names
  // it. Views live until the compiler changes.
  struct File {
    std::string_view path;
    std::string_view named_by;
  };
  std::optional<File> FileAt(uint32_t index) const noexcept {
    sipward_text path, named_by;
    if (sipward_compiler_file(compiler_.get(), index, &path, &named_by) != SIPWARD_OK) {
      return std::nullopt;
    }
    return File{detail::View(path), detail::View(named_by)};
  }
  // Gives the contents of file `index`. Copies.
  Status SetFile(uint32_t index, std::string_view text) {
    return Status::FromC(
        sipward_compiler_set_file(compiler_.get(), index, text.data(), text.size()));
  }

  Result<Rules> Build() {
    sipward_rules* rules = nullptr;
    const Status status = Status::FromC(sipward_compiler_build(compiler_.get(), &rules));
    if (!status.ok()) return Error{status, Diagnostics()};
    return Rules(rules);
  }

  // Errors and warnings so far.
  std::vector<Diagnostic> Diagnostics() const {
    std::vector<Diagnostic> out;
    sipward_diagnostic diagnostic{};
    diagnostic.struct_size = sizeof diagnostic;
    for (uint32_t i = 0; sipward_compiler_diagnostic(compiler_.get(), i, &diagnostic) == SIPWARD_OK;
         ++i) {
      out.push_back(Diagnostic::FromC(diagnostic));
    }
    return out;
  }

 private:
  explicit Compiler(sipward_compiler* compiler) noexcept : compiler_(compiler) {}

  detail::Handle<sipward_compiler, sipward_compiler_destroy> compiler_;
};

// Lays a rule text out as `sipward rules fmt` does: its words, comments and breaks between lines
// stay. An error without diagnostics if a word of it cannot be read; a Compiler says where.
inline Result<std::string> FormatRules(std::string_view text) {
  size_t size = 0;
  int32_t status = sipward_rules_format(text.data(), text.size(), nullptr, 0, &size);
  std::string out(size, '\0');
  if (status == SIPWARD_ERR_SPACE) {
    status = sipward_rules_format(text.data(), text.size(), out.data(), out.size(), &size);
  }
  if (status != SIPWARD_OK) return Error{Status::FromC(status), {}};
  return out;
}

inline Result<Rules> Rules::Default() {
  Result<Compiler> compiler = Compiler::Create();
  if (!compiler.ok()) return std::move(compiler).error();
  const Status added = compiler->AddDefaultPack();
  if (!added.ok()) return Error{added, compiler->Diagnostics()};
  return compiler->Build();
}

inline Result<Rules> Rules::FromText(std::string_view name, std::string_view text) {
  Result<Compiler> compiler = Compiler::Create();
  if (!compiler.ok()) return std::move(compiler).error();
  const Status added = compiler->AddRules(name, text);
  if (!added.ok()) return Error{added, compiler->Diagnostics()};
  return compiler->Build();
}

}  // namespace sipward

#endif  // SIPWARD_RULES_H_
