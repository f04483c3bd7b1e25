// What `sipward inspect` found, folded into few lines.
#ifndef SIPWARD_BINDINGS_CLI_FINDINGS_H_
#define SIPWARD_BINDINGS_CLI_FINDINGS_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inspected.h"
#include "packed.h"

namespace sipward::cli {

// A rule that matched, or "-" for a verdict that goes beyond what the rules of its message explain.
struct Found {
  std::string_view rule;
  uint32_t action = SIPWARD_ACTION_ALLOW;
  bool enforced = false;
  std::string_view why;
};
// What a verdict found, in the order of its hits.
std::vector<Found> FoundBy(const sipward_verdict& verdict);
// Whom it is about: of a request its source, of a response the one who asked as well.
std::string SourceOf(const Inspected& inspected);

// Counts matches of the same rule by the same source with the same action as one finding. Bounded:
// an attacker with many addresses does not make it grow beyond kMost.
class Findings {
 public:
  static constexpr size_t kMost = 100'000;
  static constexpr size_t kMostShown = 50;

  void Add(const Inspected& inspected);
  // What another process found.
  void Add(const Findings& other);
  // For it to be told of.
  void Pack(Packer* packer) const;
  void Unpack(Unpacker* packed);
  // The table, the worst actions first; or one sentence if there is nothing.
  std::string Render() const;

 private:
  struct Finding {
    int64_t first_ns = 0;
    std::string source;
    std::string rule;
    std::string action;
    std::string why;
    uint32_t severity = 0;  // the action's number
    uint64_t count = 0;
  };
  void Count(Finding finding);

  std::vector<Finding> findings_;
  std::unordered_map<std::string, size_t> index_;
  uint64_t uncounted_ = 0;  // matches for which there was no room
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_FINDINGS_H_
