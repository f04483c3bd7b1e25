// The handbook's examples compile, and its errors are what the compiler says.
#include <gtest/gtest.h>

#include <fstream>
#include <sstream>
#include <string>
#include <vector>

#include "pack/pack.h"
#include "tests/rules/support.h"

namespace sipward::rules::testing {
namespace {

struct Block {
  std::string text;
  int line = 0;
};

std::string Handbook() {
  std::ifstream file(SIPWARD_RULES_README);
  std::stringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<Block> Blocks(const std::string& kind) {
  std::istringstream lines(Handbook());
  std::vector<Block> blocks;
  bool inside = false;
  int number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (inside && line == "```") {
      inside = false;
    } else if (inside) {
      blocks.back().text += line + "\n";
    } else if (line == "```" + kind) {
      inside = true;
      blocks.push_back({"", number});
    }
  }
  return blocks;
}

std::string Render(const Diagnostic& d) {
  std::string text = d.file + ":" + std::to_string(d.line) + ":" + std::to_string(d.column) + ": " +
                     (d.severity == Severity::kError ? "error " : "warning ") + d.code + ": " +
                     d.message + "\n" + d.source_line + "\n" + std::string(d.column - 1, ' ') +
                     std::string(d.length, '^') + "\n";
  if (!d.hint.empty()) text += "hint: " + d.hint + "\n";
  return text;
}

TEST(Handbook, ExamplesCompileWithoutAWarning) {
  const auto blocks = Blocks("ward");
  ASSERT_GE(blocks.size(), 4u);
  for (const Block& block : blocks) {
    Compiler compiler;
    compiler.KeepTests();
    compiler.AddRules("site.ward", block.text);
    if (compiler.wants_pack()) compiler.AddRules(pack::Rules().name, pack::Rules().text);
    for (size_t i = 0; i < compiler.files().size(); ++i) compiler.SetFile(i, "");
    EXPECT_NE(compiler.Build(), nullptr) << "README.md:" << block.line;
    for (const Diagnostic& d : compiler.diagnostics())
      ADD_FAILURE() << "README.md:" << block.line << "\n" << Render(d);
  }
}

// An error block holds the text, a line of dashes, and what is said of it.
TEST(Handbook, ErrorsReadAsShown) {
  const auto blocks = Blocks("ward-error");
  ASSERT_GE(blocks.size(), 3u);
  const std::string separator = "----\n";
  for (const Block& block : blocks) {
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
  const std::string text = Handbook();
  for (int i = 0; i < facts::kFieldCount; ++i) {
    const facts::FieldInfo& info = facts::Describe(static_cast<FieldId>(i));
    const std::string row = "| `" + std::string(info.name) + "` | " +
                            std::string(facts::TypeName(info.type)) + (info.optional ? "?" : "") +
                            " | " + EventsText(info.events) + " | " + std::string(info.meaning) +
                            " |";
    EXPECT_NE(text.find(row), std::string::npos) << row;
  }
}

TEST(Handbook, ExplainsEveryCode) {
  const std::string text = Handbook();
  for (const char* code :
       {"R101", "R102", "R103", "R104", "R105", "R106", "R107", "R108", "R109", "R110", "R111",
        "R112", "R113", "R114", "R115", "R116", "R117", "R118", "R119", "R120", "R121", "R122",
        "R201", "R202", "R203", "R204", "R205", "R206", "R207", "R208", "R209", "R210", "R211",
        "R213", "R214", "R215", "R301", "R302", "R303", "R304", "R401", "R402", "R403", "R404",
        "R405", "R406", "R407", "R408", "R409", "R410", "R411", "R412", "R413"}) {
    EXPECT_NE(text.find(std::string("| ") + code + " |"), std::string::npos) << code;
  }
}

}  // namespace
}  // namespace sipward::rules::testing
