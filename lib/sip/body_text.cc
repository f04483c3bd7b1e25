#include "sip/body.h"
#include "sip/line_check.h"
#include "sip/load.h"
#include "sip/scan.h"

namespace sipward::sip {
namespace {

bool HasPrefix(std::string_view text, std::string_view prefix) {
  return text.size() > prefix.size() && EqualsIgnoreCase(text.substr(0, prefix.size()), prefix);
}

Charset FindCharset(std::string_view name) {
  if (EqualsIgnoreCase(name, "utf-8") || EqualsIgnoreCase(name, "utf8")) return Charset::kUtf8;
  if (EqualsIgnoreCase(name, "us-ascii") || EqualsIgnoreCase(name, "ascii")) {
    return Charset::kAscii;
  }
  const bool latin = HasPrefix(name, "iso-8859-") || HasPrefix(name, "windows-125");
  return latin ? Charset::kLatin : Charset::kUnknown;
}

// HTAB, CR and LF are what text is laid out with, FF too (RFC 2046 section 4.1.2).
constexpr bool IsControl(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t' && c != '\r' && c != '\n' && c != '\f') || octet == 0x7F;
}

constexpr bool IsPrintable(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return octet >= 0x20 && octet < 0x7F;
}

// The first octet that is not printable ASCII, or `end`; eight at a time.
uint32_t SkipPrintable(const char* base, uint32_t at, uint32_t end) {
  constexpr uint64_t kOnes = 0x0101010101010101u;
  constexpr uint64_t kHigh = 0x80u * kOnes;
  while (end - at >= 8) {
    const uint64_t word = LoadEight(base + at);
    // Below 0x20, at 0x7F, and from 0x80 on; what carries into a neighbour is looked at again.
    const uint64_t odd = ((word - 0x20u * kOnes) | (word + kOnes) | word) & kHigh;
    if (odd != 0) break;
    at += 8;
  }
  while (at < end && IsPrintable(base[at])) ++at;
  return at;
}

class TextChecker {
 public:
  TextChecker(const char* base, Slice body, Charset charset, AnomalyLog& log)
      : base_(base), body_(body), charset_(charset), log_(log) {}

  void Run() {
    for (uint32_t at = body_.offset; (at = SkipPrintable(base_, at, body_.end())) < body_.end();
         ++at) {
      const char c = base_[at];
      if (IsControl(c)) {
        Note(AnomalyId::kBodyTextControl, &control_, at);
      } else if ((c & 0x80) != 0) {
        if (TakeHigh(at)) return;
      }
    }
  }

 private:
  // True if the rest was looked at.
  bool TakeHigh(uint32_t at) {
    if (charset_ == Charset::kUtf8) return TakeUtf8(at);
    if (charset_ == Charset::kAscii) Note(AnomalyId::kBodyTextInvalid, &invalid_, at);
    return false;
  }

  bool TakeUtf8(uint32_t at) {
    CheckTextAs(AnomalyId::kBodyTextInvalid, {base_, body_.end()}, at, body_.end(), log_);
    for (; at < body_.end(); ++at) {
      if (IsControl(base_[at])) Note(AnomalyId::kBodyTextControl, &control_, at);
    }
    return true;
  }

  void Note(AnomalyId id, bool* noted, uint32_t at) {
    if (!*noted) log_.Add(id, at);
    *noted = true;
  }

  const char* base_;
  Slice body_;
  Charset charset_;
  AnomalyLog& log_;
  bool control_ = false;
  bool invalid_ = false;
};

}  // namespace

void ParseBodyText(const char* base, const MediaType& type, Slice body, const Limits& limits,
                   AnomalyLog& log, BodyText* out) {
  *out = BodyText{};
  out->text = body;
  out->charset_name = FindMediaParam(base, type, "charset", limits);
  if (out->charset_name.present()) out->charset = FindCharset(out->charset_name.In(base));
  if (out->charset == Charset::kUnknown) {
    log.Add(AnomalyId::kBodyCharsetUnknown, out->charset_name.offset);
    return;
  }
  if (body.present()) TextChecker(base, body, out->charset, log).Run();
}

}  // namespace sipward::sip
