// A message as parts that can be exchanged for innocuous ones, to find out which part makes
// programs disagree.
#ifndef SIPWARD_TESTS_PEERS_PARTS_H_
#define SIPWARD_TESTS_PEERS_PARTS_H_

#include <cstdint>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "sip/sip.h"

namespace sipward::peers {

enum class PartKind : uint8_t {
  kStart,    // the start line and what stands before it
  kHeader,   // a header line with its folds and its line end
  kHeadEnd,  // the empty line; here belongs what is missing in the head
  kBody,
};

struct Part {
  PartKind kind;
  sip::HeaderId id = sip::HeaderId::kOther;
  uint32_t begin = 0;
  uint32_t end = 0;
};

// Cut by plain rules of its own: lines end in LF, those that begin with white space belong to the
// one before, and the first empty line ends the head.
class Parts {
 public:
  explicit Parts(std::string_view message);

  const std::vector<Part>& list() const { return list_; }
  std::string_view Text(size_t part) const {
    return message_.substr(list_[part].begin, list_[part].end - list_[part].begin);
  }
  // The part that an offset lies in; the end of the head for the place where it ends.
  size_t At(uint32_t offset) const;
  // "start line", "From", "X-Unknown", "end of head", "body".
  std::string Name(size_t part) const;
  // The message with these parts made innocuous: a mandatory header becomes a plain one of its
  // kind, every other header and every second one of a kind a header that means nothing, what is
  // missing is added, the body vanishes.
  std::string Without(const std::set<size_t>& parts) const;

 private:
  bool IsFirst(size_t part) const;
  std::string Innocuous(size_t part) const;
  std::string InnocuousHead() const;
  std::string CseqMethod() const;
  std::string StartMethod() const;

  std::string_view message_;
  std::vector<Part> list_;
};

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_PARTS_H_
