#include "sip/edit.h"

#include <algorithm>
#include <cstring>
#include <functional>

#include "sip/edit_plan.h"
#include "sip/edit_write.h"
#include "sip/header_line.h"

namespace sipward::sip {
namespace {

// Offsets of a message are 31 bits.
constexpr size_t kMostBytes = 0x7FFFFFFF;

bool HasControl(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto octet = static_cast<unsigned char>(c);
    return (octet < 0x20 && c != '\t') || octet == 0x7F;
  });
}

bool Overlap(std::string_view text, const char* out, size_t capacity) {
  if (text.empty() || capacity == 0) return false;
  const std::less<> before;
  return before(text.data(), out + capacity) && before(out, text.data() + text.size());
}

bool NamesHeader(EditKind kind) {
  return kind == EditKind::kAdd || kind == EditKind::kSet || kind == EditKind::kReplace ||
         kind == EditKind::kRemove;
}

// The line that an edit names by its number.
EditProblem CheckLine(const Message& message, const Edit& edit) {
  const std::span<const Header> headers = message.headers();
  if (edit.number >= headers.size()) return EditProblem::kLine;
  const Header& header = headers[edit.number];
  const std::string_view name = header.name.In(message.bytes().data());
  if (header.id == HeaderId::kContentLength) return EditProblem::kContentLength;
  if (header.id == HeaderId::kOther && !IsToken(name)) return EditProblem::kLine;
  if (edit.name.empty()) return EditProblem::kNone;
  return EditTarget(edit).Is(header.id, name) ? EditProblem::kNone : EditProblem::kLine;
}

EditProblem CheckHeaderEdit(const Message& message, const Edit& edit) {
  const bool chooses = edit.kind == EditKind::kReplace || edit.kind == EditKind::kRemove;
  const bool by_line = chooses && edit.which == EditWhich::kLine;
  if (by_line) {
    const EditProblem problem = CheckLine(message, edit);
    if (problem != EditProblem::kNone) return problem;
  } else if (!IsToken(edit.name)) {
    return EditProblem::kName;
  } else if (FindHeader(edit.name) == HeaderId::kContentLength) {
    return EditProblem::kContentLength;
  }
  return edit.kind != EditKind::kRemove && HasControl(edit.value) ? EditProblem::kValue
                                                                  : EditProblem::kNone;
}

EditProblem CheckStartLineEdit(const Message& message, const Edit& edit) {
  if (HasControl(edit.value)) return EditProblem::kStartLine;
  if (edit.kind == EditKind::kStatus) {
    const bool code = edit.number == 0 || (edit.number >= 100 && edit.number <= 699);
    return message.is_response() && code ? EditProblem::kNone : EditProblem::kStartLine;
  }
  const bool uri = !edit.value.empty() && edit.value.find_first_of(" \t") == edit.value.npos;
  if (!message.is_request() || !uri) return EditProblem::kStartLine;
  return edit.value.size() > message.options().limits.uri_bytes ? EditProblem::kLimit
                                                                : EditProblem::kNone;
}

EditProblem CheckEdit(const Message& message, const Edit& edit) {
  const Limits& limits = message.options().limits;
  if (edit.kind > EditKind::kStripIdentity || edit.place > EditPlace::kAfterLast ||
      edit.which > EditWhich::kLine) {
    return EditProblem::kKind;
  }
  if (edit.value.size() > limits.header_value_bytes || edit.body.size() > kMostBytes) {
    return EditProblem::kLimit;
  }
  if (NamesHeader(edit.kind)) return CheckHeaderEdit(message, edit);
  switch (edit.kind) {
    case EditKind::kNothing:
      return EditProblem::kNone;
    case EditKind::kStripIdentity:
      return edit.number != 0 && (edit.number & ~uint32_t{kStripEverything}) == 0
                 ? EditProblem::kNone
                 : EditProblem::kKind;
    case EditKind::kBody:
      if (HasControl(edit.value)) return EditProblem::kValue;
      return edit.value.empty() && !edit.body.empty() ? EditProblem::kContentType
                                                      : EditProblem::kNone;
    default:
      return CheckStartLineEdit(message, edit);
  }
}

EditResult CheckEdits(const Message& message, std::span<const Edit> edits, const char* out,
                      size_t capacity) {
  if (edits.size() > kMaxEdits) return {EditProblem::kTooMany, static_cast<uint32_t>(kMaxEdits), 0};
  if (message.status() != ParseStatus::kOk || !message.complete()) return {EditProblem::kMessage};
  if (Overlap(message.bytes(), out, capacity)) return {EditProblem::kOverlap};
  for (uint32_t i = 0; i < edits.size(); ++i) {
    const Edit& edit = edits[i];
    const EditProblem problem = CheckEdit(message, edit);
    if (problem != EditProblem::kNone) return {problem, i, 0};
    for (const std::string_view text : {edit.name, edit.value, edit.body}) {
      if (Overlap(text, out, capacity)) return {EditProblem::kOverlap, i, 0};
    }
  }
  return {};
}

bool HasNormalForm(const Message& message) {
  const AnomalyLog& log = message.anomalies();
  return !log.Has(AnomalyId::kLineNul) && !log.Has(AnomalyId::kLineCtl) &&
         !log.Has(AnomalyId::kLineBareCr);
}

}  // namespace

std::string_view DescribeEditProblem(EditProblem problem) {
  constexpr std::string_view kSentences[] = {
#define SIPWARD_EDIT_PROBLEM(symbol, sentence) sentence,
#include "sip/edit.def"
#undef SIPWARD_EDIT_PROBLEM
  };
  return kSentences[static_cast<size_t>(problem)];
}

EditResult WriteMessage(const Message& message, std::span<const Edit> edits,
                        const EditOptions& options, char* out, size_t capacity) {
  EditResult result = CheckEdits(message, edits, out, capacity);
  if (result.problem != EditProblem::kNone) return result;
  const std::string_view bytes = message.bytes();
  if (edits.empty() && !options.normalise) {
    if (bytes.size() > capacity) return {EditProblem::kSpace, EditResult::kNoEdit, bytes.size()};
    std::memcpy(out, bytes.data(), bytes.size());
    return {EditProblem::kNone, EditResult::kNoEdit, bytes.size()};
  }
  if (options.normalise && !HasNormalForm(message)) return {EditProblem::kNotNormal};

  EditPlan plan(message, edits, options);
  result = plan.Make();
  if (result.problem != EditProblem::kNone) return result;
  const size_t size = WritePlanned(plan, nullptr);
  const size_t most =
      message.options().stream ? kMostBytes : message.options().limits.message_bytes;
  if (size > most && size > bytes.size()) return {EditProblem::kLimit};
  if (size > capacity) return {EditProblem::kSpace, EditResult::kNoEdit, size};
  WritePlanned(plan, out);
  return {EditProblem::kNone, EditResult::kNoEdit, size};
}

}  // namespace sipward::sip
