#include "call_ladders.h"

#include <algorithm>
#include <utility>

#include "packet_text.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostCallId = 256;
constexpr size_t kMostText = 120;

// "INVITE sip:bob@example.com", "180 Ringing".
std::string TextOf(const MessageView& message) {
  const sipward_start_line line = message.StartLine();
  if (line.kind == SIPWARD_KIND_RESPONSE) {
    std::string text = std::to_string(line.status_code);
    const auto reason = message.Text(line.reason);
    if (reason && !reason->empty()) text += " " + CutText(*reason, kMostText);
    return text;
  }
  if (line.kind != SIPWARD_KIND_REQUEST) return "unreadable";
  std::string text(message.Text(line.method).value_or(""));
  const auto uri = message.RequestUri();
  const auto target = uri ? message.Text(uri->text) : std::nullopt;
  if (target) text += " " + std::string(*target);
  return CutText(text, kMostText);
}

std::string PartyOf(const MessageView& message, std::string_view header) {
  return CutText(UriOf(message, header).value_or(""), kMostText);
}

}  // namespace

CallLadders::Call* CallLadders::CallOf(const Inspected& inspected) {
  const auto id = inspected.message.Find("Call-ID");
  if (!id || id->empty() || id->size() > kMostCallId) return nullptr;
  id_ = *id;
  const auto found = index_.find(id_);
  if (found != index_.end()) {
    if (!found->second->kept) waiting_.splice(waiting_.begin(), waiting_, found->second);
    return &*found->second;
  }
  if (waiting_.size() >= kMostWaiting) {
    index_.erase(waiting_.back().id);
    waiting_.pop_back();
  }
  waiting_.emplace_front();
  index_.emplace(id_, waiting_.begin());
  Call& call = waiting_.front();
  call.id = id_;
  call.from = PartyOf(inspected.message, "From");
  call.to = PartyOf(inspected.message, "To");
  return &call;
}

size_t CallLadders::EndpointOf(const sipward_endpoint& endpoint, Call* call) {
  const std::string text = EndpointText(endpoint);
  const auto found = std::find(call->endpoints.begin(), call->endpoints.end(), text);
  const auto index = static_cast<size_t>(found - call->endpoints.begin());
  if (found == call->endpoints.end() && index < kMostEndpoints) call->endpoints.push_back(text);
  return index;
}

void CallLadders::AddStep(const Inspected& inspected, const std::vector<Found>& found,
                          uint64_t frame, Call* call) {
  if (call->steps.size() >= (call->kept ? kMostSteps : kMostWaitingSteps)) {
    ++call->left_out;
    return;
  }
  const size_t from = EndpointOf(inspected.packet.source, call);
  const size_t to = EndpointOf(inspected.packet.destination, call);
  if (from >= kMostEndpoints || to >= kMostEndpoints) {
    ++call->left_out;
    return;
  }
  HtmlStep& step = call->steps.emplace_back();
  step.wall_ns = inspected.packet.wall_ns;
  const int64_t first = call->steps.front().wall_ns;
  if (__builtin_sub_overflow(step.wall_ns, first, &step.since_ns)) step.since_ns = 0;
  step.from = static_cast<uint32_t>(from);
  step.to = static_cast<uint32_t>(to);
  step.request = inspected.message.StartLine().kind == SIPWARD_KIND_REQUEST;
  step.text = TextOf(inspected.message);
  step.place = "frame " + std::to_string(frame);
  if (found.empty()) return;
  step.action = sipward_action_name(inspected.verdict.action);
  for (const Found& one : found) step.rules.emplace_back(one.rule);
}

// Whether one of the rules has room for a ladder more.
bool CallLadders::IsWanted(const std::vector<Found>& found) {
  if (kept_.size() >= kMostKept) return false;
  bool wanted = false;
  for (const Found& one : found) {
    size_t& count = of_rule_[std::string(one.rule)];
    wanted |= count < kMostOfRule;
  }
  if (!wanted) return false;
  for (const Found& one : found) ++of_rule_[std::string(one.rule)];
  return true;
}

void CallLadders::Add(const Inspected& inspected, const std::vector<Found>& found, uint64_t frame) {
  Call* call = CallOf(inspected);
  if (call == nullptr) {
    nameless_ += found.empty() ? 0 : 1;
    return;
  }
  if (!found.empty() && !call->kept) {
    call->kept = IsWanted(found);
    if (call->kept) kept_.splice(kept_.end(), waiting_, index_.find(id_)->second);
    if (!call->kept && !std::exchange(call->refused, true)) ++refused_;
  }
  for (const Found& one : found) call->action = std::max(call->action, one.action);
  AddStep(inspected, found, frame, call);
}

HtmlLadders CallLadders::Take() {
  HtmlLadders out;
  out.title = "Calls, message by message";
  out.about = "Calls of which a rule speaks. Arrows go from the sender to the receiver.";
  kept_.sort([](const Call& a, const Call& b) {
    return a.action != b.action ? a.action > b.action : a.steps.size() > b.steps.size();
  });
  for (Call& call : kept_) {
    HtmlLadder& ladder = out.ladders.emplace_back();
    ladder.name = std::move(call.id);
    ladder.about = "from " + call.from + " to " + call.to;
    ladder.endpoints = std::move(call.endpoints);
    ladder.steps = std::move(call.steps);
    ladder.left_out = call.left_out;
  }
  if (refused_ > 0) {
    out.left_out = "Of each rule the first " + std::to_string(kMostOfRule) +
                   " calls are drawn, and " + std::to_string(kMostKept) +
                   " in all: " + Counted(refused_, "call") + " more.";
  }
  if (nameless_ > 0) {
    out.left_out += std::string(out.left_out.empty() ? "" : " ") + Counted(nameless_, "message") +
                    " with a finding had no Call-ID, or one too long to be shown.";
  }
  waiting_.clear();
  kept_.clear();
  index_.clear();
  return out;
}

}  // namespace sipward::cli
