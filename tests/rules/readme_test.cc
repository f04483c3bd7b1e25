// The handbook's examples compile, and its errors are what the compiler says.
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "pack/pack.h"
#include "tests/rules/handbook.h"
#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

std::string Render(const Diagnostic& d) {
  std::string text = d.file + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": " +
                     (d.severity == Severity::kError ? "error " : "warning ") + d.code + ": " +
                     d.message + "\n" + d.source_line + "\n" + std::string(d.column - 1, ' ') +
                     std::string(d.length, '^') + "\n";
  if (!d.hint.empty()) text += "hint: " + d.hint + "\n";
  return text;
}

TEST(Handbook, ExamplesCompileWithoutAWarning) {
  const auto blocks = HandbookBlocks("ward");
  ASSERT_GE(blocks.size(), 4u);
  for (const HandbookBlock& block : blocks) {
    Compiler compiler;
    compiler.KeepTests();
    compiler.AddRules("site.ward", block.text);
    if (compiler.wants_pack()) {
      for (const pack::File& text : pack::Rules()) compiler.AddRules(text.name, text.text);
    }
    for (size_t i = 0; i < compiler.files().size(); ++i) compiler.SetFile(i, "");
    EXPECT_NE(compiler.Build(), nullptr) << "README.md:" << block.line;
    for (const Diagnostic& d : compiler.diagnostics())
      ADD_FAILURE() << "README.md:" << block.line << "\n" << Render(d);
  }
}

// An error block holds the text, a line of dashes, and what is said of it.
TEST(Handbook, ErrorsReadAsShown) {
  const auto blocks = HandbookBlocks("ward-error");
  ASSERT_GE(blocks.size(), 3u);
  const std::string separator = "----\n";
  for (const HandbookBlock& block : blocks) {
    const size_t at = block.text.find(separator);
    ASSERT_NE(at, std::string::npos) << "README.md:" << block.line;
    std::vector<Diagnostic> found;
    Compile(block.text.substr(0, at), &found);
    std::string rendered;
    for (const Diagnostic& d : found) rendered += Render(d);
    EXPECT_EQ(rendered, block.text.substr(at + separator.size())) << "README.md:" << block.line;
  }
}

// As the table of fields names them.
std::string EventsText(facts::EventSet events) {
  if (events == facts::kOnAll) return "all";
  if (events == facts::kOnAllButTick) return "all but tick";
  std::string text;
  const auto add = [&](std::string_view name) {
    if (!text.empty()) text += ", ";
    text += name;
  };
  unsigned left = events;
  for (const auto& [set, name] :
       {std::pair(facts::kOnMessages, "messages"), std::pair(facts::kOnCalls, "calls")}) {
    if ((left & set) != set) continue;
    add(name);
    left &= ~unsigned{set};
  }
  for (size_t i = 0; i < facts::kEventKinds; ++i) {
    if ((left >> i & 1) != 0) add(facts::EventName(static_cast<facts::EventKind>(i)));
  }
  return text;
}

TEST(Handbook, ListsEveryField) {
  const std::string text = HandbookText();
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const facts::FieldInfo& info = facts::Describe(static_cast<FieldId>(i));
    const std::string row = "| `" + std::string(info.name) + "` | " +
                            std::string(facts::TypeName(info.type)) + (info.optional ? "?" : "") +
                            " | " + EventsText(info.events) + " | " + std::string(info.meaning) +
                            " |";
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
}

}  // namespace
}  // namespace sipward::rules::testing
