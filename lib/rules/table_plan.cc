#include "rules/table_plan.h"

#include <algorithm>

namespace sipward::rules {
namespace {

uint64_t TotalBytes(const std::vector<state::TableSpec>& tables) {
  uint64_t total = 0;
  for (const state::TableSpec& table : tables) total += state::TableBytes(table);
  return total;
}

constexpr facts::EventSet kRecords = facts::SetOf(facts::EventKind::kCdr);

// Of calls that records alone tell of, it is known when they end.
state::TableKind TableOf(const Aggregate& aggregate) {
  return aggregate.starts == kRecords ? state::TableKind::kEnds : ShapeOf(aggregate.kind).table;
}

// What concurrent() needs beside its counter where calls start that nobody knows the end of.
void AddCallTables(Program* program) {
  Expressions& x = program->expressions;
  const auto add = [&](state::TableSpec spec, state::TableKind kind) {
    spec.kind = kind;
    program->tables.push_back(std::move(spec));
    return static_cast<uint32_t>(program->tables.size() - 1);
  };
  for (size_t i = 0; i < x.aggregates.size(); ++i) {
    Aggregate& aggregate = x.aggregates[i];
    if (aggregate.starts == 0 || aggregate.starts == kRecords) continue;
    aggregate.leases = add(program->tables[i], state::TableKind::kLease);
    if ((aggregate.starts & kRecords) == 0) continue;
    aggregate.records = add(program->tables[i], state::TableKind::kEnds);
  }
}

std::vector<state::TableSpec> Specs(const Expressions& x, uint32_t capacity) {
  std::vector<state::TableSpec> tables;
  Printer printer(x);
  for (const Aggregate& aggregate : x.aggregates) {
    const state::TableKind kind = TableOf(aggregate);
    tables.push_back({.kind = kind,
                      .window = kind == state::TableKind::kBucket ? 0 : aggregate.window,
                      .capacity = aggregate.capacity != 0 ? aggregate.capacity : capacity,
                      .signature = printer.Aggregate(aggregate)});
  }
  for (const DynamicList& list : x.dynamic_lists) {
    tables.push_back(
        {.kind = state::TableKind::kBan,
         .capacity = list.capacity,
         .signature = "list " + std::string(lists::KindName(list.kind)) + ' ' + list.name});
  }
  return tables;
}

// Charges every table to the first rule that names it.
void Charge(Program* program) {
  std::vector<bool> charged(program->tables.size());
  for (size_t i = 0; i < program->rules.size(); ++i) {
    for (const uint32_t table : program->rule_aggregates[i]) {
      if (charged[table]) continue;
      charged[table] = true;
      program->infos[i].state_bytes += state::TableBytes(program->tables[table]);
    }
  }
}

}  // namespace

void PlanTables(const Options& options, const std::vector<const RuleDef*>& rules, Program* program,
                Diagnostics* diagnostics) {
  program->tables = Specs(program->expressions, options.table_capacity);
  AddCallTables(program);
  const Expressions& x = program->expressions;
  program->state_bytes = TotalBytes(program->tables);
  auto table = static_cast<uint32_t>(x.aggregates.size());
  for (const DynamicList& list : x.dynamic_lists) {
    program->dynamic_lists.push_back({list.name, list.kind, table++});
  }
  for (ProgramAction& action : program->actions) {
    if (action.request.kind != ActionRequest::Kind::kAdd) continue;
    action.request.table += static_cast<uint32_t>(x.aggregates.size());
  }
  Charge(program);
  if (program->state_bytes <= options.max_state_bytes) return;
  const auto by_bytes = [](const RuleInfo& a, const RuleInfo& b) {
    return a.state_bytes < b.state_bytes;
  };
  const auto largest = std::max_element(program->infos.begin(), program->infos.end(), by_bytes);
  const std::string needed = "the rules need " + std::to_string(program->state_bytes) +
                             " bytes of state, allowed are " +
                             std::to_string(options.max_state_bytes);
  const auto by_capacity = [](const DynamicList& a, const DynamicList& b) {
    return a.capacity < b.capacity;
  };
  const auto list = std::max_element(x.dynamic_lists.begin(), x.dynamic_lists.end(), by_capacity);
  const uint64_t list_bytes =
      list == x.dynamic_lists.end()
          ? 0
          : state::TableBytes(
                {.kind = state::TableKind::kBan, .capacity = list->capacity, .signature = {}});
  if (largest == program->infos.end() || largest->state_bytes < list_bytes) {
    diagnostics->Error("R406", list->span,
                       needed + "; the dynamic list '" + list->name + "' takes most, " +
                           std::to_string(list_bytes),
                       "give it a smaller 'max N'; without it a list has 65536 entries");
    return;
  }
  const RuleDef& rule = *rules[static_cast<size_t>(largest - program->infos.begin())];
  diagnostics->Error(
      "R406", rule.span,
      needed + "; rule '" + rule.name + "' takes most, " + std::to_string(largest->state_bytes),
      "give its aggregates a smaller 'max N'; without it a table has " +
          std::to_string(options.table_capacity) + " entries");
}

}  // namespace sipward::rules
