// How often each host may be asked.
#ifndef SIPWARD_IO_FETCH_RATES_H_
#define SIPWARD_IO_FETCH_RATES_H_

#include <chrono>
#include <cstddef>
#include <map>
#include <string>

namespace sipward::io {

// A bucket for each host: full at first, one token taken by each question, refilled evenly. A
// bounded number of them; the one that was used longest ago gives way. One thread at a time.
class HostRates {
 public:
  using Time = std::chrono::steady_clock::time_point;
  HostRates(double burst, double per_second) : burst_(burst), per_second_(per_second) {}

  // False: too often.
  bool Take(const std::string& host, Time now);
  size_t size() const { return buckets_.size(); }

  static constexpr size_t kMostHosts = 1024;

 private:
  struct Bucket {
    double tokens;
    Time at;
  };
  void MakeRoom();

  const double burst_;
  const double per_second_;
  std::map<std::string, Bucket> buckets_;  // ordered: nobody can make its look-ups slow
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_RATES_H_
