// Rule files that end too early, wherever that is: refused with a few errors, or complete.
#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "pack/pack.h"
#include "tests/rules/handbook.h"
#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

// What the compiler says of a text, whose lists are empty.
std::vector<Diagnostic> Said(std::string_view text, bool* loads) {
  Compiler compiler;
  compiler.KeepTests();
  compiler.AddRules("site.ward", text);
  if (compiler.wants_pack()) {
    for (const pack::File& file : pack::Rules()) compiler.AddRules(file.name, file.text);
  }
  for (size_t i = 0; i < compiler.files().size(); ++i) {
    compiler.SetFile(i, compiler.files()[i].rules ? "version 1\n" : "");
  }
  *loads = compiler.Build() != nullptr;
  return {compiler.diagnostics().begin(), compiler.diagnostics().end()};
}

// Whether a text stops between statements: the braces outside of texts and comments are even.
bool IsOpen(std::string_view text) {
  int braces = 0;
  bool quoted = false, comment = false;
  for (size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (comment) {
      comment = c != '\n';
    } else if (quoted) {
      if (c == '\\') ++i;
      quoted = i < text.size() && text[i] != '"';
    } else {
      quoted = c == '"';
      comment = c == '#';
      braces += (c == '{') - (c == '}');
    }
  }
  return quoted || braces != 0;
}

// Every truncation at a multiple of `step`.
void CutEverywhere(std::string_view text, size_t step, size_t* refused) {
  const Options defaults;
  for (size_t length = 0; length < text.size(); length += step) {
    const std::string_view cut = text.substr(0, length);
    bool loads = false;
    const std::vector<Diagnostic> said = Said(cut, &loads);
    ASSERT_LE(said.size(), defaults.max_diagnostics) << length;
    size_t errors = 0;
    for (const Diagnostic& d : said) {
      if (d.severity == Severity::kError) ++errors;
      ASSERT_FALSE(d.message.empty()) << length;
      if (d.file != "site.ward" || d.line == 0) continue;
      ASSERT_GE(d.column, 1u) << length;
      ASSERT_GE(d.length, 1u) << length;
    }
    ASSERT_EQ(loads, errors == 0) << length << "\n" << cut;
    ASSERT_TRUE(errors > 0 || !IsOpen(cut)) << length << "\n" << cut;
    if (!loads) ++*refused;
  }
}

TEST(Truncation, HandbookAtEveryOctet) {
  size_t refused = 0;
  for (const HandbookBlock& block : HandbookBlocks("ward")) {
    CutEverywhere(block.text, 1, &refused);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(refused, 1000u);
}

TEST(Truncation, PackAtEverySeventhOctet) {
  size_t refused = 0;
  for (const pack::File& text : pack::Rules()) {
    CutEverywhere(text.text, 7, &refused);
    if (HasFatalFailure()) return;
  }
  EXPECT_GT(refused, 100u);
}

}  // namespace
}  // namespace sipward::rules::testing
