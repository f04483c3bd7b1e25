// What must hold of every message that was written, whatever it was and whatever was asked.
#ifndef SIPWARD_TESTS_SIP_EDIT_CHECK_H_
#define SIPWARD_TESTS_SIP_EDIT_CHECK_H_

#include <span>
#include <string>
#include <string_view>

#include "sip/edit.h"

namespace sipward::sip {

// Parses messages, writes them, parses what was written and compares.
class EditCheck {
 public:
  // Reads `bytes` (validated) and writes it with `edits` into a buffer of exactly the size needed.
  // False if something does not hold; why() says what. A refusal is no failure.
  bool Run(std::string_view bytes, const ParseOptions& options, std::span<const Edit> edits,
           const EditOptions& how);

  // Start line, body, caller, callee, call, CSeq and Vias are what they were; for edits that mean
  // none of these.
  bool SameFields();

  EditResult result() const { return result_; }
  const std::string& written() const { return written_; }
  Message& before() { return before_; }
  Message& after() { return after_; }  // of what was written, if it was
  const std::string& why() const { return why_; }

 private:
  bool Fail(std::string_view what);
  bool CheckAnomalies(std::span<const Edit> edits);
  bool CheckStripped(std::span<const Edit> edits);
  bool CheckUntouched(std::span<const Edit> edits, const EditOptions& how);

  Message before_;
  Message after_;
  EditResult result_;
  std::string written_;
  std::string why_;
};

// Whether `text` could be taken for a header of the set: after anything that some program ends a
// line at, white space, a name, white space and a colon. Slow and plain.
bool ShowsIdentity(std::string_view text, uint32_t set);

// A value as it would be in one line.
std::string Unfolded(std::string_view value);

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_EDIT_CHECK_H_
