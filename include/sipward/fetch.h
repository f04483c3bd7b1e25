// Fetches the certificates that pending verdicts wait for, and hands them to the trust. Of the
// library libsipward-fetch; <sipward/sipward.h> does not include it.
//
//   auto fetcher = sipward::Fetcher::Create(trust).value();
//   ...
//   if (!verdict.certificate_url().empty()) fetcher.Request(verdict.certificate_url());
//   if (verdict.pending()) keep packet and ticket
//   ...
//   while (auto arrival = fetcher.Next()) Inspector::Resume for whoever waits for arrival->url()
#ifndef SIPWARD_FETCH_H_
#define SIPWARD_FETCH_H_

#include <sipward.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sipward/c/fetch.h"
#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/status.h"
#include "sipward/trust.h"

namespace sipward {

struct FetcherOptions {
  std::chrono::milliseconds total{2000};    // of one fetch, from the name to the last octet
  std::chrono::milliseconds connect{1000};  // of it, to connect, with the handshake of TLS
  uint32_t in_flight = 0;                   // fetches at a time, 0 is 8
  uint32_t waiting = 0;                     // fetches that wait for one of them, 0 is 256
  uint32_t document_bytes = 0;              // 0 is 16384
  uint32_t host_burst = 0;                  // fetches from one host, at once, 0 is 32
  uint32_t host_per_minute = 0;             // and in the long run, 0 is 240
  // Networks of the host's own that may be asked beside the public addresses.
  std::vector<sipward_fetch_permit> permits;
  std::string
      authorities;  // a file in PEM: whom servers are to be verified by; empty: the system's
};

// What came of a fetch. Holds its own copy of the URL; the other texts are constants.
class Arrival {
 public:
  std::string_view url() const noexcept { return {arrival_.url, arrival_.url_size}; }
  bool ok() const noexcept { return reason() == "OK"; }
  std::string_view reason() const noexcept { return detail::View(arrival_.reason); }
  std::string_view sentence() const noexcept { return detail::View(arrival_.sentence); }

 private:
  friend class Fetcher;
  Arrival() noexcept { arrival_.struct_size = sizeof arrival_; }
  sipward_fetch_arrival arrival_{};
};

// Any number of threads may use one. A child of the process makes its own.
class Fetcher {
 public:
  enum class Answer : uint8_t {
    kTaken,    // it is being fetched, once for all who ask; Next tells when it is there
    kKnown,    // the trust knows the URL, or its host is asked too often: resume
    kRefused,  // it may not be asked
    kFull,     // too many wait
    kFailed,   // no memory, or a child of the process that made the fetcher
  };

  // The trust must outlive it. kUnsupported if it was built without libcurl.
  static Result<Fetcher> Create(const TrustStore& trust, const FetcherOptions& options = {}) {
    sipward_fetcher_options given{};
    given.struct_size = sizeof given;
    given.total_ms = static_cast<uint32_t>(options.total.count());
    given.connect_ms = static_cast<uint32_t>(options.connect.count());
    given.in_flight = options.in_flight;
    given.waiting = options.waiting;
    given.document_bytes = options.document_bytes;
    given.host_burst = options.host_burst;
    given.host_per_minute = options.host_per_minute;
    given.permits = options.permits.data();
    given.permit_count = static_cast<uint32_t>(options.permits.size());
    given.authorities = {options.authorities.data(), options.authorities.size()};
    sipward_fetcher* fetcher = nullptr;
    const Status status = Status::FromC(sipward_fetcher_create(trust.c_trust(), &given, &fetcher));
    if (!status.ok()) return Error{status};
    return Fetcher(fetcher);
  }

  // Returns at once.
  [[nodiscard]] Answer Request(std::string_view url) const noexcept {
    switch (sipward_fetcher_request(fetcher_.get(), url.data(), url.size(), nullptr)) {
      case SIPWARD_OK:
        return Answer::kTaken;
      case SIPWARD_END:
        return Answer::kKnown;
      case SIPWARD_ERR_CREDENTIAL:
        return Answer::kRefused;
      case SIPWARD_ERR_LIMIT:
        return Answer::kFull;
      default:
        return Answer::kFailed;
    }
  }
  // The fetch that was over first, each told once.
  std::optional<Arrival> Next() const noexcept {
    Arrival arrival;
    if (sipward_fetcher_next(fetcher_.get(), &arrival.arrival_) != SIPWARD_OK) return std::nullopt;
    return arrival;
  }
  // Whether there is one, after waiting for it, an hour at most.
  bool Wait(std::chrono::milliseconds most) const noexcept {
    return sipward_fetcher_wait(fetcher_.get(), static_cast<uint32_t>(most.count())) == SIPWARD_OK;
  }
  // Readable while there is one, for event loops; -1 in a child of the process.
  int descriptor() const noexcept {
    int32_t descriptor = -1;
    sipward_fetcher_descriptor(fetcher_.get(), &descriptor);
    return descriptor;
  }
  sipward_fetcher_statistics statistics() const noexcept {
    sipward_fetcher_statistics statistics{};
    statistics.struct_size = sizeof statistics;
    sipward_fetcher_read_statistics(fetcher_.get(), &statistics);
    return statistics;
  }

  const sipward_fetcher* c_fetcher() const noexcept { return fetcher_.get(); }

 private:
  explicit Fetcher(sipward_fetcher* fetcher) noexcept : fetcher_(fetcher) {}
  detail::Handle<sipward_fetcher, sipward_fetcher_destroy> fetcher_;
};

}  // namespace sipward

#endif  // SIPWARD_FETCH_H_
