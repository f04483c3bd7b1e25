#include "sip/edit_plan.h"

#include <algorithm>
#include <charconv>

#include "sip/header_line.h"
#include "sip/scan.h"

namespace sipward::sip {
namespace {

EditResult Refuse(EditProblem problem, uint32_t edit) { return {problem, edit, 0}; }

// RFC 3261 section 8.1.1: what no message may lose.
constexpr HeaderId kMandatory[] = {HeaderId::kVia,    HeaderId::kFrom, HeaderId::kTo,
                                   HeaderId::kCallId, HeaderId::kCseq, HeaderId::kMaxForwards};

// Whether an octet that some program could take for the end of a line stands inside one.
bool HasOddOctets(const AnomalyLog& log) {
  return log.Has(AnomalyId::kHeaderFold) || log.Has(AnomalyId::kLineBareCr) ||
         log.Has(AnomalyId::kLineNul) || log.Has(AnomalyId::kLineCtl) ||
         log.Has(AnomalyId::kLineEscapedCtl);
}

}  // namespace

EditPlan::EditPlan(const Message& message, std::span<const Edit> edits, const EditOptions& options)
    : message_(message),
      edits_(edits),
      options_(options),
      base_(message.bytes().data()),
      clean_line_ends_(options.normalise),
      odd_octets_(HasOddOctets(message.anomalies())),
      body_(message.body().In(base_)) {}

// As the index finds them: an LF ends a line, unless white space follows it.
void EditPlan::FindLines() {
  const std::span<const Header> headers = message_.headers();
  size_t header = 0;
  const uint32_t end = message_.body().offset;
  uint32_t at = FindChar(base_, message_.start().text.end(), end, '\n') + 1;
  while (base_[at] != '\n' && (base_[at] != '\r' || base_[at + 1] != '\n')) {
    uint32_t line_feed = FindChar(base_, at, end, '\n');
    while (IsBlank(base_[line_feed + 1])) line_feed = FindChar(base_, line_feed + 1, end, '\n');
    Line& line = lines_[line_count_++];
    line.begin = at;
    line.end = base_[line_feed - 1] == '\r' ? line_feed - 1 : line_feed;
    line.next = line_feed + 1;
    line.header = nullptr;
    line.valid = line.unfold = false;
    line.fate = Fate::kKeep;
    line.edit = 0;
    if (header < headers.size() && headers[header].name.offset == at) {
      line.header = &headers[header++];
      line.valid = line.header->id != HeaderId::kOther || IsToken(line.header->name.In(base_));
    }
    if (options_.normalise && !line.valid) line.fate = Fate::kDrop;
    at = line.next;
  }
}

EditResult EditPlan::Make() {
  FindLines();
  for (uint32_t i = 0; i < edits_.size(); ++i) {
    const EditResult result = Apply(i);
    if (result.problem != EditProblem::kNone) return result;
  }
  PlanLength();
  return CheckWhatIsLeft();
}

EditResult EditPlan::Apply(uint32_t i) {
  const Edit& edit = edits_[i];
  const EditTarget target(edit);
  switch (edit.kind) {
    case EditKind::kNothing:
      return {};
    case EditKind::kAdd:
      Add(i, FindHeader(edit.name), edit.place);
      return {};
    case EditKind::kSet: {
      const Header* first = FirstOf(target);
      const EditResult result = TakeAll(i);
      if (first == nullptr) Add(i, FindHeader(edit.name), EditPlace::kEnd);
      return result;
    }
    case EditKind::kReplace:
      Choose(i, Fate::kReplace);
      return {};
    case EditKind::kRemove:
      if (edit.which == EditWhich::kAll) return TakeAll(i);
      Choose(i, Fate::kDrop);
      return {};
    case EditKind::kStripIdentity:
      return TakeAll(i);
    case EditKind::kRequestUri:
      request_uri_ = &edit;
      return {};
    case EditKind::kStatus:
      status_ = &edit;
      return {};
    case EditKind::kBody: {
      new_body_ = true;
      body_ = edit.body;
      const Header* first = FirstOf(target);
      const EditResult result = TakeAll(i);
      if (first == nullptr && !edit.value.empty()) Add(i, HeaderId::kContentType, EditPlace::kEnd);
      return result;
    }
  }
  return Refuse(EditProblem::kKind, i);
}

// Every line that anybody could read as such a header; the first stays with a new value where the
// edit has one.
EditResult EditPlan::TakeAll(uint32_t i) {
  const Edit& edit = edits_[i];
  const EditTarget target(edit);
  clean_line_ends_ = true;
  if (odd_octets_ &&
      target.LookInside(message_.start().text.In(base_)) != EditTarget::Sight::kNothing) {
    return Refuse(EditProblem::kHidden, i);
  }
  bool replaces =
      edit.kind == EditKind::kSet || (edit.kind == EditKind::kBody && !edit.value.empty());
  for (Line& line : std::span(lines_.data(), line_count_)) {
    const std::string_view text = Between(line.begin, line.end).In(base_);
    const bool is = line.valid && target.Is(line.header->id, line.header->name.In(base_));
    if (is || (!line.valid && target.MayBe(text))) {
      line.fate = is && replaces ? Fate::kReplace : Fate::kDrop;
      line.edit = static_cast<uint8_t>(i);
      if (is) replaces = false;
    } else if (odd_octets_ && line.fate == Fate::kKeep) {
      const EditTarget::Sight sight = target.LookInside(text);
      if (sight == EditTarget::Sight::kBehindControl) return Refuse(EditProblem::kHidden, i);
      if (sight == EditTarget::Sight::kBehindFold) line.unfold = true;
    }
  }
  return {};
}

// What the parser read, and nothing else.
void EditPlan::Choose(uint32_t i, Fate fate) {
  const Edit& edit = edits_[i];
  const EditTarget target(edit);
  const Header* only = nullptr;
  if (edit.which == EditWhich::kFirst) only = FirstOf(target);
  if (edit.which == EditWhich::kLast) only = LastOf(target);
  if (edit.which == EditWhich::kLine) only = &message_.headers()[edit.number];
  for (Line& line : std::span(lines_.data(), line_count_)) {
    if (!line.valid) continue;
    const bool chosen = edit.which == EditWhich::kAll
                            ? target.Is(line.header->id, line.header->name.In(base_))
                            : line.header == only;
    if (!chosen) continue;
    line.fate = fate;
    line.edit = static_cast<uint8_t>(i);
  }
}

const Header* EditPlan::FirstOf(const EditTarget& target) const {
  for (const Line& line : lines()) {
    if (line.valid && target.Is(line.header->id, line.header->name.In(base_))) return line.header;
  }
  return nullptr;
}

const Header* EditPlan::LastOf(const EditTarget& target) const {
  const Header* last = nullptr;
  for (const Line& line : lines()) {
    if (line.valid && target.Is(line.header->id, line.header->name.In(base_))) last = line.header;
  }
  return last;
}

// A first line that begins with white space would become a fold of what is put in front of it.
uint32_t EditPlan::Top() const {
  return line_count_ != 0 && IsBlank(base_[lines_[0].begin]) ? 1 : 0;
}

void EditPlan::Add(uint32_t i, HeaderId id, EditPlace place) {
  const EditTarget target(edits_[i]);
  const Header* anchor = nullptr;
  if (place == EditPlace::kBeforeFirst) anchor = FirstOf(target);
  if (place == EditPlace::kAfterLast) anchor = LastOf(target);
  uint32_t at = place == EditPlace::kTop || place == EditPlace::kBeforeFirst ? Top() : line_count_;
  for (uint32_t line = 0; anchor != nullptr && line < line_count_; ++line) {
    if (lines_[line].header == anchor) at = place == EditPlace::kAfterLast ? line + 1 : line;
  }
  added_[added_count_++] = {.at = at, .edit = static_cast<uint8_t>(i), .id = id};
}

// RFC 3261 section 20.14. One line is left where a number has to be written.
void EditPlan::PlanLength() {
  const Header* first = message_.Find(HeaderId::kContentLength);
  if (first == nullptr) {
    add_length_ = new_body_ || options_.normalise;
    return;
  }
  const std::string_view text = first->value.In(base_);
  uint64_t number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  if (number == body_.size() && !options_.normalise) return;
  length_to_correct_ = first;
  for (Line& line : std::span(lines_.data(), line_count_)) {
    if (line.header == nullptr || line.header->id != HeaderId::kContentLength) continue;
    line.fate = line.header == first ? Fate::kReplace : Fate::kDrop;
  }
}

EditResult EditPlan::CheckWhatIsLeft() const {
  std::array<uint16_t, kHeaderIdCount> left{};
  uint32_t count = added_count_ + (add_length_ ? 1 : 0);
  for (const Line& line : lines()) {
    if (line.fate == Fate::kDrop) continue;
    ++count;
    if (line.header != nullptr) ++left[static_cast<size_t>(line.header->id)];
  }
  for (const Added& added : this->added()) {
    const uint16_t now = ++left[static_cast<size_t>(added.id)];
    if (now > 1 && IsSingleton(added.id)) return Refuse(EditProblem::kSingleton, added.edit);
  }
  for (const Line& line : lines()) {
    if (line.fate != Fate::kDrop || line.header == nullptr) continue;
    const HeaderId id = line.header->id;
    if (id == HeaderId::kMaxForwards && !message_.is_request()) continue;
    if (left[static_cast<size_t>(id)] != 0 || std::ranges::count(kMandatory, id) == 0) continue;
    return Refuse(EditProblem::kMandatory, line.edit);
  }
  if (added_count_ != 0 && count > message_.options().limits.headers) {
    return Refuse(EditProblem::kLimit, added_[0].edit);
  }
  return {};
}

}  // namespace sipward::sip
