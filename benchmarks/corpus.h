// The messages that every side gets.
#ifndef SIPWARD_BENCHMARKS_CORPUS_H_
#define SIPWARD_BENCHMARKS_CORPUS_H_

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "benchmarks/workload.h"

namespace sipward::bench {

// "all" is the others together.
inline constexpr std::array<std::string_view, 6> kMessageSets = {
    "invite", "invite-identity", "register", "ok200", "wire", "all"};

// Whether the messages are the project's own (benchmarks/messages) and not those of SIPWARD_CORPUS.
bool UsesOwnMessages();
// The messages of one of kMessageSets in the order of the sets and of their file names. Ends the
// program if there are none.
const std::vector<std::string>& Messages(std::string_view set);
// The text of a file of benchmarks/. Ends the program if it cannot be read.
std::string ReadBenchmarkFile(std::string_view name);

// Work on the messages of a set, in turn.
class MessageWorkload : public Workload {
 public:
  explicit MessageWorkload(std::string_view set);
  void Run(uint64_t messages) override {
    for (uint64_t i = 0; i < messages; ++i) {
      Handle(messages_[next_]);
      next_ = next_ + 1 == messages_.size() ? 0 : next_ + 1;
    }
  }
  uint64_t Round() const final { return messages_.size(); }
  double Bytes() const final;
  // "refuses 3 of 121", or nothing if every message is accepted.
  std::string Outcome() override;

 protected:
  // Returns whether the message was accepted.
  virtual bool Handle(std::string_view message) = 0;
  const std::vector<std::string_view>& messages() const { return messages_; }

 private:
  std::string arena_;  // all messages, each at a multiple of 64 bytes
  std::vector<std::string_view> messages_;
  size_t next_ = 0;
};

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_CORPUS_H_
