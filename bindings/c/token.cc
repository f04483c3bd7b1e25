#include <memory>

#include "guard.h"
#include "identity/identity.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace identity = sipward::identity;

struct sipward_token {
  identity::DecodedToken decoded;
};

namespace sipward::c {
namespace {

sipward_token_part ToC(const identity::DecodedPart& part) {
  sipward_token_part out{};
  out.reason = Text(identity::Describe(part.reason).name);
  out.json = Text(part.json);
  out.canonical = part.canonical ? 1 : 0;
  return out;
}

}  // namespace
}  // namespace sipward::c

extern "C" {

int32_t sipward_token_create(const char* value, size_t size, sipward_token** out) {
  if (!UsableBytes(value, size) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    auto token = std::make_unique<sipward_token>();
    token->decoded = identity::Decode(View(value, size), {});
    *out = token.release();
    return SIPWARD_OK;
  });
}

void sipward_token_destroy(sipward_token* token) {
  if (Usable(token)) delete token;
}

int32_t sipward_token_read(const sipward_token* token, sipward_token_parts* out) {
  if (!Usable(token) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const identity::DecodedToken& decoded = token->decoded;
  sipward_token_parts parts{};
  parts.flags = decoded.flags.bits();
  parts.reason = Text(identity::Describe(decoded.reason).name);
  parts.info = Text(decoded.info);
  parts.ppt = Text(decoded.ppt);
  parts.header = ToC(decoded.header);
  parts.payload = ToC(decoded.payload);
  parts.signature = Text(decoded.signature);
  parts.compact = decoded.compact ? 1 : 0;
  parts.dest_count = static_cast<uint32_t>(decoded.dest.size());
  parts.iat = decoded.iat;
  parts.orig = Text(decoded.orig);
  parts.div = Text(decoded.div);
  parts.attest = Text(decoded.attest);
  parts.origid = Text(decoded.origid);
  parts.nam = Text(decoded.nam);
  parts.crn = Text(decoded.crn);
  parts.opt = Text(decoded.opt);
  WriteStruct(parts, out);
  return SIPWARD_OK;
}

int32_t sipward_token_dest(const sipward_token* token, uint32_t index, sipward_text* out) {
  if (!Usable(token) || !Usable(out)) return SIPWARD_ERR_ARGUMENT;
  if (index >= token->decoded.dest.size()) return SIPWARD_END;
  *out = Text(token->decoded.dest[index]);
  return SIPWARD_OK;
}

}  // extern "C"
