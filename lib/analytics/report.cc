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

// They are large, so it is their places that are sorted.
template <class T, class Less>
std::vector<T*> OrderOf(std::vector<T>& all, Less less) {
  std::vector<T*> order;
  order.reserve(all.size());
  for (T& one : all) order.push_back(&one);
  std::sort(order.begin(), order.end(), [&](const T* a, const T* b) { return less(*a, *b); });
  return order;
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
  const auto order = OrderOf(parts, [](const Part& a, const Part& b) {
    return a.hash != b.hash ? a.hash < b.hash : a.from < b.from;
  });
  uint64_t all_least = 0;
  for (const uint64_t least : least_[dimension]) all_least += least;
  lines.reserve(parts.size());
  for (size_t i = 0; i < order.size();) {
    Line line = std::move(order[i]->line);
    uint64_t missing = all_least - least_[dimension][order[i]->from];
    const uint64_t hash = order[i]->hash;
    for (++i; i < order.size() && order[i]->hash == hash; ++i) {
      const Line& other = order[i]->line;
      line.count += other.count;
      line.error += other.error;
      line.counts.Add(other.counts);
      line.setup.Merge(other.setup);
      missing -= least_[dimension][order[i]->from];
    }
    line.count += missing;
    line.error += missing;
    lines.push_back(std::move(line));
  }
  parts = {};
}

void Report::Settle() {
  for (size_t i = 0; i < kDimensions; ++i) {
    Join(i);
    std::vector<Line>& lines = lines_[i].lines;
    auto order = OrderOf(lines, ComesMore);
    if (order.size() > lines_[i].capacity) {
      lines_[i].evictions += order.size() - lines_[i].capacity;
      order.resize(lines_[i].capacity);
    }
    std::sort(order.begin(), order.end(),
              [](const Line* a, const Line* b) { return SurelyComesMore(*a, *b); });
    std::vector<Line> sorted;
    sorted.reserve(order.size());
    for (Line* line : order) sorted.push_back(std::move(*line));
    lines = std::move(sorted);
  }
}

}  // namespace sipward::analytics
