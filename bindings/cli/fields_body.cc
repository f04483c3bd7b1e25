#include "field_list.h"

namespace sipward::cli {
namespace {

// `read` for every index until there is no more.
template <typename T, typename Add>
void ForEach(sipward_message* message, int32_t (*read)(sipward_message*, uint32_t, T*), Add add) {
  for (uint32_t i = 0;; ++i) {
    auto value = Sized<T>();
    if (read(message, i, &value) != SIPWARD_OK) return;
    add(i, value);
  }
}

void AddParts(FieldList& fields) {
  ForEach<sipward_part>(
      fields.message(), sipward_message_part, [&](uint32_t i, const sipward_part& part) {
        fields.AddParts(Indexed("part", i),
                        {{"headers", part.headers},
                         {"content_type", part.content_type},
                         {"content_disposition", part.content_disposition},
                         {"content_id", part.content_id},
                         {"content_transfer_encoding", part.content_transfer_encoding},
                         {"content_length", part.content_length},
                         {"body", part.body}});
      });
}

void AddSession(FieldList& fields) {
  auto session = Sized<sipward_sdp_session>();
  if (sipward_sdp_read_session(fields.message(), &session) != SIPWARD_OK) return;
  fields.Add("sdp", session.text);
  fields.AddParts("sdp", {{"version", session.version},
                          {"name", session.name},
                          {"start_time", session.start_time},
                          {"stop_time", session.stop_time}});
  fields.AddParts("sdp.origin", {{"username", session.username},
                                 {"session_id", session.session_id},
                                 {"session_version", session.session_version},
                                 {"nettype", session.origin_nettype},
                                 {"addrtype", session.origin_addrtype},
                                 {"address", session.origin_address}});
  fields.AddParts("sdp.connection", {{"nettype", session.nettype},
                                     {"addrtype", session.addrtype},
                                     {"address", session.address},
                                     {"ttl", session.ttl},
                                     {"address_count", session.address_count}});
}

void AddMedia(FieldList& fields) {
  ForEach<sipward_sdp_media>(
      fields.message(), sipward_sdp_read_media, [&](uint32_t i, const sipward_sdp_media& media) {
        const std::string path = Indexed("sdp.media", i);
        fields.Add(path, media.text);
        fields.AddParts(path, {{"type", media.type},
                               {"port", media.port},
                               {"port_count", media.port_count},
                               {"proto", media.proto},
                               {"formats", media.formats}});
        fields.AddParts(path + ".connection", {{"nettype", media.nettype},
                                               {"addrtype", media.addrtype},
                                               {"address", media.address},
                                               {"ttl", media.ttl},
                                               {"address_count", media.address_count}});
      });
  ForEach<sipward_sdp_bandwidth>(fields.message(), sipward_sdp_read_bandwidth,
                                 [&](uint32_t i, const sipward_sdp_bandwidth& bandwidth) {
                                   fields.AddParts(
                                       Indexed("sdp.bandwidth", i),
                                       {{"type", bandwidth.type}, {"value", bandwidth.value}});
                                 });
}

void AddCandidate(FieldList& fields, uint32_t index, const std::string& path) {
  auto candidate = Sized<sipward_sdp_candidate>();
  if (sipward_sdp_read_candidate(fields.message(), index, &candidate) != SIPWARD_OK) return;
  fields.AddParts(path, {{"foundation", candidate.foundation},
                         {"component", candidate.component},
                         {"transport", candidate.transport},
                         {"priority", candidate.priority},
                         {"address", candidate.address},
                         {"port", candidate.port},
                         {"type", candidate.type},
                         {"related_address", candidate.related_address},
                         {"related_port", candidate.related_port},
                         {"extensions", candidate.extensions}});
}

void AddCrypto(FieldList& fields, uint32_t index, const std::string& path) {
  auto crypto = Sized<sipward_sdp_crypto>();
  if (sipward_sdp_read_crypto(fields.message(), index, &crypto) != SIPWARD_OK) return;
  fields.AddParts(path, {{"tag", crypto.tag},
                         {"suite", crypto.suite},
                         {"key_params", crypto.key_params},
                         {"key_method", crypto.key_method},
                         {"key_info", crypto.key_info},
                         {"session_params", crypto.session_params}});
}

// The parts of an attribute's value; nothing if it is of another name.
void AddTypedAttribute(FieldList& fields, uint32_t index, const std::string& path) {
  auto rtpmap = Sized<sipward_sdp_rtpmap>();
  if (sipward_sdp_read_rtpmap(fields.message(), index, &rtpmap) == SIPWARD_OK) {
    fields.AddParts(path, {{"payload_type", rtpmap.payload_type},
                           {"encoding", rtpmap.encoding},
                           {"clock_rate", rtpmap.clock_rate},
                           {"parameters", rtpmap.parameters}});
  }
  auto fmtp = Sized<sipward_sdp_fmtp>();
  if (sipward_sdp_read_fmtp(fields.message(), index, &fmtp) == SIPWARD_OK) {
    fields.AddParts(path, {{"format", fmtp.format}, {"parameters", fmtp.parameters}});
  }
  auto fingerprint = Sized<sipward_sdp_fingerprint>();
  if (sipward_sdp_read_fingerprint(fields.message(), index, &fingerprint) == SIPWARD_OK) {
    fields.AddParts(path, {{"hash", fingerprint.hash}, {"fingerprint", fingerprint.value}});
  }
  AddCrypto(fields, index, path);
  AddCandidate(fields, index, path);
}

void AddAttributes(FieldList& fields) {
  ForEach<sipward_sdp_attribute>(
      fields.message(), sipward_sdp_read_attribute,
      [&](uint32_t i, const sipward_sdp_attribute& attribute) {
        const std::string path = Indexed("sdp.attribute", i);
        fields.AddParts(path, {{"name", attribute.name}, {"value", attribute.value}});
        AddTypedAttribute(fields, i, path);
      });
}

}  // namespace

void AddBody(FieldList& fields) {
  const auto body = fields.view().Body();
  if (!body || body->length == 0) return;
  fields.Add("body", *body);
  AddParts(fields);
  AddSession(fields);
  AddMedia(fields);
  AddAttributes(fields);
}

}  // namespace sipward::cli
