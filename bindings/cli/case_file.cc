#include "case_file.h"

#include <algorithm>
#include <array>
#include <string_view>

#include "case_network.h"

namespace sipward::cli {
namespace {

// Ascending, as verdicts are.
constexpr std::array<std::string_view, 7> kActions = {"allow", "flag",   "challenge", "throttle",
                                                      "hold",  "reject", "drop"};

size_t RankOf(std::string_view action) {
  return static_cast<size_t>(std::find(kActions.begin(), kActions.end(), action) -
                             kActions.begin()) %
         kActions.size();
}

// Of two verdicts.
void KeepWorst(const std::string& from, std::string* to) {
  if (to->empty() || RankOf(from) > RankOf(*to)) *to = from;
}

void KeepFirst(const std::string& from, std::string* to) {
  if (to->empty()) *to = from;
}

// A call of which only messages are seen lasts from its answer to its first BYE.
void TakeProgress(const CaseEvent& event, CaseFile::Call* call) {
  constexpr std::string_view kInvite = "INVITE";
  const std::string_view what = event.what;
  const bool of_invite =
      what.size() >= kInvite.size() && what.substr(what.size() - kInvite.size()) == kInvite;
  call->is_call |= event.record || of_invite || what.substr(0, 5) == "call_";
  if (of_invite && what.front() == '2' && call->answer_ns == 0) {
    call->answer_ns = event.wall_ns;
    call->answered = true;
  }
  if (what == "BYE" && call->answer_ns != 0 && call->duration_ns == 0) {
    call->duration_ns = event.wall_ns - call->answer_ns;
  }
}

// What is known of a call by one more event. What was verified goes before what was only claimed.
void Add(const CaseEvent& event, CaseFile::Call* call) {
  ++call->events;
  KeepFirst(event.caller, &call->caller);
  KeepFirst(event.callee, &call->callee);
  KeepFirst(event.account, &call->account);
  KeepFirst(event.trunk, &call->trunk);
  KeepFirst(event.source, &call->source);
  KeepFirst(event.device, &call->device);
  if (!event.identity.empty() && (call->identity.empty() || event.identity == "verified")) {
    if (!event.attest.empty()) call->attest = event.attest;
    if (!event.origid.empty()) call->origid = event.origid;
    call->identity = event.identity;
  }
  KeepFirst(event.spc, &call->spc);
  KeepFirst(event.x5u, &call->x5u);
  TakeProgress(event, call);
  if (event.record) {
    call->answered |= event.answered;
    call->duration_ns = std::max(call->duration_ns, event.duration_ns);
    call->has_cost |= event.has_cost;
    call->cost = std::max(call->cost, event.cost);
  }
  KeepWorst(event.action, &call->action);
  call->rules.insert(event.rules.begin(), event.rules.end());
  if (call->places.size() < 3) call->places.push_back(event.place);
}

// By which the same message or record is known wherever it is told of: one that was captured
// elsewhere, or was sent again, has another time.
std::string IdentityOf(const CaseEvent& event) {
  std::string identity = std::to_string(event.wall_ns);
  for (const std::string* text : {&event.what, &event.call_id, &event.source, &event.destination,
                                  &event.caller, &event.callee}) {
    identity += ' ' + std::to_string(text->size()) + ':' + *text;
  }
  return identity;
}

// What another source says of the same event.
void Merge(const CaseEvent& other, CaseEvent* event) {
  event->place += ", " + other.place;
  for (const auto member :
       {&CaseEvent::account, &CaseEvent::trunk, &CaseEvent::device, &CaseEvent::attest,
        &CaseEvent::origid, &CaseEvent::spc, &CaseEvent::x5u, &CaseEvent::identity}) {
    KeepFirst(other.*member, &(event->*member));
  }
  KeepWorst(other.action, &event->action);
  for (const std::string& rule : other.rules) {
    if (std::find(event->rules.begin(), event->rules.end(), rule) == event->rules.end()) {
      event->rules.push_back(rule);
    }
  }
}

}  // namespace

CaseFile::CaseFile(const CaseRequest& request) : request_(request) {
  const CaseSubject& subject = request.subject;
  if (subject.value.empty()) problem_ = "the subject of the case is empty";
  if (subject.kind == CaseSubject::Kind::kNumber) {
    number_ = CanonicalNumber(subject.value, request.home);
    if (number_.empty()) problem_ = subject.value + " is no telephone number";
  }
  if (subject.kind == CaseSubject::Kind::kSource && !NetworkFrom(subject.value)) {
    problem_ = subject.value + " is no address and no network";
  }
}

bool CaseFile::IsNumber(const std::string& text) const {
  return !text.empty() && CanonicalNumber(text, request_.home) == number_;
}

bool CaseFile::IsSubject(const CaseEvent& event) const {
  const std::string& value = request_.subject.value;
  switch (request_.subject.kind) {
    case CaseSubject::Kind::kNumber:
      return IsNumber(event.caller) || IsNumber(event.callee);
    case CaseSubject::Kind::kAccount:
      return event.account == value || event.caller == value;
    case CaseSubject::Kind::kCallId:
      return event.call_id == value;
    case CaseSubject::Kind::kSource: {
      const auto wanted = NetworkFrom(value);
      const auto source = NetworkFrom(event.source);
      return wanted && source && wanted->Holds(*source);
    }
  }
  return false;
}

void CaseFile::Note(const CaseEvent& event) {
  if (!event.call_id.empty() && call_ids_.size() < kMostCalls && IsSubject(event)) {
    call_ids_.insert(event.call_id);
  }
}

void CaseFile::Take(const CaseEvent& event) {
  const bool of_call = !event.call_id.empty() && call_ids_.count(event.call_id) != 0;
  if (!of_call && !IsSubject(event)) return;
  const auto [known, added] = by_identity_.try_emplace(IdentityOf(event), events_.size());
  if (!added) return Merge(event, &events_[known->second]);
  if (events_.size() == kMostEvents) {
    by_identity_.erase(known);
    ++left_out_;
    return;
  }
  events_.push_back(event);
  Link(Kind::kAccount, event.account, event);
  for (const std::string* party : {&event.caller, &event.callee}) {
    const std::string number = CanonicalNumber(*party, request_.home);
    if (number.empty()) {
      Link(Kind::kAccount, *party, event);
    } else {
      Link(Kind::kNumber, number, event);
    }
  }
  Link(Kind::kDevice, event.device, event);
  Link(Kind::kNetwork, NeighbourhoodOf(event.source), event);
  Link(Kind::kTrunk, event.trunk, event);
}

void CaseFile::Link(Kind kind, const std::string& value, const CaseEvent& event) {
  if (value.empty()) return;
  auto& links = links_[kind];
  auto at = links.find(value);
  if (at == links.end()) {
    if (links.size() == kMostLinks) return;
    at = links.emplace(value, CaseFile::Linked{value, 0, event.wall_ns, event.wall_ns}).first;
  }
  ++at->second.events;
  at->second.first_ns = std::min(at->second.first_ns, event.wall_ns);
  at->second.last_ns = std::max(at->second.last_ns, event.wall_ns);
}

void CaseFile::Settle() {
  std::stable_sort(events_.begin(), events_.end(),
                   [](const CaseEvent& a, const CaseEvent& b) { return a.wall_ns < b.wall_ns; });
}

std::vector<CaseFile::Linked> CaseFile::LinksOf(Kind kind) const {
  std::vector<Linked> sorted;
  const auto at = links_.find(kind);
  if (at == links_.end()) return sorted;
  for (const auto& [unused, link] : at->second) sorted.push_back(link);
  std::stable_sort(sorted.begin(), sorted.end(),
                   [](const Linked& a, const Linked& b) { return a.events > b.events; });
  return sorted;
}

// What has no Call-ID is a call by itself if it is a record of one.
std::vector<CaseFile::Call> CaseFile::Calls() const {
  std::vector<Call> calls;
  std::map<std::string, size_t> by_id;
  for (const CaseEvent& event : events_) {
    if (event.call_id.empty() && !event.record) continue;
    const std::string& id = event.call_id.empty() ? event.place : event.call_id;
    const auto [at, added] = by_id.try_emplace(id, calls.size());
    if (added) {
      Call& call = calls.emplace_back();
      call.id = id;
      call.begin_ns = event.wall_ns;
    }
    Add(event, &calls[at->second]);
  }
  calls.erase(
      std::remove_if(calls.begin(), calls.end(), [](const Call& call) { return !call.is_call; }),
      calls.end());
  return calls;
}

}  // namespace sipward::cli
