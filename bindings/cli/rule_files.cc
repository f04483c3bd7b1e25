#include "rule_files.h"

#include <filesystem>

#include "diagnostics.h"
#include "file.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostFileBytes = size_t{64} << 20;

class Loader {
 public:
  explicit Loader(const RuleSource& source) : source_(source) {}
  LoadedRules Load();

 private:
  int32_t SetBudget();
  bool Check(int32_t status);
  bool AddFile(const std::string& file);
  bool AddLists();
  bool AddList(uint32_t index, const std::string& path, const std::string& named_by);
  bool Fail(const std::string& sentence);
  void TakeDiagnostics();

  const RuleSource& source_;
  CompilerHandle compiler_;
  LoadedRules loaded_;
};

LoadedRules Loader::Load() {
  sipward_compiler* compiler = nullptr;
  bool good = Check(sipward_compiler_create(&compiler));
  compiler_.reset(compiler);
  if (good && source_.tests) good = Check(sipward_compiler_keep_tests(compiler));
  if (good && source_.keep_source) good = Check(sipward_compiler_keep_source(compiler));
  if (good) good = Check(SetBudget());
  if (good && source_.default_pack) good = Check(sipward_compiler_add_default_pack(compiler));
  if (good && !source_.settings.empty()) {
    constexpr std::string_view kName = "command line";
    good = Check(sipward_compiler_add_rules(compiler, kName.data(), kName.size(),
                                            source_.settings.data(), source_.settings.size()));
  }
  // All of them even so, so that the errors of every file show at once.
  for (const std::string& file : source_.files) good = AddFile(file) && good;
  sipward_rules* rules = nullptr;
  if (good && AddLists() && Check(sipward_compiler_build(compiler, &rules))) {
    loaded_.rules.reset(rules);
  }
  TakeDiagnostics();
  return std::move(loaded_);
}

int32_t Loader::SetBudget() {
  auto budget = Sized<sipward_rule_budget>();
  budget.state_bytes = source_.state_budget;
  budget.event_ns = source_.event_budget_ns;
  return sipward_compiler_set_budget(compiler_.get(), &budget);
}

// What SIPWARD_ERR_RULES means the diagnostics say.
bool Loader::Check(int32_t status) {
  if (status == SIPWARD_OK) return true;
  return status != SIPWARD_ERR_RULES ? Fail(sipward_status_text(status)) : false;
}

bool Loader::AddFile(const std::string& file) {
  std::string text;
  std::string error;
  if (!ReadFile(file, kMostFileBytes, &text, &error)) {
    return Fail("cannot read the rule file " + file + ": " + error);
  }
  return Check(sipward_compiler_add_rules(compiler_.get(), file.data(), file.size(), text.data(),
                                          text.size()));
}

bool Loader::AddLists() {
  sipward_text path{};
  sipward_text named_by{};
  for (uint32_t i = 0; sipward_compiler_file(compiler_.get(), i, &path, &named_by) == SIPWARD_OK;
       ++i) {
    if (!AddList(i, std::string(View(path)), std::string(View(named_by)))) return false;
  }
  return true;
}

bool Loader::AddList(uint32_t index, const std::string& path, const std::string& named_by) {
  const std::string place = (std::filesystem::path(named_by).parent_path() / path).string();
  std::string text;
  std::string error;
  if (!ReadFile(place, kMostFileBytes, &text, &error)) {
    return Fail("cannot read the file " + place + ", which " + named_by + " names: " + error);
  }
  return Check(sipward_compiler_set_file(compiler_.get(), index, text.data(), text.size()));
}

bool Loader::Fail(const std::string& sentence) {
  if (loaded_.errors.empty()) loaded_.errors = "sipward: " + Printable(sentence) + "\n";
  return false;
}

void Loader::TakeDiagnostics() {
  if (!loaded_.errors.empty()) return;
  auto diagnostic = Sized<sipward_diagnostic>();
  for (uint32_t i = 0; sipward_compiler_diagnostic(compiler_.get(), i, &diagnostic) == SIPWARD_OK;
       ++i) {
    const bool warning = diagnostic.severity == SIPWARD_SEVERITY_WARNING;
    (warning ? loaded_.warnings : loaded_.errors) += RenderDiagnostic(diagnostic);
  }
}

}  // namespace

LoadedRules LoadRules(const RuleSource& source) { return Loader(source).Load(); }

}  // namespace sipward::cli
