// Everything that the parser reads in a message, as one list of places with names.
#ifndef SIPWARD_BINDINGS_CLI_FIELDS_H_
#define SIPWARD_BINDINGS_CLI_FIELDS_H_

#include <string>
#include <vector>

#include "sipward.h"

namespace sipward::cli {

struct Field {
  std::string name;   // "via[0].host", "from.uri.user", "start.method", "to.param.tag"
  std::string label;  // its last part: "host", "user", "method", ";tag"
  sipward_slice place;
};

// The fields of a parsed message in the order of their places; one that holds others stands before
// them. Header names are in lower case with `_` for `-`; values are counted over all lines of a
// header. The place of a parameter is its value, or its name if it has none.
std::vector<Field> FieldsOf(sipward_message* message);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_FIELDS_H_
