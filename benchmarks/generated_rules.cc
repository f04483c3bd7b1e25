#include "benchmarks/generated_rules.h"

#include <cstdint>
#include <cstdio>
#include <initializer_list>
#include <string_view>

namespace sipward::bench {
namespace {

enum class Kind { kAgentWord, kDialled, kCaller, kNetwork, kDomain, kCallId, kAgentPattern };

constexpr std::array<Kind, 20> kMix = {
    Kind::kAgentWord, Kind::kDialled,   Kind::kCaller,  Kind::kAgentWord,    Kind::kNetwork,
    Kind::kAgentWord, Kind::kDialled,   Kind::kDomain,  Kind::kAgentWord,    Kind::kCallId,
    Kind::kCaller,    Kind::kAgentWord, Kind::kDialled, Kind::kAgentPattern, Kind::kNetwork,
    Kind::kAgentWord, Kind::kDomain,    Kind::kDialled, Kind::kCallId,       Kind::kCaller};

struct Item {
  Kind kind;
  std::string literal;  // a network: its first three bytes and a dot
};

std::string Join(std::initializer_list<std::string_view> parts) {
  std::string text;
  for (const std::string_view part : parts) text += part;
  return text;
}

// A pronounceable word that differs for every number.
std::string Word(uint32_t number) {
  static constexpr char kConsonants[] = "bdfgklmnprstvz";
  static constexpr char kVowels[] = "aeiou";
  uint32_t mixed = number * 2654435761u;
  std::string word;
  for (int i = 0; i < 3; ++i) {
    word += kConsonants[mixed % 14];
    mixed /= 14;
    word += kVowels[mixed % 5];
    mixed /= 5;
  }
  return word + std::to_string(number);
}

Item MakeItem(uint32_t number, Kind kind) {
  switch (kind) {
    case Kind::kDialled:
      return {kind, Join({"881", std::to_string(100'000 + number)})};
    case Kind::kNetwork:
      return {kind, Join({"10.", std::to_string(number / 256 % 256), ".",
                          std::to_string(number % 256), "."})};
    case Kind::kDomain:
      return {kind, Join({Word(number), ".example.org"})};
    case Kind::kCallId:
      return {kind, Join({"@", Word(number)})};
    default:
      return {kind, Word(number)};
  }
}

Item MakeItem(uint32_t number) { return MakeItem(number, kMix[number % kMix.size()]); }

std::string Numbered(const char* format, uint32_t number) {
  char text[32];
  std::snprintf(text, sizeof(text), format, number);
  return text;
}

std::string WardCondition(const Item& item) {
  const std::string quoted = Join({"\"", item.literal, "\""});
  switch (item.kind) {
    case Kind::kAgentWord:
      return Join({"contains(user_agent ?? \"\", ", quoted, ")"});
    case Kind::kDialled:
      return Join({"starts_with(ruri.digits, ", quoted, ")"});
    case Kind::kCaller:
      return Join({"(from.user ?? \"\") == ", quoted});
    case Kind::kNetwork:
      return Join({"src.ip in \"", item.literal, "0/24\""});
    case Kind::kDomain:
      return Join({"equals_nocase(to.host ?? \"\", ", quoted, ")"});
    case Kind::kCallId:
      return Join({"ends_with(call_id ?? \"\", ", quoted, ")"});
    case Kind::kAgentPattern:
      return Join({"matches_nocase(user_agent ?? \"\", \"^", item.literal, "[ /][0-9]+\")"});
  }
  return {};
}

std::string ExpressionCondition(uint32_t number) {
  const std::string word = Word(number);
  switch (number % 5) {
    case 0:
      return Join({"matches_nocase(user_agent ?? \"\", \"^", word, "[ /][0-9]+\")"});
    case 1:
      return Join({"matches(user_agent ?? \"\", \"", word, " .*(beta|rc[0-9]+)\")"});
    case 2:
      return Join({"matches(call_id ?? \"\", \"^[0-9a-f]{8}-", word, "@\")"});
    case 3:
      return Join({"matches(from.user ?? \"\", \"^", word, "([0-9]{2,4})?$\")"});
    default:
      return Join({"matches_nocase(to.host ?? \"\", \"(^|\\\\.)", word, "\\\\.(com|net)$\")"});
  }
}

// `condition` of each number.
template <typename Condition>
std::string GenerateWith(size_t rules, Condition condition) {
  std::string text = "version 1\n";
  for (uint32_t i = 0; i < rules; ++i) {
    text += "rule site." + Numbered("r%05u", i) + " { on request when " + condition(i) +
            " then alert }\n";
  }
  return text;
}

std::string YaraString(const Item& item) {
  switch (item.kind) {
    case Kind::kDialled:
      return Join({"\"sip:", item.literal, "\""});
    case Kind::kCaller:
      return Join({"\"<sip:", item.literal, "@\""});
    case Kind::kNetwork:
      return Join({"\"received=", item.literal, "\""});
    case Kind::kDomain:
      return Join({"\"@", item.literal, "\" nocase"});
    case Kind::kAgentPattern:
      return Join({"/User-Agent: ", item.literal, "[ \\/][0-9]+/ nocase"});
    default:
      return Join({"\"", item.literal, "\""});
  }
}

std::string ModsecurityCondition(const Item& item) {
  switch (item.kind) {
    case Kind::kAgentWord:
      return Join({"REQUEST_HEADERS:User-Agent \"@contains ", item.literal, "\""});
    case Kind::kDialled:
      return Join({"REQUEST_URI \"@beginsWith sip:", item.literal, "\""});
    case Kind::kCaller:
      return Join({"REQUEST_HEADERS:From \"@contains <sip:", item.literal, "@\""});
    case Kind::kNetwork:
      return Join({"REMOTE_ADDR \"@ipMatch ", item.literal, "0/24\""});
    case Kind::kDomain:
      return Join({"REQUEST_HEADERS:To \"@contains @", item.literal, "\""});
    case Kind::kCallId:
      return Join({"REQUEST_HEADERS:Call-ID \"@endsWith ", item.literal, "\""});
    case Kind::kAgentPattern:
      return Join({"REQUEST_HEADERS:User-Agent \"@rx (?i)^", item.literal, "[ /][0-9]+\""});
  }
  return {};
}

}  // namespace

std::string GenerateWard(size_t rules) {
  return GenerateWith(rules, [](uint32_t i) { return WardCondition(MakeItem(i)); });
}

std::string GenerateLiteralWard(size_t rules) {
  return GenerateWith(rules, [](uint32_t i) {
    const Kind kind = kMix[i % kMix.size()];
    return WardCondition(MakeItem(i, kind == Kind::kAgentPattern ? Kind::kAgentWord : kind));
  });
}

std::string GenerateExpressionWard(size_t rules) {
  return GenerateWith(rules, ExpressionCondition);
}

std::string GenerateYara(size_t rules) {
  std::string text;
  for (uint32_t i = 0; i < rules; ++i) {
    text += "rule " + Numbered("r%05u", i) + " { strings: $a = " + YaraString(MakeItem(i)) +
            " condition: $a }\n";
  }
  return text;
}

std::string GenerateModsecurity(size_t rules) {
  std::string text = "SecRuleEngine DetectionOnly\nSecRequestBodyAccess On\n";
  for (uint32_t i = 0; i < rules; ++i) {
    text += "SecRule " + ModsecurityCondition(MakeItem(i)) + " \"id:" + std::to_string(1000 + i) +
            ",phase:1,pass,nolog\"\n";
  }
  return text;
}

}  // namespace sipward::bench
