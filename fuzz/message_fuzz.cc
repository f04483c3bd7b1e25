// Any bytes as one message: everything that can be asked is asked, and every answer lies inside the
// bytes. The vector index must answer what its scalar twin answers.
#include <cstdint>
#include <string_view>

#include "fuzz/support/input.h"
#include "sip/index.h"
#include "sip/sip.h"
#include "tests/sip/item_parts.h"

namespace sipward::sip {
namespace {

using fuzz::Require;

class Reader {
 public:
  explicit Reader(std::string_view bytes) : bytes_(bytes) {}

  void Read(const ParseOptions& options) {
    const bool kept = Keep(message_.Parse(bytes_, options));
    Keep(message_.Validate());
    if (!kept && message_.bytes().empty()) return;
    Inside(message_.body());
    Require(message_.complete() == message_.body().present());
    Require(message_.options().profile == options.profile);
    ReadStart(message_.start());
    ReadUri(message_.request_uri());
    ReadAddress(message_.from());
    ReadAddress(message_.to());
    ReadCseq(message_.cseq());
    Inside(message_.call_id());
    ReadBody();
    Require(!message_.date() || message_.Find(HeaderId::kDate) != nullptr);
    for (const Via& via : message_.vias()) ReadVia(via);
    for (const Header& header : message_.headers()) ReadHeader(header);
    for (int i = 0; i < kHeaderIdCount; ++i) ReadId(static_cast<HeaderId>(i));
    ReadAnomalies(message_.anomalies());
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
    Require(message_.is_request() == (start.kind == StartKind::kRequest));
    Require(message_.is_response() == (start.kind == StartKind::kResponse));
    const std::string_view name = MethodName(start.method);
    Require(name.empty() || start.method_text.In(bytes_.data()) == name);
    Require(start.code <= 999);
  }

  void ReadCseq(const Cseq& cseq) const {
    Inside(cseq.number_text);
    Inside(cseq.method_text);
    Require(FindMethod(cseq.method_text.In(bytes_.data())) == cseq.method);
    Require(!cseq.number_valid || cseq.number <= UINT32_MAX);
  }

  // What stands in it is the business of body_fuzz.
  void ReadBody() {
    const BodyKind kind = message_.body_kind();
    Require((kind == BodyKind::kNone) == message_.body().empty());
    Inside(message_.body_type().text);
    Require(kind == BodyKind::kMultipart || message_.parts().empty());
    bool sdp = kind == BodyKind::kSdp;
    bool text = kind == BodyKind::kText;
    for (const BodyPart& part : message_.parts()) {
      Inside(part.headers);
      Inside(part.body);
      sdp = sdp || part.kind == BodyKind::kSdp;
      text = text || part.kind == BodyKind::kText;
    }
    Require(sdp == (message_.sdp() != nullptr) && text == (message_.text() != nullptr));
    if (sdp) Inside(message_.sdp()->text);
    if (text) Inside(message_.text()->text);
  }

  void ReadAnomalies(const AnomalyLog& log) const {
    const Anomaly* error = log.error();
    Require(error == nullptr || (error->offset <= bytes_.size() && log.Has(error->id)));
    uint32_t places = 0;
    for (const Anomaly& anomaly : log) {
      Require(anomaly.offset <= bytes_.size() && log.Has(anomaly.id));
      const AnomalyInfo& info = Describe(anomaly.id);
      Require(FindAnomaly(info.name) == anomaly.id && log.HasClass(info.cls));
      Require(!info.sentence.empty() && !AnomalyClassName(info.cls).empty());
    }
    for (int cls = 0; cls < 4; ++cls) places += log.ClassCount(static_cast<AnomalyClass>(cls));
    Require(places == static_cast<uint32_t>(log.size()) + log.omitted());
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

  void ReadItem(const Item& item) const {
    Require(item.text.present());
    Inside(item.text);
    Inside(item.value);
    ReadParams(item.params);
    ForEachPart(bytes_.data(), item, [this](Slice part) { Inside(part); });
    ForEachNumber(bytes_.data(), item, [](int64_t n) { Require(n >= -1 && n <= UINT32_MAX); });
  }

  void ReadHeader(const Header& header) {
    Inside(header.name);
    Inside(header.value);
    const std::string_view name = header.name.In(bytes_.data());
    Require(message_.Find(name) != nullptr);
    // The name says the same header as the id, and a letter is the compact form of a known one.
    Require(FindHeader(name) == header.id);
    Require(header.id == HeaderId::kOther ? HeaderName(header.id).empty()
                                          : FindHeader(HeaderName(header.id)) == header.id);
    Require(!header.compact || name.size() == 1);
    // A line end within the value is a fold; one around it was left out with the white space.
    const std::string_view value = header.value.In(bytes_.data());
    Require(header.folded || value.find('\n') == value.npos);
    ValueCursor values(bytes_.data(), header.value);
    for (Slice one; values.Next(&one);) Inside(one);
  }

  void ReadId(HeaderId id) {
    uint32_t count = 0;
    for (const Header* h = message_.Find(id); h != nullptr; h = message_.Next(*h)) {
      Require(h->id == id);
      ++count;
    }
    Require(count == message_.CountOf(id));
    Require(count < 2 || !IsSingleton(id) || message_.anomalies().size() > 0);
    Inside(message_.ValueOf(id));
    for (const NameAddr& address : message_.addresses(id)) ReadAddress(address);
    for (const Digest& digest : message_.digests(id)) ReadDigest(digest);
    const char* last = nullptr;
    for (const Item& item : message_.items(id)) {
      ReadItem(item);
      const char* at = item.text.In(bytes_.data()).data();
      Require(last == nullptr || at >= last);
      last = at;
    }
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
