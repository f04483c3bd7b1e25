#include "tests/sip/golden/fields.h"

namespace sipward::sip::golden {
namespace {

constexpr std::string_view kBodyKinds[] = {"none", "opaque", "sdp", "multipart", "text"};
constexpr std::string_view kDirections[] = {"none", "sendrecv", "sendonly", "recvonly", "inactive"};
constexpr std::string_view kCharsets[] = {"utf-8", "us-ascii", "latin", "unknown"};

class BodyCollector {
 public:
  BodyCollector(Message& message, std::vector<Field>* fields)
      : message_(message), fields_(*fields) {}

  void Take() {
    if (message_.body_kind() == BodyKind::kNone) return;
    Word("body.kind", kBodyKinds[static_cast<size_t>(message_.body_kind())]);
    size_t n = 0;
    for (const BodyPart& part : message_.parts()) TakePart("part." + std::to_string(n++), part);
    if (message_.sdp() != nullptr) TakeSdp(*message_.sdp());
    if (message_.text() == nullptr) return;
    Place("text", message_.text()->text);
    Word("text.charset", kCharsets[static_cast<size_t>(message_.text()->charset)]);
  }

 private:
  void Place(std::string name, Slice place) {
    if (place.present()) fields_.push_back({std::move(name), place, ""});
  }
  void Word(std::string name, std::string_view word) {
    fields_.push_back({std::move(name), {}, std::string(word)});
  }

  void TakePart(const std::string& name, const BodyPart& part) {
    Word(name + ".kind", kBodyKinds[static_cast<size_t>(part.kind)]);
    Word(name + ".depth", std::to_string(part.depth));
    Place(name + ".content_type", part.content_type);
    Place(name + ".content_disposition", part.content_disposition);
    Place(name + ".content_id", part.content_id);
    Place(name + ".body", part.body);
  }

  void TakeConnection(const std::string& name, const SdpConnection& connection) {
    Place(name, connection.text);
    Place(name + ".address", connection.address);
    Place(name + ".ttl", connection.ttl);
    Place(name + ".count", connection.count);
  }

  void TakeSdp(const Sdp& sdp) {
    Place("sdp", sdp.text);
    Place("sdp.origin", sdp.origin.text);
    Place("sdp.origin.username", sdp.origin.username);
    Place("sdp.origin.session_id", sdp.origin.session_id);
    Place("sdp.origin.version", sdp.origin.version);
    Place("sdp.origin.address", sdp.origin.address);
    Place("sdp.name", sdp.name);
    TakeConnection("sdp.connection", sdp.connection);
    size_t n = 0;
    for (const SdpMedia& media : sdp.media()) {
      const std::string name = "sdp.media." + std::to_string(n++);
      Place(name, media.text);
      Place(name + ".type", media.type);
      Place(name + ".port", media.port);
      Place(name + ".count", media.count);
      Place(name + ".proto", media.proto);
      Place(name + ".formats", media.formats);
      Word(name + ".direction", kDirections[static_cast<size_t>(media.direction)]);
      TakeConnection(name + ".connection", media.connection);
    }
    n = 0;
    for (const SdpAttribute& attribute : sdp.attributes()) {
      const std::string name = "sdp.attribute." + std::to_string(n++);
      Place(name, attribute.name);
      Place(name + ".value", attribute.value);
    }
  }

  Message& message_;
  std::vector<Field>& fields_;
};

}  // namespace

void TakeBodyFields(Message& message, std::vector<Field>* fields) {
  BodyCollector(message, fields).Take();
}

}  // namespace sipward::sip::golden
