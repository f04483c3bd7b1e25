// Who comes most often, in memory of a fixed size.
#ifndef SIPWARD_BINDINGS_CLI_TOP_COUNTS_H_
#define SIPWARD_BINDINGS_CLI_TOP_COUNTS_H_

#include <algorithm>
#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace sipward::cli {

// Space-Saving (Metwally, Agrawal, El Abbadi 2005): of more names than kMost the rarest makes room
// for the new one, which takes its count over. So whoever comes more often than a kMost-th of all
// is there, and each count is too high by `surplus` at most. What else is known of a name, `Notes`,
// is of the time since it is there.
template <typename Notes>
class TopCounts {
 public:
  static constexpr size_t kMost = 1'024;

  struct Entry {
    std::string name;
    uint64_t count = 0;
    uint64_t surplus = 0;
    Notes notes{};
  };

  Entry& Count(std::string_view name) {
    name_ = name;
    const auto found = index_.find(name_);
    if (found != index_.end()) {
      Entry& entry = entries_[found->second];
      ++entry.count;
      return entry;
    }
    if (entries_.size() < kMost) {
      index_.emplace(name_, entries_.size());
      entries_.push_back({name_, 1, 0, {}});
      return entries_.back();
    }
    const auto rarest =
        std::min_element(entries_.begin(), entries_.end(),
                         [](const Entry& a, const Entry& b) { return a.count < b.count; });
    index_.erase(rarest->name);
    index_.emplace(name_, static_cast<size_t>(rarest - entries_.begin()));
    ++replaced_;
    *rarest = {name_, rarest->count + 1, rarest->count, {}};
    return *rarest;
  }

  const std::vector<Entry>& entries() const { return entries_; }
  // How often one had to make room for another.
  uint64_t replaced() const { return replaced_; }

 private:
  std::vector<Entry> entries_;
  std::unordered_map<std::string, size_t> index_;
  uint64_t replaced_ = 0;
  std::string name_;  // while it is looked up
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_TOP_COUNTS_H_
