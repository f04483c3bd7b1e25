#include "sip/params.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

constexpr size_t kLongestBoundary = 70;  // RFC 2046 section 5.1.1

// RFC 2046 section 5.1.1: 1 to 70 bchars, the last no space.
bool IsBoundary(std::string_view text) {
  if (text.empty() || text.size() > kLongestBoundary || text.back() == ' ') return false;
  for (const char c : text) {
    const bool allowed = IsAlpha(c) || IsDigit(c) ||
                         std::string_view("'()+_,-./:=? ").find(c) != std::string_view::npos;
    if (!allowed) return false;
  }
  return true;
}

// The first boundary parameter without its quotes; absent if there is none that could be one.
Slice FindBoundary(const char* base, Slice content_type, const Limits& limits) {
  const uint32_t semicolon = FindChar(base, content_type.offset, content_type.end(), ';');
  ParamCursor cursor(base, Between(semicolon, content_type.end()));
  Param param;
  for (uint32_t count = 0; count < limits.params_per_value && cursor.Next(&param); ++count) {
    if (!EqualsIgnoreCase(param.name.In(base), "boundary")) continue;
    const Slice boundary = Unquote(base, param.value);
    return IsBoundary(boundary.In(base)) ? boundary : Slice{};
  }
  return {};
}

enum class Delimiter : uint8_t { kNone, kOpen, kClose };

// RFC 2046 section 5.1.1: two hyphens, the boundary, two more at the last, white space, nothing
// else.
Delimiter ReadDelimiter(std::string_view line, std::string_view boundary) {
  if (line.substr(0, 2) != "--") return Delimiter::kNone;
  line.remove_prefix(2);
  if (line.substr(0, boundary.size()) != boundary) return Delimiter::kNone;
  line.remove_prefix(boundary.size());
  const bool close = line.substr(0, 2) == "--";
  if (close) line.remove_prefix(2);
  for (const char c : line) {
    if (!IsWhiteSpace(c)) return Delimiter::kNone;
  }
  return close ? Delimiter::kClose : Delimiter::kOpen;
}

bool IsMultipart(std::string_view content_type) {
  constexpr std::string_view kType = "multipart";
  return content_type.size() > kType.size() &&
         EqualsIgnoreCase(content_type.substr(0, kType.size()), kType) &&
         (content_type[kType.size()] == '/' || IsWhiteSpace(content_type[kType.size()]));
}

}  // namespace

void CheckMultipart(const char* base, Slice content_type, Slice body, const Limits& limits,
                    AnomalyLog& log) {
  if (!content_type.present() || !body.present()) return;
  content_type = Trim(base, content_type);
  if (!IsMultipart(content_type.In(base))) return;
  const Slice boundary = FindBoundary(base, content_type, limits);
  if (!boundary.present()) {
    log.Add(AnomalyId::kBodyMultipartNoBoundary, content_type.offset);
    return;
  }
  bool opened = false;
  for (uint32_t at = body.offset; at < body.end();) {
    const uint32_t stop = FindChar(base, at, body.end(), '\n');
    const Delimiter delimiter = ReadDelimiter(Between(at, stop).In(base), boundary.In(base));
    if (delimiter == Delimiter::kClose && opened) return;
    opened = opened || delimiter == Delimiter::kOpen;
    at = stop < body.end() ? stop + 1 : stop;
  }
  log.Add(opened ? AnomalyId::kBodyMultipartUnterminated : AnomalyId::kBodyMultipartNoBoundary,
          body.offset);
}

}  // namespace sipward::sip
