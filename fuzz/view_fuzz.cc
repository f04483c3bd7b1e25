// Any bytes as one message through the C++ interface: every view lies inside the bytes, every
// sequence ends, and the two ways to the same value agree.
#include <sipward/message.h>

#include <cstdint>
#include <optional>
#include <string_view>

#include "fuzz/support/input.h"

namespace {

using namespace sipward;
using fuzz::Require;

constexpr std::string_view kAddressHeaders[] = {"From",
                                                "To",
                                                "Contact",
                                                "Route",
                                                "Record-Route",
                                                "Path",
                                                "Service-Route",
                                                "P-Asserted-Identity",
                                                "Diversion",
                                                "Refer-To",
                                                "P-Preferred-Identity",
                                                "Remote-Party-ID",
                                                "History-Info",
                                                "Referred-By",
                                                "Reply-To",
                                                "Subject"};
constexpr std::string_view kDigestHeaders[] = {"Authorization", "Proxy-Authorization",
                                               "WWW-Authenticate", "Proxy-Authenticate"};
constexpr std::string_view kNumberHeaders[] = {"Content-Length", "l",           "Max-Forwards",
                                               "Expires",        "Min-Expires", "Retry-After",
                                               "RSeq",           "Call-ID"};

constexpr std::string_view kItemHeaders[] = {
    "Accept",          "Allow",          "Supported",       "Content-Type", "Event",
    "Allow-Events",    "Identity",       "Reason",          "Replaces",     "Join",
    "User-Agent",      "Server",         "Session-Expires", "Min-SE",       "RAck",
    "Retry-After",     "Warning",        "Privacy",         "In-Reply-To",  "Subject",
    "Accept-Language", "Accept-Contact", "Timestamp",       "Via",          "Authentication-Info"};

class Reader {
 public:
  explicit Reader(const Message& message) : message_(message), bytes_(message.bytes()) {}

  void ReadAll() const {
    Require(sipward_message_header_count(message_.c_message()) != 0 ||
            message_.Headers().begin() == message_.Headers().end());
    const StartLine start = message_.start_line();
    Inside(start.method, start.request_uri, start.version, start.reason, message_.body());
    Require((start.kind == MessageKind::kRequest) == message_.RequestUri().has_value());
    if (const auto uri = message_.RequestUri()) ReadUri(*uri);
    ReadHeaders();
    for (const std::string_view header : kAddressHeaders) ReadAddresses(header);
    for (const std::string_view header : kNumberHeaders) message_.Number(header);
    uint32_t index = 0;
    const char* last = nullptr;
    for (const Via& via : message_.Vias()) {
      Require(message_.ViaAt(index++)->text.data() == via.text.data());
      Advance(&last, via.text);
      ReadVia(via);
    }
    Require(!message_.ViaAt(index).has_value());
    for (const std::string_view header : kDigestHeaders) ReadDigests(header);
    if (const auto cseq = message_.CSeq()) Inside(cseq->method);
    ReadBody(message_.Body());
    for (const std::string_view header : kItemHeaders) ReadItems(header);
    ReadHeaderValues();
    ReadAnomalies();
    WriteAgain();
  }

 private:
  void ReadBody(const BodyView& body) const {
    const auto info = body.Info();
    Require(info.has_value() != message_.body().empty());
    if (info) {
      Inside(info->content_type, info->type, info->subtype);
      ReadParams(info->params());
    }
    ReadParts(body, info ? info->part_count : 0);
    if (const auto text = body.Text()) Inside(text->text, text->charset_name);
    if (const auto session = body.Session()) {
      Inside(session->text, session->version, session->username, session->session_id);
      Inside(session->session_version, session->origin_nettype, session->origin_addrtype);
      Inside(session->origin_address, session->name, session->start_time, session->stop_time);
      ReadConnection(session->connection);
      Require(!body.MediaAt(session->media_count) && !body.AttributeAt(session->attribute_count));
    }
    ReadDescription(body);
  }

  void ReadParts(const BodyView& body, uint32_t count) const {
    uint32_t index = 0;
    for (const BodyPart& part : body.Parts()) {
      Inside(part.headers, part.content_type, part.content_disposition, part.content_id);
      Inside(part.content_transfer_encoding, part.content_length, part.body);
      Require(!part.parent || *part.parent < index);
      Require(body.PartAt(index++)->body.data() == part.body.data());
    }
    Require(index == count);
  }

  void ReadConnection(const SdpConnection& c) const {
    Inside(c.nettype, c.addrtype, c.address, c.ttl, c.count);
  }

  void ReadDescription(const BodyView& body) const {
    uint32_t index = 0;
    for (const SdpMedia& media : body.Media()) {
      Inside(media.text, media.type, media.port, media.port_count, media.proto, media.formats);
      ReadConnection(media.connection);
      for (uint32_t i = 0; i < media.attribute_count; ++i) {
        Require(body.AttributeAt(media.first_attribute + i)->media == index);
      }
      Require(body.MediaAt(index++)->text.data() == media.text.data());
    }
    index = 0;
    for (const SdpBandwidth& bandwidth : body.Bandwidths()) {
      Inside(bandwidth.type, bandwidth.value);
      Require(body.BandwidthAt(index++)->type.data() == bandwidth.type.data());
    }
    index = 0;
    for (const SdpAttribute& attribute : body.Attributes()) {
      Inside(attribute.name, attribute.value);
      ReadTyped(body, index++, attribute);
    }
  }

  // Whoever takes an attribute apart says the same of its grammar.
  void ReadTyped(const BodyView& body, uint32_t index, const SdpAttribute& attribute) const {
    bool good = true;
    if (const auto rtpmap = body.RtpmapAt(index)) {
      Inside(rtpmap->payload_type, rtpmap->encoding, rtpmap->clock_rate, rtpmap->parameters);
      good = rtpmap->well_formed;
    } else if (const auto fmtp = body.FmtpAt(index)) {
      Inside(fmtp->format, fmtp->parameters);
      good = fmtp->well_formed;
    } else if (const auto crypto = body.CryptoAt(index)) {
      Inside(crypto->tag, crypto->suite, crypto->key_params, crypto->key_method);
      Inside(crypto->key_info, crypto->session_params);
      good = crypto->well_formed;
    } else if (const auto fingerprint = body.FingerprintAt(index)) {
      Inside(fingerprint->hash, fingerprint->value);
      good = fingerprint->well_formed;
    } else if (const auto setup = body.SetupAt(index)) {
      Require(setup->well_formed == (setup->role != SdpSetupRole::kNone));
      good = setup->well_formed;
    } else if (const auto candidate = body.CandidateAt(index)) {
      Inside(candidate->foundation, candidate->component, candidate->transport, candidate->address);
      Inside(candidate->priority, candidate->port, candidate->type, candidate->related_address);
      Inside(candidate->related_port, candidate->extensions);
      good = candidate->well_formed;
    } else {
      return;
    }
    Require(good == attribute.well_formed);
  }

  // Without edits the message comes out as it went in, or not at all.
  void WriteAgain() const {
    static char room[65536];
    const Written written = message_.Write({}, room, sizeof room);
    Require(written.ok() == (written.problem() == EditProblem::kNone));
    Require(!written.ok() || std::string_view(room, written.size()) == bytes_);
    const Written normal = message_.Write({}, room, sizeof room, WriteForm::kNormal);
    Require(!normal.ok() || normal.size() <= sizeof room);
  }

  template <typename... Views>
  void Inside(Views... views) const {
    (InsideOne(views), ...);
  }
  void InsideOne(std::string_view view) const {
    if (view.data() == nullptr) return;
    Require(view.data() >= bytes_.data() &&
            view.data() + view.size() <= bytes_.data() + bytes_.size());
  }

  // Values of a sequence come in the order of the message, each once.
  static void Advance(const char** last, std::string_view view) {
    Require(*last == nullptr || view.data() > *last);
    *last = view.data();
  }

  void ReadHeaders() const {
    uint32_t index = 0;
    const char* last = nullptr;
    for (const Header& header : message_.Headers()) {
      Require(message_.HeaderAt(index++)->name.data() == header.name.data());
      Advance(&last, header.value);
      Inside(header.name, header.value);
      const std::string_view first = message_.Find(header.name);
      Require(first.data() != nullptr && first.data() <= header.value.data());
    }
    Require(!message_.HeaderAt(index).has_value());
  }

  void ReadParams(const Params& params) const {
    Inside(params.text());
    const char* last = nullptr;
    for (const Param& param : params) {
      Inside(param.name, param.value);
      Advance(&last, param.name);
    }
  }

  void ReadUri(const Uri& uri) const {
    Inside(uri.text, uri.scheme, uri.user, uri.password, uri.host, uri.port, uri.headers);
    Require(!uri.port_number || uri.port.data() != nullptr);
    ReadParams(uri.params());
  }

  void ReadAddresses(std::string_view header) const {
    uint32_t index = 0;
    const char* last = nullptr;
    for (const Address& address : message_.Addresses(header)) {
      Inside(address.text, address.display, address.tag);
      Require(message_.AddressAt(header, index++)->text.data() == address.text.data());
      Advance(&last, address.text);
      ReadUri(address.uri);
      ReadParams(address.params());
    }
    Require(header != "From" || message_.From().has_value() == (index > 0));
    Require(header != "To" || message_.To().has_value() == (index > 0));
  }

  void ReadVia(const Via& via) const {
    Inside(via.text, via.transport, via.host, via.port, via.branch, via.received, via.rport);
    Inside(via.protocol, via.version, via.maddr, via.ttl);
    Require((via.host_kind == HostKind::kNone) == (via.host.data() == nullptr));
    ReadParams(via.params());
  }

  void ReadItems(std::string_view header) const {
    uint32_t index = 0;
    for (const Item& item : message_.Items(header)) {
      Require(message_.ItemAt(header, index)->text.data() == item.text.data());
      Inside(item.text, item.value);
      ReadParams(item.params());
      if (const auto media = message_.MediaTypeAt(header, index)) {
        Inside(media->type, media->subtype);
      }
      if (const auto product = message_.ProductAt(header, index)) {
        Inside(product->name, product->version, product->comment);
      }
      if (const auto event = message_.EventAt(header, index)) {
        Inside(event->package, event->event_template, event->id);
      }
      ++index;
    }
    Require(!message_.ItemAt(header, index).has_value());
    if (const auto dialog = message_.DialogOf(header)) {
      Inside(dialog->call_id, dialog->to_tag, dialog->from_tag);
    }
    const auto timer = message_.SessionTimerOf(header);
    Require(!timer || timer->seconds == message_.Number(header));
  }

  void ReadHeaderValues() const {
    message_.Date();
    for (uint32_t i = 0; const auto identity = message_.IdentityAt(i); ++i) {
      Inside(identity->digest, identity->header, identity->payload, identity->signature);
      Inside(identity->info, identity->alg, identity->ppt);
    }
    for (uint32_t i = 0; const auto reason = message_.ReasonAt(i); ++i) {
      Inside(reason->protocol, reason->text);
    }
    for (uint32_t i = 0; const auto priority = message_.ResourcePriorityAt(i); ++i) {
      Inside(priority->name_space, priority->priority);
    }
    for (uint32_t i = 0; const auto warning = message_.WarningAt(i); ++i) {
      Inside(warning->agent, warning->text);
    }
    if (const auto rack = message_.RAck()) Inside(rack->method);
    if (const auto state = message_.SubscriptionState()) Inside(state->state, state->reason);
    if (const auto retry = message_.RetryAfter()) {
      Inside(retry->comment);
      Require(retry->seconds == message_.Number("Retry-After"));
    }
  }

  void ReadDigests(std::string_view header) const {
    uint32_t index = 0;
    const char* last = nullptr;
    for (const Digest& digest : message_.Digests(header)) {
      Require(message_.DigestAt(header, index++)->text.data() == digest.text.data());
      Advance(&last, digest.text);
      Inside(digest.scheme, digest.username, digest.realm, digest.nonce, digest.uri);
      Inside(digest.response, digest.algorithm, digest.cnonce, digest.opaque, digest.qop);
      Inside(digest.nc, digest.stale, digest.domain);
    }
  }

  void ReadAnomalies() const {
    uint32_t index = 0;
    for (const Anomaly& anomaly : message_.Anomalies()) {
      Require(message_.AnomalyAt(index++)->offset() == anomaly.offset());
      Require(anomaly.offset() <= bytes_.size());
      Require(!anomaly.name().empty() && !anomaly.class_name().empty());
      Require(!anomaly.sentence().empty() && anomaly.anomaly_class() <= AnomalyClass::kLimit);
    }
  }

  const Message& message_;
  std::string_view bytes_;
};

}  // namespace

// One byte of options, then the message.
extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  static Message message = Message::Create().value();
  fuzz::Input input(data, size);
  const uint8_t how = input.Byte();
  ParseOptions options;
  options.profile = (how & 1) != 0 ? Profile::kStrict : Profile::kTolerant;
  options.stream = (how & 2) != 0;
  if ((how & 4) != 0) options.headers = how >> 3;
  const std::string_view bytes = input.rest();
  const Status parsed = message.Parse(bytes, options);
  Require(parsed.ok() == !message.error().has_value());
  Reader(message).ReadAll();
  Require(message.Validate().ok() == !message.error().has_value());
  Reader(message).ReadAll();
  return 0;
}
