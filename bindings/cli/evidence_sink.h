// What `--evidence` of inspect, watch and cdr does: decisions go into a log as they are made.
#ifndef SIPWARD_BINDINGS_CLI_EVIDENCE_SINK_H_
#define SIPWARD_BINDINGS_CLI_EVIDENCE_SINK_H_

#include <CLI/CLI.hpp>
#include <cstdint>
#include <optional>
#include <string>

#include "handle.h"
#include "io/evidence_log.h"

namespace sipward::cli {

struct EvidenceRequest {
  std::string folder;  // empty: none is wanted
  std::string level = "flag";
  std::string key_file;
  bool bodies = false;
  double sync_seconds = 1;
  uint32_t segment_mb = 64;
  uint32_t keep_days = 0;
};
void AddEvidenceOptions(CLI::App* command, EvidenceRequest* request);

class EvidenceSink {
 public:
  // `command`: who writes. False if it cannot be used; what is wrong was said.
  bool Open(const EvidenceRequest& request, std::string_view command);
  bool active() const { return active_; }
  // The rules of the decisions to come: they were compiled with their source.
  bool Begin(const sipward_rules* rules, sipward_inspector* inspector);
  // What the inspector judged last. *sequence: of its entry, if it is one.
  bool Take(const sipward_inspector* inspector, const sipward_verdict& verdict, int64_t wall_ns,
            std::optional<uint64_t>* sequence = nullptr);
  // Time goes by.
  bool Tick();
  // So long Tick may wait to be called.
  int64_t patience_ns() const { return patience_ns_; }
  bool Close();

 private:
  bool Usable(const std::string& error);

  EvidenceRequest request_;
  int64_t patience_ns_ = INT64_MAX;
  io::EvidenceLog log_;
  uint32_t level_ = SIPWARD_ACTION_FLAG;
  std::string record_;
  uint64_t too_large_ = 0;
  bool active_ = false;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EVIDENCE_SINK_H_
