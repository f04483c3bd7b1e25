// A fetcher before a hostile server on loopback, which a permit lets it reach.
#ifndef SIPWARD_TESTS_IO_FETCH_FETCH_FIXTURE_H_
#define SIPWARD_TESTS_IO_FETCH_FETCH_FIXTURE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <string>
#include <string_view>

#include "io/fetch.h"
#include "sipward.h"
#include "tests/identity/pki_files.h"
#include "tests/io/fetch/hostile_server.h"

namespace sipward::io {

inline sipward_endpoint V4(uint8_t a, uint8_t b, uint8_t c, uint8_t d, uint16_t port = 0) {
  return {{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xFF, 0xFF, a, b, c, d}, port, 0};
}

class FetchTest : public testing::Test {
 protected:
  static void SetUpTestSuite() { server_ = std::make_unique<HostileServer>(); }
  static void TearDownTestSuite() { server_.reset(); }

  FetchTest() {
    server().Reset();
    sipward_trust_create(nullptr, &trust_);
    const std::string anchors = identity::PkiFile("anchors.pem");
    EXPECT_EQ(sipward_trust_set_anchors(trust_, anchors.data(), anchors.size(), now_, nullptr),
              SIPWARD_OK);
  }
  ~FetchTest() override { sipward_trust_destroy(trust_); }

  static HostileServer& server() { return *server_; }

  // Slow machines are no failure: only tests of time itself ask for less.
  FetchOptions Options() {
    FetchOptions options;
    options.total = std::chrono::seconds(20);
    options.limits.connect = std::chrono::seconds(20);
    for (const uint16_t port :
         {server().port(), server().old_port(), server().plain_port(), server().mute_port()}) {
      options.permits.push_back({V4(127, 0, 0, 1, port), 128});
    }
    options.ca_file = server().ca_file();
    options.now = [this] { return now_.load(); };
    options.resolve = [](const std::string&, Addresses* out) {
      out->push_back(V4(127, 0, 0, 1));
      return true;
    };
    return options;
  }

  static std::string Url(const std::string& path, const std::string& host = "cr.example.test",
                         uint16_t port = server().port()) {
    return "https://" + host + ":" + std::to_string(port) + path;
  }

  static Fetcher::Answer Request(Fetcher* fetcher, const std::string& url) {
    std::string_view reason;
    return fetcher->Request(url, &reason);
  }

  // What comes of one fetch, and what the trust says then.
  std::string Get(const std::string& url, FetchOptions options) {
    Fetcher fetcher(trust_, std::move(options));
    if (Request(&fetcher, url) != Fetcher::Answer::kTaken) return "not taken";
    Fetcher::Arrival arrival;
    if (!fetcher.Wait(std::chrono::seconds(60)) || !fetcher.Next(&arrival)) return "nothing came";
    EXPECT_EQ(arrival.url, url);
    EXPECT_FALSE(fetcher.Next(&arrival));
    EXPECT_EQ(Known(url), arrival.reason);
    sentence_ = arrival.sentence;
    return std::string(arrival.reason);
  }
  std::string Get(const std::string& path) { return Get(Url(path), Options()); }

  std::string Known(const std::string& url) const {
    uint32_t state = 0;
    sipward_text reason{};
    EXPECT_EQ(sipward_trust_find(trust_, url.data(), url.size(), now_, &state, &reason),
              SIPWARD_OK);
    switch (state) {
      case SIPWARD_CERTIFICATE_MISSING:
        return "missing";
      case SIPWARD_CERTIFICATE_FRESH:
        return "OK";
      case SIPWARD_CERTIFICATE_STALE:
        return "stale";
      default:
        return {reason.data, reason.size};
    }
  }

  std::atomic<int64_t> now_ = identity::kPkiNow;
  sipward_trust* trust_ = nullptr;
  std::string sentence_;

 private:
  static inline std::unique_ptr<HostileServer> server_;
};

}  // namespace sipward::io

#endif  // SIPWARD_TESTS_IO_FETCH_FETCH_FIXTURE_H_
