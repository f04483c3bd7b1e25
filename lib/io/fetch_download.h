// One document over HTTPS, from addresses that were checked before.
#ifndef SIPWARD_IO_FETCH_DOWNLOAD_H_
#define SIPWARD_IO_FETCH_DOWNLOAD_H_

#include <atomic>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "io/fetch_outcome.h"
#include "io/fetch_place.h"
#include "io/fetch_resolver.h"

namespace sipward::io {

struct DownloadLimits {
  std::chrono::milliseconds connect{1000};  // with the TLS handshake
  size_t document = 16 * 1024;
  size_t head = 16 * 1024;
};

struct Download {
  FetchOutcome outcome = FetchOutcome::kBroken;
  std::string document;
  int64_t max_age = -1;  // seconds, as the server says; negative: it does not
};

// Connects to one of `addresses` and no other, whatever the name means meanwhile; the server's
// certificate must be that of the name, by the authorities in `ca_file` or, if that is empty, those
// of the system. One GET, no redirect, no proxy, no cookie, no compression. Blocks until `deadline`
// at most, and for a second once `*stop` is true. `now` is for Expires.
Download FetchDocument(const Place& place, const Addresses& addresses,
                       const std::vector<Permit>& permits, const DownloadLimits& limits,
                       const std::string& ca_file, Resolver::Clock::time_point deadline,
                       int64_t now, const std::atomic<bool>* stop);

// Before the first download, once or more often, from any thread. False: libcurl does not start.
bool StartDownloads();

}  // namespace sipward::io

#endif  // SIPWARD_IO_FETCH_DOWNLOAD_H_
