// In the place of the page where the command is built without it (SIPWARD_WITH_REPORT=OFF).
#include "page_parts.h"

namespace sipward::cli {

const PagePartsList& PageParts() {
  static constexpr PagePartsList kNone;
  return kNone;
}

}  // namespace sipward::cli
