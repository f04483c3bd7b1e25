// How `sipward evidence` is called.
#ifndef SIPWARD_BINDINGS_CLI_EVIDENCE_OPTIONS_H_
#define SIPWARD_BINDINGS_CLI_EVIDENCE_OPTIONS_H_

#include <CLI/CLI.hpp>

#include "evidence_command.h"

namespace sipward::cli {

class EvidenceOptions {
 public:
  void Add(CLI::App* app);
  bool parsed() const { return evidence_->parsed(); }
  // The command that was named. Returns the exit code.
  int Run();

 private:
  void AddVerify();
  void AddShow();
  void AddExport();
  void AddReplay();
  void AddForget();
  void AddKeys();

  CLI::App* evidence_ = nullptr;
  CLI::App* verify_ = nullptr;
  CLI::App* show_ = nullptr;
  CLI::App* export_ = nullptr;
  CLI::App* replay_ = nullptr;
  CLI::App* forget_ = nullptr;
  CLI::App* key_ = nullptr;
  CLI::App* unmask_ = nullptr;
  EvidenceVerifyRequest verify_request_;
  EvidenceShowRequest show_request_;
  EvidenceExportRequest export_request_;
  EvidenceReplayRequest replay_request_;
  EvidenceForgetRequest forget_request_;
  EvidenceKeyRequest key_request_;
  EvidenceUnmaskRequest unmask_request_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EVIDENCE_OPTIONS_H_
