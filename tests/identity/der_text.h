// DER written by hand, for tests.
#ifndef SIPWARD_TESTS_IDENTITY_DER_TEXT_H_
#define SIPWARD_TESTS_IDENTITY_DER_TEXT_H_

#include <initializer_list>
#include <string>
#include <string_view>

namespace sipward::identity {

// An element with the shortest length.
inline std::string Der(unsigned tag, std::string_view contents) {
  std::string out(1, static_cast<char>(tag));
  const size_t size = contents.size();
  if (size < 0x80) {
    out.push_back(static_cast<char>(size));
  } else {
    int octets = 1;
    while (size >> (8 * octets) != 0) ++octets;
    out.push_back(static_cast<char>(0x80 | octets));
    for (int i = octets; i-- > 0;) out.push_back(static_cast<char>(size >> (8 * i)));
  }
  return out.append(contents);
}

inline std::string DerSequence(std::initializer_list<std::string> items) {
  std::string contents;
  for (const std::string& item : items) contents += item;
  return Der(0x30, contents);
}

inline std::string DerIa5(std::string_view text) { return Der(0x16, text); }
inline std::string DerUtf8(std::string_view text) { return Der(0x0C, text); }
inline std::string DerExplicit(unsigned number, std::string_view contents) {
  return Der(0xA0 | number, contents);
}

inline std::string DerInteger(unsigned long long value) {
  std::string octets;
  do {
    octets.insert(octets.begin(), static_cast<char>(value));
    value >>= 8;
  } while (value != 0);
  if ((octets[0] & 0x80) != 0) octets.insert(octets.begin(), '\0');
  return Der(0x02, octets);
}

inline std::string DerSpc(std::string_view spc) { return DerExplicit(0, DerIa5(spc)); }
inline std::string DerRange(std::string_view start, unsigned long long count) {
  return DerExplicit(1, DerSequence({DerIa5(start), DerInteger(count)}));
}
inline std::string DerOne(std::string_view number) { return DerExplicit(2, DerIa5(number)); }

}  // namespace sipward::identity

#endif  // SIPWARD_TESTS_IDENTITY_DER_TEXT_H_
