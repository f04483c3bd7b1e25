#include "case_capture.h"

#include <filesystem>

#include "case_message.h"
#include "handle.h"
#include "io/capture.h"
#include "judge.h"
#include "packet_text.h"
#include "rule_files.h"

namespace sipward::cli {
namespace {

class CaptureVisit {
 public:
  // False with *error.
  bool Begin(std::string* error);
  bool Run(const std::string& path, const CaseVisitor& visit, std::string* error);

 private:
  LoadedRules rules_;
  StateHandle state_;
  EngineHandle engine_;
  InspectorHandle inspector_;
};

bool CaptureVisit::Begin(std::string* error) {
  rules_ = LoadRules({});
  if (rules_.rules == nullptr) {
    *error = rules_.errors;
    return false;
  }
  auto options = Sized<sipward_engine_options>();
  options.report_only = 1;
  int32_t status = MakeState(&state_);
  if (status == SIPWARD_OK) {
    status = MakeInspector(rules_.rules.get(), state_, options, &engine_, &inspector_);
  }
  if (status != SIPWARD_OK) *error = sipward_status_text(status);
  return status == SIPWARD_OK;
}

bool CaptureVisit::Run(const std::string& path, const CaseVisitor& visit, std::string* error) {
  io::CaptureReader reader;
  const std::string name = std::filesystem::path(path).filename().string();
  io::CaptureItem item;
  io::CaptureStatus status =
      reader.Open(path) ? io::CaptureStatus::kMessage : io::CaptureStatus::kError;
  while (status == io::CaptureStatus::kMessage) {
    status = reader.Next(&item);
    if (status != io::CaptureStatus::kMessage) break;
    auto verdict = Sized<sipward_verdict>();
    if (sipward_inspector_inspect(inspector_.get(), item.data, &item.packet, &verdict) !=
        SIPWARD_OK) {
      continue;
    }
    CaseEvent event;
    TakeMessage(MessageView(sipward_inspector_message(inspector_.get())), &event);
    event.wall_ns = item.packet.wall_ns;
    event.place = name + " frame " + std::to_string(item.frame);
    event.source = AddressText(item.packet.source);
    event.destination = AddressText(item.packet.destination);
    event.action = sipward_action_name(verdict.action);
    for (uint32_t i = 0; i < verdict.hit_count; ++i) {
      event.rules.emplace_back(View(verdict.hits[i].rule));
    }
    visit(event);
  }
  if (status == io::CaptureStatus::kError) *error = reader.error();
  return status == io::CaptureStatus::kEnd;
}

}  // namespace

bool VisitCapture(const std::string& path, const CaseVisitor& visit, std::string* error) {
  CaptureVisit capture;
  return capture.Begin(error) && capture.Run(path, visit, error);
}

}  // namespace sipward::cli
