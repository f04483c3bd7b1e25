// The numbers under the table of `sipward inspect`.
#ifndef SIPWARD_BINDINGS_CLI_SUMMARY_H_
#define SIPWARD_BINDINGS_CLI_SUMMARY_H_

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <unordered_set>
#include <utility>
#include <vector>

#include "inspected.h"
#include "io/capture.h"
#include "packed.h"

namespace sipward::cli {

class Summary {
 public:
  // Those of RFC 3261, 3262, 3311, 3428, 3515, 3903, 6086 and 6665.
  static constexpr std::array kMethods = {"ACK",     "BYE",      "CANCEL",    "INFO",  "INVITE",
                                          "MESSAGE", "NOTIFY",   "OPTIONS",   "PRACK", "PUBLISH",
                                          "REFER",   "REGISTER", "SUBSCRIBE", "UPDATE"};

  void Add(const Inspected& inspected);
  // What another process counted.
  void Add(const Summary& other);
  // All but which sources there were, of which there may be many.
  Summary Numbers() const;
  // For it to be told of.
  void Pack(Packer* packer) const;
  void Unpack(Unpacker* packed);
  std::string Render(const io::CaptureStatistics& capture, double seconds) const;
  // The same as names and values, without the speed; what is not there has none.
  std::vector<std::pair<std::string, std::string>> Lines(
      const io::CaptureStatistics& capture) const;

  uint64_t messages() const { return messages_; }
  int64_t first_ns() const { return first_ns_; }
  int64_t last_ns() const { return last_ns_; }
  uint64_t requests() const { return requests_; }
  uint64_t requests(const std::string& method) const;
  // By the first digit of the code; 0: all others.
  uint64_t responses(size_t digit) const { return responses_[digit]; }
  bool above_flag() const;

 private:
  // Other methods and sources are the sender's choice: so many are told apart, and no more.
  static constexpr size_t kMostMethods = 32;
  static constexpr size_t kMostSources = 1'000'000;

  void CountMethod(const std::string& method, uint64_t count);
  void CountTime(int64_t first_ns, int64_t last_ns);
  std::string MethodsText() const;
  std::string ResponsesText() const;
  std::string SourcesText() const;
  int64_t SpanNs() const;
  std::string VerdictsText() const;

  uint64_t messages_ = 0;
  uint64_t requests_ = 0;
  std::map<std::string, uint64_t> methods_;
  uint64_t other_methods_ = 0;
  std::array<uint64_t, 7> responses_{};  // by the first digit
  std::unordered_set<std::string> sources_;
  std::array<uint64_t, SIPWARD_ACTION_DROP + 1> verdicts_{};
  int64_t first_ns_ = 0;
  int64_t last_ns_ = 0;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_SUMMARY_H_
