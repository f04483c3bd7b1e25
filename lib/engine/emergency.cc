#include "engine/emergency.h"

#include <array>
#include <optional>

#include "base/ascii.h"

namespace sipward::engine {
namespace {

using facts::EventKind;
using facts::FieldId;
using facts::Value;
using sip::Method;

// What an INVITE dialog consists of (RFC 3261 section 12.2, RFC 3262, 3311, 6086).
bool CarriesACall(Method method) {
  switch (method) {
    case Method::kInvite:
    case Method::kAck:
    case Method::kBye:
    case Method::kCancel:
    case Method::kPrack:
    case Method::kUpdate:
    case Method::kInfo:
      return true;
    default:
      return false;
  }
}

const lists::List* CidrList(const rules::RuleSet& rules, std::string_view name) {
  const lists::List* list = rules.FindList(name);
  return list != nullptr && list->kind() == lists::Kind::kCidr ? list : nullptr;
}

}  // namespace

bool IsEmergencyUrn(std::string_view uri) {
  constexpr std::string_view kSos = "urn:service:sos";
  if (uri.size() < kSos.size() || !EqualsIgnoreCase(uri.substr(0, kSos.size()), kSos)) return false;
  const std::string_view rest = uri.substr(kSos.size());
  return rest.empty() ||
         (rest.size() > 1 && rest[0] == '.' && (IsAlpha(rest[1]) || IsDigit(rest[1])));
}

// What is asked of a message and of an event alike. Texts are empty where there are none.
struct EmergencyGuard::Call {
  std::string_view uri, user;  // that is called
  std::string_view call_id, from_tag, from_user, priority;
  Party party;
  std::optional<IpAddress> destination;
  bool proven = false;  // or registered: the user in From is no mere claim
};

EmergencyGuard::EmergencyGuard(state::Region& region, const rules::RuleSet& rules,
                               const EngineTables& tables)
    : region_(region),
      numbers_(rules.FindList("emergency")),
      trusted_(CidrList(rules, "trusted")),
      allowed_(CidrList(rules, "allowed")),
      home_(rules.home()),
      tables_(tables) {
  if (numbers_ != nullptr && numbers_->kind() == lists::Kind::kCidr) numbers_ = nullptr;
}

// Whether the country of the site has such a number, however it is written.
bool EmergencyGuard::IsEmergencyAtHome(std::string_view text) const {
  if (!home_.known() || text.empty()) return false;
  std::array<char, numbering::kMaxDigits> room;
  return numbering::IsEmergency(numbering::Canonical(text, home_, room), home_);
}

// As written, and as its digits: 9-1-1 is 911.
bool EmergencyGuard::IsEmergencyNumber(std::string_view text, rules::Evaluator& evaluator) const {
  if (IsEmergencyAtHome(text)) return true;
  if (numbers_ == nullptr || text.empty()) return false;
  if (evaluator.InList(*numbers_, text)) return true;
  std::array<char, facts::kMaxDigits> room;
  const std::string_view digits = facts::DigitsOf(text, room);
  return !digits.empty() && digits != text && evaluator.InList(*numbers_, digits);
}

bool EmergencyGuard::IsCalled(std::string_view uri, std::string_view user,
                              rules::Evaluator& evaluator) const {
  return IsEmergencyUrn(uri) || IsEmergencyAtHome(uri) || IsEmergencyNumber(user, evaluator);
}

// By what an event says that is not a message.
bool EmergencyGuard::IsCalled(facts::HostEvent& event, rules::Evaluator& evaluator) const {
  const std::string_view dialled = event.Get(FieldId::kDialled).str();
  return IsEmergencyUrn(dialled) || IsEmergencyNumber(dialled, evaluator) ||
         IsEmergencyNumber(event.Get(FieldId::kCalleeNumber).str(), evaluator);
}

// Call-ID and the caller's tag: they name the dialog before and after the callee chose a tag, on
// either side of a proxy.
Hash128 EmergencyGuard::DialogKey(std::string_view call_id, std::string_view caller_tag) const {
  const Hash128 call = KeyedHash128(region_.secret(), call_id);
  const Hash128 tag = KeyedHash128(region_.secret(), caller_tag);
  return {call.low ^ (tag.low << 1 | tag.low >> 63), call.high ^ (tag.high << 1 | tag.high >> 63)};
}

// The call, for events that know no tags.
Hash128 EmergencyGuard::CallKey(std::string_view call_id) const {
  return KeyOf(KeySpace::kCall, Value::String(call_id), region_.secret());
}

bool EmergencyGuard::IsKnownCall(std::string_view call_id, Nanos now) const {
  return !call_id.empty() && region_.IsUsed(tables_.emergency_dialogs) &&
         region_.Contains(tables_.emergency_dialogs, CallKey(call_id), now);
}

bool EmergencyGuard::IsTrusted(const std::optional<IpAddress>& source) const {
  return source && ((trusted_ != nullptr && trusted_->Contains(*source)) ||
                    (allowed_ != nullptr && allowed_->Contains(*source)));
}

bool EmergencyGuard::CalledLately(const Call& call) const {
  const auto called_lately = [&](KeySpace space, const Value& value) {
    return region_.Contains(tables_.emergency_callers, KeyOf(space, value, region_.secret()),
                            call.party.now);
  };
  return (call.destination &&
          called_lately(KeySpace::kAddress, Value::Net(HostOf(*call.destination)))) ||
         (!call.user.empty() && (called_lately(KeySpace::kCaller, Value::String(call.user)) ||
                                 called_lately(KeySpace::kAccount, Value::String(call.user))));
}

EmergencyFinding EmergencyGuard::Remember(const Call& call, Why why) const {
  const HashSecret& secret = region_.secret();
  const Nanos now = call.party.now;
  const bool fits = region_.Take(tables_.throttles, ThrottleKey(call.party, secret), kMinute,
                                 kEmergencyDialogsOfAHost, now);
  const bool all_fit = region_.Take(tables_.throttles, KeyOf(KeySpace::kNothing, Value(), secret),
                                    kSecond, kEmergencyCallsOfAll, now);
  // Beyond it only those are guarded who cannot be told from somebody in need.
  if (!fits) return {.guarded = why != Why::kCalledLately, .overload = why == Why::kCalls};
  if (!call.call_id.empty()) {
    const Nanos until = SaturatingSum(now, kEmergencyDialogTime);
    region_.Insert(tables_.emergency_dialogs, DialogKey(call.call_id, call.from_tag), until, now);
    region_.Insert(tables_.emergency_dialogs, CallKey(call.call_id), until, now);
  }
  if (why == Why::kCalls) {
    const auto remember = [&](KeySpace space, const Value& value) {
      region_.Insert(tables_.emergency_callers, KeyOf(space, value, secret),
                     SaturatingSum(now, kCallbackTime), now);
    };
    if (call.party.source) remember(KeySpace::kAddress, Value::Net(HostOf(*call.party.source)));
    if (call.party.account) remember(KeySpace::kAccount, Value::String(*call.party.account));
    if ((call.proven || call.party.account) && !call.from_user.empty()) {
      remember(KeySpace::kCaller, Value::String(call.from_user));
    }
  }
  return {.guarded = true, .overload = !all_fit};
}

// A stranger who calls back draws on the bucket of his host: one emergency call that was made for
// somebody opens no door for a flood.
EmergencyFinding EmergencyGuard::JudgeInitial(const Call& call, rules::Evaluator& evaluator) const {
  if (IsCalled(call.uri, call.user, evaluator)) return Remember(call, Why::kCalls);
  if (!EqualsIgnoreCase(call.priority, "psap-callback")) return {};
  if (IsTrusted(call.party.source)) return Remember(call, Why::kTrusted);
  return CalledLately(call) ? Remember(call, Why::kCalledLately) : EmergencyFinding{};
}

// The caller's tag stands in From of what the caller sends and of the answers to it, in To of what
// the callee sends.
bool EmergencyGuard::IsInDialog(Method method, bool needs_tag, const Call& call,
                                std::string_view to_tag) const {
  if (!CarriesACall(method) || (needs_tag && to_tag.empty())) return false;
  if (!region_.IsUsed(tables_.emergency_dialogs)) return false;
  const auto known = [&](std::string_view tag) {
    return region_.Contains(tables_.emergency_dialogs, DialogKey(call.call_id, tag),
                            call.party.now);
  };
  return known(call.from_tag) || (!to_tag.empty() && known(to_tag));
}

EmergencyFinding EmergencyGuard::Judge(sip::Message& message, const facts::Packet& packet,
                                       rules::Evaluator& evaluator) const {
  if (message.error() != nullptr) return {};
  const char* base = message.bytes().data();
  const Method method = message.is_response() ? message.cseq().method : message.start().method;
  if (!CarriesACall(method)) return {};
  Call call;
  call.party = Party::Of(packet);
  call.call_id = message.ValueOf(sip::HeaderId::kCallId).In(base);
  call.from_tag = message.from().tag.In(base);
  const Slice to_tag = message.to().tag;
  if (message.is_response() || method != Method::kInvite || to_tag.present()) {
    const bool needs_tag = message.is_request() && method != Method::kCancel;
    return {.guarded = IsInDialog(method, needs_tag, call, to_tag.In(base))};
  }
  const sip::Uri& uri = message.request_uri();
  call.uri = uri.text.In(base);
  call.user = uri.user.In(base);
  call.from_user = message.from().uri.user.In(base);
  call.priority = message.ValueOf(sip::HeaderId::kPriority).In(base);
  call.destination = packet.destination;
  call.proven = packet.strong_evidence() || packet.registered;
  return JudgeInitial(call, evaluator);
}

EmergencyFinding EmergencyGuard::JudgeCallStart(facts::HostEvent& event, const Party& party,
                                                rules::Evaluator& evaluator) const {
  const auto text = [&](FieldId id) { return event.Get(id).str(); };
  Call call;
  call.party = party;
  call.call_id = text(FieldId::kCallId);
  call.from_user = text(FieldId::kCallerNumber);
  call.proven = event.strong_evidence() || event.Get(FieldId::kSrcRegistered).i != 0;
  if (IsCalled(event, evaluator)) return Remember(call, Why::kCalls);
  if (IsKnownCall(call.call_id, party.now)) return {.guarded = true};
  return event.Get(FieldId::kEmergency).i != 0 ? Remember(call, Why::kCalls) : EmergencyFinding{};
}

EmergencyFinding EmergencyGuard::Judge(facts::HostEvent& event, const Party& party,
                                       rules::Evaluator& evaluator) const {
  const auto text = [&](FieldId id) { return event.Get(id).str(); };
  EmergencyFinding finding;
  switch (event.kind()) {
    case EventKind::kRequest:
    case EventKind::kResponse: {
      const auto method = static_cast<Method>(event.Get(FieldId::kMethod).i);
      if (event.Get(FieldId::kMalformed).i != 0 || !CarriesACall(method)) return {};
      const bool request = event.kind() == EventKind::kRequest;
      const std::string_view to_tag = text(FieldId::kToTag);
      Call call;
      call.party = party;
      call.call_id = text(FieldId::kCallId);
      call.from_tag = text(FieldId::kFromTag);
      if (!request || method != Method::kInvite || !to_tag.empty()) {
        finding.guarded = IsInDialog(method, request && method != Method::kCancel, call, to_tag);
        break;
      }
      call.uri = text(FieldId::kRuri);
      call.user = text(FieldId::kRuriUser);
      call.from_user = text(FieldId::kFromUser);
      call.priority = text(FieldId::kPriority);
      const Value& destination = event.Get(FieldId::kDstIp);
      if (destination.present()) call.destination = destination.address();
      call.proven = event.strong_evidence() || event.Get(FieldId::kSrcRegistered).i != 0;
      finding = JudgeInitial(call, evaluator);
      break;
    }
    case EventKind::kCallStart:
      finding = JudgeCallStart(event, party, evaluator);
      break;
    case EventKind::kCallAnswer:
    case EventKind::kCallEnd:
    case EventKind::kMediaChange:
    case EventKind::kCdr:
      finding.guarded =
          IsKnownCall(text(FieldId::kCallId), party.now) || IsCalled(event, evaluator);
      break;
    default:
      return {};
  }
  // Asked for last: a field is computed once, and what the guard finds goes first.
  if (finding.guarded) {
    static_cast<void>(event.Set(FieldId::kEmergency, Value::Bool(true)));
  } else {
    finding.guarded = event.Get(FieldId::kEmergency).i != 0;
  }
  return finding;
}

}  // namespace sipward::engine
