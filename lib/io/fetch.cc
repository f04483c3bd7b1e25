#include "io/fetch.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <new>
#include <set>
#include <thread>
#include <utility>

#include "io/fetch_outcome.h"
#include "io/fetch_rates.h"
#include "io/fetch_thread.h"

namespace sipward::io {
namespace {

using Clock = Resolver::Clock;

constexpr size_t kMostArrivals = 1024;
constexpr size_t kMostAddresses = 32;

int64_t SystemSeconds() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

// A pipe that holds one octet while there is something to be told.
class Signal {
 public:
  Signal() {
    if (pipe2(ends_.data(), O_NONBLOCK | O_CLOEXEC) != 0) throw std::bad_alloc();
  }
  ~Signal() {
    close(ends_[0]);
    close(ends_[1]);
  }
  Signal(const Signal&) = delete;
  Signal& operator=(const Signal&) = delete;
  void Raise() const { [[maybe_unused]] const auto written = write(ends_[1], "", 1); }
  void Lower() const {
    char octet = 0;
    [[maybe_unused]] const auto got = read(ends_[0], &octet, 1);
  }
  int descriptor() const { return ends_[0]; }

 private:
  std::array<int, 2> ends_{-1, -1};
};

}  // namespace

class Fetcher::Impl {
 public:
  Impl(const sipward_trust* trust, FetchOptions options)
      : trust_(trust),
        options_(std::move(options)),
        rates_(options_.host_burst, options_.host_per_second),
        resolver_(options_.resolve) {
    if (!options_.now) options_.now = SystemSeconds;
    options_.in_flight = std::max(options_.in_flight, 1U);
    workers_.reserve(options_.in_flight);
    if (!StartDownloads()) throw std::bad_alloc();
  }

  ~Impl() {
    {
      const std::lock_guard guard(lock_);
      stop_ = true;
      work_.notify_all();
      arrived_.notify_all();
    }
    resolver_.Stop();
    for (std::thread& worker : workers_) worker.join();
  }
  Impl(const Impl&) = delete;
  Impl& operator=(const Impl&) = delete;

  Answer Request(std::string_view url, std::string_view* reason) {
    std::optional<Place> place = PlaceOf(url, options_.permits, reason);
    const int64_t now = options_.now();
    const std::lock_guard guard(lock_);
    ++statistics_.requests;
    if (!place) {
      ++statistics_.refused;
      return Answer::kRefused;
    }
    if (pending_.find(url) != pending_.end()) {
      ++statistics_.joined;
      return Answer::kTaken;
    }
    // After it was pending, so that nobody fetches what has just come.
    if (IsKnown(url, now)) {
      ++statistics_.known;
      return Answer::kKnown;
    }
    if (jobs_.size() >= options_.queue) {
      ++statistics_.full;
      return Answer::kFull;
    }
    if (!rates_.Take(place->host, Clock::now())) {
      ++statistics_.limited;
      Fail(url, "X5U_RATE", now);
      return Answer::kKnown;
    }
    return Enqueue(url);
  }

  bool Next(Arrival* out) {
    const std::lock_guard guard(lock_);
    if (arrivals_.empty()) return false;
    *out = std::move(arrivals_.front());
    arrivals_.pop_front();
    if (arrivals_.empty()) signal_.Lower();
    return true;
  }

  bool Wait(std::chrono::milliseconds most) {
    std::unique_lock guard(lock_);
    arrived_.wait_for(guard, most, [&] { return stop_ || !arrivals_.empty(); });
    return !arrivals_.empty();
  }

  int descriptor() const { return signal_.descriptor(); }
  pid_t maker() const { return maker_; }

  Statistics statistics() const {
    const std::lock_guard guard(lock_);
    Statistics statistics = statistics_;
    statistics.waiting = jobs_.size();
    return statistics;
  }

 private:
  bool IsKnown(std::string_view url, int64_t now) const {
    uint32_t state = SIPWARD_CERTIFICATE_MISSING;
    sipward_trust_find(trust_, url.data(), url.size(), now, &state, nullptr);
    return state == SIPWARD_CERTIFICATE_FRESH || state == SIPWARD_CERTIFICATE_FAILED;
  }

  // All of it or, where memory or threads cannot be had, nothing.
  Answer Enqueue(std::string_view url) {
    const auto pending = pending_.emplace(url).first;
    try {
      jobs_.push_back(*pending);
    } catch (...) {
      pending_.erase(pending);
      throw;
    }
    if (idle_ < jobs_.size() && workers_.size() < options_.in_flight &&
        !StartThread(&workers_, [this] { Run(); }) && workers_.empty()) {
      jobs_.pop_back();
      pending_.erase(pending);
      return Answer::kFull;
    }
    work_.notify_one();
    return Answer::kTaken;
  }

  void Fail(std::string_view url, std::string_view reason, int64_t now) const {
    sipward_trust_provide_failure(trust_, url.data(), url.size(), reason.data(), reason.size(),
                                  now);
  }

  void Run() {
    std::unique_lock guard(lock_);
    for (;;) {
      ++idle_;
      work_.wait(guard, [&] { return stop_ || !jobs_.empty(); });
      --idle_;
      if (stop_) return;
      std::string url = std::move(jobs_.front());
      jobs_.pop_front();
      ++statistics_.in_flight;
      guard.unlock();
      const Word word = Fetch(url);
      guard.lock();
      --statistics_.in_flight;
      ++statistics_.fetches;
      if (word.reason != "OK") ++statistics_.failures;
      pending_.erase(url);
      if (!stop_) Tell({std::move(url), word.reason, word.sentence});
    }
  }

  void Tell(Arrival arrival) {
    if (arrivals_.size() >= kMostArrivals) {
      arrivals_.pop_front();
      ++statistics_.arrivals_lost;
    }
    const bool first = arrivals_.empty();
    try {
      arrivals_.push_back(std::move(arrival));
    } catch (...) {  // out of memory: the trust has it all the same
      ++statistics_.arrivals_lost;
      return;
    }
    if (first) signal_.Raise();
    arrived_.notify_all();
  }

  using Word = FetchOutcomeInfo;

  // Tells the trust what came. Nothing is thrown in a thread that nobody waits for.
  Word Fetch(const std::string& url) const {
    Download download;
    try {
      download = Try(url);
    } catch (...) {  // out of memory: as if the answer had broken off
      download = {};
    }
    Word word = Describe(download.outcome);
    if (download.outcome == FetchOutcome::kStopped) return word;
    const int64_t now = options_.now();
    if (download.outcome != FetchOutcome::kArrived) {
      Fail(url, word.reason, now);
      return word;
    }
    sipward_text reason{};
    const int32_t status =
        sipward_trust_provide(trust_, url.data(), url.size(), download.document.data(),
                              download.document.size(), now, download.max_age, &reason);
    if (status == SIPWARD_ERR_CREDENTIAL) {
      word.reason = {reason.data, reason.size};
    } else if (status != SIPWARD_OK) {
      word.reason = "CERT_UNAVAILABLE";
      Fail(url, word.reason, now);
    }
    return word;
  }

  Download Try(const std::string& url) const {
    const Clock::time_point deadline = Clock::now() + options_.total;
    std::string_view reason;
    const std::optional<Place> place = PlaceOf(url, options_.permits, &reason);
    if (!place) return {.outcome = FetchOutcome::kDenied, .document = {}};
    Addresses addresses;
    switch (resolver_.Find(place->host, deadline, &addresses)) {
      case Resolver::Outcome::kFound:
        break;
      case Resolver::Outcome::kNone:
        return {.outcome = FetchOutcome::kNoAddress, .document = {}};
      case Resolver::Outcome::kTimeout:
        return {.outcome = FetchOutcome::kTimeout, .document = {}};
      case Resolver::Outcome::kStopped:
        return {.outcome = FetchOutcome::kStopped, .document = {}};
    }
    for (sipward_endpoint& endpoint : addresses) {
      endpoint.port = place->port;
      // One that is denied speaks against the whole name: it is about to move there.
      if (!MayConnect(endpoint, options_.permits)) {
        return {.outcome = FetchOutcome::kDenied, .document = {}};
      }
    }
    if (addresses.size() > kMostAddresses) addresses.resize(kMostAddresses);
    return FetchDocument(*place, addresses, options_.permits, options_.limits, options_.ca_file,
                         deadline, options_.now(), &stop_);
  }

  const sipward_trust* const trust_;
  FetchOptions options_;
  const pid_t maker_ = getpid();
  const Signal signal_;
  mutable std::mutex lock_;  // everything below, up to the workers
  std::condition_variable work_;
  std::condition_variable arrived_;
  HostRates rates_;
  std::set<std::string, std::less<>> pending_;  // waiting and in flight
  std::deque<std::string> jobs_;
  std::deque<Arrival> arrivals_;
  Statistics statistics_;
  size_t idle_ = 0;
  std::atomic<bool> stop_ = false;  // written under the lock
  mutable Resolver resolver_;
  std::vector<std::thread> workers_;
};

Fetcher::Fetcher(const sipward_trust* trust, FetchOptions options)
    : impl_(std::make_unique<Impl>(trust, std::move(options))) {}

Fetcher::~Fetcher() {
  // The threads that it would wait for are those of the parent, and so is whoever holds the locks.
  if (forked()) static_cast<void>(impl_.release());
}

bool Fetcher::forked() const { return impl_->maker() != getpid(); }

Fetcher::Answer Fetcher::Request(std::string_view url, std::string_view* reason) {
  return forked() ? Answer::kForked : impl_->Request(url, reason);
}

bool Fetcher::Next(Arrival* out) { return !forked() && impl_->Next(out); }

bool Fetcher::Wait(std::chrono::milliseconds most) { return !forked() && impl_->Wait(most); }

int Fetcher::descriptor() const { return forked() ? -1 : impl_->descriptor(); }

Fetcher::Statistics Fetcher::statistics() const {
  return forked() ? Statistics{} : impl_->statistics();
}

}  // namespace sipward::io
