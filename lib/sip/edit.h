// Messages written back: as they were, edited, or in a normal form.
//
//   const Edit edits[] = {
//       {.kind = EditKind::kStripIdentity, .number = kStripUntrusted},
//       {.kind = EditKind::kAdd, .place = EditPlace::kTop, .name = "Via", .value = "SIP/2.0/..."}};
//   const EditResult result = WriteMessage(message, edits, {}, buffer, sizeof buffer);
//   if (result.problem == EditProblem::kNone) Send({buffer, result.size});
//
// What is not edited is copied byte for byte, in order: folds, compact names, letters of any case.
// Without edits the copy is exact. With one or more the framing is made right as well: a
// Content-Length that was wrong is corrected (RFC 3261 section 20.14), and what followed the end of
// the body is left out, which a receiver discards (section 18.3).
#ifndef SIPWARD_SIP_EDIT_H_
#define SIPWARD_SIP_EDIT_H_

#include <cstddef>
#include <cstdint>
#include <span>
#include <string_view>

#include "sip/sip.h"

namespace sipward::sip {

enum class EditKind : uint8_t {
  kNothing,        // changes nothing itself
  kAdd,            // a header line: `name`, `value`, `place`
  kSet,            // `value` for the first header of this name; the others go; added at the end if
                   // there is none
  kReplace,        // the value of the header lines chosen by `name` and `which`; none: nothing
  kRemove,         // the header lines chosen by `name` and `which`; none: nothing
  kRequestUri,     // `value` is the new Request-URI
  kStatus,         // `number` is the new status code (0: as it is), `value` the new reason phrase
  kBody,           // `body` with the Content-Type `value`; both empty: no body any more
  kStripIdentity,  // the headers of the set `number` (StripFlag)
};

// Where an added line goes. Places are those of the message as it was parsed; several lines at one
// place stand there in the order of the edits.
enum class EditPlace : uint8_t {
  kEnd,          // behind all headers
  kTop,          // behind the start line: Via, Route and Record-Route of a proxy
  kBeforeFirst,  // of the same name; if there is none, at the top
  kAfterLast,    // of the same name; if there is none, at the end
};

enum class EditWhich : uint8_t {
  kAll,
  kFirst,
  kLast,
  kLine,  // line `number` of Message::headers(); `name` may be empty or must be its name
};

// What an edge towards parties that it does not trust takes away, because what stands behind the
// edge believes it.
enum StripFlag : uint32_t {
  // P-Asserted-Identity. RFC 3325 section 5: from a node that is not trusted, replaced or removed.
  kStripAsserted = 1,
  // P-Preferred-Identity. RFC 3325 section 9.2: a hint for the first trusted proxy, which uses it
  // and takes it out; nobody behind it is meant to see it.
  kStripPreferred = 2,
  // Remote-Party-ID: what came before RFC 3325; many exchanges still show it as the caller.
  kStripRemoteParty = 4,
  // Diversion, CC-Diversion. RFC 5806: who forwarded the call and often who pays for it; signed by
  // nobody.
  kStripDiversion = 8,
  // History-Info. RFC 7044 section 10: worth what the party it came from is worth.
  kStripHistory = 16,
  // P-Attestation-Indicator, P-Origination-Id, Attestation-Info, Origination-Id: what a provider
  // tells itself about the caller before it signs.
  kStripAttestation = 32,
  // P-Asserted-Service (RFC 6050), P-Served-User (RFC 5502), P-Called-Party-ID,
  // P-Charging-Vector, P-Charging-Function-Addresses (RFC 7315): inside one provider's network
  // alone.
  kStripProvider = 64,
  // Identity, Identity-Info. RFC 8224: signed, so it needs no trust; taken away, nobody behind can
  // verify. For an edge that verified it and passes the outcome on.
  kStripIdentity = 128,
  // Privacy. RFC 3323: the caller's own wish. For an edge that has fulfilled it.
  kStripPrivacy = 256,

  kStripUntrusted = 127,  // all but Identity and Privacy
  kStripEverything = 511,
};

// The text is not copied: it must live through the call.
//
// A header is named in any form: compact and long are the same header, letters in any case. An
// added line takes the compact form if the message has it in that form, otherwise the long name as
// its RFC spells it; a replaced one keeps its name. Values hold no control character but TAB, and
// no fold.
//
// Edits that take away all of a header (kRemove with kAll, kSet, kStripIdentity) take every
// spelling that some program reads as this header: white space before the colon, a fold in front of
// it, a first line that begins with white space, a line whose name is no token but holds the
// header's name. Where a fold inside another value begins like the header, that value is unfolded.
// With such an edit all lines end in CRLF, so that no program finds another end of the head.
//
// Where several edits name one line, the last decides. Content-Length cannot be named.
struct Edit {
  EditKind kind = EditKind::kAdd;
  EditPlace place = EditPlace::kEnd;
  EditWhich which = EditWhich::kAll;
  uint32_t number = 0;
  std::string_view name = {};
  std::string_view value = {};
  std::string_view body = {};
};

struct EditOptions {
  // Writes what is meant in one form: start line with single spaces, long names, one space behind
  // the colon, no folds, CRLF, a right Content-Length, nothing in front of the start line nor
  // behind the body; lines that are no headers are left out. Header lines stay lines, in order.
  // Values are not looked into: what is ambiguous inside one (or twice the same header) stays.
  bool normalise = false;
};

enum class EditProblem : uint8_t {
#define SIPWARD_EDIT_PROBLEM(symbol, sentence) symbol,
#include "sip/edit.def"
#undef SIPWARD_EDIT_PROBLEM
};
inline constexpr int kEditProblemCount = 0
// NOLINTNEXTLINE(bugprone-macro-parentheses): a term of a sum
#define SIPWARD_EDIT_PROBLEM(symbol, sentence) +1
#include "sip/edit.def"
#undef SIPWARD_EDIT_PROBLEM
    ;
std::string_view DescribeEditProblem(EditProblem problem);

struct EditResult {
  static constexpr uint32_t kNoEdit = 0xFFFFFFFFu;

  EditProblem problem = EditProblem::kNone;
  uint32_t edit = kNoEdit;  // index of the edit concerned, if it is one
  size_t size = 0;          // kNone: bytes written; kSpace: bytes needed; otherwise 0
};

inline constexpr size_t kMaxEdits = 64;

// Writes `message`, edited, to out[0, capacity): all of it, or nothing. Only what the parser let
// pass is written (status() is kOk, ambiguous or not; call Validate() first to have the values
// judged too) and only if its head is complete. `out` must not lie over the message or the text of
// an edit; it may be null if `capacity` is 0. What is written parses: edits that would make the
// message lose a header that it must have, or go beyond its limits, are refused. Allocates nothing
// and does not change the message. Linear in its bytes and in the number of edits.
EditResult WriteMessage(const Message& message, std::span<const Edit> edits,
                        const EditOptions& options, char* out, size_t capacity);

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_EDIT_H_
