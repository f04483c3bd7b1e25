#include "io/capture.h"

#include <pcap/pcap.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <ctime>
#include <limits>
#include <string_view>
#include <utility>

#include "io/fanout.h"
#include "io/packet_decoder.h"
#include "io/sip_likeness.h"
#include "io/tcp_streams.h"
#include "io/view.h"

namespace sipward::io {
namespace {

struct PcapCloser {
  void operator()(pcap_t* pcap) const { pcap_close(pcap); }
};
struct FileCloser {
  void operator()(FILE* file) const {
    if (file != stdin) std::fclose(file);
  }
};
using PcapPtr = std::unique_ptr<pcap_t, PcapCloser>;
using FilePtr = std::unique_ptr<FILE, FileCloser>;

// Times that do not fit into 64 bits of nanoseconds become the nearest ones that do.
int64_t ToNanoseconds(const timeval& time, int64_t fraction_ns) {
  constexpr int64_t kSecond = 1'000'000'000;
  constexpr int64_t kLast = std::numeric_limits<int64_t>::max() / kSecond - 1;
  const auto seconds = std::min<int64_t>(std::max<int64_t>(time.tv_sec, 0), kLast);
  const auto fraction = std::min<int64_t>(std::max<int64_t>(time.tv_usec, 0), kSecond - 1);
  return seconds * kSecond + std::min(fraction * fraction_ns, kSecond - 1);
}

sipward_packet MakePacket(uint32_t transport, const sipward_endpoint& source,
                          const sipward_endpoint& destination, size_t size, Stamp stamp) {
  sipward_packet packet{};
  packet.struct_size = sizeof packet;
  packet.transport = transport;
  packet.size = size;
  packet.wall_ns = stamp.wall_ns;
  packet.monotonic_ns = stamp.wall_ns;
  packet.source = source;
  packet.destination = destination;
  return packet;
}

}  // namespace

struct CaptureReader::Impl {
  Impl() : decoder(&statistics), streams(&statistics) {}

  bool Fail(const std::string& what);
  bool CheckFile(FILE* file);
  bool ReadHeader(FilePtr file);
  bool Activate(const LiveSource& source);
  bool SetFilter(const std::string& filter);
  bool Join(int32_t wanted);
  bool CheckLinkType();
  std::string DescribeReadError() const;
  // False: at the end, or failed.
  bool ReadFrame();
  bool HandleFrame(const pcap_pkthdr& header, const u_char* bytes);
  bool HandleUdp(const IpPacket& ip);
  void Fill(const TcpMessage& message, CaptureItem* item) const;
  void UpdatePosition();

  std::string name;
  std::string error;
  PcapPtr pcap;
  int link_type = 0;
  bool live = false;   // an interface, not a file
  bool quiet = false;  // and nothing more has come
  int32_t group = LiveSource::kNoGroup;
  int64_t since_ns = 0;     // what came before was for the others of the group
  int64_t fraction_ns = 1;  // the unit of the fractions of its seconds
  uint64_t size = 0;
  uint64_t position = 0;
  bool at_end = false;
  Stamp stamp;
  CaptureStatistics statistics;
  PacketDecoder decoder;
  TcpStreams streams;
  UdpDatagram datagram;  // of the current frame, if `has_datagram`
  bool has_datagram = false;
};

bool CaptureReader::Impl::Fail(const std::string& what) {
  error = name + ": " + what;
  pcap.reset();
  return false;
}

bool CaptureReader::Impl::CheckFile(FILE* file) {
  struct stat status {};
  // A stream over memory has no descriptor and nothing to check.
  const int descriptor = fileno(file);
  if (descriptor < 0 || fstat(descriptor, &status) != 0) return true;
  if (S_ISDIR(status.st_mode)) return Fail("is a directory, not a capture file");
  if (!S_ISREG(status.st_mode)) return true;
  if (status.st_size == 0) return Fail("is empty");
  size = static_cast<uint64_t>(status.st_size);
  return true;
}

bool CaptureReader::Impl::ReadHeader(FilePtr file) {
  const int first = std::getc(file.get());
  if (first == EOF) return Fail(std::ferror(file.get()) != 0 ? "cannot be read" : "is empty");
  std::ungetc(first, file.get());
  constexpr int kGzip = 0x1F;
  if (first == kGzip) return Fail("is compressed; unpack it first");
  char reason[PCAP_ERRBUF_SIZE] = "";
  pcap.reset(
      pcap_fopen_offline_with_tstamp_precision(file.get(), PCAP_TSTAMP_PRECISION_NANO, reason));
  if (!pcap) {
    const std::string_view why = reason;
    if (why.find("unknown file format") != why.npos) return Fail("is not a pcap or pcapng capture");
    if (why.find("truncated") != why.npos) return Fail("is cut off before the first frame");
    return Fail("is not a usable capture: " + std::string(why));
  }
  static_cast<void>(file.release());  // libpcap closes it
  return CheckLinkType();
}

bool CaptureReader::Impl::CheckLinkType() {
  link_type = pcap_datalink(pcap.get());
  if (IsLinkTypeKnown(link_type)) return true;
  const char* link_name = pcap_datalink_val_to_name(link_type);
  return Fail("has frames of link type " +
              (link_name != nullptr ? std::string(link_name) : std::to_string(link_type)) +
              ", which are not supported");
}

// A message comes to light within kDelayMs.
bool CaptureReader::Impl::Activate(const LiveSource& source) {
  constexpr int kWholeFrames = 262144, kDelayMs = 50;
  char reason[PCAP_ERRBUF_SIZE] = "";
  pcap.reset(pcap_create(source.interface.c_str(), reason));
  if (!pcap) return Fail(reason);
  live = true;
  pcap_set_snaplen(pcap.get(), kWholeFrames);
  pcap_set_promisc(pcap.get(), 1);
  pcap_set_timeout(pcap.get(), kDelayMs);
  pcap_set_buffer_size(pcap.get(), source.buffer_bytes);
  pcap_set_tstamp_precision(pcap.get(), PCAP_TSTAMP_PRECISION_NANO);
  const int status = pcap_activate(pcap.get());
  if (status < 0) {
    const std::string_view why = pcap_geterr(pcap.get());
    const bool forbidden = status == PCAP_ERROR_PERM_DENIED;
    return Fail((why.empty() ? pcap_statustostr(status) : std::string(why)) +
                (forbidden ? "; root or CAP_NET_RAW is needed" : ""));
  }
  if (pcap_get_tstamp_precision(pcap.get()) != PCAP_TSTAMP_PRECISION_NANO) fraction_ns = 1000;
  if (pcap_setnonblock(pcap.get(), 1, reason) != 0) return Fail(reason);
  return CheckLinkType() && SetFilter(source.filter) && Join(source.group);
}

// Until it has joined, a reader gets all that the others get.
bool CaptureReader::Impl::Join(int32_t wanted) {
  if (wanted == LiveSource::kNoGroup) return true;
  const int socket = pcap_fileno(pcap.get());
  group = JoinFanout(socket, wanted);
  if (group < 0) return Fail(std::string("cannot be shared: ") + std::strerror(errno));
  timespec now{};
  clock_gettime(CLOCK_REALTIME, &now);
  since_ns = ToNanoseconds({now.tv_sec, now.tv_nsec}, 1);
  return true;
}

bool CaptureReader::Impl::SetFilter(const std::string& filter) {
  if (filter.empty()) return true;
  bpf_program program{};
  if (pcap_compile(pcap.get(), &program, filter.c_str(), 1, PCAP_NETMASK_UNKNOWN) != 0) {
    return Fail("the filter '" + filter + "' is wrong: " + pcap_geterr(pcap.get()));
  }
  const bool set = pcap_setfilter(pcap.get(), &program) == 0;
  pcap_freecode(&program);
  return set || Fail(pcap_geterr(pcap.get()));
}

// Ours where libpcap's words are known, else libpcap's.
std::string CaptureReader::Impl::DescribeReadError() const {
  const std::string_view why = pcap_geterr(pcap.get());
  const std::string frames = std::to_string(statistics.frames);
  if (why.find("truncated") != why.npos)
    return "the capture is cut off after " + frames + " frames";
  if (why.find("different from the type") != why.npos) {
    return "interfaces of different link types in one file are not supported (after " + frames +
           " frames); save them to files of their own";
  }
  return "the capture is damaged after " + frames + " frames: " + std::string(why);
}

void CaptureReader::Impl::UpdatePosition() {
  const long at = std::ftell(pcap_file(pcap.get()));
  if (at > 0) position = static_cast<uint64_t>(at);
}

bool CaptureReader::Impl::ReadFrame() {
  pcap_pkthdr* header = nullptr;
  const u_char* bytes = nullptr;
  const int result = pcap_next_ex(pcap.get(), &header, &bytes);
  if (result == 1) return HandleFrame(*header, bytes);
  if (result == 0 && live) {
    since_ns = 0;
    quiet = true;
    return true;
  }
  if (result == PCAP_ERROR_BREAK) {
    at_end = true;
    position = size;
    streams.Finish();
    return true;
  }
  return Fail(live ? std::string(pcap_geterr(pcap.get())) : DescribeReadError());
}

bool CaptureReader::Impl::HandleFrame(const pcap_pkthdr& header, const u_char* bytes) {
  constexpr uint64_t kPositionEvery = 256;
  stamp = {++statistics.frames, ToNanoseconds(header.ts, fraction_ns)};
  if (!live && stamp.frame % kPositionEvery == 0) UpdatePosition();
  if (stamp.wall_ns < since_ns) return true;
  since_ns = 0;  // later ones are its own, even if the clock is set back
  View view;
  view.bytes = {reinterpret_cast<const char*>(bytes), header.caplen};
  if (header.len > header.caplen) {
    view.missing = header.len - header.caplen;
    ++statistics.truncated_frames;
  }
  IpPacket ip;
  if (!decoder.Decode(view, link_type, stamp, &ip)) return true;
  if (ip.protocol == kProtocolUdp) return HandleUdp(ip);
  TcpSegment segment;
  if (!PacketDecoder::ReadTcp(ip, &segment)) {
    ++statistics.dropped_malformed;
    return true;
  }
  ++statistics.tcp_segments;
  streams.Add(segment, stamp);
  return true;
}

bool CaptureReader::Impl::HandleUdp(const IpPacket& ip) {
  if (!PacketDecoder::ReadUdp(ip, &datagram)) {
    ++statistics.dropped_malformed;
    return true;
  }
  ++statistics.udp_datagrams;
  const bool sip_port = IsSipPort(datagram.source.port) || IsSipPort(datagram.destination.port);
  const std::string_view bytes = datagram.payload.bytes;
  const Likeness likeness = sip_port ? JudgeGenerously(bytes) : JudgeStrictly(bytes);
  has_datagram = likeness == Likeness::kSip;
  if (!has_datagram && sip_port) ++statistics.not_sip;
  return true;
}

void CaptureReader::Impl::Fill(const TcpMessage& message, CaptureItem* item) const {
  const std::string_view bytes = message.message.bytes;
  item->packet = MakePacket(SIPWARD_TRANSPORT_TCP, message.source, message.destination,
                            bytes.size(), message.stamp);
  item->data = bytes.data();
  item->size = bytes.size();
  item->frame = message.stamp.frame;
  item->truncated = message.message.truncated;
  item->unframed = message.message.unframed;
}

CaptureReader::CaptureReader() : impl_(std::make_unique<Impl>()) {}
CaptureReader::~CaptureReader() = default;
CaptureReader::CaptureReader(CaptureReader&&) noexcept = default;
CaptureReader& CaptureReader::operator=(CaptureReader&&) noexcept = default;

bool CaptureReader::Open(const std::string& path) {
  if (path == "-") return OpenStream(stdin, "standard input");
  FILE* file = std::fopen(path.c_str(), "rb");
  if (file == nullptr) {
    const int why = errno;
    impl_ = std::make_unique<Impl>();
    impl_->name = path;
    return impl_->Fail(why == ENOENT ? "there is no such file" : std::strerror(why));
  }
  return OpenStream(file, path);
}

bool CaptureReader::OpenStream(FILE* stream, const std::string& name) {
  FilePtr file(stream);
  impl_ = std::make_unique<Impl>();
  impl_->name = name;
  return impl_->CheckFile(stream) && impl_->ReadHeader(std::move(file));
}

bool CaptureReader::OpenLive(const LiveSource& source) {
  impl_ = std::make_unique<Impl>();
  impl_->name = source.interface;
  return impl_->Activate(source);
}

int CaptureReader::descriptor() const { return pcap_get_selectable_fd(impl_->pcap.get()); }

int32_t CaptureReader::group() const { return impl_->group; }

LiveLosses CaptureReader::Losses() const {
  pcap_stat counts{};
  if (!impl_->pcap || pcap_stats(impl_->pcap.get(), &counts) != 0) return {};
  return {counts.ps_drop, counts.ps_ifdrop};
}

CaptureStatus CaptureReader::Next(CaptureItem* item) {
  Impl& impl = *impl_;
  if (!impl.pcap) return CaptureStatus::kError;
  while (true) {
    TcpMessage message;
    if (impl.streams.Next(&message)) {
      ++impl.statistics.messages;
      impl.Fill(message, item);
      return CaptureStatus::kMessage;
    }
    if (impl.at_end) return CaptureStatus::kEnd;
    if (!impl.ReadFrame()) return CaptureStatus::kError;
    if (std::exchange(impl.quiet, false)) return CaptureStatus::kQuiet;
    if (!std::exchange(impl.has_datagram, false)) continue;
    const View& payload = impl.datagram.payload;
    ++impl.statistics.messages;
    *item = {MakePacket(SIPWARD_TRANSPORT_UDP, impl.datagram.source, impl.datagram.destination,
                        payload.bytes.size(), impl.stamp),
             payload.bytes.data(),
             payload.bytes.size(),
             impl.stamp.frame,
             payload.missing > 0,
             false};
    return CaptureStatus::kMessage;
  }
}

const std::string& CaptureReader::error() const { return impl_->error; }
const CaptureStatistics& CaptureReader::statistics() const { return impl_->statistics; }
uint64_t CaptureReader::position() const { return impl_->position; }
uint64_t CaptureReader::size() const { return impl_->size; }

}  // namespace sipward::io
