// Messages that are almost right: a seeded generator.
#ifndef SIPWARD_TESTS_PEERS_MUTATE_H_
#define SIPWARD_TESTS_PEERS_MUTATE_H_

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::peers {

// The same numbers on every machine (SplitMix64).
class Random {
 public:
  explicit Random(uint64_t seed) : state_(seed) {}
  uint64_t Next();
  size_t Below(size_t count) { return static_cast<size_t>(Next() % count); }
  bool OneIn(size_t count) { return Below(count) == 0; }
  std::string_view Of(std::span<const std::string_view> choices) {
    return choices[Below(choices.size())];
  }

 private:
  uint64_t state_;
};

// The good messages that are mutated: requests and answers, in long and compact forms.
std::vector<std::string> BaseMessages();

// The message of this number: one of the good ones with one, two or three of its lines changed. The
// same number gives the same message for ever.
std::string MutatedMessage(uint64_t number);

// Another one, with no knowledge of headers: octets and words of a dictionary put in, taken out,
// written over and doubled anywhere, lines taken from other messages.
std::string ScrambledMessage(uint64_t number);

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_MUTATE_H_
