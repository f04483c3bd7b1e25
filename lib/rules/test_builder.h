// From test statements to the events and expectations that they stand for.
#ifndef SIPWARD_RULES_TEST_BUILDER_H_
#define SIPWARD_RULES_TEST_BUILDER_H_

#include <deque>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "lists/lists.h"
#include "rules/ast.h"
#include "rules/check.h"
#include "rules/diagnostics.h"
#include "rules/program.h"

namespace sipward::rules {

class TestBuilder {
 public:
  // `contents`: of the files that statements name, by Given::file_index; nothing: not given.
  TestBuilder(const std::vector<std::optional<std::string>>& contents, Scope* scope,
              Program* program, NodeBuilder* nodes, Diagnostics* diagnostics);

  // Adds the tests of all texts to a program whose rules are compiled.
  void Build(const std::deque<FileAst>& asts);

 private:
  // Where a row of a file stands, and which fields its columns are.
  struct Columns {
    std::vector<std::optional<facts::FieldId>> fields;  // nothing: the time
  };

  void BuildOne(const TestDef& def);
  void Steps(const TestDef::Given& given, TestCase* test);
  void Inline(const TestDef::Given& given, TestCase* test);
  bool Enough() const;
  void AddFact(const TestDef::Fact& fact, facts::EventKind kind, uint32_t count,
               TestCase::Step* step);
  void Template(const TestDef::Fact& fact, facts::FieldId field, uint32_t count,
                TestCase::Step* step);
  std::optional<facts::FieldId> FindField(const TestDef::Fact& fact, facts::EventKind kind);
  void FromFile(const TestDef::Given& given, TestCase* test);
  bool Header(const TestDef::Given& given, const std::vector<lists::Cell>& cells, uint32_t line,
              Columns* columns);
  bool Row(const TestDef::Given& given, const Columns& columns,
           const std::vector<lists::Cell>& cells, uint32_t line, TestCase::Step* step,
           std::optional<Nanos>* time);
  bool FileError(const TestDef::Given& given, uint32_t line, uint32_t column, std::string message);
  bool Count(uint64_t events, const Span& span);
  void Expect(const TestDef::Expected& expected, uint64_t events, TestCase* test);
  void RequireRule(const std::string& name, const Span& span, std::string hint);

  const std::vector<std::optional<std::string>>& contents_;
  Scope* scope_;
  Program* program_;
  NodeBuilder* nodes_;
  Diagnostics* diagnostics_;
  std::map<std::string_view, size_t> rules_;
  uint64_t events_ = 0;  // of all tests
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_TEST_BUILDER_H_
