#include <optional>
#include <span>

#include "guard.h"
#include "message_handle.h"
#include "message_values.h"
#include "sip/header_kind.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

using sip::HeaderId;

// From and To stand once: a second one is an anomaly and has no parsed value.
std::span<const sip::NameAddr> AddressesOf(sip::Message& message, HeaderId id) {
  if (message.Find(id) == nullptr) return {};
  if (id == HeaderId::kFrom) return {&message.from(), 1};
  if (id == HeaderId::kTo) return {&message.to(), 1};
  return message.addresses(id);
}

bool IsWithin(sipward_slice slice, std::string_view bytes) {
  return slice.offset <= bytes.size() && slice.length <= bytes.size() - slice.offset;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace sip = sipward::sip;
using sipward::Slice;

extern "C" {

int32_t sipward_message_request_uri(sipward_message* message, sipward_uri* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed || !message->message->is_request()) return SIPWARD_END;
  WriteStruct(ToC(message->message->request_uri()), out);
  return SIPWARD_OK;
}

int32_t sipward_message_address(sipward_message* message, const char* header, size_t header_size,
                                uint32_t index, sipward_address* out) {
  if (!Usable(message) || !UsableBytes(header, header_size) || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const sip::HeaderId id = sip::FindHeader(View(header, header_size));
  if (!sip::HoldsAddresses(id)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  const std::span<const sip::NameAddr> addresses = AddressesOf(*message->message, id);
  if (index >= addresses.size()) return SIPWARD_END;
  sipward_address address = ToC(addresses[index]);
  if (out->struct_size < sizeof address) {
    constexpr uint32_t kBefore = offsetof(sipward_address, uri);
    address.uri.struct_size = out->struct_size > kBefore ? out->struct_size - kBefore : 0;
  }
  WriteStruct(address, out);
  return SIPWARD_OK;
}

int32_t sipward_message_via(sipward_message* message, uint32_t index, sipward_via* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  const std::span<const sip::Via> vias = message->message->vias();
  if (index >= vias.size()) return SIPWARD_END;
  WriteStruct(ToC(vias[index]), out);
  return SIPWARD_OK;
}

int32_t sipward_message_digest(sipward_message* message, const char* header, size_t header_size,
                               uint32_t index, sipward_digest* out) {
  if (!Usable(message) || !UsableBytes(header, header_size) || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const sip::HeaderId id = sip::FindHeader(View(header, header_size));
  if (sip::KindOf(id) != sip::HeaderKind::kDigest) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  const std::span<const sip::Digest> digests = message->message->digests(id);
  if (index >= digests.size()) return SIPWARD_END;
  WriteStruct(ToC(digests[index]), out);
  return SIPWARD_OK;
}

int32_t sipward_message_cseq(sipward_message* message, sipward_cseq* out) {
  if (!Usable(message) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed || message->message->Find(sip::HeaderId::kCseq) == nullptr) {
    return SIPWARD_END;
  }
  WriteStruct(ToC(message->message->cseq()), out);
  return SIPWARD_OK;
}

int32_t sipward_message_number(sipward_message* message, const char* header, size_t header_size,
                               uint64_t* out) {
  if (!Usable(message) || !UsableBytes(header, header_size) || !Usable(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const sip::HeaderId id = sip::FindHeader(View(header, header_size));
  if (!sip::HoldsNumber(id)) return SIPWARD_ERR_ARGUMENT;
  const int64_t number = message->parsed ? message->message->number(id) : -1;
  if (number < 0) return SIPWARD_END;
  *out = static_cast<uint64_t>(number);
  return SIPWARD_OK;
}

// Where the next parameter begins is where the list goes on; the cursor alone knows the grammar.
int32_t sipward_param_next(const sipward_message* message, sipward_slice* params,
                           sipward_param* out) {
  if (!Usable(message) || !Usable(params) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed || params->offset == SIPWARD_ABSENT) return SIPWARD_END;
  const std::string_view bytes = message->message->bytes();
  if (!IsWithin(*params, bytes)) return SIPWARD_ERR_ARGUMENT;
  const Slice list{params->offset, params->length};
  sip::ParamCursor cursor(bytes.data(), list);
  sip::Param param;
  if (!cursor.Next(&param)) return SIPWARD_END;
  sip::Param following;
  *params = {list.end(), 0};
  if (cursor.Next(&following)) {
    *params = {following.name.offset, list.end() - following.name.offset};
  }
  *out = {ToC(param.name), ToC(param.value)};
  return SIPWARD_OK;
}

}  // extern "C"
