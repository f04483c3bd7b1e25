#include "message_view.h"

namespace sipward::cli {

MessageView::MessageView(sipward_message* message) : message_(message) {
  sipward_text bytes{};
  if (sipward_message_bytes(message, &bytes) == SIPWARD_OK) bytes_ = View(bytes);
}

OptionalText MessageView::Text(const sipward_slice& slice) const {
  if (slice.offset == SIPWARD_ABSENT || slice.offset > bytes_.size()) return std::nullopt;
  return bytes_.substr(slice.offset, slice.length);
}

sipward_start_line MessageView::StartLine() const {
  auto line = Sized<sipward_start_line>();
  if (sipward_message_start_line(message_, &line) == SIPWARD_OK) return line;
  const sipward_slice absent{SIPWARD_ABSENT, 0};
  line.kind = SIPWARD_KIND_NONE;
  line.method = line.request_uri = line.version = line.reason = line.status_text = absent;
  line.status_code = 0;
  return line;
}

OptionalText MessageView::Kind() const {
  switch (StartLine().kind) {
    case SIPWARD_KIND_REQUEST:
      return "request";
    case SIPWARD_KIND_RESPONSE:
      return "response";
    default:
      return std::nullopt;
  }
}

OptionalText MessageView::Find(std::string_view header) const {
  sipward_slice value{SIPWARD_ABSENT, 0};
  if (sipward_message_find(message_, header.data(), header.size(), &value) != SIPWARD_OK) {
    return std::nullopt;
  }
  return Text(value);
}

std::optional<sipward_address> MessageView::Address(std::string_view header, uint32_t index) const {
  auto address = Sized<sipward_address>();
  if (sipward_message_address(message_, header.data(), header.size(), index, &address) !=
      SIPWARD_OK) {
    return std::nullopt;
  }
  return address;
}

std::optional<sipward_via> MessageView::Via(uint32_t index) const {
  auto via = Sized<sipward_via>();
  if (sipward_message_via(message_, index, &via) != SIPWARD_OK) return std::nullopt;
  return via;
}

std::optional<sipward_uri> MessageView::RequestUri() const {
  auto uri = Sized<sipward_uri>();
  if (sipward_message_request_uri(message_, &uri) != SIPWARD_OK) return std::nullopt;
  return uri;
}

std::optional<sipward_digest> MessageView::Digest(std::string_view header, uint32_t index) const {
  auto digest = Sized<sipward_digest>();
  if (sipward_message_digest(message_, header.data(), header.size(), index, &digest) !=
      SIPWARD_OK) {
    return std::nullopt;
  }
  return digest;
}

std::optional<sipward_cseq> MessageView::Cseq() const {
  auto cseq = Sized<sipward_cseq>();
  if (sipward_message_cseq(message_, &cseq) != SIPWARD_OK) return std::nullopt;
  return cseq;
}

std::optional<uint64_t> MessageView::Number(std::string_view header) const {
  uint64_t number = 0;
  if (sipward_message_number(message_, header.data(), header.size(), &number) != SIPWARD_OK) {
    return std::nullopt;
  }
  return number;
}

std::optional<sipward_slice> MessageView::Body() const {
  sipward_slice body{SIPWARD_ABSENT, 0};
  if (sipward_message_body(message_, &body) != SIPWARD_OK || body.offset == SIPWARD_ABSENT) {
    return std::nullopt;
  }
  return body;
}

std::vector<sipward_header> MessageView::Headers() const {
  std::vector<sipward_header> headers;
  const uint32_t count = sipward_message_header_count(message_);
  for (uint32_t i = 0; i < count; ++i) {
    auto header = Sized<sipward_header>();
    if (sipward_message_header(message_, i, &header) == SIPWARD_OK) headers.push_back(header);
  }
  return headers;
}

std::vector<sipward_param> MessageView::Params(sipward_slice params) const {
  std::vector<sipward_param> all;
  if (params.offset == SIPWARD_ABSENT) return all;
  sipward_param param{};
  while (sipward_param_next(message_, &params, &param) == SIPWARD_OK) all.push_back(param);
  return all;
}

std::vector<sipward_anomaly> MessageView::Anomalies() const {
  std::vector<sipward_anomaly> all;
  sipward_anomaly anomaly{};
  for (uint32_t i = 0; sipward_message_anomaly(message_, i, &anomaly) == SIPWARD_OK; ++i) {
    all.push_back(anomaly);
  }
  return all;
}

sipward_anomaly_info Describe(const sipward_anomaly& anomaly) {
  auto info = Sized<sipward_anomaly_info>();
  sipward_anomaly_describe(anomaly.id, &info);
  return info;
}

}  // namespace sipward::cli
