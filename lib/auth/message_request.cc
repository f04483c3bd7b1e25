#include "auth/message_request.h"

namespace sipward::auth {

const Request& MessageRequest::Read(sip::Message& message, bool proxy) {
  const char* base = message.bytes().data();
  request_ = {};
  const sip::HeaderId id =
      proxy ? sip::HeaderId::kProxyAuthorization : sip::HeaderId::kAuthorization;
  size_t count = 0;
  const sip::Header* header = message.Find(id);
  for (; header != nullptr && count < credentials_.size(); header = message.Next(*header)) {
    credentials_[count++] = header->value.In(base);
  }
  request_.credentials = {credentials_.data(), count};
  request_.method = message.start().method_text.In(base);
  request_.request_uri = message.request_uri().text.In(base);
  if (message.complete()) request_.body = message.body().In(base);
  request_.call_id = message.call_id().In(base);
  request_.cseq = message.cseq().number_text.In(base);
  if (!message.vias().empty()) request_.branch = message.vias().front().branch.In(base);
  request_.client = message.ValueOf(sip::HeaderId::kUserAgent).In(base);
  return request_;
}

}  // namespace sipward::auth
