// Any bytes as one message: everything that can be asked is asked, and every answer lies inside the
// bytes. The vector index must answer what its scalar twin answers.
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "sip/index.h"
#include "sip/sip.h"

namespace sipward::sip {
namespace {

void Require(bool condition) {
  if (!condition) std::abort();
}

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  void Read(const ParseOptions& options) {
    const bool kept = Keep(message_.Parse(bytes_, options));
    Keep(message_.Validate());
    if (!kept && message_.bytes().empty()) return;
    Inside(message_.body());
    ReadStart(message_.start());
    ReadUri(message_.request_uri());
    ReadAddress(message_.from());
    ReadAddress(message_.to());
    Inside(message_.cseq().number_text);
    Inside(message_.cseq().method_text);
    for (const Via& via : message_.vias()) ReadVia(via);
    for (const Header& header : message_.headers()) ReadHeader(header);
    for (int i = 0; i < kHeaderIdCount; ++i) ReadId(static_cast<HeaderId>(i));
    for (const Anomaly& anomaly : message_.anomalies()) {
      Require(anomaly.offset <= bytes_.size());
      const AnomalyInfo& info = Describe(anomaly.id);
      Require(FindAnomaly(info.name) == anomaly.id);
      Require(!info.sentence.empty() && !AnomalyClassName(info.cls).empty());
    }
  }

 private:
  // The status must be what the error says.
  bool Keep(ParseStatus status) const {
    Require(status == message_.status());
    Require((status == ParseStatus::kOk) == (message_.error() == nullptr));
    return status == ParseStatus::kOk;
  }

  void Inside(Slice slice) const {
    if (!slice.present()) return;
    Require(slice.offset <= bytes_.size() && slice.length <= bytes_.size() - slice.offset);
  }

  void ReadStart(const StartLine& start) const {
    for (Slice s : {start.text, start.method_text, start.request_uri, start.version, start.reason,
                    start.code_text}) {
      Inside(s);
    }
    MethodName(start.method);
  }

  void ReadParams(Slice params, char separator = ';') const {
    Inside(params);
    if (!params.present()) return;
    ParamCursor cursor(bytes_.data(), params, separator);
    for (Param param; cursor.Next(&param);) {
      Inside(param.name);
      Inside(param.value);
    }
  }

  void ReadUri(const Uri& uri) const {
    for (Slice s : {uri.text, uri.scheme, uri.user, uri.password, uri.host, uri.port}) Inside(s);
    Require(uri.port_number >= -1 && uri.port_number <= 65535);
    ReadParams(uri.params);
    ReadParams(uri.headers, '&');
  }

  void ReadAddress(const NameAddr& address) const {
    for (Slice s : {address.text, address.display, address.tag}) Inside(s);
    ReadUri(address.uri);
    ReadParams(address.params);
  }

  void ReadVia(const Via& via) const {
    for (Slice s : {via.text, via.protocol, via.version, via.transport, via.host, via.port,
                    via.branch, via.received, via.rport, via.maddr, via.ttl}) {
      Inside(s);
    }
    Require(via.port_number >= -1 && via.port_number <= 65535);
    ReadParams(via.params);
  }

  void ReadDigest(const Digest& d) const {
    for (Slice s : {d.text, d.scheme, d.username, d.realm, d.nonce, d.uri, d.response, d.algorithm,
                    d.cnonce, d.opaque, d.qop, d.nc, d.stale, d.domain}) {
      Inside(s);
    }
  }

  void ReadHeader(const Header& header) {
    Inside(header.name);
    Inside(header.value);
    Require(message_.Find(header.name.In(bytes_.data())) != nullptr);
    ValueCursor values(bytes_.data(), header.value);
    for (Slice value; values.Next(&value);) Inside(value);
  }

  void ReadId(HeaderId id) {
    uint32_t count = 0;
    for (const Header* h = message_.Find(id); h != nullptr; h = message_.Next(*h)) {
      Require(h->id == id);
      ++count;
    }
    Require(count == message_.CountOf(id));
    Inside(message_.ValueOf(id));
    for (const NameAddr& address : message_.addresses(id)) ReadAddress(address);
    for (const Digest& digest : message_.digests(id)) ReadDigest(digest);
    Require(message_.number(id) >= -1);
  }

  std::string_view bytes_;
  inline static Message message_;
};

void CompareIndexes(std::string_view bytes) {
  static HeadIndex scalar;
  static HeadIndex vector;
  IndexHeadScalar(bytes, 0, &scalar);
  for (IndexTarget target : {IndexTarget::kSse4, IndexTarget::kAvx2, IndexTarget::kNative}) {
    IndexHeadOn(target, bytes, 0, &vector);
    Require(scalar == vector);
  }
}

void ReadMessage(std::string_view bytes) {
  CompareIndexes(bytes);
  Reader reader(bytes);
  reader.Read({.profile = Profile::kTolerant});
  reader.Read({.profile = Profile::kStrict});
  reader.Read({.profile = Profile::kTolerant, .stream = true});
}

}  // namespace
}  // namespace sipward::sip

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::sip::ReadMessage({reinterpret_cast<const char*>(data), size});
  return 0;
}
