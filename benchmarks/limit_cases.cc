// What no parser can undercut on this machine: touching the bytes at all.
#include <algorithm>
#include <cstring>

#include "benchmarks/corpus.h"

namespace sipward::bench {
namespace {

class MemcpyWorkload final : public MessageWorkload {
 public:
  MemcpyWorkload() : MessageWorkload("invite") {}

 private:
  bool Handle(std::string_view bytes) override {
    std::memcpy(copy_.data(), bytes.data(), std::min(bytes.size(), copy_.size()));
    Use(copy_[0]);
    return true;
  }
  std::array<char, 4096> copy_;
};

class NewlinesWorkload final : public MessageWorkload {
 public:
  NewlinesWorkload() : MessageWorkload("invite") {}

 private:
  bool Handle(std::string_view bytes) override {
    const char* at = bytes.data();
    const char* end = at + bytes.size();
    uint32_t lines = 0;
    while (at != end && (at = static_cast<const char*>(
                             std::memchr(at, '\n', static_cast<size_t>(end - at)))) != nullptr) {
      ++lines;
      ++at;
    }
    Use(lines);
    return true;
  }
};

}  // namespace

void AddLimitCases(Catalogue& rows) {
  rows.push_back({"parser", "memcpy", "limit", "the bytes of invite copied once",
                  [] { return std::make_unique<MemcpyWorkload>(); }});
  rows.push_back({"parser", "newlines", "limit", "every LF of invite found with memchr",
                  [] { return std::make_unique<NewlinesWorkload>(); }});
}

}  // namespace sipward::bench
