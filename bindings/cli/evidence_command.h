// `sipward evidence`: logs of decisions checked, shown, given on, judged again.
#ifndef SIPWARD_BINDINGS_CLI_EVIDENCE_COMMAND_H_
#define SIPWARD_BINDINGS_CLI_EVIDENCE_COMMAND_H_

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "evidence/evidence.h"

namespace sipward::cli {

// Which decisions. Everything that is said must hold.
struct EvidenceFilter {
  uint64_t first = 0, last = UINT64_MAX;  // sequences
  std::string action, rule, text;         // `text` stands somewhere in the message; empty: any
};

struct EvidenceVerifyRequest {
  std::string path;
  std::string key;     // who alone may have signed: digits or a file; empty: anybody
  std::string expect;  // SEQUENCE:HASH, as verify printed it before
  bool json = false;
};
struct EvidenceShowRequest {
  std::string path;
  EvidenceFilter filter;
  std::string mask_key;  // a file; empty: nothing is masked
  bool json = false;
};
struct EvidenceExportRequest {
  std::string path, out;
  EvidenceFilter filter;
};
struct EvidenceReplayRequest {
  std::string path;
  EvidenceFilter filter;
  bool json = false;
};
struct EvidenceForgetRequest {
  std::string folder, key_file;
  std::vector<uint64_t> sequences;
};
struct EvidenceKeyRequest {
  std::string file;
};
struct EvidenceUnmaskRequest {
  std::string mask_key;
  std::vector<std::string> pseudonyms;
};

// Each returns the exit code.
int RunEvidenceVerify(const EvidenceVerifyRequest& request);
int RunEvidenceShow(const EvidenceShowRequest& request);
int RunEvidenceExport(const EvidenceExportRequest& request);
int RunEvidenceReplay(const EvidenceReplayRequest& request);
int RunEvidenceForget(const EvidenceForgetRequest& request);
int RunEvidenceKey(const EvidenceKeyRequest& request);
int RunEvidenceUnmask(const EvidenceUnmaskRequest& request);

// Whether the clear part of a decision fits; `record`: what was sealed, or null if it cannot be
// had.
bool Fits(const EvidenceFilter& filter, const evidence::Entry& entry, const std::string* record);
// A key for masks out of its file, which is made if need be.
bool LoadMaskKey(const std::string& path, bool make, evidence::MaskKey* key, std::string* error);
// JSON with what is personal in it replaced by pseudonyms.
std::string Masked(std::string_view json, const evidence::MaskKey& key);
// JSON on many lines, for people.
std::string Indented(std::string_view json);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EVIDENCE_COMMAND_H_
