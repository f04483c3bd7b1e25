#include <bit>

#ifdef __SSE2__
#include <emmintrin.h>
#endif

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

// The first octet that means something where `separator` does, or `end`.
uint32_t FindStop(const char* base, uint32_t at, uint32_t end, char separator) {
#ifdef __SSE2__
  const __m128i one = _mm_set1_epi8(separator);
  const __m128i quote = _mm_set1_epi8('"');
  const __m128i bracket = _mm_set1_epi8('<');
  for (; end - at >= 16; at += 16) {
    const __m128i v = _mm_loadu_si128(reinterpret_cast<const __m128i*>(base + at));
    const __m128i stop = _mm_or_si128(_mm_cmpeq_epi8(v, one), _mm_cmpeq_epi8(v, quote));
    const auto bits =
        static_cast<uint32_t>(_mm_movemask_epi8(_mm_or_si128(stop, _mm_cmpeq_epi8(v, bracket))));
    if (bits != 0) return at + static_cast<uint32_t>(std::countr_zero(bits));
  }
#endif
  return FindAnyOf(base, at, end, StopsOf(separator));
}

}  // namespace

uint32_t FindSeparator(const char* base, uint32_t at, uint32_t end, char separator) {
  for (;;) {
    at = FindStop(base, at, end, separator);
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
