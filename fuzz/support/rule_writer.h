// Rule texts out of bytes: grammatical and well typed, so that most of them compile.
#ifndef SIPWARD_FUZZ_SUPPORT_RULE_WRITER_H_
#define SIPWARD_FUZZ_SUPPORT_RULE_WRITER_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "facts/facts.h"
#include "fuzz/support/input.h"

namespace sipward::fuzz {

class RuleWriter {
 public:
  explicit RuleWriter(Input* input) : in_(*input) {}

  // One file: lists, one to four rules and, now and then, up to 200 small ones.
  std::string Write();

 private:
  using Type = facts::Type;

  std::string Rule(size_t number);
  std::string Actions();
  std::string Action();

  std::string Expression(Type type, int depth);
  std::string Condition(int depth);
  std::string Comparison(int depth);
  std::string TextTest(int depth);
  std::string Membership(int depth);
  std::string Number(int depth);
  std::string Text(int depth);
  std::string Field(Type type);
  std::string Literal(Type type);
  std::string Quoted();
  std::string Word();
  std::string IndexedTest();
  std::string SmallRules();
  std::string Duration();
  std::string Aggregate();
  std::string Key();
  std::string Keys();

  std::string_view PickOf(std::initializer_list<std::string_view> words);

  Input& in_;
  bool on_request_ = true;
  bool on_response_ = false;
  bool aggregates_allowed_ = false;
  bool pattern_used_ = false;  // compiling one takes milliseconds
};

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_RULE_WRITER_H_
