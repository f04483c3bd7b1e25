// Fetches the certificates that pending verdicts wait for, and hands them to the host's trust.
//
// The URL comes from whoever calls, so it is a stranger who chooses what this process asks for: a
// fetch resolves the name once, connects to no address that was not checked, follows nowhere, takes
// little, and waits briefly. What fails is told to the trust, with its reason, so that it is not
// tried again at once.
#ifndef SIPWARD_IO_FETCH_H_
#define SIPWARD_IO_FETCH_H_

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "io/fetch_download.h"
#include "io/fetch_place.h"
#include "io/fetch_resolver.h"
#include "sipward.h"

namespace sipward::io {

struct FetchOptions {
  std::chrono::milliseconds total{2000};  // from the name to the last octet
  DownloadLimits limits;
  unsigned in_flight = 8;  // fetches at a time, each with a thread
  size_t queue = 256;      // fetches that wait for one of them
  double host_burst = 32;  // of one host, before
  double host_per_second = 4;
  std::vector<Permit> permits;   // none: public addresses alone
  std::string ca_file;           // PEM; none: the system's authorities
  Resolve resolve;               // none: getaddrinfo
  std::function<int64_t()> now;  // seconds since 1970; none: the system's clock
};

// Any number of threads may use one. Threads do not survive a fork: a child makes its own, and what
// it asks of this one is refused.
class Fetcher {
 public:
  enum class Answer : uint8_t {
    kTaken,    // it is being fetched; Next tells when it is done
    kKnown,    // the trust knows the URL already, or has just been told that it is asked too often
    kRefused,  // the URL is not one that may be asked
    kFull,     // too many wait
    kForked,   // another process made the fetcher
  };
  // Of a fetch that is over: what the trust now says of its URL.
  struct Arrival {
    std::string url;
    std::string_view reason;    // "OK", "X5U_TIMEOUT", "CERT_MALFORMED"
    std::string_view sentence;  // of the fetch, for the operator
  };
  struct Statistics {
    uint64_t requests = 0;
    uint64_t known = 0;
    uint64_t joined = 0;   // requests for what was being fetched
    uint64_t refused = 0;  // URLs that may not be asked
    uint64_t limited = 0;  // by the rate of their host
    uint64_t full = 0;
    uint64_t fetches = 0;  // that are over
    uint64_t failures = 0;
    uint64_t arrivals_lost = 0;  // nobody asked Next for them in time
    uint64_t waiting = 0;
    uint64_t in_flight = 0;
  };

  // The trust must outlive this. Throws what the standard library throws if memory or descriptors
  // cannot be had.
  Fetcher(const sipward_trust* trust, FetchOptions options);
  // What is in flight is broken off within a second; what waits is forgotten. A resolver of the
  // system that is stuck is waited for.
  ~Fetcher();
  Fetcher(const Fetcher&) = delete;
  Fetcher& operator=(const Fetcher&) = delete;

  // Returns at once. `*reason`, if it was refused, is why.
  Answer Request(std::string_view url, std::string_view* reason);
  // The fetch that was over first and was not told of. False: there is none.
  bool Next(Arrival* out);
  // Whether there is one, after waiting for it.
  bool Wait(std::chrono::milliseconds most);
  // Readable while there is one: for poll and the like. -1 in a child.
  int descriptor() const;
  bool forked() const;
  Statistics statistics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_H_
