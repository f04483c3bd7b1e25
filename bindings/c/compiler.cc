#include <algorithm>
#include <memory>
#include <span>

#include "guard.h"
#include "handles.h"
#include "pack/pack.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace rules = sipward::rules;
namespace pack = sipward::pack;

static_assert(static_cast<int>(rules::Severity::kError) == SIPWARD_SEVERITY_ERROR);
static_assert(static_cast<int>(rules::Severity::kWarning) == SIPWARD_SEVERITY_WARNING);

namespace {

bool IsOpen(const sipward_compiler* compiler) { return Usable(compiler) && !compiler->built; }

// The files that the pack's own rules name.
void SetPackFiles(sipward_compiler* compiler, size_t begin, size_t end) {
  for (size_t i = begin; i < end; ++i) {
    for (const pack::File& list : pack::Lists()) {
      if (compiler->compiler.files()[i].path != list.name) continue;
      compiler->compiler.SetFile(i, list.text);
      break;
    }
  }
}

// Of the files that the host is asked for: those of the pack are not among them.
size_t FileNumber(const sipward_compiler* compiler, uint32_t index) {
  size_t number = index;
  for (const auto& files : compiler->pack_files) {
    if (number >= files.begin) number += files.end - files.begin;
  }
  return number;
}

// Once, however often it is asked for. Where memory runs out between the steps, the next call goes
// on behind what there is.
bool AddPack(sipward_compiler* compiler) {
  const std::span<const pack::File> texts = pack::Rules();
  compiler->pack_files.reserve(texts.size());
  while (compiler->pack_texts_added < texts.size()) {
    const pack::File& text = texts[compiler->pack_texts_added];
    const size_t begin = compiler->compiler.files().size();
    if (!compiler->compiler.AddRules(text.name, text.text)) return false;
    ++compiler->pack_texts_added;
    compiler->pack_files.push_back({begin, compiler->compiler.files().size(), false});
  }
  for (auto& files : compiler->pack_files) {
    if (!files.set) SetPackFiles(compiler, files.begin, files.end);
    files.set = true;
  }
  return true;
}

bool AddImportedPack(sipward_compiler* compiler) {
  return !compiler->compiler.wants_pack() || AddPack(compiler);
}

sipward_diagnostic ToC(const rules::Diagnostic& diagnostic) {
  sipward_diagnostic out{};
  out.severity = static_cast<uint32_t>(diagnostic.severity);
  out.line = diagnostic.line;
  out.column = diagnostic.column;
  out.length = diagnostic.length;
  out.file = Text(diagnostic.file);
  out.code = Text(diagnostic.code);
  out.message = Text(diagnostic.message);
  out.hint = Text(diagnostic.hint);
  out.source_line = Text(diagnostic.source_line);
  return out;
}

sipward_rule_info ToC(const rules::RuleInfo& rule) {
  sipward_rule_info out{};
  out.line = rule.line;
  out.name = Text(rule.name);
  out.file = Text(rule.file);
  out.severity = Text(rule.severity);
  out.why = Text(rule.why);
  out.mode = Text(rule.enforce ? "enforce" : "report");
  out.actions = Text(rule.actions);
  out.state_bytes = rule.state_bytes;
  out.worst_ns = rule.worst_ns;
  out.aggregates = rule.aggregates;
  out.stage = rule.late ? 2 : 1;
  return out;
}

}  // namespace

extern "C" {

int32_t sipward_compiler_create(sipward_compiler** out) {
  if (!Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    *out = std::make_unique<sipward_compiler>().release();
    return SIPWARD_OK;
  });
}

void sipward_compiler_destroy(sipward_compiler* compiler) {
  if (Usable(compiler)) delete compiler;
}

int32_t sipward_compiler_add_default_pack(sipward_compiler* compiler) {
  if (!IsOpen(compiler)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] { return AddPack(compiler) ? SIPWARD_OK : SIPWARD_ERR_RULES; });
}

int32_t sipward_compiler_add_rules(sipward_compiler* compiler, const char* name, size_t name_size,
                                   const char* text, size_t text_size) {
  if (!IsOpen(compiler) || !UsableBytes(name, name_size) || name_size == 0 ||
      !UsableBytes(text, text_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    const bool read = compiler->compiler.AddRules(View(name, name_size), View(text, text_size));
    return read && AddImportedPack(compiler) ? SIPWARD_OK : SIPWARD_ERR_RULES;
  });
}

int32_t sipward_compiler_keep_tests(sipward_compiler* compiler) {
  if (!IsOpen(compiler)) return SIPWARD_ERR_ARGUMENT;
  compiler->compiler.KeepTests();
  return SIPWARD_OK;
}

int32_t sipward_compiler_set_budget(sipward_compiler* compiler, const sipward_rule_budget* budget) {
  sipward_rule_budget given{};
  if (!IsOpen(compiler) || !ReadStruct(budget, &given) || given.reserved != 0) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const rules::Options defaults;
  compiler->compiler.SetBudget(
      given.state_bytes == 0 ? defaults.max_state_bytes : given.state_bytes,
      given.event_ns == 0 ? defaults.max_event_ns : given.event_ns);
  return SIPWARD_OK;
}

int32_t sipward_compiler_file(const sipward_compiler* compiler, uint32_t index, sipward_text* path,
                              sipward_text* named_by) {
  if (!Usable(compiler) || !Usable(path) || !Usable(named_by)) return SIPWARD_ERR_ARGUMENT;
  const std::span<const rules::Compiler::File> files = compiler->compiler.files();
  const size_t number = FileNumber(compiler, index);
  if (number >= files.size()) return SIPWARD_END;
  *path = Text(files[number].path);
  *named_by = Text(files[number].named_by);
  return SIPWARD_OK;
}

int32_t sipward_compiler_set_file(sipward_compiler* compiler, uint32_t index, const char* text,
                                  size_t text_size) {
  if (!IsOpen(compiler) || !UsableBytes(text, text_size) ||
      FileNumber(compiler, index) >= compiler->compiler.files().size()) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    const bool read =
        compiler->compiler.SetFile(FileNumber(compiler, index), View(text, text_size));
    return read && AddImportedPack(compiler) ? SIPWARD_OK : SIPWARD_ERR_RULES;
  });
}

int32_t sipward_compiler_build(sipward_compiler* compiler, sipward_rules** out) {
  if (!IsOpen(compiler) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    auto built = std::make_unique<sipward_rules>();
    built->rules = compiler->compiler.Build();
    compiler->built = true;  // not where memory ran out: that may be tried again
    if (built->rules == nullptr) return SIPWARD_ERR_RULES;
    *out = built.release();
    return SIPWARD_OK;
  });
}

int32_t sipward_rules_format(const char* text, size_t text_size, char* out, size_t capacity,
                             size_t* size) {
  if (!UsableBytes(text, text_size) || !UsableBytes(out, capacity) || !Usable(size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&]() -> int32_t {
    const auto formatted = rules::Format(View(text, text_size));
    if (!formatted) return SIPWARD_ERR_RULES;
    *size = formatted->size();
    if (formatted->size() > capacity) return SIPWARD_ERR_SPACE;
    std::copy(formatted->begin(), formatted->end(), out);
    return SIPWARD_OK;
  });
}

int32_t sipward_compiler_diagnostic(const sipward_compiler* compiler, uint32_t index,
                                    sipward_diagnostic* out) {
  if (!Usable(compiler) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const std::span<const rules::Diagnostic> diagnostics = compiler->compiler.diagnostics();
  if (index >= diagnostics.size()) return SIPWARD_END;
  WriteStruct(ToC(diagnostics[index]), out);
  return SIPWARD_OK;
}

void sipward_rules_destroy(sipward_rules* rules) {
  if (Usable(rules)) delete rules;
}

uint32_t sipward_rules_count(const sipward_rules* rules) {
  return Usable(rules) ? static_cast<uint32_t>(rules->rules->rules().size()) : 0;
}

int32_t sipward_rules_budget(const sipward_rules* rules, sipward_rule_budget* out) {
  if (!Usable(rules) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  sipward_rule_budget budget{};
  budget.state_bytes = rules->rules->state_bytes();
  budget.event_ns = rules->rules->event_ns();
  WriteStruct(budget, out);
  return SIPWARD_OK;
}

int32_t sipward_rules_describe(const sipward_rules* rules, uint32_t index, sipward_rule_info* out) {
  if (!Usable(rules) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (index >= sipward_rules_count(rules)) return SIPWARD_END;
  WriteStruct(ToC(rules->rules->rules()[index]), out);
  return SIPWARD_OK;
}

}  // extern "C"
