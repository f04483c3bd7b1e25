#include <algorithm>
#include <utility>

#include "analytics/analytics.h"

namespace sipward::analytics {
namespace {

std::string KeyOf(Dimension dimension, const Row& row) {
  if (dimension != Dimension::kSource) return {row.key.data(), row.key_size};
  IpAddress address;
  std::copy_n(row.key.begin(), std::min<size_t>(row.key_size, address.bytes.size()),
              address.bytes.begin());
  return address.is_v4() ? address.ToString() : HostOf(address).ToString();
}

bool ComesMore(const Report::Line& a, const Report::Line& b) {
  return a.count != b.count ? a.count > b.count : a.key < b.key;
}

// What is sure goes first: of keys that came and went, nearly all of the count may be another's.
bool SurelyComesMore(const Report::Line& a, const Report::Line& b) {
  const uint64_t sure_a = a.count - a.error, sure_b = b.count - b.error;
  return sure_a != sure_b ? sure_a > sure_b : ComesMore(a, b);
}

}  // namespace

void Report::Add(const Analytics& analytics) {
  totals_.Add(analytics.totals());
  for (size_t i = 0; i < kDimensions; ++i) {
    const auto dimension = static_cast<Dimension>(i);
    const TopKeys& keys = analytics.keys(dimension);
    const size_t from = least_[i].size();
    least_[i].push_back(keys.least());
    lines_[i].capacity = keys.capacity();
    lines_[i].total += keys.total();
    lines_[i].evictions += keys.evictions();
    parts_[i].reserve(parts_[i].size() + keys.size());
    for (uint32_t slot = 0; slot < keys.size(); ++slot) {
      const Row& row = analytics.rows(dimension)[slot];
      parts_[i].push_back({keys.hash(slot), from,
                           Line{KeyOf(dimension, row), keys.count(slot), keys.error(slot), row.cut,
                                row.counts, row.setup}});
    }
  }
}

// A key that one of them has no place for may have come there as often as the least that has one:
// counts stay such that none is too low, and what may be too much is in the error.
void Report::Join(size_t dimension) {
  std::vector<Part>& parts = parts_[dimension];
  std::vector<Line>& lines = lines_[dimension].lines;
  std::sort(parts.begin(), parts.end(), [](const Part& a, const Part& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.from < b.from;
  });
  uint64_t all_least = 0;
  for (const uint64_t least : least_[dimension]) all_least += least;
  for (size_t i = 0; i < parts.size();) {
    Line line = std::move(parts[i].line);
    uint64_t missing = all_least - least_[dimension][parts[i].from];
    const uint64_t hash = parts[i].hash;
    for (++i; i < parts.size() && parts[i].hash == hash; ++i) {
      const Line& other = parts[i].line;
      line.count += other.count;
      line.error += other.error;
      line.counts.Add(other.counts);
      line.setup.Merge(other.setup);
      missing -= least_[dimension][parts[i].from];
    }
    line.count += missing;
    line.error += missing;
    lines.push_back(std::move(line));
  }
  parts.clear();
  parts.shrink_to_fit();
}

void Report::Settle() {
  for (size_t i = 0; i < kDimensions; ++i) {
    Join(i);
    std::vector<Line>& lines = lines_[i].lines;
    if (lines.size() > lines_[i].capacity) {
      std::sort(lines.begin(), lines.end(), ComesMore);
      lines_[i].evictions += lines.size() - lines_[i].capacity;
      lines.resize(lines_[i].capacity);
    }
    std::sort(lines.begin(), lines.end(), SurelyComesMore);
  }
}

}  // namespace sipward::analytics
