// Edits of a message, and what writing it came to.
//
//   char out[65535];
//   const sipward::Written written = message.Write(
//       {sipward::Edit::Strip(sipward::StripSet::kUntrusted),
//        sipward::Edit::Add("Via", via, sipward::EditPlace::kTop)}, out, sizeof out);
//   if (written.ok()) Send({out, written.size()});
#ifndef SIPWARD_EDIT_H_
#define SIPWARD_EDIT_H_

#include <sipward.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <type_traits>

#include "sipward/handle.h"
#include "sipward/status.h"

namespace sipward {

// Where an added line goes, by the places in the message as it was parsed.
enum class EditPlace : uint8_t {
  kEnd = SIPWARD_PLACE_END,
  kTop = SIPWARD_PLACE_TOP,                   // behind the start line: Via, Route, Record-Route
  kBeforeFirst = SIPWARD_PLACE_BEFORE_FIRST,  // of the same name; if there is none, at the top
  kAfterLast = SIPWARD_PLACE_AFTER_LAST,      // of the same name; if there is none, at the end
};

enum class EditWhich : uint8_t {
  kAll = SIPWARD_WHICH_ALL,
  kFirst = SIPWARD_WHICH_FIRST,
  kLast = SIPWARD_WHICH_LAST,
};

// Headers that an edge takes from parties that it does not trust; see SIPWARD_STRIP_... for the
// RFCs.
enum class StripSet : uint32_t {
  kAsserted = SIPWARD_STRIP_ASSERTED,
  kPreferred = SIPWARD_STRIP_PREFERRED,
  kRemoteParty = SIPWARD_STRIP_REMOTE_PARTY,
  kDiversion = SIPWARD_STRIP_DIVERSION,
  kHistory = SIPWARD_STRIP_HISTORY,
  kAttestation = SIPWARD_STRIP_ATTESTATION,
  kProvider = SIPWARD_STRIP_PROVIDER,
  kIdentity = SIPWARD_STRIP_IDENTITY,
  kPrivacy = SIPWARD_STRIP_PRIVACY,
  kUntrusted = SIPWARD_STRIP_UNTRUSTED,  // all but kIdentity and kPrivacy
  kEverything = SIPWARD_STRIP_EVERYTHING,
};
constexpr StripSet operator|(StripSet a, StripSet b) noexcept {
  return static_cast<StripSet>(static_cast<uint32_t>(a) | static_cast<uint32_t>(b));
}

enum class WriteForm : uint32_t {
  kAsIs = 0,
  kNormal = SIPWARD_WRITE_NORMAL,  // long names, no folds, CRLF, single spaces, a right length
};

// Why a message was not written.
enum class EditProblem : uint32_t {
  kNone = SIPWARD_EDIT_PROBLEM_NONE,
  kSpace = SIPWARD_EDIT_PROBLEM_SPACE,
  kMessage = SIPWARD_EDIT_PROBLEM_MESSAGE,
  kOverlap = SIPWARD_EDIT_PROBLEM_OVERLAP,
  kTooMany = SIPWARD_EDIT_PROBLEM_TOO_MANY,
  kKind = SIPWARD_EDIT_PROBLEM_KIND,
  kName = SIPWARD_EDIT_PROBLEM_NAME,
  kValue = SIPWARD_EDIT_PROBLEM_VALUE,
  kLine = SIPWARD_EDIT_PROBLEM_LINE,
  kContentLength = SIPWARD_EDIT_PROBLEM_CONTENT_LENGTH,
  kStartLine = SIPWARD_EDIT_PROBLEM_START_LINE,
  kContentType = SIPWARD_EDIT_PROBLEM_CONTENT_TYPE,
  kSingleton = SIPWARD_EDIT_PROBLEM_SINGLETON,
  kMandatory = SIPWARD_EDIT_PROBLEM_MANDATORY,
  kHidden = SIPWARD_EDIT_PROBLEM_HIDDEN,
  kNotNormal = SIPWARD_EDIT_PROBLEM_NOT_NORMAL,
  kLimit = SIPWARD_EDIT_PROBLEM_LIMIT,
};
// One sentence in English.
inline std::string_view Text(EditProblem problem) noexcept {
  const char* text = sipward_edit_problem_text(static_cast<uint32_t>(problem));
  return text == nullptr ? std::string_view() : std::string_view(text);
}

// One edit. It holds views: the text that it was made of must live until the message is written.
class Edit {
 public:
  // A header line more.
  static Edit Add(detail::Borrowed name, detail::Borrowed value,
                  EditPlace place = EditPlace::kEnd) noexcept {
    Edit edit(SIPWARD_EDIT_ADD, name, value);
    edit.edit_.place = static_cast<uint32_t>(place);
    return edit;
  }
  // This value alone, whatever the message has of the header.
  static Edit Set(detail::Borrowed name, detail::Borrowed value) noexcept {
    return Edit(SIPWARD_EDIT_SET, name, value);
  }
  // Another value for what is there.
  static Edit Replace(detail::Borrowed name, detail::Borrowed value,
                      EditWhich which = EditWhich::kAll) noexcept {
    Edit edit(SIPWARD_EDIT_REPLACE, name, value);
    edit.edit_.which = static_cast<uint32_t>(which);
    return edit;
  }
  // `line` counts as HeaderAt does.
  static Edit ReplaceLine(uint32_t line, detail::Borrowed value) noexcept {
    Edit edit(SIPWARD_EDIT_REPLACE, {}, value);
    edit.edit_.which = SIPWARD_WHICH_LINE;
    edit.edit_.number = line;
    return edit;
  }
  static Edit Remove(detail::Borrowed name, EditWhich which = EditWhich::kAll) noexcept {
    Edit edit(SIPWARD_EDIT_REMOVE, name, {});
    edit.edit_.which = static_cast<uint32_t>(which);
    return edit;
  }
  static Edit RemoveLine(uint32_t line) noexcept {
    Edit edit(SIPWARD_EDIT_REMOVE, {}, {});
    edit.edit_.which = SIPWARD_WHICH_LINE;
    edit.edit_.number = line;
    return edit;
  }
  static Edit RequestUri(detail::Borrowed uri) noexcept {
    return Edit(SIPWARD_EDIT_REQUEST_URI, {}, uri);
  }
  // 0 leaves the code as it is.
  static Edit StatusLine(uint32_t code, detail::Borrowed reason) noexcept {
    Edit edit(SIPWARD_EDIT_STATUS, {}, reason);
    edit.edit_.number = code;
    return edit;
  }
  // Both empty: no body any more.
  static Edit Body(detail::Borrowed content_type, detail::Borrowed body) noexcept {
    Edit edit(SIPWARD_EDIT_BODY, {}, content_type);
    edit.edit_.body = body.data();
    edit.edit_.body_size = body.size();
    return edit;
  }
  static Edit Strip(StripSet set) noexcept {
    Edit edit(SIPWARD_EDIT_STRIP, {}, {});
    edit.edit_.number = static_cast<uint32_t>(set);
    return edit;
  }

 private:
  friend class MessageView;

  Edit(uint32_t kind, std::string_view name, std::string_view value) noexcept {
    edit_.struct_size = sizeof edit_;
    edit_.kind = kind;
    edit_.name = name.data();
    edit_.name_size = name.size();
    edit_.value = value.data();
    edit_.value_size = value.size();
  }

  sipward_edit edit_{};
};
static_assert(sizeof(Edit) == sizeof(sipward_edit) && std::is_standard_layout_v<Edit>,
              "a row of edits is the array that the C interface takes");

// What writing came to.
class [[nodiscard]] Written {
 public:
  Written(Status status, const sipward_edit_result& result) noexcept
      : status_(status), result_(result) {}

  bool ok() const noexcept { return status_.ok(); }
  // kOk, kSpace, kEdit; kEnd if nothing was parsed.
  Status status() const noexcept { return status_; }
  // Bytes written, or with kSpace the bytes needed.
  size_t size() const noexcept { return static_cast<size_t>(result_.size); }
  EditProblem problem() const noexcept { return static_cast<EditProblem>(result_.problem); }
  // Index of the edit concerned; none if it was not one of them.
  std::optional<uint32_t> edit() const noexcept {
    if (result_.edit == SIPWARD_ABSENT || problem() == EditProblem::kNone) return std::nullopt;
    return result_.edit;
  }

 private:
  Status status_;
  sipward_edit_result result_;
};

}  // namespace sipward

#endif  // SIPWARD_EDIT_H_
