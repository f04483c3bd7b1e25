// What becomes of every line of a message: worked out once, written twice (to measure, to fill).
#ifndef SIPWARD_SIP_EDIT_PLAN_H_
#define SIPWARD_SIP_EDIT_PLAN_H_

#include <array>
#include <cstdint>
#include <span>

#include "sip/edit.h"
#include "sip/edit_names.h"
#include "sip/index.h"

namespace sipward::sip {

class EditPlan {
 public:
  enum class Fate : uint8_t { kKeep, kReplace, kDrop };

  // A line of the head behind the start line.
  struct Line {
    uint32_t begin;
    uint32_t end;          // the line end left out
    uint32_t next;         // behind the line end
    const Header* header;  // null: the parser read no header in it
    bool valid;            // a header whose name is a token
    bool unfold;           // its value is written in one line
    Fate fate;
    uint8_t edit;  // the one that decided
  };
  static_assert(kMaxEdits <= 256, "an edit is named by an octet");
  // A line that an edit adds in front of line `at`.
  struct Added {
    uint32_t at;
    uint8_t edit;
    HeaderId id;
  };

  EditPlan(const Message& message, std::span<const Edit> edits, const EditOptions& options);

  // Works it all out; what refuses the edits otherwise. Edits have been checked one by one before.
  EditResult Make();

  const Message& message() const { return message_; }
  const Edit& edit(uint32_t index) const { return edits_[index]; }
  std::span<const Line> lines() const { return {lines_.data(), line_count_}; }
  std::span<const Added> added() const { return {added_.data(), added_count_}; }
  const Edit* request_uri() const { return request_uri_; }
  const Edit* status() const { return status_; }
  bool normalise() const { return options_.normalise; }
  // Lines end in CRLF, whatever they ended in.
  bool clean_line_ends() const { return clean_line_ends_; }
  std::string_view body() const { return body_; }
  // The Content-Length line that gets a new number; null if none does.
  const Header* length_to_correct() const { return length_to_correct_; }
  bool add_length() const { return add_length_; }

 private:
  void FindLines();
  EditResult Apply(uint32_t edit);
  EditResult TakeAll(uint32_t edit);
  void Choose(uint32_t edit, Fate fate);
  void Add(uint32_t edit, HeaderId id, EditPlace place);
  void PlanLength();
  EditResult CheckWhatIsLeft() const;
  uint32_t Top() const;
  const Header* FirstOf(const EditTarget& target) const;
  const Header* LastOf(const EditTarget& target) const;

  const Message& message_;
  std::span<const Edit> edits_;
  EditOptions options_;
  const char* base_;
  std::array<Line, HeadIndex::kCapacity> lines_;  // the first line_count_ are valid
  uint32_t line_count_ = 0;
  std::array<Added, kMaxEdits> added_;  // the first added_count_ are valid
  uint32_t added_count_ = 0;
  const Edit* request_uri_ = nullptr;
  const Edit* status_ = nullptr;
  bool clean_line_ends_ = false;
  bool odd_octets_ = false;  // folds or control characters stand in the head
  bool new_body_ = false;
  std::string_view body_;
  const Header* length_to_correct_ = nullptr;
  bool add_length_ = false;
};

}  // namespace sipward::sip

#endif  // SIPWARD_SIP_EDIT_PLAN_H_
