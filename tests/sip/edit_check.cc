#include "tests/sip/edit_check.h"

#include <algorithm>
#include <cctype>
#include <memory>
#include <vector>

namespace sipward::sip {
namespace {

struct Name {
  std::string_view text;
  uint32_t flag;
};

constexpr Name kNames[] = {{"p-asserted-identity", kStripAsserted},
                           {"p-preferred-identity", kStripPreferred},
                           {"remote-party-id", kStripRemoteParty},
                           {"diversion", kStripDiversion},
                           {"cc-diversion", kStripDiversion},
                           {"history-info", kStripHistory},
                           {"p-attestation-indicator", kStripAttestation},
                           {"p-origination-id", kStripAttestation},
                           {"attestation-info", kStripAttestation},
                           {"origination-id", kStripAttestation},
                           {"p-asserted-service", kStripProvider},
                           {"p-served-user", kStripProvider},
                           {"p-called-party-id", kStripProvider},
                           {"p-charging-vector", kStripProvider},
                           {"p-charging-function-addresses", kStripProvider},
                           {"identity", kStripIdentity},
                           {"y", kStripIdentity},
                           {"identity-info", kStripIdentity},
                           {"n", kStripIdentity},
                           {"privacy", kStripPrivacy}};

std::string Lower(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return out;
}

uint32_t FlagOfName(std::string_view lower) {
  for (const Name& name : kNames) {
    if (name.text == lower) return name.flag;
  }
  return 0;
}

bool EndsLineForSome(char c) {
  const auto octet = static_cast<unsigned char>(c);
  return (octet < 0x20 && c != '\t') || octet == 0x7F;
}

bool IsGapForSome(char c) { return EndsLineForSome(c) || c == ' ' || c == '\t'; }

// What a list of edits can bring only if the editor itself is wrong: the form of lines, and headers
// that are missing or too many.
constexpr AnomalyId kForm[] = {AnomalyId::kLineBareLf,
                               AnomalyId::kLineBareCr,
                               AnomalyId::kLineNul,
                               AnomalyId::kLineCtl,
                               AnomalyId::kLineEscapedCtl,
                               AnomalyId::kLineLeadingCrlf,
                               AnomalyId::kLineTrailingSpace,
                               AnomalyId::kLineUnterminated,
                               AnomalyId::kStartMalformed,
                               AnomalyId::kStartVersion,
                               AnomalyId::kStartWhitespace,
                               AnomalyId::kStartStatusRange,
                               AnomalyId::kStartReasonMissing,
                               AnomalyId::kHeaderNameInvalid,
                               AnomalyId::kHeaderSpaceBeforeColon,
                               AnomalyId::kHeaderFold,
                               AnomalyId::kHeaderFoldBlank,
                               AnomalyId::kHeaderFoldFirst,
                               AnomalyId::kHeaderFoldIdentity,
                               AnomalyId::kHeaderTooMany,
                               AnomalyId::kHeaderValueTooLong,
                               AnomalyId::kHeaderDuplicateSingleton,
                               AnomalyId::kHeaderCompactAndLong,
                               AnomalyId::kHeaderMissingMandatory,
                               AnomalyId::kMessageTooLong,
                               AnomalyId::kMaxForwardsMissing,
                               AnomalyId::kContentLengthMissingOnStream,
                               AnomalyId::kContentLengthDuplicate,
                               AnomalyId::kContentLengthConflict,
                               AnomalyId::kContentLengthNotDigits,
                               AnomalyId::kContentLengthOverflow,
                               AnomalyId::kContentLengthBeyondDatagram,
                               AnomalyId::kContentLengthShortOfDatagram,
                               AnomalyId::kContentLengthHiddenMessage};

bool IsForm(AnomalyId id) { return std::ranges::count(kForm, id) != 0; }

// Edits that bring no text and choose no line: what they write has no anomaly of any kind that was
// not there.
bool BringsNothing(const Edit& edit) {
  return edit.kind == EditKind::kStripIdentity || edit.kind == EditKind::kNothing;
}

bool BringNothing(std::span<const Edit> edits) { return std::ranges::all_of(edits, BringsNothing); }

struct HeaderText {
  std::string name;
  std::string value;
  friend bool operator==(const HeaderText&, const HeaderText&) = default;
};

// Headers with valid names that are not in the set and are not Content-Length.
std::vector<HeaderText> HeadersWithout(const Message& message, uint32_t set) {
  std::vector<HeaderText> out;
  const char* base = message.bytes().data();
  for (const Header& header : message.headers()) {
    const std::string_view name = header.name.In(base);
    const bool token = std::ranges::all_of(name, [](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
             std::string_view("-.!%*_+`'~").find(c) != std::string_view::npos;
    });
    if (!token || header.id == HeaderId::kContentLength || (FlagOfName(Lower(name)) & set) != 0) {
      continue;
    }
    out.push_back({Lower(header.id == HeaderId::kOther ? name : HeaderName(header.id)),
                   Unfolded(header.value.In(base))});
  }
  return out;
}

}  // namespace

std::string Unfolded(std::string_view value) {
  std::string out;
  for (size_t i = 0; i < value.size();) {
    size_t end = i;
    bool fold = false;
    while (end < value.size() && std::string_view(" \t\r\n").find(value[end]) != value.npos) {
      fold = fold || value[end] == '\n';
      ++end;
    }
    if (end == i) {
      out += value[i++];
    } else {
      out += fold ? std::string_view(" ") : value.substr(i, end - i);
      i = end;
    }
  }
  return out;
}

bool ShowsIdentity(std::string_view text, uint32_t set) {
  const std::string lower = Lower(text);
  for (size_t i = 0; i < lower.size(); ++i) {
    if (!EndsLineForSome(lower[i])) continue;
    size_t begin = i;
    while (begin < lower.size() && IsGapForSome(lower[begin])) ++begin;
    size_t end = begin;
    while (end < lower.size() &&
           (std::isalnum(static_cast<unsigned char>(lower[end])) != 0 || lower[end] == '-')) {
      ++end;
    }
    size_t colon = end;
    while (colon < lower.size() && IsGapForSome(lower[colon])) ++colon;
    if (colon == lower.size() || lower[colon] != ':') continue;
    if ((FlagOfName(lower.substr(begin, end - begin)) & set) != 0) return true;
  }
  return false;
}

bool EditCheck::Fail(std::string_view what) {
  why_ = what;
  return false;
}

bool EditCheck::Run(std::string_view bytes, const ParseOptions& options,
                    std::span<const Edit> edits, const EditOptions& how) {
  why_.clear();
  written_.clear();
  before_.Parse(bytes, options);
  before_.Validate();
  const EditResult needed = WriteMessage(before_, edits, how, nullptr, 0);
  result_ = needed;
  if (needed.problem != EditProblem::kSpace) {
    if (needed.problem == EditProblem::kNone) return Fail("written into nothing");
    if (DescribeEditProblem(needed.problem).empty()) return Fail("no sentence");
    return needed.size == 0 || Fail("a size without a message");
  }
  // Neither one octet too few, nor one more than said; the sanitizer watches the end.
  const auto buffer = std::make_unique<char[]>(needed.size);
  if (WriteMessage(before_, edits, how, buffer.get(), needed.size - 1).problem !=
      EditProblem::kSpace) {
    return Fail("written into too little");
  }
  result_ = WriteMessage(before_, edits, how, buffer.get(), needed.size);
  if (result_.problem != EditProblem::kNone || result_.size != needed.size) return Fail("sizes");
  written_.assign(buffer.get(), needed.size);
  if (before_.bytes() != bytes) return Fail("the message was changed");
  after_.Parse(written_, options);
  after_.Validate();
  return CheckAnomalies(edits) && CheckStripped(edits) && CheckUntouched(edits, how);
}

bool EditCheck::CheckAnomalies(std::span<const Edit> edits) {
  // A fold that lacks its CR is line.bare_lf, whatever else is wrong with the value; the normal
  // form makes it a space, and the rest gets its own name.
  const bool hidden = before_.anomalies().Has(AnomalyId::kLineBareLf);
  const bool all = BringNothing(edits) && !hidden;
  for (const Anomaly& anomaly : after_.anomalies()) {
    if (before_.anomalies().Has(anomaly.id)) continue;
    if (all || IsForm(anomaly.id)) return Fail(Describe(anomaly.id).name);
  }
  return after_.status() == ParseStatus::kOk || !all || Fail("refused");
}

bool EditCheck::CheckStripped(std::span<const Edit> edits) {
  uint32_t set = 0;
  for (const Edit& edit : edits) {
    // What is put in by name afterwards is meant.
    if (edit.kind == EditKind::kAdd || edit.kind == EditKind::kSet ||
        edit.kind == EditKind::kReplace) {
      return true;
    }
    if (edit.kind == EditKind::kStripIdentity) set |= edit.number;
  }
  if (set == 0) return true;
  const std::string_view head = std::string_view(written_).substr(0, after_.body().offset);
  if (ShowsIdentity(head, set)) return Fail("shows a header that was stripped");
  for (const Name& name : kNames) {
    if ((name.flag & set) != 0 && after_.Find(name.text) != nullptr) return Fail("finds one");
  }
  return true;
}

bool EditCheck::CheckUntouched(std::span<const Edit> edits, const EditOptions& how) {
  if (edits.empty() && !how.normalise) return written_ == before_.bytes() || Fail("not a copy");
  if (!BringNothing(edits)) return true;
  uint32_t set = 0;
  for (const Edit& edit : edits) {
    if (edit.kind == EditKind::kStripIdentity) set |= edit.number;
  }
  if (HeadersWithout(before_, set) != HeadersWithout(after_, set)) return Fail("other headers");
  return SameFields();
}

// The fields that decide, and the body.
bool EditCheck::SameFields() {
  const char* a = before_.bytes().data();
  const char* b = after_.bytes().data();
  const auto same = [&](Slice x, Slice y) { return Unfolded(x.In(a)) == Unfolded(y.In(b)); };
  if (before_.start().kind != after_.start().kind || before_.start().code != after_.start().code ||
      !same(before_.start().method_text, after_.start().method_text) ||
      !same(before_.start().request_uri, after_.start().request_uri) ||
      !same(before_.start().reason, after_.start().reason)) {
    return Fail("another start line");
  }
  if (before_.body().In(a) != after_.body().In(b)) return Fail("another body");
  if (!same(before_.from().text, after_.from().text) ||
      !same(before_.from().tag, after_.from().tag) ||
      !same(before_.from().uri.text, after_.from().uri.text) ||
      !same(before_.to().text, after_.to().text) || !same(before_.to().tag, after_.to().tag) ||
      !same(before_.call_id(), after_.call_id())) {
    return Fail("another caller, callee or call");
  }
  if (before_.cseq().number != after_.cseq().number ||
      before_.cseq().method != after_.cseq().method) {
    return Fail("another CSeq");
  }
  if (before_.vias().size() != after_.vias().size()) return Fail("other Vias");
  for (size_t i = 0; i < before_.vias().size(); ++i) {
    if (!same(before_.vias()[i].host, after_.vias()[i].host) ||
        !same(before_.vias()[i].branch, after_.vias()[i].branch)) {
      return Fail("another Via");
    }
  }
  return true;
}

}  // namespace sipward::sip
