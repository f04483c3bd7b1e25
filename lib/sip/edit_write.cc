#include "sip/edit_write.h"

#include <array>
#include <charconv>
#include <cstring>

#include "sip/scan.h"

namespace sipward::sip {
namespace {

constexpr std::string_view kCrlf = "\r\n";
constexpr std::string_view kColon = ": ";

class Sink {
 public:
  explicit Sink(char* out) : out_(out) {}

  void Put(std::string_view text) {
    if (out_ != nullptr && !text.empty()) std::memcpy(out_ + size_, text.data(), text.size());
    size_ += text.size();
  }
  void PutNumber(uint64_t number) {
    std::array<char, 20> digits;
    const char* end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
    Put({digits.data(), static_cast<size_t>(end - digits.data())});
  }
  // RFC 3261 section 7.3.1: a fold and the white space around it are one space.
  void PutUnfolded(std::string_view text) {
    size_t kept = 0;  // what stands before it has been put
    for (size_t at = 0; (at = text.find('\n', at)) != text.npos;) {
      size_t begin = at;
      while (begin > kept && IsWhiteSpace(text[begin - 1])) --begin;
      while (at < text.size() && IsWhiteSpace(text[at])) ++at;
      Put(text.substr(kept, begin - kept));
      Put(" ");
      kept = at;
    }
    Put(text.substr(kept));
  }
  size_t size() const { return size_; }

 private:
  char* out_;
  size_t size_ = 0;
};

class Writer {
 public:
  Writer(const EditPlan& plan, char* out)
      : plan_(plan), message_(plan.message()), base_(message_.bytes().data()), sink_(out) {}

  size_t Write() {
    plan_.normalise() ? PutNormalStartLine() : PutStartLine();
    const auto lines = plan_.lines();
    for (uint32_t i = 0; i < lines.size(); ++i) {
      PutAdded(i);
      PutLine(lines[i]);
    }
    PutAdded(static_cast<uint32_t>(lines.size()));
    if (plan_.add_length()) PutLength(LengthName());
    const uint32_t end = lines.empty() ? start_end_ : lines.back().next;
    sink_.Put(plan_.clean_line_ends() ? kCrlf : Between(end, message_.body().offset).In(base_));
    sink_.Put(plan_.body());
    return sink_.size();
  }

 private:
  std::string_view Text(Slice slice) const { return slice.In(base_); }

  void PutUri() {
    const Edit* edit = plan_.request_uri();
    sink_.Put(edit != nullptr ? edit->value : Text(message_.start().request_uri));
  }
  void PutStatus() {
    const Edit* edit = plan_.status();
    if (edit->number != 0) {
      sink_.PutNumber(edit->number);
    } else {
      sink_.Put(Text(message_.start().code_text));
    }
    sink_.Put(" ");
    sink_.Put(edit->value);
  }

  // Everything from the first octet of the message to the end of the line.
  void PutStartLine() {
    const StartLine& start = message_.start();
    const uint32_t end = start.text.end();
    const uint32_t next = FindChar(base_, end, message_.body().offset, '\n') + 1;
    start_end_ = next;
    if (plan_.request_uri() != nullptr) {
      sink_.Put(Text(Between(0, start.request_uri.offset)));
      PutUri();
      sink_.Put(Text(Between(start.request_uri.end(), end)));
    } else if (plan_.status() != nullptr) {
      sink_.Put(Text(Between(0, start.code_text.offset)));
      PutStatus();
    } else {
      sink_.Put(Text(Between(0, end)));
    }
    sink_.Put(plan_.clean_line_ends() ? kCrlf : Text(Between(end, next)));
  }

  void PutNormalStartLine() {
    const StartLine& start = message_.start();
    if (message_.is_request()) {
      sink_.Put(Text(start.method_text));
      sink_.Put(" ");
      PutUri();
      sink_.Put(" SIP/2.0\r\n");
      return;
    }
    sink_.Put("SIP/2.0 ");
    if (plan_.status() != nullptr) {
      PutStatus();
    } else {
      sink_.Put(Text(start.code_text));
      sink_.Put(" ");
      sink_.Put(Text(start.reason));
    }
    sink_.Put(kCrlf);
  }

  void PutLine(const EditPlan::Line& line) {
    switch (line.fate) {
      case EditPlan::Fate::kDrop:
        return;
      case EditPlan::Fate::kReplace:
        if (line.header->id == HeaderId::kContentLength) {
          PutLength(NameOf(*line.header));
        } else {
          PutHeader(NameOf(*line.header), plan_.edit(line.edit).value);
        }
        return;
      case EditPlan::Fate::kKeep:
        break;
    }
    const Slice text = Between(line.begin, line.end);
    if (plan_.normalise()) {
      sink_.Put(NameOf(*line.header));
      sink_.Put(line.header->value.empty() ? ":" : kColon);
      sink_.PutUnfolded(Text(line.header->value));
      sink_.Put(kCrlf);
    } else if (line.unfold) {
      sink_.PutUnfolded(Text(text));
      sink_.Put(kCrlf);
    } else if (plan_.clean_line_ends()) {
      sink_.Put(Text(text));
      sink_.Put(kCrlf);
    } else {
      sink_.Put(Text(Between(line.begin, line.next)));
    }
  }

  void PutAdded(uint32_t at) {
    for (const EditPlan::Added& added : plan_.added()) {
      if (added.at != at) continue;
      const Edit& edit = plan_.edit(added.edit);
      std::string_view name = edit.name;
      if (added.id != HeaderId::kOther) name = KnownName(added.id);
      PutHeader(name, edit.value);
    }
  }

  // In the form that the message has.
  std::string_view KnownName(HeaderId id) const {
    const Header* first = message_.Find(id);
    const bool compact = first != nullptr && first->compact && !plan_.normalise();
    return compact ? HeaderCompactName(id) : HeaderName(id);
  }
  std::string_view NameOf(const Header& header) const {
    const bool rename = plan_.normalise() && header.id != HeaderId::kOther;
    return rename ? HeaderName(header.id) : Text(header.name);
  }
  static std::string_view LengthName() { return HeaderName(HeaderId::kContentLength); }

  void PutHeader(std::string_view name, std::string_view value) {
    sink_.Put(name);
    sink_.Put(value.empty() ? ":" : kColon);
    sink_.Put(value);
    sink_.Put(kCrlf);
  }
  void PutLength(std::string_view name) {
    sink_.Put(name);
    sink_.Put(kColon);
    sink_.PutNumber(plan_.body().size());
    sink_.Put(kCrlf);
  }

  const EditPlan& plan_;
  const Message& message_;
  const char* base_;
  Sink sink_;
  uint32_t start_end_ = 0;  // behind the start line and its end
};

}  // namespace

size_t WritePlanned(const EditPlan& plan, char* out) { return Writer(plan, out).Write(); }

}  // namespace sipward::sip
