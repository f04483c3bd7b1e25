// A second opinion on the text of bodies: which octets its charset does not have, and which
// characters do not show. UTF-8 is held against the ABNF of RFC 3629 section 4.
#ifndef SIPWARD_TESTS_SIP_ORACLE_REFERENCE_TEXT_H_
#define SIPWARD_TESTS_SIP_ORACLE_REFERENCE_TEXT_H_

#include <optional>
#include <string_view>

namespace sipward::oracle {

struct RefText {
  enum class Charset { kUtf8, kAscii, kLatin, kUnknown };
  Charset charset = Charset::kUtf8;
  // The first of each kind; none are looked for where the charset is unknown, and characters only
  // in UTF-8.
  std::optional<size_t> invalid;     // an octet that the charset does not have
  std::optional<size_t> control;     // a control character other than HTAB, CR, LF and FF
  std::optional<size_t> bidi;        // a character that turns the direction of writing
  std::optional<size_t> zero_width;  // a character without width
};
// `charset`: its name, if one is given.
RefText ReadReferenceText(std::string_view bytes, std::optional<std::string_view> charset);

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_REFERENCE_TEXT_H_
