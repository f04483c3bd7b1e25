#include "tests/sip/oracle/reference_text.h"

#include <set>
#include <string>

#include "tests/sip/oracle/abnf.h"
#include "tests/sip/oracle/grammar.h"

namespace sipward::oracle {
namespace {

RefText::Charset FindCharset(std::string_view name) {
  static Matcher utf8(Abnf("utf-8") | "utf8");
  static Matcher ascii(Abnf("us-ascii") | "ascii");
  static Matcher latin((Abnf("iso-8859-") | "windows-125") + Plus(Abnf::Range(0x00, 0xFF)));
  if (utf8.Matches(name)) return RefText::Charset::kUtf8;
  if (ascii.Matches(name)) return RefText::Charset::kAscii;
  return latin.Matches(name) ? RefText::Charset::kLatin : RefText::Charset::kUnknown;
}

bool IsControl(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return std::string_view("\t\r\n\f").find(c) == std::string_view::npos &&
         (octet < 0x20 || octet == 0x7F);
}

bool IsAscii(char c) { return static_cast<unsigned char>(c) < 0x80; }

// How many octets the character at `at` has that is no ASCII; 0: it is no UTF-8.
size_t LengthOf(std::string_view bytes, size_t at) {
  static Matcher character(Basic().utf8_nonascii);
  for (size_t length = 2; length <= 4 && at + length <= bytes.size(); ++length) {
    if (character.Matches(bytes.substr(at, length))) return length;
  }
  return 0;
}

void NoteFirst(std::optional<size_t>* place, size_t at) {
  if (!place->has_value()) *place = at;
}

void ReadCharacters(std::string_view bytes, RefText* text) {
  // UAX 9, table 4, as the octets that are written.
  static const std::set<std::string_view> kBidi = {"\u202A", "\u202B", "\u202C", "\u202D", "\u202E",
                                                   "\u2066", "\u2067", "\u2068", "\u2069"};
  static const std::set<std::string_view> kZeroWidth = {"\u200B", "\u200C", "\u200D", "\u2060",
                                                        "\uFEFF"};
  for (size_t at = 0; at < bytes.size();) {
    if (IsAscii(bytes[at])) {
      ++at;
      continue;
    }
    const size_t length = LengthOf(bytes, at);
    const std::string_view character = bytes.substr(at, length);
    if (length == 0) NoteFirst(&text->invalid, at);
    if (kBidi.count(character) != 0) NoteFirst(&text->bidi, at);
    if (kZeroWidth.count(character) != 0) NoteFirst(&text->zero_width, at);
    at += length == 0 ? 1 : length;
  }
}

}  // namespace

RefText ReadReferenceText(std::string_view bytes, std::optional<std::string_view> charset) {
  RefText text;
  if (charset) text.charset = FindCharset(*charset);
  if (text.charset == RefText::Charset::kUnknown) return text;
  for (size_t at = 0; at < bytes.size(); ++at) {
    if (IsControl(bytes[at])) NoteFirst(&text.control, at);
    if (text.charset == RefText::Charset::kAscii && !IsAscii(bytes[at])) {
      NoteFirst(&text.invalid, at);
    }
  }
  if (text.charset == RefText::Charset::kUtf8) ReadCharacters(bytes, &text);
  return text;
}

}  // namespace sipward::oracle
