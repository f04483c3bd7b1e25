// A decision as bytes: what was decided, of what, and all that it depended on but the rules.
//
// A line of JSON, then the octets of the message that were kept, then the tape:
//   {"format":2,"time":NS,"verdict":{...},"rules":"HASH","message":{"size":N,"hash":"HEX","kept":N},"tape":N}
// Format 1 is the same without certificates.
#ifndef SIPWARD_ENGINE_DECISION_RECORD_H_
#define SIPWARD_ENGINE_DECISION_RECORD_H_

#include <optional>
#include <string>
#include <string_view>

#include "engine/verdict.h"
#include "facts/facts.h"
#include "facts/tape.h"
#include "rules/rules.h"
#include "sip/sip.h"

namespace sipward::engine {

// As JSON, without white space: the same verdict gives the same text.
void AppendVerdict(const Verdict& verdict, std::string* out);

// How much of the bytes that `message` was parsed of is kept where its body is not: all up to its
// body, and of what is too long to be parsed nothing.
size_t SizeWithoutBody(const sip::Message& message, std::string_view bytes);

// Of `bytes`, if the tape is of a message, the first `kept` are kept.
std::string RecordOf(const Verdict& verdict, const rules::RuleSet& rules, const facts::Tape& tape,
                     std::string_view bytes, size_t kept);

// A record taken apart. Views into it.
struct DecisionRecord {
  Nanos wall = 0;
  std::string_view verdict;  // JSON
  std::string rules;         // the hash of the rule set
  size_t message_size = 0;
  std::string message_hash;
  std::string_view kept;  // of the message
  std::string_view tape;
};
// Nothing if the bytes are no such record.
std::optional<DecisionRecord> ReadRecord(std::string_view bytes);

// What the tape says, for people: JSON. `message`, of a record with one, was parsed from what was
// kept.
std::string Describe(const DecisionRecord& record, const rules::RuleSet& rules,
                     facts::MessageEvent* message);

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_DECISION_RECORD_H_
