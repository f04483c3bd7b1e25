// All that a rule set was compiled of, as one text: what is needed to compile it again.
//
// One part after the other, each a line and the octets that it tells of:
//   sipward rules 1
//   budget STATE_BYTES EVENT_NS
//   text NAME_SIZE SIZE            the name, the text
//   file PATH_SIZE BY_SIZE SIZE    the path, the text that names it, the content
#ifndef SIPWARD_RULES_SOURCE_H_
#define SIPWARD_RULES_SOURCE_H_

#include <cstdint>
#include <string>
#include <string_view>

namespace sipward::rules {

class Source {
 public:
  // Room for a part with so many octets: to add it does not fail then.
  void Reserve(size_t octets) { parts_.reserve(parts_.size() + octets + 128); }
  void AddText(std::string_view name, std::string_view text);
  void AddFile(std::string_view path, std::string_view named_by, std::string_view content);
  std::string Text(uint64_t state_bytes, uint64_t event_ns) const;

 private:
  std::string parts_;
};

// Safe for any bytes.
class SourceReader {
 public:
  enum class Part : uint8_t { kEnd, kText, kFile, kBroken };

  explicit SourceReader(std::string_view bytes);
  // False if it does not begin as a source.
  bool ok() const { return ok_; }
  uint64_t state_bytes() const { return state_bytes_; }
  uint64_t event_ns() const { return event_ns_; }
  // `name` and `content` of a text; of a file, `name` is its path and `by` the text that names it.
  Part Next(std::string_view* name, std::string_view* by, std::string_view* content);

 private:
  bool Line(std::string_view* line);
  bool Take(uint64_t size, std::string_view* bytes);

  std::string_view rest_;
  bool ok_ = false;
  uint64_t state_bytes_ = 0, event_ns_ = 0;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_SOURCE_H_
