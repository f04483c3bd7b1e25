#include "io/fetch_download.h"

#include <curl/curl.h>
#include <sys/socket.h>

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>

#include "io/fetch_head.h"

namespace sipward::io {
namespace {

using Clock = Resolver::Clock;

struct CurlDeleter {
  void operator()(CURL* curl) const { curl_easy_cleanup(curl); }
};
struct ListDeleter {
  void operator()(curl_slist* list) const { curl_slist_free_all(list); }
};

// What the callbacks of one transfer know.
struct Transfer {
  const Addresses& addresses;
  const std::vector<Permit>& permits;
  const DownloadLimits& limits;
  const std::atomic<bool>& stop;
  ResponseHead head;
  std::string document;
  std::optional<FetchOutcome> refused;  // why a callback broke it off

  size_t Refuse(FetchOutcome why) {
    if (!refused) refused = why;
    return 0;
  }
};

std::optional<FetchOutcome> Judge(const ResponseHead& head) {
  const int status = head.status();
  if (status >= 300 && status < 400 && status != 304) return FetchOutcome::kRedirect;
  if (status != 200) return FetchOutcome::kStatus;
  if (head.encoded()) return FetchOutcome::kEncoded;
  return std::nullopt;
}

// Of every call: a transfer goes on if all of `size` was taken.
size_t OnHeader(char* bytes, size_t one, size_t size, void* context) {
  auto* transfer = static_cast<Transfer*>(context);
  const size_t count = one * size;
  ResponseHead& head = transfer->head;
  if (head.bytes() + count > transfer->limits.head)
    return transfer->Refuse(FetchOutcome::kTooLarge);
  head.Add({bytes, count});
  const bool interim = head.status() >= 100 && head.status() < 200;
  if (head.complete() && !interim) {
    if (const auto why = Judge(head)) return transfer->Refuse(*why);
  }
  return count;
}

size_t OnBody(char* bytes, size_t one, size_t size, void* context) {
  auto* transfer = static_cast<Transfer*>(context);
  const size_t count = one * size;
  if (transfer->document.size() + count > transfer->limits.document) {
    return transfer->Refuse(FetchOutcome::kTooLarge);
  }
  transfer->document.append(bytes, count);
  return count;
}

// The last word on where to: only what was resolved and checked.
curl_socket_t OnSocket(void* context, curlsocktype, curl_sockaddr* address) {
  auto* transfer = static_cast<Transfer*>(context);
  const auto endpoint = EndpointOf(&address->addr, address->addrlen);
  const bool known =
      endpoint && std::any_of(transfer->addresses.begin(), transfer->addresses.end(),
                              [&](const auto& other) { return IsSame(*endpoint, other); });
  if (!known || !MayConnect(*endpoint, transfer->permits)) {
    transfer->Refuse(FetchOutcome::kDenied);
    return CURL_SOCKET_BAD;
  }
  return socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

int OnProgress(void* context, curl_off_t, curl_off_t, curl_off_t, curl_off_t) {
  auto* transfer = static_cast<Transfer*>(context);
  if (!transfer->stop.load(std::memory_order_relaxed)) return 0;
  transfer->Refuse(FetchOutcome::kStopped);
  return 1;
}

FetchOutcome OutcomeOf(CURLcode code) {
  switch (code) {
    case CURLE_OK:
      return FetchOutcome::kArrived;
    case CURLE_OPERATION_TIMEDOUT:
      return FetchOutcome::kTimeout;
    case CURLE_COULDNT_CONNECT:
      return FetchOutcome::kNoConnection;
    case CURLE_FILESIZE_EXCEEDED:
      return FetchOutcome::kTooLarge;
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CERTPROBLEM:
    case CURLE_SSL_CIPHER:
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CACERT_BADFILE:
    case CURLE_SSL_ISSUER_ERROR:
      return FetchOutcome::kTls;
    default:
      return FetchOutcome::kBroken;
  }
}

// "name:port:address,address", so that libcurl asks nobody for the name.
std::string Pin(const Place& place, const Addresses& addresses) {
  std::string pin = place.host + ":" + std::to_string(place.port) + ":";
  for (const sipward_endpoint& endpoint : addresses) {
    if (pin.back() != ':' || &endpoint != &addresses.front()) pin += ",";
    const std::string text = AddressText(endpoint);
    pin += text.find(':') == std::string::npos ? text : "[" + text + "]";
  }
  return pin;
}

// libcurl copies texts, but not lists. Nothing of the environment counts; what libcurl leaves off
// unless asked (cookies, netrc, redirects, compression, Alt-Svc, HSTS) is not asked for.
bool SetUp(CURL* curl, const Place& place, const std::string& ca_file, curl_slist* pin,
           Transfer* transfer) {
  bool ok = true;
  const auto set = [&](CURLoption option, auto value) {
    ok = ok && curl_easy_setopt(curl, option, value) == CURLE_OK;
  };
  set(CURLOPT_NOSIGNAL, 1L);
  set(CURLOPT_URL, place.url.c_str());
  set(CURLOPT_PROTOCOLS_STR, "https");
  set(CURLOPT_PROXY, "");
  set(CURLOPT_NOPROXY, "*");
  set(CURLOPT_FOLLOWLOCATION, 0L);
  set(CURLOPT_PATH_AS_IS, 1L);
  set(CURLOPT_HTTP_VERSION,
      static_cast<long>(CURL_HTTP_VERSION_1_1));  // NOLINT(google-runtime-int)
  set(CURLOPT_HTTP09_ALLOWED, 0L);
  set(CURLOPT_HTTP_CONTENT_DECODING, 0L);
  set(CURLOPT_USERAGENT, "sipward");
  set(CURLOPT_RESOLVE, pin);
  set(CURLOPT_FRESH_CONNECT, 1L);
  set(CURLOPT_FORBID_REUSE, 1L);
  set(CURLOPT_SSLVERSION,
      static_cast<long>(CURL_SSLVERSION_TLSv1_2));  // NOLINT(google-runtime-int)
  set(CURLOPT_SSL_VERIFYPEER, 1L);
  set(CURLOPT_SSL_VERIFYHOST, 2L);
  set(CURLOPT_SSL_SESSIONID_CACHE, 0L);
  if (!ca_file.empty()) {
    set(CURLOPT_CAINFO, ca_file.c_str());
    set(CURLOPT_CAPATH, static_cast<char*>(nullptr));
  }
  set(CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(transfer->limits.document));
  set(CURLOPT_HEADERFUNCTION, &OnHeader);
  set(CURLOPT_HEADERDATA, transfer);
  set(CURLOPT_WRITEFUNCTION, &OnBody);
  set(CURLOPT_WRITEDATA, transfer);
  set(CURLOPT_OPENSOCKETFUNCTION, &OnSocket);
  set(CURLOPT_OPENSOCKETDATA, transfer);
  set(CURLOPT_NOPROGRESS, 0L);
  set(CURLOPT_XFERINFOFUNCTION, &OnProgress);
  set(CURLOPT_XFERINFODATA, transfer);
  return ok;
}

}  // namespace

Download FetchDocument(const Place& place, const Addresses& addresses,
                       const std::vector<Permit>& permits, const DownloadLimits& limits,
                       const std::string& ca_file, Clock::time_point deadline, int64_t now,
                       const std::atomic<bool>* stop) {
  Transfer transfer{addresses, permits, limits, *stop, {}, {}, {}};
  const std::unique_ptr<CURL, CurlDeleter> curl(curl_easy_init());
  const std::string text = Pin(place, addresses);
  const std::unique_ptr<curl_slist, ListDeleter> pin(curl_slist_append(nullptr, text.c_str()));
  if (!curl || !pin || !SetUp(curl.get(), place, ca_file, pin.get(), &transfer)) return {};
  const auto left =
      std::chrono::duration_cast<std::chrono::milliseconds>(deadline - Clock::now()).count();
  if (left <= 0) return {.outcome = FetchOutcome::kTimeout, .document = {}};
  // NOLINTBEGIN(google-runtime-int): what libcurl takes
  const auto total = static_cast<long>(left);
  const auto connect = static_cast<long>(limits.connect.count());
  // NOLINTEND(google-runtime-int)
  curl_easy_setopt(curl.get(), CURLOPT_TIMEOUT_MS, total);
  curl_easy_setopt(curl.get(), CURLOPT_CONNECTTIMEOUT_MS, std::min(connect, total));
  const CURLcode code = curl_easy_perform(curl.get());
  Download download;
  // A callback knows better why than the code that libcurl makes of it.
  download.outcome = transfer.refused.value_or(OutcomeOf(code));
  if (download.outcome == FetchOutcome::kArrived && !transfer.head.complete()) {
    download.outcome = FetchOutcome::kBroken;
  }
  if (download.outcome == FetchOutcome::kArrived) {
    download.document = std::move(transfer.document);
    download.max_age = transfer.head.max_age(now);
  }
  return download;
}

bool StartDownloads() {
  // Since libcurl 7.84 it may be called by several threads; it counts.
  static const bool started = curl_global_init(CURL_GLOBAL_DEFAULT) == CURLE_OK;
  return started;
}

}  // namespace sipward::io
