// Everything that a message says, as a list of named places.
#ifndef SIPWARD_TESTS_SIP_GOLDEN_FIELDS_H_
#define SIPWARD_TESTS_SIP_GOLDEN_FIELDS_H_

#include <string>
#include <vector>

#include "sip/sip.h"

namespace sipward::sip::golden {

// `from.uri.host` is a place, `cseq.number` a number or a word (then `place` is absent and
// `computed` is set).
struct Field {
  std::string name;
  Slice place;
  std::string computed;
};

// All fields that are present, in the order in which they are documented in README.md.
std::vector<Field> FieldsOf(Message& message);

// What the body says: `part.0.kind`, `sdp.media.0.port`, `sdp.attribute.0.value`, `text`.
void TakeBodyFields(Message& message, std::vector<Field>* fields);

}  // namespace sipward::sip::golden

#endif  // SIPWARD_TESTS_SIP_GOLDEN_FIELDS_H_
