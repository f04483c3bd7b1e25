#include "sip/body.h"

#include "sip/params.h"
#include "sip/scan.h"

namespace sipward::sip {
namespace {

Slice TakeToken(const char* base, uint32_t* at, uint32_t end) {
  const uint32_t begin = *at;
  while (*at < end && IsTokenChar(base[*at])) ++*at;
  const Slice token = *at > begin ? Between(begin, *at) : Slice{};
  *at = SkipWhiteSpace(base, *at, end);
  return token;
}

}  // namespace

MediaType ReadMediaType(const char* base, Slice text) {
  MediaType media;
  if (!text.present()) return media;
  text = Trim(base, text);
  media.text = text;
  uint32_t at = text.offset;
  media.type = TakeToken(base, &at, text.end());
  if (at < text.end() && base[at] == '/') {
    at = SkipWhiteSpace(base, at + 1, text.end());
    media.subtype = TakeToken(base, &at, text.end());
  }
  const uint32_t semicolon = FindSeparator(base, text.offset, text.end(), ';');
  if (semicolon < text.end()) media.params = Between(semicolon + 1, text.end());
  return media;
}

Slice FindMediaParam(const char* base, const MediaType& media, std::string_view name,
                     const Limits& limits) {
  ParamCursor cursor(base, media.params);
  Param param;
  for (uint32_t count = 0; count < limits.params_per_value && cursor.Next(&param); ++count) {
    if (!EqualsIgnoreCase(param.name.In(base), name)) continue;
    return param.value.present() ? Unquote(base, param.value) : Slice{};
  }
  return {};
}

BodyKind KindOfBody(const char* base, const MediaType& media) {
  const std::string_view type = media.type.In(base);
  if (EqualsIgnoreCase(type, "multipart")) return BodyKind::kMultipart;
  if (EqualsIgnoreCase(type, "text")) return BodyKind::kText;
  const bool is_sdp =
      EqualsIgnoreCase(type, "application") && EqualsIgnoreCase(media.subtype.In(base), "sdp");
  return is_sdp ? BodyKind::kSdp : BodyKind::kOpaque;
}

bool IsEncoded(const char* base, Slice encoding) {
  if (!encoding.present()) return false;
  const std::string_view text = Trim(base, encoding).In(base);
  for (const std::string_view plain : {"identity", "binary", "8bit", "7bit", ""}) {
    if (EqualsIgnoreCase(text, plain)) return false;
  }
  return true;
}

}  // namespace sipward::sip
