#include "tests/sip/oracle/compare.h"

#include <algorithm>

#include "base/ascii.h"
#include "tests/sip/oracle/compare_body.h"

namespace sipward::oracle {
namespace {

using sip::AnomalyClass;
using sip::AnomalyId;

// Anomalies that a value may carry although it follows its grammar: numbers out of range, and
// relations to other fields.
bool IsMeaning(AnomalyId id) {
  switch (id) {
    case AnomalyId::kContactStarMixed:
    case AnomalyId::kContentLengthBeyondDatagram:
    case AnomalyId::kContentLengthConflict:
    case AnomalyId::kContentLengthDuplicate:
    case AnomalyId::kContentLengthHiddenMessage:
    case AnomalyId::kContentLengthOverflow:
    case AnomalyId::kCseqMethodCase:
    case AnomalyId::kCseqMethodMismatch:
    case AnomalyId::kCseqOverflow:
    case AnomalyId::kDigestDuplicateParam:
    case AnomalyId::kDigestRealmMissing:
    case AnomalyId::kExpiresRange:
    case AnomalyId::kHeaderDuplicateSingleton:
    case AnomalyId::kMaxForwardsRange:
    case AnomalyId::kNumberOverflow:
    case AnomalyId::kParamDuplicate:
    case AnomalyId::kTagDuplicate:
    case AnomalyId::kUriPortRange:
      return true;
    default:
      return false;
  }
}

// Anomalies that do not make a value less well-formed, and say nothing if it is not: what is
// missing, and what is legal but read differently by others.
bool IsRemark(AnomalyId id) {
  switch (id) {
    case AnomalyId::kCallIdDisputed:
    case AnomalyId::kContentLengthBodyCut:
    case AnomalyId::kCseqInitialRange:
    case AnomalyId::kDigestQopWithoutNc:
    case AnomalyId::kHeaderFoldBlank:
    case AnomalyId::kHeaderFoldIdentity:
    case AnomalyId::kHeaderTab:
    case AnomalyId::kLineSwallowed:
    case AnomalyId::kViaDisputed:
    case AnomalyId::kDigestDisputed:
    case AnomalyId::kLineLeadingCrlf:
    case AnomalyId::kStartMethodCase:
    case AnomalyId::kStartVersionCase:
    case AnomalyId::kStartVersionDisputed:
    case AnomalyId::kTagMissing:
    case AnomalyId::kUriDisputed:
    case AnomalyId::kUriPercentNul:
    case AnomalyId::kViaBranchLost:
    case AnomalyId::kViaBranchEmpty:
      return true;
    default:
      return false;
  }
}

// Anomalies of the message, whatever value the place they are given is in.
bool IsOfTheWhole(AnomalyId id) {
  return id == AnomalyId::kLineUnterminated || id == AnomalyId::kHeaderMissingMandatory;
}

// An anomaly at the very end of the message belongs to what ends there.
bool Holds(Slice where, uint32_t offset, size_t message_end) {
  return offset >= where.offset &&
         (offset < where.end() || (offset == where.end() && offset == message_end));
}

bool IsGrave(AnomalyId id) {
  const sip::AnomalyInfo& info = sip::Describe(id);
  return info.refused_in_strict || info.cls == AnomalyClass::kViolation ||
         info.cls == AnomalyClass::kAmbiguous;
}

}  // namespace

std::vector<std::string> Compare(std::string_view bytes) {
  std::vector<std::string> all = Comparison(bytes, sip::Profile::kStrict).Run();
  const std::vector<std::string> more = Comparison(bytes, sip::Profile::kTolerant).Run();
  all.insert(all.end(), more.begin(), more.end());
  sip::Message message;
  message.Parse(bytes, {});
  if (!message.body().present()) return all;
  const Slice type = message.ValueOf(sip::HeaderId::kContentType);
  const auto body = CompareBody(type.In(bytes.data()), message.body().In(bytes.data()));
  all.insert(all.end(), body.begin(), body.end());
  return all;
}

Comparison::Comparison(std::string_view bytes, sip::Profile profile)
    : bytes_(bytes), profile_(profile), reference_(ReadReference(bytes)) {}

std::vector<std::string> Comparison::Run() {
  message_.Parse(bytes_, {.profile = profile_});
  message_.Validate();
  if (message_.anomalies().HasClass(AnomalyClass::kLimit)) return {};
  if (profile_ == sip::Profile::kStrict) Verdict();
  if (message_.anomalies().omitted() == 0) Places();
  Lines();
  Start();
  Values();
  return notes_;
}

void Comparison::Note(const std::string& what) {
  const bool strict = profile_ == sip::Profile::kStrict;
  notes_.push_back((strict ? "strict: " : "tolerant: ") + what);
}

std::string Comparison::Quote(Slice slice) const {
  if (!slice.present()) return "absent";
  return "[" + std::string(slice.In(bytes_.data())) + "]@" + std::to_string(slice.offset);
}

void Comparison::Same(Slice want, Slice got, const std::string& what) {
  // An empty slice has no place.
  const bool both_empty = want.present() && got.present() && want.empty() && got.empty();
  if (want != got && !both_empty) Note(what + ": want " + Quote(want) + " got " + Quote(got));
}

bool Comparison::Blamed(Slice where) const {
  return std::ranges::any_of(message_.anomalies(), [&](const sip::Anomaly& anomaly) {
    return IsGrave(anomaly.id) && !IsRemark(anomaly.id) &&
           Holds(where, anomaly.offset, bytes_.size());
  });
}

void Comparison::Verdict() {
  const sip::Anomaly* error = message_.error();
  if (!reference_.accepted() && error == nullptr) {
    Note("accepted, but: " + reference_.refusals[0].why);
  }
  if (!reference_.accepted() || error == nullptr) return;
  // What the reference does not judge, it cannot defend.
  for (const RefHeader& header : reference_.headers) {
    if (header.judgement == Judgement::kNotJudged &&
        Holds(header.line, error->offset, bytes_.size()))
      return;
  }
  Note("refused for " + std::string(sip::Describe(error->id).name) + "@" +
       std::to_string(error->offset));
}

void Comparison::Places() {
  for (const Refusal& refusal : reference_.refusals) {
    if (!Blamed(refusal.where)) Note("not noted: " + refusal.why + " in " + Quote(refusal.where));
  }
  if (!reference_.lines_good) return;
  for (const sip::Anomaly& anomaly : message_.anomalies()) {
    if (!IsGrave(anomaly.id) || IsMeaning(anomaly.id) || IsRemark(anomaly.id)) continue;
    if (IsOfTheWhole(anomaly.id)) continue;
    if (anomaly.id == AnomalyId::kUriIpv6Bad && IsThreeColons(anomaly.offset)) continue;
    const std::string what = std::string(sip::Describe(anomaly.id).name) + " noted in good ";
    const RefStart& start = reference_.start;
    if ((start.request || start.response) && Holds(start.line, anomaly.offset, bytes_.size())) {
      Note(what + Quote(start.line));
    }
    for (const RefHeader& header : reference_.headers) {
      if (header.judgement != Judgement::kWellFormed || !header.name_good) continue;
      if (Holds(header.line, anomaly.offset, bytes_.size())) {
        Note(what + Quote(header.line));
      }
    }
  }
}

// RFC 5118 section 4.10: accepted, and worth a note.
bool Comparison::IsThreeColons(uint32_t offset) const {
  const std::string_view from = bytes_.substr(offset);
  return from.substr(0, from.find(']')).find(":::") != from.npos;
}

void Comparison::Lines() {
  const auto headers = message_.headers();
  if (headers.size() != reference_.headers.size()) {
    Note("headers: want " + std::to_string(reference_.headers.size()) + " got " +
         std::to_string(headers.size()));
    return;
  }
  for (size_t i = 0; i < headers.size(); ++i) {
    const RefHeader& want = reference_.headers[i];
    if (!want.name_good) continue;
    Same(want.name, headers[i].name, "header name");
    Same(want.value, headers[i].value, "header value");
  }
}

void Comparison::Start() {
  const RefStart& want = reference_.start;
  const sip::StartLine& got = message_.start();
  if (want.request) {
    if (got.kind != sip::StartKind::kRequest) Note("not a request");
    Same(want.line, got.text, "start line");
    Same(want.method, got.method_text, "method");
    Same(want.request_uri, got.request_uri, "request-uri");
    Same(want.version, got.version, "version");
    Uri(want.uri, message_.request_uri(), "request-uri");
  }
  if (want.response) {
    if (got.kind != sip::StartKind::kResponse) Note("not a response");
    Same(want.line, got.text, "start line");
    Same(want.version, got.version, "version");
    Same(want.code, got.code_text, "code");
    Same(want.reason, got.reason, "reason");
    if (std::to_string(got.code) != want.code.In(bytes_.data())) Note("code");
  }
}

}  // namespace sipward::oracle
