#include "sip/percent.h"

namespace sipward::sip {
void CheckEscapes(const char* base, Slice text, uint32_t headers, Diagnosis& diagnosis) {
  const uint32_t end = text.end();
  for (uint32_t at = FindChar(base, text.offset, end, '%'); at < end;
       at = FindChar(base, at + 1, end, '%')) {
    if (end - at < 3 || !IsHexDigit(base[at + 1]) || !IsHexDigit(base[at + 2])) {
      diagnosis.Note(AnomalyId::kUriBadEscape, at);
      continue;
    }
    const int octet = HexValue(base[at + 1]) * 16 + HexValue(base[at + 2]);
    if (octet == 0) {
      diagnosis.Remark(AnomalyId::kUriPercentNul, at);
    } else if (octet == '\r' || octet == '\n') {
      diagnosis.Remark(AnomalyId::kInjectionCrlfEscaped, at);
    } else if (octet < 0x20 || octet == 0x7F) {
      diagnosis.Remark(AnomalyId::kUriPercentCtl, at);
    } else if (octet == '@' && at < headers) {
      diagnosis.Remark(AnomalyId::kUriPercentAt, at);
    }
  }
}

}  // namespace sipward::sip
