// Which lines an edit means: by what the parser read, and by what another program could read.
#ifndef SIPWARD_SIP_EDIT_NAMES_H_
#define SIPWARD_SIP_EDIT_NAMES_H_

#include <string_view>

#include "sip/edit.h"

namespace sipward::sip {

// The headers of one edit: one name, or a set of StripFlag.
class EditTarget {
 public:
  explicit EditTarget(const Edit& edit);

  // Whether `name`, whose id is `id`, is one of them.
  bool Is(HeaderId id, std::string_view name) const;

  // Whether a line that is no header by the grammar could pass for one of them: any word of it is
  // such a name, or what stands before the colon is, once all that no name may hold is left out.
  bool MayBe(std::string_view line) const;

  enum class Sight : uint8_t {
    kNothing,
    kBehindFold,     // a continuation line begins like one of them
    kBehindControl,  // the same behind a bare CR, NUL or another control character
  };
  // Looks for one inside a line, behind whatever a program might take for the end of a line.
  Sight LookInside(std::string_view line) const;

 private:
  HeaderId id_ = HeaderId::kOther;
  std::string_view name_;
  uint32_t strip_ = 0;
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_EDIT_NAMES_H_
