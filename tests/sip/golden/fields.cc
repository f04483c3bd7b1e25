#include "tests/sip/golden/fields.h"

#include "base/ascii.h"
#include "sip/header_kind.h"

namespace sipward::sip::golden {
namespace {

constexpr std::string_view kUriKinds[] = {"other", "sip", "sips", "tel", "urn"};
constexpr std::string_view kHostKinds[] = {"none", "name", "ipv4", "ipv6", "bad"};

// "P-Asserted-Identity" -> "p_asserted_identity"
std::string FieldName(HeaderId id) {
  std::string name;
  for (const char c : HeaderName(id)) name += c == '-' ? '_' : ToLower(c);
  return name;
}

class Collector {
 public:
  explicit Collector(Message& message) : message_(message) {}

  std::vector<Field> All() {
    TakeStart();
    TakeUri("request_uri", message_.request_uri());
    Number("headers", message_.headers().size());
    TakeVias();
    Place("call_id", message_.call_id());
    TakeCseq();
    for (int i = 1; i < kHeaderIdCount; ++i) TakeHeader(static_cast<HeaderId>(i));
    TakeOthers();
    Place("body", message_.body());
    TakeBodyFields(message_, &fields_);
    return std::move(fields_);
  }

 private:
  void Place(std::string name, Slice place) {
    if (place.present()) fields_.push_back({std::move(name), place, ""});
  }
  void Word(std::string name, std::string_view word) {
    fields_.push_back({std::move(name), {}, std::string(word)});
  }
  void Number(std::string name, uint64_t number) { Word(std::move(name), std::to_string(number)); }

  void TakeStart() {
    const StartLine& start = message_.start();
    Place("start.method", start.method_text);
    Place("start.request_uri", start.request_uri);
    Place("start.version", start.version);
    if (start.kind == StartKind::kResponse) Number("start.code", start.code);
    Place("start.reason", start.reason);
  }

  void TakeUri(const std::string& name, const Uri& uri) {
    if (!uri.text.present()) return;
    Place(name, uri.text);
    Word(name + ".kind", kUriKinds[static_cast<size_t>(uri.kind)]);
    Place(name + ".scheme", uri.scheme);
    Place(name + ".user", uri.user);
    Place(name + ".password", uri.password);
    Place(name + ".host", uri.host);
    Word(name + ".host_kind", kHostKinds[static_cast<size_t>(uri.host_kind)]);
    Place(name + ".port", uri.port);
    if (uri.port_number >= 0) Number(name + ".port_number", static_cast<uint64_t>(uri.port_number));
    Place(name + ".params", uri.params);
    Place(name + ".headers", uri.headers);
  }

  void TakeAddress(const std::string& name, const NameAddr& address) {
    Place(name, address.text);
    if (address.is_star) Word(name + ".star", "yes");
    Place(name + ".display", address.display);
    TakeUri(name + ".uri", address.uri);
    Place(name + ".params", address.params);
    Place(name + ".tag", address.tag);
  }

  void TakeVias() {
    size_t n = 0;
    for (const Via& via : message_.vias()) {
      const std::string name = "via." + std::to_string(n++);
      Place(name, via.text);
      Place(name + ".protocol", via.protocol);
      Place(name + ".version", via.version);
      Place(name + ".transport", via.transport);
      Place(name + ".host", via.host);
      Word(name + ".host_kind", kHostKinds[static_cast<size_t>(via.host_kind)]);
      Place(name + ".port", via.port);
      if (via.port_number >= 0) {
        Number(name + ".port_number", static_cast<uint64_t>(via.port_number));
      }
      Place(name + ".params", via.params);
      Place(name + ".branch", via.branch);
      Place(name + ".received", via.received);
      Place(name + ".rport", via.rport);
      Place(name + ".maddr", via.maddr);
      Place(name + ".ttl", via.ttl);
    }
    if (n != 0) Number("vias", n);
  }

  void TakeCseq() {
    const Cseq& cseq = message_.cseq();
    if (!cseq.number_text.present()) return;
    if (cseq.number_valid) Number("cseq.number", cseq.number);
    Place("cseq.number_text", cseq.number_text);
    Place("cseq.method", cseq.method_text);
  }

  void TakeHeader(HeaderId id) {
    const std::string name = FieldName(id);
    const HeaderKind kind = KindOf(id);
    if (kind == HeaderKind::kAddress || kind == HeaderKind::kAddressList) {
      const bool list = kind == HeaderKind::kAddressList;
      size_t n = 0;
      for (const NameAddr& address : message_.addresses(id)) {
        TakeAddress(list ? name + '.' + std::to_string(n) : name, address);
        ++n;
      }
    } else if (kind == HeaderKind::kDigest) {
      size_t n = 0;
      for (const Digest& digest : message_.digests(id)) {
        TakeDigest(name + '.' + std::to_string(n++), digest);
      }
    } else if (kind == HeaderKind::kNumber) {
      const int64_t number = message_.number(id);
      if (number >= 0) Number(name, static_cast<uint64_t>(number));
    } else if (kind == HeaderKind::kDate) {
      Place(name, message_.ValueOf(id));
      if (message_.date()) Word(name + ".seconds", std::to_string(*message_.date()));
    } else if (kind == HeaderKind::kItems) {
      TakeItems(id, name);
    } else if (id != HeaderId::kVia && id != HeaderId::kCallId && id != HeaderId::kCseq) {
      Place(name, message_.ValueOf(id));
    }
  }

  void TakeItems(HeaderId id, const std::string& name) {
    Place(name, message_.ValueOf(id));
    size_t n = 0;
    for (const Item& item : message_.items(id)) {
      const std::string one = name + '.' + std::to_string(n++);
      Place(one, item.text);
      if (item.value != item.text) Place(one + ".value", item.value);
      Place(one + ".params", item.params);
    }
    if (HoldsNumber(id) && message_.number(id) >= 0) {
      Number(name + ".number", static_cast<uint64_t>(message_.number(id)));
    }
  }

  void TakeDigest(const std::string& name, const Digest& digest) {
    Place(name, digest.text);
    Place(name + ".scheme", digest.scheme);
    Place(name + ".username", digest.username);
    Place(name + ".realm", digest.realm);
    Place(name + ".nonce", digest.nonce);
    Place(name + ".uri", digest.uri);
    Place(name + ".response", digest.response);
    Place(name + ".algorithm", digest.algorithm);
    Place(name + ".cnonce", digest.cnonce);
    Place(name + ".opaque", digest.opaque);
    Place(name + ".qop", digest.qop);
    Place(name + ".nc", digest.nc);
    Place(name + ".stale", digest.stale);
    Place(name + ".domain", digest.domain);
  }

  // Headers without an id of their own.
  void TakeOthers() {
    size_t n = 0;
    for (const Header& header : message_.headers()) {
      if (header.id != HeaderId::kOther) continue;
      const std::string name = "other." + std::to_string(n++);
      Place(name + ".name", header.name);
      Place(name + ".value", header.value);
    }
  }

  Message& message_;
  std::vector<Field> fields_;
};

}  // namespace

std::vector<Field> FieldsOf(Message& message) { return Collector(message).All(); }

}  // namespace sipward::sip::golden
