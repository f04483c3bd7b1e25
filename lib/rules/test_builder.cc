#include "rules/test_builder.h"

#include <algorithm>
#include <utility>

#include "rules/test_case.h"

namespace sipward::rules {
namespace {

using facts::EventKind;
using facts::FieldId;
using facts::Type;
using facts::Value;

constexpr uint64_t kMostEvents = 1'000'000;  // of all tests together
constexpr Nanos kMostTime = 366 * kDay;      // between two events
// Far more than are shown; guesses at what was meant take time.
constexpr size_t kMostErrors = 100;

std::string Quoted(std::string_view text) { return "'" + std::string(text.substr(0, 40)) + "'"; }

}  // namespace

TestBuilder::TestBuilder(const std::vector<std::optional<std::string>>& contents, Scope* scope,
                         Program* program, NodeBuilder* nodes, Diagnostics* diagnostics)
    : contents_(contents),
      scope_(scope),
      program_(program),
      nodes_(nodes),
      diagnostics_(diagnostics) {}

void TestBuilder::Build(const std::deque<FileAst>& asts) {
  for (size_t i = 0; i < program_->infos.size(); ++i) rules_.emplace(program_->infos[i].name, i);
  for (const FileAst& ast : asts) {
    for (const TestDef& def : ast.tests) {
      BuildOne(def);
      if (Enough()) return;
    }
  }
}

bool TestBuilder::Enough() const {
  return scope_->halted || diagnostics_->error_count() >= kMostErrors;
}

void TestBuilder::BuildOne(const TestDef& def) {
  TestCase& test = program_->tests.emplace_back();
  test.name = def.name;
  test.file = diagnostics_->Name(def.span.file);
  test.line = diagnostics_->Line(def.span);
  if (!def.is_text) {
    RequireRule(def.name, def.span, "a test that is about no single rule has a text for a name");
  }
  const uint64_t before = events_;
  for (const TestDef::Given& given : def.given) {
    if (Enough()) return;
    Steps(given, &test);
  }
  for (const TestDef::Expected& expected : def.expected) {
    if (Enough()) return;
    Expect(expected, events_ - before, &test);
  }
}

void TestBuilder::Steps(const TestDef::Given& given, TestCase* test) {
  for (const auto& time : {given.every, given.after}) {
    if (time && time->number > kMostTime) {
      diagnostics_->Error("R411", time->span, "at most 366d lie between two events");
      return;
    }
  }
  return given.from_file ? FromFile(given, test) : Inline(given, test);
}

bool TestBuilder::Count(uint64_t events, const Span& span) {
  events_ += events;
  if (events_ <= kMostEvents) return true;
  events_ = kMostEvents;
  diagnostics_->Error("R411", span,
                      "tests have more than " + std::to_string(kMostEvents) + " events together");
  return false;
}

void TestBuilder::Inline(const TestDef::Given& given, TestCase* test) {
  TestCase::Step step;
  step.kind = given.kind;
  step.proven = given.proven;
  step.every = given.every ? given.every->number : 0;
  step.after = given.after ? given.after->number : 0;
  const int64_t count = given.repeat ? given.repeat->number : 1;
  if (count < 1 || count > static_cast<int64_t>(kMostEvents)) {
    diagnostics_->Error("R411", given.repeat->span,
                        "events are repeated 1 to " + std::to_string(kMostEvents) + " times");
    return;
  }
  if (!Count(static_cast<uint64_t>(count), given.repeat ? given.repeat->span : given.span)) return;
  step.count = static_cast<uint32_t>(count);
  std::map<std::string_view, Span> names;
  for (const TestDef::Fact& fact : given.facts) {
    const auto [entry, added] = names.try_emplace(fact.name, fact.span);
    if (!added) {
      diagnostics_->Error("R202", fact.span, "'" + fact.name + "' stands here twice",
                          "first at " + diagnostics_->Place(entry->second));
    } else {
      AddFact(fact, given.kind, step.count, &step);
    }
    if (Enough()) return;
  }
  test->steps.push_back(std::move(step));
}

std::optional<FieldId> TestBuilder::FindField(const TestDef::Fact& fact, EventKind kind) {
  const facts::EventSet events = facts::SetOf(kind);
  const auto field = facts::FindField(fact.name, events);
  if (!field) {
    std::vector<std::string_view> known;
    for (int i = 0; i < facts::kFieldCount; ++i) {
      const facts::FieldInfo& info = facts::Describe(static_cast<FieldId>(i));
      if ((info.events & events) != 0) known.push_back(info.name);
    }
    diagnostics_->Error("R201", fact.span, "field " + Quoted(fact.name) + " is not known",
                        DidYouMean(fact.name, known));
    return std::nullopt;
  }
  if ((facts::Describe(*field).events & events) != 0) return field;
  diagnostics_->Error(
      "R206", fact.span,
      "'" + fact.name + "' does not exist on " + std::string(facts::EventName(kind)));
  return std::nullopt;
}

void TestBuilder::AddFact(const TestDef::Fact& fact, EventKind kind, uint32_t count,
                          TestCase::Step* step) {
  const auto field = FindField(fact, kind);
  if (!field) return;
  const bool numbered = fact.value->kind == ExprKind::kString &&
                        fact.value->text.find(kRepetition) != std::string::npos;
  if (numbered) return Template(fact, *field, count, step);
  Checker checker(scope_, &program_->expressions, nodes_, diagnostics_);
  checker.EnterRule(facts::SetOf(kind), fact.name);
  const NodeId id =
      checker.ConstantOf(*fact.value, facts::Describe(*field).type, "'" + fact.name + "'");
  if (id == kNoNode) return;
  const bool as_written =
      facts::Describe(*field).type == Type::kNumber && fact.value->kind == ExprKind::kString;
  if (as_written) {
    step->facts.push_back({*field, {}, fact.value->text});
  } else {
    step->facts.push_back({*field, nodes_->ConstantOf(id), {}});
  }
}

// Numbers grow: what holds for the first and the last holds for those between.
void TestBuilder::Template(const TestDef::Fact& fact, FieldId field, uint32_t count,
                           TestCase::Step* step) {
  const Type type = facts::Describe(field).type;
  const bool is_text =
      type == Type::kString || type == Type::kNumber || type == Type::kIp || type == Type::kCidr;
  for (const uint32_t number : {1u, count}) {
    std::deque<std::string> unused;
    const std::string text = Numbered(fact.value->text, number);
    if (is_text && ParseFact(text, type, &unused)) continue;
    diagnostics_->Error(
        is_text ? "R209" : "R203", fact.value->span,
        Quoted(text) + " is no " + std::string(facts::TypeName(type)),
        "{n} stands for the number of the repetition, 1 to " + std::to_string(count));
    return;
  }
  step->facts.push_back({field, {}, fact.value->text});
}

void TestBuilder::Expect(const TestDef::Expected& expected, uint64_t events, TestCase* test) {
  Expectation& expectation = test->expectations.emplace_back(expected.expectation);
  expectation.written = diagnostics_->Text(expected.span);
  expectation.line = diagnostics_->Line(expected.span);
  if (expectation.kind == Expectation::Kind::kRule) {
    RequireRule(expectation.text, expected.text_span, "");
  }
  const uint64_t last = expectation.place == Expectation::Place::kBefore ? events + 1 : events;
  if (expectation.place != Expectation::Place::kAnywhere && expectation.event > last &&
      !diagnostics_->has_errors()) {
    diagnostics_->Error("R411", expected.event_span,
                        "the test has no such event: there are " + std::to_string(events));
  }
}

void TestBuilder::RequireRule(const std::string& name, const Span& span, std::string hint) {
  if (rules_.contains(name)) return;
  std::vector<std::string_view> known;
  for (const auto& [rule, unused] : rules_) known.push_back(rule);
  std::string guess = DidYouMean(name, known);
  diagnostics_->Error("R201", span, "rule '" + name + "' is not known",
                      guess.empty() ? std::move(hint) : std::move(guess));
}

bool TestBuilder::FileError(const TestDef::Given& given, uint32_t line, uint32_t column,
                            std::string message) {
  diagnostics_->ListError("R407", given.path, *contents_[given.file_index], line, column,
                          std::move(message));
  return false;
}

// The first line names the fields; every other is an event.
void TestBuilder::FromFile(const TestDef::Given& given, TestCase* test) {
  if (!contents_[given.file_index]) {
    diagnostics_->Error("R408", given.path_span, "the file '" + given.path + "' was not given");
    return;
  }
  Columns columns;
  std::optional<Nanos> time_before;
  std::vector<lists::Cell> cells;
  bool first = true;
  const auto lines =
      lists::SplitEntries(*contents_[given.file_index], lists::Kind::kPattern, false);
  for (const lists::Entry& line : lines) {
    lists::EntryError error;
    lists::Entry row = line;
    row.values = line.text;
    row.values_column = line.column;
    if (line.beyond_limit || !lists::SplitCells(row, &cells, &error)) {
      FileError(given, line.line, std::max(error.column, 1u),
                line.beyond_limit ? "the file is too long" : error.message);
      return;
    }
    if (columns.fields.empty()) {
      if (!Header(given, cells, line.line, &columns)) return;
      continue;
    }
    if (!Count(1, given.path_span)) return;
    TestCase::Step step;
    step.kind = given.kind;
    step.proven = given.proven;
    std::optional<Nanos> time = time_before;
    if (!Row(given, columns, cells, line.line, &step, &time)) return;
    const Nanos gap = given.every ? given.every->number : 0;
    step.after = first ? (given.after ? given.after->number : 0)
                       : (time_before && time ? *time - *time_before : gap);
    first = false;
    time_before = time;
    test->steps.push_back(std::move(step));
  }
  if (columns.fields.empty()) FileError(given, 1, 1, "no line names the fields");
}

bool TestBuilder::Header(const TestDef::Given& given, const std::vector<lists::Cell>& cells,
                         uint32_t line, Columns* columns) {
  const facts::EventSet events = facts::SetOf(given.kind);
  for (const lists::Cell& cell : cells) {
    std::optional<FieldId> field;
    if (cell.text != "time") {
      field = facts::FindField(cell.text, events);
      if (!field || (facts::Describe(*field).events & events) == 0) {
        return FileError(given, line, cell.column,
                         "there is no field " + Quoted(cell.text) + " on " +
                             std::string(facts::EventName(given.kind)));
      }
    }
    const auto& known = columns->fields;
    if (std::find(known.begin(), known.end(), field) != known.end()) {
      return FileError(given, line, cell.column, Quoted(cell.text) + " stands here twice");
    }
    columns->fields.push_back(field);
  }
  return true;
}

// Cells that are not there, as empty ones, say nothing of their fields.
bool TestBuilder::Row(const TestDef::Given& given, const Columns& columns,
                      const std::vector<lists::Cell>& cells, uint32_t line, TestCase::Step* step,
                      std::optional<Nanos>* time) {
  if (cells.size() > columns.fields.size()) {
    return FileError(
        given, line, cells[columns.fields.size()].column,
        "more values than the first line has names: " + std::to_string(columns.fields.size()));
  }
  for (size_t i = 0; i < cells.size(); ++i) {
    const lists::Cell& cell = cells[i];
    if (!columns.fields[i]) {
      const auto moment = ParseMoment(cell.text);
      if (!moment) {
        return FileError(given, line, cell.column,
                         Quoted(cell.text) + " is no time: seconds, or a duration as 90s");
      }
      if (*time && (*moment < **time || *moment - **time > kMostTime)) {
        return FileError(given, line, cell.column,
                         "the time goes back, or on by more than 366d: " + cell.text);
      }
      *time = moment;
      continue;
    }
    const Type type = facts::Describe(*columns.fields[i]).type;
    const auto value = ParseFact(cell.text, type, &program_->texts);
    if (!value) {
      return FileError(given, line, cell.column,
                       Quoted(cell.text) + " is no " + std::string(facts::TypeName(type)));
    }
    if (value->present()) step->facts.push_back({*columns.fields[i], *value, {}});
  }
  return true;
}

}  // namespace sipward::rules
