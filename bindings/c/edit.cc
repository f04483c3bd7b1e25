#include "sip/edit.h"

#include <algorithm>
#include <array>

#include "guard.h"
#include "message_handle.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

static_assert(sip::kMaxEdits == SIPWARD_MAX_EDITS);
static_assert(sip::EditResult::kNoEdit == SIPWARD_ABSENT);
static_assert(static_cast<int>(sip::EditKind::kStripIdentity) == SIPWARD_EDIT_STRIP);
static_assert(static_cast<int>(sip::EditPlace::kAfterLast) == SIPWARD_PLACE_AFTER_LAST);
static_assert(static_cast<int>(sip::EditWhich::kLine) == SIPWARD_WHICH_LINE);
static_assert(static_cast<int>(sip::EditProblem::kLimit) == SIPWARD_EDIT_PROBLEM_LIMIT);
static_assert(sip::kEditProblemCount == SIPWARD_EDIT_PROBLEM_LIMIT + 1);
static_assert(static_cast<uint32_t>(sip::kStripEverything) == SIPWARD_STRIP_EVERYTHING);

// What is no member of the enumeration stays none.
template <typename T>
T ToEnum(uint32_t value) {
  return static_cast<T>(std::min<uint32_t>(value, 0xFF));
}

bool ToEdit(const sipward_edit* given, sip::Edit* out) {
  sipward_edit edit;
  if (!ReadStruct(given, &edit) || edit.reserved != 0 || !UsableBytes(edit.name, edit.name_size) ||
      !UsableBytes(edit.value, edit.value_size) || !UsableBytes(edit.body, edit.body_size)) {
    return false;
  }
  *out = {.kind = ToEnum<sip::EditKind>(edit.kind),
          .place = ToEnum<sip::EditPlace>(edit.place),
          .which = ToEnum<sip::EditWhich>(edit.which),
          .number = edit.number,
          .name = View(edit.name, edit.name_size),
          .value = View(edit.value, edit.value_size),
          .body = View(edit.body, edit.body_size)};
  return true;
}

// False if an edit cannot be read. Those beyond the most that there may be are not looked at.
bool ToEdits(const sipward_edit* given, size_t count, std::span<sip::Edit> out) {
  if (count == 0) return true;
  if (count == 1) return ToEdit(given, out.data());
  const size_t stride = StrideOf(given);
  if (stride == 0 || count > PTRDIFF_MAX / kMostStruct) return false;
  for (size_t i = 0; i < count && i < out.size(); ++i) {
    const sipward_edit* edit = At(given, stride, i);
    if (edit->struct_size != stride || !ToEdit(edit, &out[i])) return false;
  }
  return true;
}

int32_t StatusOf(sip::EditProblem problem) {
  if (problem == sip::EditProblem::kNone) return SIPWARD_OK;
  return problem == sip::EditProblem::kSpace ? SIPWARD_ERR_SPACE : SIPWARD_ERR_EDIT;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace sip = sipward::sip;

extern "C" {

const char* sipward_edit_problem_text(uint32_t problem) {
  if (problem >= static_cast<uint32_t>(sip::kEditProblemCount)) return nullptr;
  return sip::DescribeEditProblem(static_cast<sip::EditProblem>(problem)).data();
}

int32_t sipward_message_write(const sipward_message* message, const sipward_edit* edits,
                              size_t edit_count, uint32_t flags, char* out, size_t capacity,
                              sipward_edit_result* result) {
  if (!Usable(message) || !UsableBytes(out, capacity) || !HasStructSize(result) ||
      (flags & ~uint32_t{SIPWARD_WRITE_NORMAL}) != 0) {
    return SIPWARD_ERR_ARGUMENT;
  }
  // One more than there may be, so that too many are seen to be too many.
  std::array<sip::Edit, sip::kMaxEdits + 1> read;
  if (!ToEdits(edits, edit_count, read)) return SIPWARD_ERR_ARGUMENT;
  if (!message->parsed) return SIPWARD_END;
  const sip::EditResult done =
      sip::WriteMessage(*message->message, {read.data(), std::min(edit_count, read.size())},
                        {.normalise = flags != 0}, out, capacity);
  sipward_edit_result told{};
  told.problem = static_cast<uint32_t>(done.problem);
  told.edit = done.edit;
  told.size = done.size;
  WriteStruct(told, result);
  return StatusOf(done.problem);
}

}  // extern "C"
