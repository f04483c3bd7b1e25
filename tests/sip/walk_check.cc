#include "tests/sip/walk_check.h"

#include "sip/index.h"
#include "sip/scan.h"
#include "sip/walk.h"

namespace sipward::sip {
namespace {

class Checker {
 public:
  explicit Checker(std::string_view value) {
    head_ = "x\r\nx: ";
    const auto begin = static_cast<uint32_t>(head_.size());
    head_.append(value).append("\r\n\r\n");
    base_ = head_.data();
    IndexHead(head_, 0, &index_);
    text_ = Trim(base_, {begin, static_cast<uint32_t>(value.size())});
  }

  WalkCheck Run() {
    const Marks& marks = index_.marks;
    for (const UriPlace place : {UriPlace::kRequestUri, UriPlace::kBracketed, UriPlace::kBare}) {
      Compare<Uri>(
          "uri", [&](Uri* out) { return WalkUri(marks, base_, text_, place, {}, out); },
          [&](Uri* out) { return ParseUri(base_, text_, place, {}, log_, out); });
    }
    for (const AddressRole role :
         {AddressRole::kUnknown, AddressRole::kFromTo, AddressRole::kContact,
          AddressRole::kNameAddr, AddressRole::kOther}) {
      Compare<NameAddr>(
          "name-addr",
          [&](NameAddr* out) { return WalkNameAddr(marks, base_, text_, {}, role, out); },
          [&](NameAddr* out) { return ParseNameAddr(base_, text_, {}, log_, out, role); });
    }
    Compare<Via>(
        "via", [&](Via* out) { return WalkVia(marks, base_, text_, {}, out); },
        [&](Via* out) { return ParseVia(base_, text_, {}, log_, out); });
    Compare<Digest>(
        "digest", [&](Digest* out) { return WalkDigest(marks, base_, text_, {}, out); },
        [&](Digest* out) { return ParseDigest(base_, text_, {}, log_, out); });
    Compare<Cseq>(
        "cseq", [&](Cseq* out) { return WalkCseq(marks, base_, text_, out); },
        [&](Cseq* out) { return ParseCseq(base_, text_, log_, out); });
    Compare<StartLine>(
        "start-line", [&](StartLine* out) { return WalkStartLine(marks, base_, text_, out); },
        [&](StartLine* out) { return ParseStartLine(base_, text_, log_, out); });
    Compare<bool>(
        "call-id", [&](bool*) { return WalkCallId(marks, base_, text_); },
        [&](bool*) { return ParseCallId(base_, text_, log_); });
    return result_;
  }

 private:
  template <typename Value, typename Walk, typename Parse>
  void Compare(std::string_view name, Walk walk, Parse parse) {
    Value walked{};
    if (!walk(&walked)) return;
    if (!result_.accepted.ends_with(std::string(name) + ' ')) result_.accepted.append(name) += ' ';
    log_.Clear();
    Value parsed{};
    const bool read = parse(&parsed);
    if (!read || log_.size() != 0 || !(walked == parsed)) result_.disagreed.append(name) += ' ';
  }

  std::string head_;
  const char* base_ = nullptr;
  Slice text_;
  HeadIndex index_;
  AnomalyLog log_;
  WalkCheck result_;
};

}  // namespace

WalkCheck CheckWalks(std::string_view value) { return Checker(value).Run(); }

}  // namespace sipward::sip
