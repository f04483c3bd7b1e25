// What one program read in a message: whether it took it, and the fields that decide who calls
// whom.
#ifndef SIPWARD_TESTS_PEERS_READING_H_
#define SIPWARD_TESTS_PEERS_READING_H_

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sipward::peers {

enum class Outcome : uint8_t { kAccept, kReject, kCrash, kTimeout };
std::string_view OutcomeName(Outcome outcome);

enum class Field : uint8_t {
  kRequestUri,
  kFromUri,
  kToUri,
  kCallId,
  kCseqNumber,
  kCseqMethod,
  kViaCount,
  kContentLength,
  kFromTag,
  kToTag,
};
inline constexpr size_t kFieldCount = 10;
std::string_view FieldName(Field field);

struct Reading {
  Outcome outcome = Outcome::kReject;
  std::array<std::optional<std::string>, kFieldCount> fields;  // those of an accepted message

  std::optional<std::string>& operator[](Field field) { return fields[static_cast<size_t>(field)]; }
  const std::optional<std::string>& operator[](Field field) const {
    return fields[static_cast<size_t>(field)];
  }
  bool accepted() const { return outcome == Outcome::kAccept; }
};

std::string Serialise(const Reading& reading);
Reading Deserialise(std::string_view bytes);

// The parts of a URI as a program hands them out. `unescaped`: it has decoded %HH itself.
struct UriParts {
  std::string_view scheme, user, password, host, port;
  bool unescaped = false;
};
// The normalisations; each takes away a difference in printing that means nothing.
//
// A URI as scheme:user:password@host:port. Scheme and host in lower case, because they compare so
// (RFC 3261 section 19.1.4); the brackets of IPv6 left out, because some programs give the address
// and some the reference; an absent port and port 0 the same, because structs hold a number; the
// user unescaped once, because osip2 and belle-sip hand it out so.
std::string UriText(const UriParts& parts);
// A URI of another scheme than sip and sips, whose parts no two programs cut alike: as it was
// written behind the scheme, and unescaped, because sofia prints some octets without their escape.
std::string OpaqueUriText(std::string_view whole);
// (One more stands in peer_osip.cc: a Content-Length that osip2 wrote itself is left out.)
//
// Digits without leading zeros, because structs hold a number; anything else as it is.
std::string NumberText(std::string_view text);

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_READING_H_
