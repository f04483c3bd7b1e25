// Names of all files together, lists, then rule by rule.
#include <algorithm>
#include <deque>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "rules/content_hash.h"
#include "rules/diagnostics.h"
#include "rules/event_cost.h"
#include "rules/lexer.h"
#include "rules/list_builder.h"
#include "rules/parser.h"
#include "rules/rule_compiler.h"
#include "rules/selection_builder.h"
#include "rules/site.h"
#include "rules/source.h"
#include "rules/table_plan.h"
#include "rules/test_builder.h"

namespace sipward::rules {
namespace {

constexpr uint32_t kMaxRuleIndex = 65'535;
constexpr size_t kMaxImports = 64;

}  // namespace

struct Compiler::Impl {
  explicit Impl(const Options& given) : options(given), diagnostics(given.max_diagnostics) {
    options.max_rules = std::min(options.max_rules, kMaxRuleIndex);
  }

  bool AddRules(std::string_view name, std::string_view text);
  bool Read(std::string_view name, std::string_view text);
  bool SetFile(size_t index, std::string_view text);
  void NoteFiles(FileAst* ast);
  void NoteImports(const FileAst& ast);
  bool Imports(const std::string& name, const std::string& other) const;
  size_t NoteFile(const std::string& path, const std::string& named_by, bool is_rules);
  void GoBackTo(const Diagnostics::Mark& mark, size_t ast_count, size_t file_count) noexcept;
  void Publish() { published = diagnostics.Sorted(); }

  std::unique_ptr<Program> Build();
  void RequireImports();
  void Declare(Scope* scope);
  bool DeclareName(const std::string& name, const Span& span, bool is_list);
  void BuildLists(Scope* scope, Program* program, NodeBuilder* nodes);
  void CompileRules(Scope* scope, NodeBuilder* nodes, RuleCompiler* compiler);
  bool Select(const std::vector<facts::EventSet>& events, Scope* scope, Program* program,
              NodeBuilder* nodes);
  std::string ContentHash() const;

  Options options;
  Diagnostics diagnostics;
  std::deque<FileAst> asts;
  std::vector<Compiler::File> files;
  std::map<std::pair<std::string, std::string>, size_t> file_indices;  // by path and named_by
  std::vector<std::optional<std::string>> contents;                    // of files
  std::map<std::string, std::string, std::less<>> importers;  // by text: who named it, or ""
  bool wants_pack = false;
  bool keep_tests = false;
  std::optional<Source> source;  // if it is to be kept
  size_t imported = 0;
  bool overridden = false;
  std::optional<size_t> syntax_errors;  // set by the first Build
  std::map<std::string, Span, std::less<>> declared;
  std::vector<Diagnostic> published;
};

// All or nothing: where memory runs out, the text was never there.
bool Compiler::Impl::AddRules(std::string_view name, std::string_view text) {
  const Diagnostics::Mark mark = diagnostics.Now();
  const size_t ast_count = asts.size();
  const size_t file_count = files.size();
  auto importers_before = importers;
  const bool wanted_pack = wants_pack;
  try {
    return Read(name, text);
  } catch (...) {
    GoBackTo(mark, ast_count, file_count);
    importers.swap(importers_before);
    wants_pack = wanted_pack;
    throw;
  }
}

void Compiler::Impl::GoBackTo(const Diagnostics::Mark& mark, size_t ast_count,
                              size_t file_count) noexcept {
  diagnostics.GoBackTo(mark);
  while (asts.size() > ast_count) asts.pop_back();
  while (files.size() > file_count) files.pop_back();
  while (contents.size() > file_count) contents.pop_back();
  std::erase_if(file_indices, [&](const auto& entry) { return entry.second >= file_count; });
}

bool Compiler::Impl::Read(std::string_view name, std::string_view text) {
  const size_t errors = diagnostics.error_count();
  const uint32_t file = diagnostics.AddSource(name, text.substr(0, options.max_file_bytes));
  size_t bad = 0;
  if (text.size() > options.max_file_bytes) {
    diagnostics.FileError(
        "R402", file,
        "the file is larger than " + std::to_string(options.max_file_bytes) + " bytes");
  } else if (!IsCleanText(text, &bad)) {
    const bool nul = text[bad] == '\0';
    diagnostics.Error("R106", {file, static_cast<uint32_t>(bad), 1},
                      nul ? "a NUL byte: this is no rule file" : "this is not UTF-8",
                      nul ? "" : "save the file as UTF-8");
  } else {
    asts.push_back(Parser(file, options, &diagnostics).Parse());
    if (!keep_tests) asts.back().tests.clear();
    NoteFiles(&asts.back());
  }
  Publish();
  return diagnostics.error_count() == errors;
}

size_t Compiler::Impl::NoteFile(const std::string& path, const std::string& named_by,
                                bool is_rules) {
  const auto [entry, added] = file_indices.try_emplace({path, named_by}, files.size());
  if (added) {
    files.push_back({path, named_by, is_rules});
    contents.emplace_back();
  }
  return entry->second;
}

void Compiler::Impl::NoteFiles(FileAst* ast) {
  const std::string named_by = diagnostics.Name(ast->file);
  importers.try_emplace(named_by);
  for (auto* lists : {&ast->lists, &ast->list_overrides}) {
    for (ListDef& list : *lists) {
      if (list.from_file) list.file_index = NoteFile(list.path, named_by, false);
    }
  }
  for (TestDef& test : ast->tests) {
    for (TestDef::Given& given : test.given) {
      if (given.from_file) given.file_index = NoteFile(given.path, named_by, false);
    }
  }
  NoteImports(*ast);
}

// Whether a text is imported by another, by way of whatever others.
bool Compiler::Impl::Imports(const std::string& name, const std::string& other) const {
  for (const std::string* at = &other; !at->empty();) {
    if (*at == name) return true;
    const auto importer = importers.find(*at);
    if (importer == importers.end()) return false;
    at = &importer->second;
  }
  return false;
}

void Compiler::Impl::NoteImports(const FileAst& ast) {
  const std::string named_by = diagnostics.Name(ast.file);
  for (const ImportDef& import : ast.imports) {
    if (import.pack) {
      wants_pack = true;
      continue;
    }
    const std::string name = JoinPath(named_by, import.path);
    if (Imports(name, named_by)) {
      diagnostics.Error("R121", import.span,
                        "imports go round in a circle: '" + name + "' leads back here");
    } else if (importers.contains(name)) {
      continue;  // another text has brought it
    } else if (++imported > kMaxImports) {
      diagnostics.Error("R403", import.span,
                        "more than " + std::to_string(kMaxImports) + " imported files");
      return;
    } else {
      importers.emplace(name, named_by);
      NoteFile(import.path, named_by, true);
    }
  }
}

bool Compiler::Impl::SetFile(size_t index, std::string_view text) {
  if (index >= contents.size()) return true;
  if (!files[index].rules) {
    contents[index] = std::string(text);
    return true;
  }
  if (contents[index]) return true;
  const bool good = AddRules(JoinPath(files[index].named_by, files[index].path), text);
  contents[index].emplace();  // it stands in its own statements
  return good;
}

std::unique_ptr<Program> Compiler::Impl::Build() {
  if (!syntax_errors) syntax_errors = diagnostics.error_count();
  diagnostics.Rewind(*syntax_errors);
  if (diagnostics.has_errors()) return nullptr;
  RequireImports();
  if (!overridden) ApplyOverrides(&asts, &diagnostics);
  if (diagnostics.has_errors()) return nullptr;
  overridden = true;
  auto program = std::make_unique<Program>();
  NodeBuilder nodes(&program->expressions);
  Scope scope;
  Declare(&scope);
  ReadHome(&scope, &program->expressions, &nodes, &diagnostics);
  BuildLists(&scope, program.get(), &nodes);
  RuleCompiler compiler(&scope, program.get(), &nodes, &diagnostics);
  CompileRules(&scope, &nodes, &compiler);
  if (diagnostics.has_errors()) return nullptr;
  CompileProfiles(asts, &scope, &nodes, program.get(), &diagnostics);
  if (diagnostics.has_errors()) return nullptr;
  PlanTables(options, compiler.rules(), program.get(), &diagnostics);
  PlanEventCost(options, compiler.events(), compiler.rules(), program.get(), &diagnostics);
  if (diagnostics.has_errors()) return nullptr;
  AssignSlots(program.get());
  AssignMethods(program.get());
  if (!Select(compiler.events(), &scope, program.get(), &nodes)) return nullptr;
  MakeConditions(program.get());
  TestBuilder(contents, &scope, program.get(), &nodes, &diagnostics).Build(asts);
  if (diagnostics.has_errors()) return nullptr;
  program->content_hash = ContentHash();
  if (source) program->source = source->Text(options.max_state_bytes, options.max_event_ns);
  return program;
}

void Compiler::Impl::RequireImports() {
  for (const FileAst& ast : asts) {
    for (const ImportDef& import : ast.imports) {
      const auto file = file_indices.find({import.path, diagnostics.Name(ast.file)});
      if (import.pack || file == file_indices.end() || contents[file->second]) continue;
      diagnostics.Error("R408", import.span, "the rule file '" + import.path + "' was not given");
    }
  }
}

bool Compiler::Impl::DeclareName(const std::string& name, const Span& span, bool is_list) {
  // Lists stand behind `in` alone, so one may be called like a field: `in emergency`.
  if (!is_list && (facts::FindField(name) || facts::FindEnumValue(name))) {
    diagnostics.Error("R213", span,
                      "'" + name + "' already means something: it is a " +
                          (facts::FindField(name) ? "field" : "value"));
    return false;
  }
  const auto [entry, added] = declared.try_emplace(name, span);
  if (!added) {
    diagnostics.Error("R202", span, "'" + name + "' is defined twice",
                      "first at " + diagnostics.Place(entry->second));
  }
  return added;
}

void Compiler::Impl::Declare(Scope* scope) {
  declared.clear();
  for (const FileAst& ast : asts) {
    // In the order of the text, so that the second of two is the one that is wrong. Where an
    // override took a place, it stands in another text.
    const auto first = [](const Span& a, const Span& b) {
      return std::tie(a.file, a.offset) < std::tie(b.file, b.offset);
    };
    auto name = ast.names.begin();
    auto list = ast.lists.begin();
    while (name != ast.names.end() || list != ast.lists.end()) {
      if (list == ast.lists.end() || (name != ast.names.end() && first(name->span, list->span))) {
        if (DeclareName(name->name, name->span, false)) scope->names[name->name].def = &*name;
        ++name;
      } else {
        if (DeclareName(list->name, list->span, true)) scope->lists[list->name].def = &*list;
        ++list;
      }
    }
  }
}

void Compiler::Impl::BuildLists(Scope* scope, Program* program, NodeBuilder* nodes) {
  ListBuilder builder(contents, scope, program, nodes, &diagnostics);
  // In the order of the texts, not of the names, so that a list keeps its index when another is
  // added behind it.
  for (const FileAst& ast : asts) {
    for (const ListDef& def : ast.lists) {
      const auto entry = scope->lists.find(def.name);
      if (entry != scope->lists.end() && entry->second.def == &def) {
        builder.Build(def, &entry->second);
      }
    }
  }
}

void Compiler::Impl::CompileRules(Scope* scope, NodeBuilder* nodes, RuleCompiler* compiler) {
  std::map<std::string_view, Span> names;
  for (const FileAst& ast : asts) {
    for (const RuleDef& rule : ast.rules) {
      const auto [entry, added] = names.try_emplace(rule.name, rule.span);
      if (!added) {
        diagnostics.Error("R202", rule.span, "rule '" + rule.name + "' is defined twice",
                          "first at " + diagnostics.Place(entry->second));
        continue;
      }
      if (names.size() > options.max_rules) {
        diagnostics.Error("R403", rule.span,
                          "more than " + std::to_string(options.max_rules) + " rules");
        return;
      }
      compiler->Compile(rule, ast.enforce);
      if (scope->halted) return;
    }
  }
  if (diagnostics.has_errors()) return;
  Checker checker(scope, compiler->expressions(), nodes, &diagnostics);
  for (auto& [unused, name] : scope->names) {
    if (scope->halted) return;
    if (name.used) continue;
    if (name.def->constant) {
      checker.ValueOfConst(&name);
    } else {
      checker.CheckUnused(&name);
    }
  }
}

// Patterns are compiled here, many together; what is wrong with one of them alone is known before,
// unless compiled it is too large.
bool Compiler::Impl::Select(const std::vector<facts::EventSet>& events, Scope* scope,
                            Program* program, NodeBuilder* nodes) {
  PatternFailure failure;
  if (SelectionBuilder(events, program).Build(&failure)) return true;
  for (const auto& [unused, pattern] : scope->patterns) {
    if (pattern.list != failure.list) continue;
    diagnostics.Error("R209", pattern.span, WhyUnusable(failure.message));
  }
  ListBuilder builder(contents, scope, program, nodes, &diagnostics);
  for (const auto& [unused, list] : scope->lists) {
    if (list.def->dynamic || list.index != failure.list) continue;
    builder.Refuse(*list.def, failure.entry, std::move(failure.message));
    break;
  }
  return false;
}

std::string Compiler::Impl::ContentHash() const {
  ContentHasher hasher;
  for (const FileAst& ast : asts) hasher.Add(diagnostics.Text(ast.file));
  for (const auto& content : contents) hasher.Add(*content);
  return hasher.Finish();
}

Compiler::Compiler(const Options& options) : impl_(std::make_unique<Impl>(options)) {}
Compiler::~Compiler() = default;

bool Compiler::AddRules(std::string_view name, std::string_view text) {
  if (impl_->source) impl_->source->Reserve(name.size() + text.size());
  const bool good = impl_->AddRules(name, text);
  if (impl_->source) impl_->source->AddText(name, text);
  return good;
}

std::span<const Compiler::File> Compiler::files() const { return impl_->files; }

bool Compiler::SetFile(size_t index, std::string_view text) {
  if (impl_->source && index < impl_->files.size()) {
    const File& file = impl_->files[index];
    impl_->source->Reserve(file.path.size() + file.named_by.size() + text.size());
  }
  const bool good = impl_->SetFile(index, text);
  if (impl_->source && index < impl_->files.size()) {
    const File& file = impl_->files[index];
    impl_->source->AddFile(file.path, file.named_by, text);
  }
  return good;
}

void Compiler::KeepSource() { impl_->source.emplace(); }

bool Compiler::AddSource(std::string_view source) {
  SourceReader reader(source);
  if (!reader.ok()) return false;
  // Who gives the source may be anybody.
  constexpr uint64_t kMostStateBytes = uint64_t{4} << 30;
  SetBudget(std::min(reader.state_bytes(), kMostStateBytes), reader.event_ns());
  bool good = true;
  std::string_view name, by, content;
  for (;;) {
    switch (reader.Next(&name, &by, &content)) {
      case SourceReader::Part::kEnd:
        return good;
      case SourceReader::Part::kBroken:
        return false;
      case SourceReader::Part::kText:
        good = AddRules(name, content) && good;
        break;
      case SourceReader::Part::kFile: {
        const auto index = impl_->file_indices.find({std::string(name), std::string(by)});
        if (index == impl_->file_indices.end()) return false;
        good = SetFile(index->second, content) && good;
        break;
      }
    }
  }
}

void Compiler::KeepTests() { impl_->keep_tests = true; }
void Compiler::SetBudget(uint64_t max_state_bytes, uint64_t max_event_ns) {
  impl_->options.max_state_bytes = max_state_bytes;
  impl_->options.max_event_ns = max_event_ns;
}

bool Compiler::wants_pack() const { return impl_->wants_pack; }

std::span<const Diagnostic> Compiler::diagnostics() const { return impl_->published; }

std::shared_ptr<const RuleSet> Compiler::Build() {
  std::unique_ptr<Program> program = impl_->Build();
  impl_->Publish();
  if (!program) return nullptr;
  std::shared_ptr<RuleSet> rules(new RuleSet());
  rules->program_ = std::move(program);
  return rules;
}

}  // namespace sipward::rules
