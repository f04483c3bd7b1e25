#include "summary.h"

#include <algorithm>
#include <cstdio>

#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMethodColumns = 24;

void Line(std::string* out, std::string_view label, const std::string& value) {
  if (value.empty()) return;
  *out += label;
  out->append(12 - std::min<size_t>(label.size(), 11), ' ');
  *out += value;
  *out += '\n';
}

void Part(std::string* out, std::string_view name, uint64_t count) {
  if (count == 0) return;
  if (!out->empty()) *out += ", ";
  *out += std::string(name) + " " + Grouped(count);
}

std::string DurationText(int64_t nanoseconds) {
  char text[64];
  std::snprintf(text, sizeof text, "%.1f seconds", static_cast<double>(nanoseconds) / 1e9);
  return text;
}

// Everything that went by and is not a whole message of a whole frame.
std::string LossText(const io::CaptureStatistics& capture) {
  std::string out;
  Part(&out, "truncated frames", capture.truncated_frames);
  Part(&out, "TCP gaps", capture.tcp_gaps);
  Part(&out, "bytes of unfinished TCP messages", capture.unfinished_bytes);
  Part(&out, "malformed packets", capture.dropped_malformed);
  Part(&out, "packets nested too deep", capture.dropped_nesting);
  Part(&out, "lost fragments", capture.dropped_fragments);
  Part(&out, "lost TCP segments", capture.dropped_tcp_segments);
  return out;
}

std::string SpeedText(uint64_t messages, double seconds) {
  if (messages == 0 || seconds <= 0) return "";
  return Grouped(static_cast<uint64_t>(static_cast<double>(messages) / seconds)) +
         " messages per second";
}

}  // namespace

void Summary::Add(const Inspected& inspected) {
  CountTime(inspected.packet.wall_ns, inspected.packet.wall_ns);
  ++messages_;
  ++verdicts_[std::min<size_t>(inspected.verdict.action, verdicts_.size() - 1)];

  const sipward_start_line line = inspected.message.StartLine();
  if (line.kind == SIPWARD_KIND_REQUEST) {
    ++requests_;
    CountMethod(std::string(inspected.message.Text(line.method).value_or("")), 1);
  } else if (line.kind == SIPWARD_KIND_RESPONSE) {
    ++responses_[std::min<size_t>(line.status_code / 100, responses_.size() - 1)];
  }
  if (sources_.size() < kMostSources) {
    const auto& address = inspected.packet.source.address;
    sources_.emplace(reinterpret_cast<const char*>(address), sizeof address);
  }
}

void Summary::CountMethod(const std::string& method, uint64_t count) {
  const bool known = std::find(kMethods.begin(), kMethods.end(), method) != kMethods.end();
  if (known || methods_.size() < kMostMethods || methods_.contains(method)) {
    methods_[method] += count;
  } else {
    other_methods_ += count;
  }
}

void Summary::CountTime(int64_t first_ns, int64_t last_ns) {
  first_ns_ = messages_ == 0 ? first_ns : std::min(first_ns_, first_ns);
  last_ns_ = messages_ == 0 ? last_ns : std::max(last_ns_, last_ns);
}

void Summary::Add(const Summary& other) {
  if (other.messages_ == 0) return;
  CountTime(other.first_ns_, other.last_ns_);
  messages_ += other.messages_;
  requests_ += other.requests_;
  for (const auto& [method, count] : other.methods_) CountMethod(method, count);
  other_methods_ += other.other_methods_;
  AddNumbers(&responses_, other.responses_);
  AddNumbers(&verdicts_, other.verdicts_);
  for (const std::string& source : other.sources_) {
    if (sources_.size() < kMostSources) sources_.insert(source);
  }
}

Summary Summary::Numbers() const {
  Summary numbers;
  numbers.messages_ = messages_;
  numbers.requests_ = requests_;
  numbers.methods_ = methods_;
  numbers.other_methods_ = other_methods_;
  numbers.responses_ = responses_;
  numbers.verdicts_ = verdicts_;
  numbers.first_ns_ = first_ns_;
  numbers.last_ns_ = last_ns_;
  return numbers;
}

void Summary::Pack(Packer* packer) const {
  packer->Put(messages_);
  packer->Put(requests_);
  packer->Put(uint64_t{methods_.size()});
  for (const auto& [method, count] : methods_) {
    packer->PutText(method);
    packer->Put(count);
  }
  packer->Put(other_methods_);
  packer->Put(responses_);
  packer->Put(verdicts_);
  packer->Put(first_ns_);
  packer->Put(last_ns_);
  packer->Put(uint64_t{sources_.size()});
  for (const std::string& source : sources_) packer->PutText(source);
}

void Summary::Unpack(Unpacker* packed) {
  messages_ = packed->Get<uint64_t>();
  requests_ = packed->Get<uint64_t>();
  for (auto left = packed->Get<uint64_t>(); left > 0 && packed->good(); --left) {
    const std::string method(packed->GetText());
    methods_[method] = packed->Get<uint64_t>();
  }
  other_methods_ = packed->Get<uint64_t>();
  responses_ = packed->Get<decltype(responses_)>();
  verdicts_ = packed->Get<decltype(verdicts_)>();
  first_ns_ = packed->Get<int64_t>();
  last_ns_ = packed->Get<int64_t>();
  for (auto left = packed->Get<uint64_t>(); left > 0 && packed->good(); --left) {
    sources_.emplace(packed->GetText());
  }
}

uint64_t Summary::requests(const std::string& method) const {
  const auto found = methods_.find(method);
  return found == methods_.end() ? 0 : found->second;
}

bool Summary::above_flag() const {
  return std::any_of(verdicts_.begin() + SIPWARD_ACTION_FLAG + 1, verdicts_.end(),
                     [](uint64_t count) { return count > 0; });
}

std::string Summary::MethodsText() const {
  std::vector<std::pair<std::string, uint64_t>> order(methods_.begin(), methods_.end());
  std::stable_sort(order.begin(), order.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string out;
  for (const auto& [method, count] : order) {
    Part(&out, Clip(Printable(method), kMethodColumns), count);
  }
  Part(&out, "others", other_methods_);
  return out;
}

std::string Summary::ResponsesText() const {
  std::string out;
  for (size_t i = 0; i < responses_.size(); ++i)
    Part(&out, std::to_string(i) + "xx", responses_[i]);
  return out;
}

std::string Summary::SourcesText() const {
  if (sources_.empty()) return "";
  return (sources_.size() < kMostSources ? "" : "at least ") + Grouped(sources_.size());
}

std::string Summary::VerdictsText() const {
  std::string out;
  for (uint32_t i = 0; i < verdicts_.size(); ++i) Part(&out, sipward_action_name(i), verdicts_[i]);
  return out;
}

// From the first message to the last. The times of a capture may be any: what is between them may
// be more than their type holds.
int64_t Summary::SpanNs() const {
  const uint64_t span = static_cast<uint64_t>(last_ns_) - static_cast<uint64_t>(first_ns_);
  return static_cast<int64_t>(std::min(span, uint64_t{INT64_MAX}));
}

std::vector<std::pair<std::string, std::string>> Summary::Lines(
    const io::CaptureStatistics& capture) const {
  std::vector<std::pair<std::string, std::string>> lines;
  const auto add = [&lines](const char* name, std::string value) {
    if (!value.empty()) lines.emplace_back(name, std::move(value));
  };
  add("messages", Grouped(messages_) + (messages_ > 0 ? " in " + DurationText(SpanNs()) : ""));
  add("requests", MethodsText());
  add("responses", ResponsesText());
  add("sources", SourcesText());
  add("verdicts", VerdictsText());
  if (capture.not_sip > 0) add("not SIP", Counted(capture.not_sip, "payload") + " on SIP ports");
  add("incomplete", LossText(capture));
  return lines;
}

std::string Summary::Render(const io::CaptureStatistics& capture, double seconds) const {
  std::string out;
  for (const auto& [name, value] : Lines(capture)) Line(&out, name, value);
  Line(&out, "speed", SpeedText(messages_, seconds));
  return out;
}

}  // namespace sipward::cli
