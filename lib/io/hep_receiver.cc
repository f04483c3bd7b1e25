#include "io/hep_receiver.h"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstring>

#include "io/hep_spread.h"
#include "io/inflater.h"
#include "io/socket.h"

namespace sipward::io {
namespace {

constexpr size_t kBatch = 32;         // datagrams of one call
constexpr size_t kMostBatches = 64;   // of one Read
constexpr int kRoomBytes = 16 << 20;  // asked for; the system may give less
constexpr size_t kStreamBytes = 65536;

std::string Reason(const std::string& place) { return place + ": " + std::strerror(errno); }

struct Connection {
  Socket socket;
  std::string bytes;  // that came and are no whole packet yet
};

}  // namespace

struct HepReceiver::Impl {
  bool Fail(const std::string& why) {
    error = why;
    return false;
  }
  bool Listen(SocketAddress address, Sharing sharing);
  bool TakePacket(std::string_view bytes, const Take& take);
  bool TakeCompressed(HepItem item, const Take& take);
  bool ReadDatagrams(const Take& take);
  void NoteLosses(const msghdr& header);
  void Accept();
  // False: the connection is over; `stopped` is set if `take` said so.
  bool ReadConnection(Connection* connection, const Take& take, bool* stopped);
  bool TakeFrom(Connection* connection, const Take& take, bool* stopped);

  Socket datagrams, listener;
  std::vector<Connection> connections;
  std::string key;
  std::string error;
  uint16_t port = 0;
  uint32_t lost_before = 0;  // what the kernel counted
  HepStatistics statistics;
  Inflater inflater;
  std::vector<char> room;  // once something is read
};

bool HepReceiver::Impl::TakePacket(std::string_view bytes, const Take& take) {
  HepItem item;
  const HepStatus status = ReadHep(bytes, &item);
  if (status == HepStatus::kMalformed) {
    ++statistics.malformed;
    return true;
  }
  ++statistics.packets;
  if (!key.empty() && item.key != key) {
    ++statistics.wrong_key;
    return true;
  }
  if (status == HepStatus::kSip) return take(item);
  if (status == HepStatus::kCompressed) return TakeCompressed(item, take);
  ++statistics.not_sip;
  return true;
}

// Only behind the key, since it costs.
bool HepReceiver::Impl::TakeCompressed(HepItem item, const Take& take) {
  switch (inflater.Read(item.payload, &item.payload)) {
    case Inflated::kWhole:
      break;
    case Inflated::kTooLarge:
      ++statistics.too_large;
      return true;
    default:
      ++statistics.damaged;
      return true;
  }
  ++statistics.compressed;
  item.compressed = false;
  item.packet.size = item.payload.size();
  return take(item);
}

// With each datagram the kernel says how many it had no room for so far, in 32 bits.
void HepReceiver::Impl::NoteLosses(const msghdr& header) {
  for (cmsghdr* c = CMSG_FIRSTHDR(&header); c != nullptr;
       c = CMSG_NXTHDR(const_cast<msghdr*>(&header), c)) {
    if (c->cmsg_level != SOL_SOCKET || c->cmsg_type != SO_RXQ_OVFL) continue;
    uint32_t lost = 0;
    std::memcpy(&lost, CMSG_DATA(c), sizeof lost);
    statistics.lost += lost - lost_before;
    lost_before = lost;
  }
}

bool HepReceiver::Impl::ReadDatagrams(const Take& take) {
  std::array<mmsghdr, kBatch> headers;
  std::array<iovec, kBatch> pieces;
  alignas(cmsghdr) std::array<std::array<char, 64>, kBatch> controls;
  for (size_t batch = 0; batch < kMostBatches; ++batch) {
    for (size_t i = 0; i < kBatch; ++i) {
      pieces[i] = {room.data() + i * kMostHepBytes, kMostHepBytes};
      headers[i] = {};
      headers[i].msg_hdr.msg_iov = &pieces[i];
      headers[i].msg_hdr.msg_iovlen = 1;
      headers[i].msg_hdr.msg_control = controls[i].data();
      headers[i].msg_hdr.msg_controllen = controls[i].size();
    }
    const int count = recvmmsg(datagrams.get(), headers.data(), kBatch, MSG_DONTWAIT, nullptr);
    for (int i = 0; i < count; ++i) {
      const mmsghdr& header = headers[static_cast<size_t>(i)];
      NoteLosses(header.msg_hdr);
      const auto* bytes = static_cast<const char*>(header.msg_hdr.msg_iov->iov_base);
      if (!TakePacket({bytes, header.msg_len}, take)) return false;
    }
    if (count < static_cast<int>(kBatch)) break;
  }
  return true;
}

void HepReceiver::Impl::Accept() {
  for (;;) {
    Socket made(accept4(listener.get(), nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
    if (!made) return;
    if (connections.size() == kMostConnections) {
      ++statistics.refused_connections;
      continue;
    }
    ++statistics.connections;
    connections.push_back({std::move(made), {}});
  }
}

bool HepReceiver::Impl::ReadConnection(Connection* connection, const Take& take, bool* stopped) {
  for (size_t round = 0; round < kMostBatches; ++round) {
    const ssize_t got = recv(connection->socket.get(), room.data(), kStreamBytes, MSG_DONTWAIT);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) return true;
    if (got <= 0) return false;
    connection->bytes.append(room.data(), static_cast<size_t>(got));
    if (!TakeFrom(connection, take, stopped)) return false;
  }
  return true;
}

bool HepReceiver::Impl::TakeFrom(Connection* connection, const Take& take, bool* stopped) {
  std::string_view rest = connection->bytes;
  for (;;) {
    const size_t size = rest.empty() ? 0 : HepSize(rest);
    if (size == kNoHep) {
      ++statistics.malformed;
      return false;
    }
    if (size == 0 || size > rest.size()) break;
    if (!TakePacket(rest.substr(0, size), take)) {
      *stopped = true;
      return false;
    }
    rest.remove_prefix(size);
  }
  connection->bytes.erase(0, connection->bytes.size() - rest.size());
  return true;
}

HepReceiver::HepReceiver() : impl_(std::make_unique<Impl>()) {}
HepReceiver::~HepReceiver() = default;

// Both sockets at one port. Where any will do, one that is free for datagrams may be taken for
// connections.
bool HepReceiver::Impl::Listen(SocketAddress address, Sharing sharing) {
  constexpr int kTries = 16;
  const bool any = PortOf(address) == 0;
  for (int i = 0; i < (any ? kTries : 1); ++i) {
    if (any) SetPort(&address, 0);
    datagrams = ListenAt(address, SOCK_DGRAM, sharing);
    if (!datagrams || !AddressOf(datagrams, &address)) return false;
    listener = ListenAt(address, SOCK_STREAM, sharing);
    port = PortOf(address);
    if (listener) return true;
  }
  return false;
}

bool HepReceiver::Open(const std::string& place, const std::string& key) {
  return OpenAt(place, key, false);
}

// The first of them is alone for a moment, to see that nobody else listens there.
bool HepReceiver::OpenAll(const std::string& place, const std::string& key,
                          std::vector<std::unique_ptr<HepReceiver>>* receivers) {
  HepReceiver& first = *receivers->front();
  if (!first.OpenAt(place, key, false)) return false;
  const std::string all = place.substr(0, place.rfind(':') + 1) + std::to_string(first.port());
  first.impl_->datagrams = {};
  first.impl_->listener = {};
  for (const std::unique_ptr<HepReceiver>& receiver : *receivers) {
    if (receiver->OpenAt(all, key, true)) continue;
    return first.impl_->Fail(receiver->error());
  }
  return SpreadByFlow(first.impl_->datagrams.get(), static_cast<uint32_t>(receivers->size())) ||
         first.impl_->Fail(Reason(all));
}

void HepReceiver::GoOnAfter(uint64_t lost) { impl_->lost_before = static_cast<uint32_t>(lost); }

bool HepReceiver::OpenAt(const std::string& place, const std::string& key, bool shared) {
  Impl& impl = *impl_;
  const std::optional<SocketAddress> address = ParseSocketAddress(place, &impl.error);
  if (!address) return false;
  if (!impl.Listen(*address, shared ? Sharing::kShared : Sharing::kAlone)) {
    return impl.Fail(Reason(place));
  }
  const int socket = impl.datagrams.get(), yes = 1, bytes = kRoomBytes;
  setsockopt(socket, SOL_SOCKET, SO_RXQ_OVFL, &yes, sizeof yes);
  // Root may have more than others.
  if (setsockopt(socket, SOL_SOCKET, SO_RCVBUFFORCE, &bytes, sizeof bytes) != 0) {
    setsockopt(socket, SOL_SOCKET, SO_RCVBUF, &bytes, sizeof bytes);
  }
  impl.key = key;
  return true;
}

uint16_t HepReceiver::port() const { return impl_->port; }

void HepReceiver::AppendDescriptors(std::vector<pollfd>* descriptors) const {
  descriptors->push_back({impl_->datagrams.get(), POLLIN, 0});
  descriptors->push_back({impl_->listener.get(), POLLIN, 0});
  for (const Connection& connection : impl_->connections) {
    descriptors->push_back({connection.socket.get(), POLLIN, 0});
  }
}

bool HepReceiver::Read(const Take& take) {
  Impl& impl = *impl_;
  if (impl.room.empty()) impl.room.resize(kBatch * kMostHepBytes);
  if (!impl.ReadDatagrams(take)) return false;
  impl.Accept();
  bool stopped = false;
  for (size_t i = 0; i < impl.connections.size() && !stopped;) {
    if (impl.ReadConnection(&impl.connections[i], take, &stopped)) {
      ++i;
      continue;
    }
    if (stopped) break;
    impl.statistics.unfinished_bytes += impl.connections[i].bytes.size();
    impl.connections.erase(impl.connections.begin() + static_cast<std::ptrdiff_t>(i));
  }
  return !stopped;
}

const std::string& HepReceiver::error() const { return impl_->error; }
const HepStatistics& HepReceiver::statistics() const { return impl_->statistics; }

}  // namespace sipward::io
