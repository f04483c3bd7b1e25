#include "sip/params.h"
#include "sip/scan.h"
#include "sip/values.h"

namespace sipward::sip {
namespace {

constexpr CharSet kSemicolonStops(";\"<");
constexpr CharSet kAmpersandStops("&\"<");
constexpr CharSet kCommaStops(",\"<");
constexpr CharSet kNameStops("=\"");

constexpr const CharSet& StopsOf(char separator) {
  return separator == ';' ? kSemicolonStops : separator == ',' ? kCommaStops : kAmpersandStops;
}

}  // namespace

uint32_t FindSeparator(const char* base, uint32_t at, uint32_t end, char separator) {
  const CharSet& stops = StopsOf(separator);
  for (;;) {
    at = FindAnyOf(base, at, end, stops);
    if (at == end || base[at] == separator) return at;
    if (base[at] == '<') {
      at = FindChar(base, at, end, '>');
      continue;
    }
    const uint32_t behind = SkipQuoted(base, at, end);
    if (behind == 0) return end;
    at = behind;
  }
}

ParamCursor::ParamCursor(const char* base, Slice params, char separator)
    : base_(base),
      at_(params.present() ? params.offset : 0),
      end_(params.present() ? params.end() : 0),
      separator_(separator) {}

bool ParamCursor::Next(Param* param) {
  while (at_ < end_) {
    const uint32_t stop = FindSeparator(base_, at_, end_, separator_);
    const Slice whole = Trim(base_, Between(at_, stop));
    at_ = stop < end_ ? stop + 1 : end_;
    if (whole.empty()) continue;
    // A quoted string can hold an equals sign; the name cannot be one.
    const uint32_t equals = FindAnyOf(base_, whole.offset, whole.end(), kNameStops);
    if (equals == whole.end() || base_[equals] == '"') {
      *param = {whole, Slice{}};
    } else {
      param->name = Between(whole.offset, TrimEnd(base_, whole.offset, equals));
      param->value = Trim(base_, Between(equals + 1, whole.end()));
    }
    return true;
  }
  return false;
}

ValueCursor::ValueCursor(const char* base, Slice value)
    : base_(base),
      at_(value.present() ? value.offset : 0),
      end_(value.present() ? value.end() : 0),
      done_(!value.present()) {}

bool ValueCursor::Next(Slice* value) {
  if (done_) return false;
  // Most headers hold one value: without a comma nothing needs to be looked at.
  const bool single = FindChar(base_, at_, end_, ',') == end_;
  const uint32_t stop = single ? end_ : FindSeparator(base_, at_, end_, ',');
  *value = Trim(base_, Between(at_, stop));
  done_ = stop >= end_;
  at_ = done_ ? end_ : stop + 1;
  return true;
}

}  // namespace sipward::sip
