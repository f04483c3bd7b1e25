// Long hostile inputs. Nothing is measured here: 2 MiB cost milliseconds in linear time and many
// minutes in quadratic time, and CTest ends this program after some minutes.
#include <gtest/gtest.h>

#include <limits>

#include "tests/sip/support.h"
#include "tests/sip/values_everything.h"

namespace sipward::sip {
namespace {

constexpr size_t kBytes = size_t{2} << 20;

// What a quadratic parser would read again and again: openings, separators, escapes, folds.
constexpr std::string_view kPieces[] = {
    ",",     ";", ";a", "\"",   "\\",   "\"\\\"", "<",  "<>",   "@", ":", "%", "%00", " ",
    "\r\n ", "[", "=",  "a=\"", ";a=<", "--",     "\n", "a=\n", "9", "/", ".", "a."};

std::string Repeat(std::string_view head, std::string_view piece) {
  std::string text(head);
  text.reserve(kBytes + 64);
  while (text.size() < kBytes) text += piece;
  return text;
}

TEST(Complexity, EveryValueParserIsLinear) {
  for (const std::string_view piece : kPieces) {
    for (const std::string_view head :
         {"", "sip:", "<sip:a", "\"", "SIP/2.0/UDP ", "Digest a=\"b\""}) {
      const std::string text = Repeat(head, piece);
      values_test::ParseAsEverything(text.data(), {0, static_cast<uint32_t>(text.size())});
    }
  }
}

TEST(Complexity, MessagesAndStreamsAreLinear) {
  constexpr uint32_t kMost = std::numeric_limits<uint32_t>::max();
  ParseOptions options{.profile = Profile::kStrict};
  options.limits.message_bytes = options.limits.header_value_bytes = kMost;
  options.limits.uri_bytes = options.limits.params_per_value = options.limits.sdp_media = kMost;
  Message message;
  for (const std::string_view piece : kPieces) {
    for (const std::string_view header :
         {"", "Via: ", "From: ", "Contact: ", "CSeq: ", "WWW-Authenticate: Digest ",
          "X: ", "Content-Type: application/sdp\r\n\r\n",
          "Content-Type: multipart/mixed;boundary=-\r\n\r\n"}) {
      std::string text =
          Repeat("INVITE sip:a@example.com SIP/2.0\r\n" + std::string(header), piece);
      ReadEverything(message, text, options);
      // Only a head that is complete is walked.
      text += "\r\n\r\n";
      ReadEverything(message, text, options);
      StreamFramer framer(kBytes * 2);
      for (std::string_view rest = text; !rest.empty();) {
        std::string_view cut;
        rest.remove_prefix(framer.Push(rest.substr(0, 1000)));
        while (framer.Next(&cut) == StreamFramer::Status::kMessage) continue;
      }
    }
  }
}

}  // namespace
}  // namespace sipward::sip
