#include "kept_rows.h"

#include "text.h"

namespace sipward::cli {

std::string KeptRows::LeftOut() const {
  if (left_out_ == 0) return "";
  return Counted(left_out_, "finding") + (left_out_ == 1 ? " is" : " are") +
         " not shown: there is room for the first " + Grouped(kMostOfRule) + " of each rule, and " +
         Grouped(kMost) + " in all. --json has every one.";
}

}  // namespace sipward::cli
