// One page over HTTP, as Prometheus fetches it, by libmicrohttpd.
#ifndef SIPWARD_IO_PAGE_SERVER_H_
#define SIPWARD_IO_PAGE_SERVER_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>

namespace sipward::io {

struct PageStatistics {
  uint64_t served = 0;   // times that the page was given
  uint64_t refused = 0;  // requests of something else
};

// One thread at a time, and none of its own: what has come is answered by Serve. Who asks slowly
// makes nobody wait; memory is bounded by kMostConnections of 16 KB, and a copy of the page for
// each.
class PageServer {
 public:
  static constexpr unsigned kMostConnections = 16;
  static constexpr unsigned kPatienceSeconds = 10;  // with a connection that says nothing
  using Write = std::function<std::string()>;

  PageServer();
  ~PageServer();
  PageServer(const PageServer&) = delete;
  PageServer& operator=(const PageServer&) = delete;

  // Listens at "192.0.2.1:9090" or "[2001:db8::1]:9090"; port 0 takes a free one. GET and HEAD of
  // `path` are answered with what `write` returns then, which is of this media type; other paths
  // with 404, other methods with 405. False: see error().
  bool Open(const std::string& place, std::string path, std::string type, Write write);
  bool is_open() const;
  // The port that it listens at.
  uint16_t port() const;
  // What poll() should wait for: readable when Serve has something to do.
  int descriptor() const;
  // Answers what has come, without waiting. At least once a second, or nobody's patience ends.
  void Serve();

  const std::string& error() const;
  const PageStatistics& statistics() const;

 private:
  struct Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_PAGE_SERVER_H_
