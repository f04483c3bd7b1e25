// Takes HEP3 from the network: a UDP socket and a TCP socket at one address.
#ifndef SIPWARD_IO_HEP_RECEIVER_H_
#define SIPWARD_IO_HEP_RECEIVER_H_

#include <poll.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "io/hep.h"

namespace sipward::io {

// What came in. Nothing is dropped without being counted.
struct HepStatistics {
  uint64_t packets = 0;              // whole ones of HEP3, of whatever they tell
  uint64_t not_sip = 0;              // of them: RTCP, logs
  uint64_t compressed = 0;           // of them: SIP that was compressed, and is judged
  uint64_t damaged = 0;              // of them: what is no whole stream of zlib
  uint64_t too_large = 0;            // of them: what would become larger than Inflater allows
  uint64_t malformed = 0;            // no HEP3; a connection that sends such is closed
  uint64_t wrong_key = 0;            // without the key that was asked for
  uint64_t lost = 0;                 // datagrams for which the socket had no room
  uint64_t connections = 0;          // accepted
  uint64_t refused_connections = 0;  // one too many
  uint64_t unfinished_bytes = 0;     // of packets whose connection ended
};

// One thread at a time. Memory is bounded: 2 MB, and 64 KB for each of at most 64 connections.
class HepReceiver {
 public:
  static constexpr size_t kMostConnections = 64;
  using Take = std::function<bool(const HepItem&)>;

  HepReceiver();
  ~HepReceiver();
  HepReceiver(const HepReceiver&) = delete;
  HepReceiver& operator=(const HepReceiver&) = delete;

  // Listens at "192.0.2.1:9060" or "[2001:db8::1]:9060"; port 0 takes a free one. `key`: what
  // packets must bring; empty: nothing. False: see error().
  bool Open(const std::string& place, const std::string& key);
  // So many at one place instead, each of which gets a part of what comes: of UDP both directions
  // of a flow go to one of them (io/hep_spread.h), of TCP each gets whole connections. A place at
  // which somebody else listens is refused. False: see error() of the first.
  static bool OpenAll(const std::string& place, const std::string& key,
                      std::vector<std::unique_ptr<HepReceiver>>* receivers);
  // For a process that takes over the sockets of another that died: what the kernel lost before has
  // been told of.
  void GoOnAfter(uint64_t lost);
  // The port that it listens at.
  uint16_t port() const;
  // Appends what poll() should wait for.
  void AppendDescriptors(std::vector<pollfd>* descriptors) const;
  // Takes what has come, without waiting, and at most some thousand packets so that others have
  // their turn: calls `take` for each of SIP, and stops with false if that says so.
  bool Read(const Take& take);

  const std::string& error() const;
  const HepStatistics& statistics() const;

 private:
  struct Impl;
  bool OpenAt(const std::string& place, const std::string& key, bool shared);

  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_HEP_RECEIVER_H_
