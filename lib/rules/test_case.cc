#include "rules/test_case.h"

#include <array>

#include "numbering/numbering.h"
#include "rules/list_values.h"
#include "rules/rules.h"

namespace sipward::rules {

using facts::Type;
using facts::Value;

std::string Numbered(std::string_view text, uint32_t number) {
  std::string out;
  for (size_t at; (at = text.find(kRepetition)) != std::string_view::npos;) {
    out += text.substr(0, at);
    out += std::to_string(number);
    text.remove_prefix(at + kRepetition.size());
  }
  out += text;
  return out;
}

std::optional<Value> ParseFact(std::string_view text, Type type, std::deque<std::string>* texts) {
  if (text.empty()) return Value();
  if (facts::IsEnum(type)) {
    const auto found = facts::FindEnumValue(text);
    if (found && found->type == type) return Value::Int(found->value);
    if (type != Type::kMethod) return std::nullopt;
    return Value::Int(static_cast<int64_t>(sip::Method::kOther));
  }
  if (type == Type::kTime) return std::nullopt;
  // As it is written: the event itself makes one form of it.
  if (type == Type::kNumber) {
    std::array<char, numbering::kMaxDigits> room;
    if (numbering::Canonical(text, numbering::Home(), room).empty()) return std::nullopt;
    return Value::String(texts->emplace_back(text));
  }
  return ParseListValue(text, type, texts);
}

// Money has six decimals as well: microseconds are exact.
std::optional<Nanos> ParseMoment(std::string_view text) {
  std::deque<std::string> unused;
  const auto duration = ParseListValue(text, Type::kDuration, &unused);
  if (duration && duration->present()) return duration->i;
  const auto micros = ParseMoney(text);
  if (!micros || *micros > INT64_MAX / kMicrosecond || *micros < 0) return std::nullopt;
  return *micros * kMicrosecond;
}

void TestCase::Fill(const Step& step, uint32_t repetition, Nanos now, Nanos wall,
                    std::deque<std::string>* texts, facts::HostEvent* event) {
  texts->clear();
  event->Reset(step.kind, now, wall, step.proven);
  for (const Fact& fact : step.facts) {
    Value value = fact.value;
    if (!fact.text.empty()) {
      const std::string& text = texts->emplace_back(Numbered(fact.text, repetition));
      value = ParseFact(text, facts::Describe(fact.field).type, texts).value_or(Value());
    }
    event->Set(fact.field, value);
  }
}

}  // namespace sipward::rules
