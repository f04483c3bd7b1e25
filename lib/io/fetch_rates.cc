#include "io/fetch_rates.h"

#include <algorithm>

namespace sipward::io {

bool HostRates::Take(const std::string& host, Time now) {
  auto at = buckets_.find(host);
  if (at == buckets_.end()) {
    MakeRoom();
    at = buckets_.emplace(host, Bucket{burst_, now}).first;
  }
  Bucket& bucket = at->second;
  const std::chrono::duration<double> since = now - bucket.at;
  bucket.tokens = std::min(burst_, bucket.tokens + since.count() * per_second_);
  bucket.at = now;
  if (bucket.tokens < 1) return false;
  bucket.tokens -= 1;
  return true;
}

void HostRates::MakeRoom() {
  if (buckets_.size() < kMostHosts) return;
  buckets_.erase(
      std::min_element(buckets_.begin(), buckets_.end(),
                       [](const auto& a, const auto& b) { return a.second.at < b.second.at; }));
}

}  // namespace sipward::io
