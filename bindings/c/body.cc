#include "sip/body.h"

#include "guard.h"
#include "message_handle.h"
#include "message_values.h"
#include "sip/sdp_attribute.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

static_assert(static_cast<int>(sip::BodyKind::kNone) == SIPWARD_BODY_NONE);
static_assert(static_cast<int>(sip::BodyKind::kOpaque) == SIPWARD_BODY_OPAQUE);
static_assert(static_cast<int>(sip::BodyKind::kSdp) == SIPWARD_BODY_SDP);
static_assert(static_cast<int>(sip::BodyKind::kMultipart) == SIPWARD_BODY_MULTIPART);
static_assert(static_cast<int>(sip::BodyKind::kText) == SIPWARD_BODY_TEXT);
static_assert(static_cast<int>(sip::Charset::kUtf8) == SIPWARD_CHARSET_UTF8);
static_assert(static_cast<int>(sip::Charset::kUnknown) == SIPWARD_CHARSET_UNKNOWN);
static_assert(static_cast<int>(sip::SdpDirection::kNone) == SIPWARD_SDP_DIRECTION_NONE);
static_assert(static_cast<int>(sip::SdpDirection::kInactive) == SIPWARD_SDP_INACTIVE);
static_assert(static_cast<int>(sip::SdpSetup::kNone) == SIPWARD_SDP_SETUP_NONE);
static_assert(static_cast<int>(sip::SdpSetup::kHoldconn) == SIPWARD_SDP_SETUP_HOLDCONN);
static_assert(static_cast<int>(sip::SdpAttributeId::kRtpmap) == SIPWARD_SDP_ATTRIBUTE_RTPMAP);
static_assert(static_cast<int>(sip::SdpAttributeId::kCandidate) == SIPWARD_SDP_ATTRIBUTE_CANDIDATE);
static_assert(static_cast<int>(sip::SdpAttributeId::kInactive) == SIPWARD_SDP_ATTRIBUTE_INACTIVE);

// -1 says that there is none.
uint32_t ToIndex(int16_t index) {
  return index < 0 ? SIPWARD_ABSENT : static_cast<uint32_t>(index);
}

template <typename Out>
void PlaceConnection(const sip::SdpConnection& connection, Out* out) {
  out->nettype = ToC(connection.nettype);
  out->addrtype = ToC(connection.addrtype);
  out->address = ToC(connection.address);
  out->ttl = ToC(connection.ttl);
  out->address_count = ToC(connection.count);
  out->address_kind = static_cast<uint32_t>(connection.kind);
}

sipward_body_info BodyInfoOf(sip::Message& message) {
  const sip::MediaType& type = message.body_type();
  sipward_body_info out{};
  out.kind = static_cast<uint32_t>(message.body_kind());
  out.content_type = ToC(type.text);
  out.type = ToC(type.type);
  out.subtype = ToC(type.subtype);
  out.params = ToC(type.params);
  out.part_count = static_cast<uint32_t>(message.parts().size());
  return out;
}

sipward_part ToPart(const sip::BodyPart& part) {
  sipward_part out{};
  out.kind = static_cast<uint32_t>(part.kind);
  out.depth = part.depth;
  out.parent = ToIndex(part.parent);
  out.headers = ToC(part.headers);
  out.content_type = ToC(part.content_type);
  out.content_disposition = ToC(part.content_disposition);
  out.content_id = ToC(part.content_id);
  out.content_transfer_encoding = ToC(part.content_transfer_encoding);
  out.content_length = ToC(part.content_length);
  out.body = ToC(part.body);
  return out;
}

sipward_sdp_session ToSession(const sip::Sdp& sdp) {
  sipward_sdp_session out{};
  out.direction = static_cast<uint32_t>(sdp.direction);
  out.text = ToC(sdp.text);
  out.version = ToC(sdp.version);
  out.username = ToC(sdp.origin.username);
  out.session_id = ToC(sdp.origin.session_id);
  out.session_version = ToC(sdp.origin.version);
  out.origin_nettype = ToC(sdp.origin.nettype);
  out.origin_addrtype = ToC(sdp.origin.addrtype);
  out.origin_address = ToC(sdp.origin.address);
  out.name = ToC(sdp.name);
  PlaceConnection(sdp.connection, &out);
  out.start_time = ToC(sdp.start_time);
  out.stop_time = ToC(sdp.stop_time);
  out.media_count = sdp.media_count;
  out.attribute_count = sdp.attribute_count;
  out.session_attribute_count = sdp.session_attribute_count;
  out.bandwidth_count = sdp.bandwidth_count;
  return out;
}

sipward_sdp_media ToMedia(const sip::SdpMedia& media) {
  sipward_sdp_media out{};
  out.direction = static_cast<uint32_t>(media.direction);
  out.text = ToC(media.text);
  out.type = ToC(media.type);
  out.port = ToC(media.port);
  out.port_count = ToC(media.count);
  out.proto = ToC(media.proto);
  out.formats = ToC(media.formats);
  out.port_number = media.port_number;
  PlaceConnection(media.connection, &out);
  out.first_attribute = media.first_attribute;
  out.attribute_count = media.attribute_count;
  out.first_bandwidth = media.first_bandwidth;
  out.bandwidth_count = media.bandwidth_count;
  return out;
}

sipward_sdp_attribute ToAttribute(const char* base, const sip::SdpAttribute& attribute) {
  sipward_sdp_attribute out{};
  out.id = static_cast<uint32_t>(attribute.id);
  out.media = ToIndex(attribute.media);
  out.well_formed = sip::IsWellFormed(base, attribute) ? 1 : 0;
  out.name = ToC(attribute.name);
  out.value = ToC(attribute.value);
  return out;
}

sipward_sdp_rtpmap Typed(const sip::SdpRtpmap& rtpmap) {
  sipward_sdp_rtpmap out{};
  out.payload_type = ToC(rtpmap.payload_type);
  out.encoding = ToC(rtpmap.encoding);
  out.clock_rate = ToC(rtpmap.clock_rate);
  out.parameters = ToC(rtpmap.parameters);
  return out;
}

sipward_sdp_fmtp Typed(const sip::SdpFmtp& fmtp) {
  sipward_sdp_fmtp out{};
  out.format = ToC(fmtp.format);
  out.parameters = ToC(fmtp.parameters);
  return out;
}

sipward_sdp_crypto Typed(const sip::SdpCrypto& crypto) {
  sipward_sdp_crypto out{};
  out.tag = ToC(crypto.tag);
  out.suite = ToC(crypto.suite);
  out.key_params = ToC(crypto.key_params);
  out.key_method = ToC(crypto.key_method);
  out.key_info = ToC(crypto.key_info);
  out.session_params = ToC(crypto.session_params);
  return out;
}

sipward_sdp_fingerprint Typed(const sip::SdpFingerprint& fingerprint) {
  sipward_sdp_fingerprint out{};
  out.hash = ToC(fingerprint.hash);
  out.value = ToC(fingerprint.value);
  return out;
}

sipward_sdp_setup Typed(sip::SdpSetup setup) {
  sipward_sdp_setup out{};
  out.role = static_cast<uint32_t>(setup);
  return out;
}

bool ReadSetup(const char* base, Slice value, sip::SdpSetup* out) {
  *out = sip::ReadSetup(base, value);
  return *out != sip::SdpSetup::kNone;
}

sipward_sdp_candidate Typed(const sip::SdpCandidate& candidate) {
  sipward_sdp_candidate out{};
  out.foundation = ToC(candidate.foundation);
  out.component = ToC(candidate.component);
  out.transport = ToC(candidate.transport);
  out.priority = ToC(candidate.priority);
  out.address = ToC(candidate.address);
  out.port = ToC(candidate.port);
  out.type = ToC(candidate.type);
  out.related_address = ToC(candidate.related_address);
  out.related_port = ToC(candidate.related_port);
  out.extensions = ToC(candidate.extensions);
  return out;
}

// Element `index` of what `list` takes out of the description.
template <typename Out, typename List, typename Convert>
int32_t ReadElement(sipward_message* message, uint32_t index, Out* out, List list,
                    Convert convert) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const sip::Sdp* sdp = message->parsed ? message->message->sdp() : nullptr;
  if (sdp == nullptr) return SIPWARD_END;
  const auto elements = list(*sdp);
  if (index >= elements.size()) return SIPWARD_END;
  WriteStruct(convert(elements[index]), out);
  return SIPWARD_OK;
}

template <typename Value, typename Out>
int32_t ReadTyped(sipward_message* message, uint32_t index, sip::SdpAttributeId id, Out* out,
                  bool (*read)(const char* base, Slice value, Value* out)) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const sip::Sdp* sdp = message->parsed ? message->message->sdp() : nullptr;
  if (sdp == nullptr || index >= sdp->attributes().size()) return SIPWARD_END;
  const sip::SdpAttribute& attribute = sdp->attributes()[index];
  if (attribute.id != id) return SIPWARD_ERR_ARGUMENT;
  Value value;
  const bool good = read(message->message->bytes().data(), attribute.value, &value);
  Out result = Typed(value);
  result.well_formed = good ? 1 : 0;
  WriteStruct(result, out);
  return SIPWARD_OK;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace sip = sipward::sip;

extern "C" {

int32_t sipward_message_body_info(sipward_message* message, sipward_body_info* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed || message->message->body_kind() == sip::BodyKind::kNone) {
    return SIPWARD_END;
  }
  WriteStruct(BodyInfoOf(*message->message), out);
  return SIPWARD_OK;
}

int32_t sipward_message_part(sipward_message* message, uint32_t index, sipward_part* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed || index >= message->message->parts().size()) return SIPWARD_END;
  WriteStruct(ToPart(message->message->parts()[index]), out);
  return SIPWARD_OK;
}

int32_t sipward_message_text(sipward_message* message, sipward_body_text* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const sip::BodyText* text = message->parsed ? message->message->text() : nullptr;
  if (text == nullptr) return SIPWARD_END;
  sipward_body_text result{};
  result.charset = static_cast<uint32_t>(text->charset);
  result.text = ToC(text->text);
  result.charset_name = ToC(text->charset_name);
  WriteStruct(result, out);
  return SIPWARD_OK;
}

int32_t sipward_sdp_read_session(sipward_message* message, sipward_sdp_session* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const sip::Sdp* sdp = message->parsed ? message->message->sdp() : nullptr;
  if (sdp == nullptr) return SIPWARD_END;
  WriteStruct(ToSession(*sdp), out);
  return SIPWARD_OK;
}

int32_t sipward_sdp_read_media(sipward_message* message, uint32_t index, sipward_sdp_media* out) {
  return ReadElement(
      message, index, out, [](const sip::Sdp& sdp) { return sdp.media(); }, ToMedia);
}

int32_t sipward_sdp_read_bandwidth(sipward_message* message, uint32_t index,
                                   sipward_sdp_bandwidth* out) {
  return ReadElement(
      message, index, out, [](const sip::Sdp& sdp) { return sdp.bandwidths(); },
      [](const sip::SdpBandwidth& bandwidth) {
        sipward_sdp_bandwidth result{};
        result.media = ToIndex(bandwidth.media);
        result.type = ToC(bandwidth.type);
        result.value = ToC(bandwidth.value);
        return result;
      });
}

int32_t sipward_sdp_read_attribute(sipward_message* message, uint32_t index,
                                   sipward_sdp_attribute* out) {
  return ReadElement(
      message, index, out, [](const sip::Sdp& sdp) { return sdp.attributes(); },
      [message](const sip::SdpAttribute& attribute) {
        return ToAttribute(message->message->bytes().data(), attribute);
      });
}

int32_t sipward_sdp_read_rtpmap(sipward_message* message, uint32_t index, sipward_sdp_rtpmap* out) {
  return ReadTyped(message, index, sip::SdpAttributeId::kRtpmap, out, sip::ReadRtpmap);
}

int32_t sipward_sdp_read_fmtp(sipward_message* message, uint32_t index, sipward_sdp_fmtp* out) {
  return ReadTyped(message, index, sip::SdpAttributeId::kFmtp, out, sip::ReadFmtp);
}

int32_t sipward_sdp_read_crypto(sipward_message* message, uint32_t index, sipward_sdp_crypto* out) {
  return ReadTyped(message, index, sip::SdpAttributeId::kCrypto, out, sip::ReadCrypto);
}

int32_t sipward_sdp_read_fingerprint(sipward_message* message, uint32_t index,
                                     sipward_sdp_fingerprint* out) {
  return ReadTyped(message, index, sip::SdpAttributeId::kFingerprint, out, sip::ReadFingerprint);
}

int32_t sipward_sdp_read_setup(sipward_message* message, uint32_t index, sipward_sdp_setup* out) {
  return ReadTyped(message, index, sip::SdpAttributeId::kSetup, out, ReadSetup);
}

int32_t sipward_sdp_read_candidate(sipward_message* message, uint32_t index,
                                   sipward_sdp_candidate* out) {
  return ReadTyped(message, index, sip::SdpAttributeId::kCandidate, out, sip::ReadCandidate);
}

}  // extern "C"
