// Messages to hold two parsers against each other with.
#ifndef SIPWARD_TESTS_SIP_ORACLE_SAMPLES_H_
#define SIPWARD_TESTS_SIP_ORACLE_SAMPLES_H_

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::oracle {

// One line of an otherwise good INVITE, and whether section 25 allows it.
struct LineSample {
  std::string_view line;  // "Request-URI: x" stands for the Request-URI
  bool good;
};
std::span<const LineSample> AddressSamples();
std::span<const LineSample> UriSamples();
std::span<const LineSample> OtherSamples();
std::span<const LineSample> ItemSamples();

// The good INVITE with this line in place of its own of the same name.
std::string MessageWith(std::string_view line);

// Whole messages whose lines, start lines or framing are the matter, and whether a strict reader
// accepts them.
struct MessageSample {
  std::string_view text;
  bool accepted;
};
std::span<const MessageSample> MessageSamples();

// Bodies and their content types.
struct BodySample {
  std::string_view type;
  std::string_view body;
};
std::span<const BodySample> BodySamples();

std::vector<std::string> AllSamples();

}  // namespace sipward::oracle

#endif  // SIPWARD_TESTS_SIP_ORACLE_SAMPLES_H_
