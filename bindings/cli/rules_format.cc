#include "rules_format.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <system_error>

#include "diagnostics.h"
#include "exit_code.h"
#include "file.h"
#include "handle.h"
#include "sipward/rules.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostFileBytes = size_t{16} << 20;

// What is wrong with a text that cannot be laid out, as `rules check` says it.
void ExplainFailure(const std::string& file, const std::string& text) {
  sipward_compiler* made = nullptr;
  if (sipward_compiler_create(&made) != SIPWARD_OK) return Complain("out of memory");
  const CompilerHandle compiler(made);
  sipward_compiler_add_rules(made, file.data(), file.size(), text.data(), text.size());
  auto diagnostic = Sized<sipward_diagnostic>();
  bool said = false;
  for (uint32_t i = 0; sipward_compiler_diagnostic(made, i, &diagnostic) == SIPWARD_OK; ++i) {
    const std::string rendered = RenderDiagnostic(diagnostic);
    std::fwrite(rendered.data(), 1, rendered.size(), stderr);
    said = true;
  }
  if (!said) Complain(file + " cannot be read as rules");
}

// Beside the file first, so that it is never half written.
bool Replace(const std::string& file, const std::string& text) {
  const std::string aside = file + ".new";
  std::error_code error;
  {
    std::ofstream out(aside, std::ios::binary | std::ios::trunc);
    out.write(text.data(), static_cast<std::streamsize>(text.size()));
    out.close();
    if (!out) {
      const int why = errno;
      std::filesystem::remove(aside, error);
      Complain("cannot write " + aside + ": " + std::strerror(why));
      return false;
    }
  }
  std::filesystem::permissions(aside, std::filesystem::status(file).permissions(), error);
  std::filesystem::rename(aside, file, error);
  if (!error) return true;
  Complain("cannot replace " + file + ": " + error.message());
  std::error_code unused;
  std::filesystem::remove(aside, unused);
  return false;
}

int FormatOne(const std::string& file, bool check) {
  std::string text;
  std::string error;
  if (!ReadFile(file, kMostFileBytes, &text, &error)) {
    Complain("cannot read the rule file " + file + ": " + error);
    return kExitUnusable;
  }
  auto formatted = FormatRules(text);
  if (!formatted.ok()) {
    ExplainFailure(file, text);
    return kExitUnusable;
  }
  const bool changed = *formatted != text;
  if (check) {
    if (!changed) return kExitOk;
    return Print(Printable(file) + "\n") ? kExitFound : kExitUnusable;
  }
  if (file == "-") return Print(*formatted) ? kExitOk : kExitUnusable;
  if (!changed) return kExitOk;
  const bool written = Replace(file, *formatted) && Print(Printable(file) + "\n");
  return written ? kExitOk : kExitUnusable;
}

}  // namespace

int RunRulesFormat(const FormatRequest& request) {
  int code = kExitOk;
  for (const std::string& file : request.files) {
    code = std::max(code, FormatOne(file, request.check));
  }
  return Finish(code);
}

}  // namespace sipward::cli
