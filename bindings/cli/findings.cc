#include "findings.h"

#include <algorithm>

#include "packet_text.h"
#include "table.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kWhyColumns = 70;

std::string ActionOf(const Found& found) {
  std::string action = sipward_action_name(found.action);
  if (!found.enforced && found.action > SIPWARD_ACTION_FLAG) action += " (not enforced)";
  return action;
}

}  // namespace

std::vector<Found> FoundBy(const sipward_verdict& verdict) {
  std::vector<Found> all;
  uint32_t explained = SIPWARD_ACTION_ALLOW;
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    const sipward_hit& hit = verdict.hits[i];
    const uint32_t held_back = SIPWARD_ACTION_FLAG;
    explained = std::max(explained, hit.enforced != 0 ? hit.action : held_back);
    all.push_back({View(hit.rule), hit.action, hit.enforced != 0, View(hit.why)});
  }
  if (verdict.action <= explained) return all;
  const bool banned = (verdict.flags & SIPWARD_VERDICT_BANNED) != 0;
  all.push_back({"-", verdict.action, true,
                 banned ? "the source was banned before" : "decided without a rule"});
  return all;
}

std::string SourceOf(const Inspected& inspected) {
  const std::string source = AddressText(inspected.packet.source);
  const bool response = inspected.message.StartLine().kind == SIPWARD_KIND_RESPONSE;
  return response ? source + " > " + AddressText(inspected.packet.destination) : source;
}

void Findings::Add(const Inspected& inspected) {
  for (const Found& found : FoundBy(inspected.verdict)) {
    Finding finding;
    finding.first_ns = inspected.packet.wall_ns;
    finding.source = SourceOf(inspected);
    finding.rule = found.rule;
    finding.action = ActionOf(found);
    finding.why = found.why;
    finding.severity = found.action;
    finding.count = 1;
    Count(std::move(finding));
  }
}

void Findings::Count(Finding finding) {
  std::string key = finding.source + '\0' + finding.rule + '\0' + finding.action;
  const auto found = index_.find(key);
  if (found != index_.end()) {
    Finding& known = findings_[found->second];
    known.count += finding.count;
    known.first_ns = std::min(known.first_ns, finding.first_ns);
    return;
  }
  if (findings_.size() == kMost) {
    uncounted_ += finding.count;
    return;
  }
  index_.emplace(std::move(key), findings_.size());
  findings_.push_back(std::move(finding));
}

void Findings::Add(const Findings& other) {
  for (const Finding& finding : other.findings_) Count(finding);
  uncounted_ += other.uncounted_;
}

void Findings::Pack(Packer* packer) const {
  packer->Put(uint64_t{findings_.size()});
  for (const Finding& finding : findings_) {
    packer->Put(finding.first_ns);
    packer->PutText(finding.source);
    packer->PutText(finding.rule);
    packer->PutText(finding.action);
    packer->PutText(finding.why);
    packer->Put(finding.severity);
    packer->Put(finding.count);
  }
  packer->Put(uncounted_);
}

void Findings::Unpack(Unpacker* packed) {
  for (auto left = packed->Get<uint64_t>(); left > 0 && packed->good(); --left) {
    Finding finding;
    finding.first_ns = packed->Get<int64_t>();
    finding.source = packed->GetText();
    finding.rule = packed->GetText();
    finding.action = packed->GetText();
    finding.why = packed->GetText();
    finding.severity = packed->Get<uint32_t>();
    finding.count = packed->Get<uint64_t>();
    Count(std::move(finding));
  }
  uncounted_ += packed->Get<uint64_t>();
}

std::string Findings::Render() const {
  if (findings_.empty()) return "Nothing was found.\n";
  std::vector<const Finding*> order;
  order.reserve(findings_.size());
  for (const Finding& finding : findings_) order.push_back(&finding);
  std::stable_sort(order.begin(), order.end(), [](const Finding* a, const Finding* b) {
    return a->severity != b->severity ? a->severity > b->severity : a->count > b->count;
  });
  Table table;
  table.AddColumn("FIRST SEEN");
  table.AddColumn("SOURCE");
  table.AddColumn("RULE");
  table.AddColumn("ACTION");
  table.AddColumn("COUNT", Table::Align::kRight);
  table.AddColumn("WHY");
  for (size_t i = 0; i < std::min(order.size(), kMostShown); ++i) {
    const Finding& finding = *order[i];
    table.AddRow({SecondText(finding.first_ns), finding.source, Printable(finding.rule),
                  finding.action, Grouped(finding.count),
                  Clip(Printable(finding.why), kWhyColumns)});
  }
  std::string out = table.Render();
  if (order.size() > kMostShown) {
    out += "… and " + Grouped(order.size() - kMostShown) + " more; --json shows every message\n";
  }
  if (uncounted_ > 0) out += "… and " + Grouped(uncounted_) + " matches of further sources\n";
  return out;
}

}  // namespace sipward::cli
