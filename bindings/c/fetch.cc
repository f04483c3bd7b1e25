// libsipward-fetch: the fetcher of lib/io behind the C interface.
#include "sipward/c/fetch.h"

#include <algorithm>
#include <chrono>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "guard.h"
#include "io/fetch.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace io = sipward::io;

struct sipward_fetcher {
  sipward_fetcher(const sipward_trust* trust, io::FetchOptions options)
      : fetcher(trust, std::move(options)) {}
  mutable io::Fetcher fetcher;
};

namespace {

constexpr uint32_t kMostMilliseconds = 3'600'000;
constexpr uint32_t kMostInFlight = 64;
constexpr uint32_t kMostWaiting = 65'536;
constexpr uint32_t kMostDocument = 1'048'576;
constexpr uint32_t kMostOfHost = 1'000'000;
constexpr uint32_t kMostPermits = 256;

bool InRange(const sipward_fetcher_options& given) {
  return std::max(given.total_ms, given.connect_ms) <= kMostMilliseconds &&
         given.in_flight <= kMostInFlight && given.waiting <= kMostWaiting &&
         given.document_bytes <= kMostDocument &&
         std::max(given.host_burst, given.host_per_minute) <= kMostOfHost &&
         given.permit_count <= kMostPermits && (given.permit_count == 0 || Usable(given.permits)) &&
         given.reserved == 0 && UsableText(given.authorities) &&
         // A path that is cut at a NUL would be another one.
         View(given.authorities).find('\0') == std::string_view::npos;
}

// False: a permit is none.
bool ToOptions(const sipward_fetcher_options& given, io::FetchOptions* out) {
  const auto set = [](uint32_t value, auto* member) {
    if (value != 0) *member = std::decay_t<decltype(*member)>(value);
  };
  set(given.total_ms, &out->total);
  set(given.connect_ms, &out->limits.connect);
  set(given.in_flight, &out->in_flight);
  set(given.waiting, &out->queue);
  set(given.document_bytes, &out->limits.document);
  set(given.host_burst, &out->host_burst);
  if (given.host_per_minute != 0) out->host_per_second = given.host_per_minute / 60.0;
  out->ca_file = View(given.authorities);
  for (uint32_t i = 0; i < given.permit_count; ++i) {
    const sipward_fetch_permit& permit = given.permits[i];
    if (permit.bits > 128 || permit.network.reserved != 0 || permit.network.port == 0) return false;
    out->permits.push_back({permit.network, permit.bits == 0 ? 128 : permit.bits});
  }
  return true;
}

int32_t StatusOf(io::Fetcher::Answer answer, std::string_view why, sipward_text* reason) {
  switch (answer) {
    case io::Fetcher::Answer::kTaken:
      return SIPWARD_OK;
    case io::Fetcher::Answer::kKnown:
      return SIPWARD_END;
    case io::Fetcher::Answer::kFull:
      return SIPWARD_ERR_LIMIT;
    case io::Fetcher::Answer::kForked:
      return SIPWARD_ERR_PROCESS;
    case io::Fetcher::Answer::kRefused:
      break;
  }
  if (reason != nullptr) *reason = Text(why);
  return SIPWARD_ERR_CREDENTIAL;
}

}  // namespace

extern "C" {

int32_t sipward_fetcher_create(const sipward_trust* trust, const sipward_fetcher_options* options,
                               sipward_fetcher** out) {
  // The struct behind `trust` is that of another library: only its address can be judged.
  if (trust == nullptr || reinterpret_cast<uintptr_t>(trust) % alignof(void*) != 0 ||
      !Usable(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  sipward_fetcher_options given{};
  if (options != nullptr && !ReadStruct(options, &given)) return SIPWARD_ERR_ARGUMENT;
  if (!InRange(given)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    io::FetchOptions made;
    if (!ToOptions(given, &made)) return SIPWARD_ERR_ARGUMENT;
    *out = std::make_unique<sipward_fetcher>(trust, std::move(made)).release();
    return SIPWARD_OK;
  });
}

void sipward_fetcher_destroy(sipward_fetcher* fetcher) {
  if (Usable(fetcher)) delete fetcher;
}

int32_t sipward_fetcher_request(const sipward_fetcher* fetcher, const char* url, size_t size,
                                sipward_text* reason) {
  if (!Usable(fetcher) || !UsableBytes(url, size) || (reason != nullptr && !Usable(reason))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    std::string_view why;
    const io::Fetcher::Answer answer = fetcher->fetcher.Request(View(url, size), &why);
    return StatusOf(answer, why, reason);
  });
}

int32_t sipward_fetcher_next(const sipward_fetcher* fetcher, sipward_fetch_arrival* out) {
  if (!Usable(fetcher) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    if (fetcher->fetcher.forked()) return SIPWARD_ERR_PROCESS;
    io::Fetcher::Arrival arrival;
    if (!fetcher->fetcher.Next(&arrival)) return SIPWARD_END;
    sipward_fetch_arrival made{};
    const size_t size = std::min(arrival.url.size(), sizeof made.url);
    made.url_size = static_cast<uint32_t>(size);
    std::memcpy(made.url, arrival.url.data(), size);
    made.reason = Text(arrival.reason);
    made.sentence = Text(arrival.sentence);
    WriteStruct(made, out);
    return SIPWARD_OK;
  });
}

int32_t sipward_fetcher_wait(const sipward_fetcher* fetcher, uint32_t most_ms) {
  if (!Usable(fetcher) || most_ms > kMostMilliseconds) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    if (fetcher->fetcher.forked()) return SIPWARD_ERR_PROCESS;
    return fetcher->fetcher.Wait(std::chrono::milliseconds(most_ms)) ? SIPWARD_OK : SIPWARD_END;
  });
}

int32_t sipward_fetcher_descriptor(const sipward_fetcher* fetcher, int32_t* out) {
  if (!Usable(fetcher) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  if (fetcher->fetcher.forked()) return SIPWARD_ERR_PROCESS;
  *out = fetcher->fetcher.descriptor();
  return SIPWARD_OK;
}

int32_t sipward_fetcher_read_statistics(const sipward_fetcher* fetcher,
                                        sipward_fetcher_statistics* out) {
  if (!Usable(fetcher) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    if (fetcher->fetcher.forked()) return SIPWARD_ERR_PROCESS;
    const io::Fetcher::Statistics counted = fetcher->fetcher.statistics();
    sipward_fetcher_statistics made{};
    made.in_flight = static_cast<uint32_t>(counted.in_flight);
    made.waiting = counted.waiting;
    made.requests = counted.requests;
    made.known = counted.known;
    made.joined = counted.joined;
    made.refused = counted.refused;
    made.limited = counted.limited;
    made.full = counted.full;
    made.fetches = counted.fetches;
    made.failures = counted.failures;
    made.arrivals_lost = counted.arrivals_lost;
    WriteStruct(made, out);
    return SIPWARD_OK;
  });
}

}  // extern "C"
