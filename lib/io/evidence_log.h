// Writes evidence to a folder: entries in a chain, signed checkpoints, segments, keys.
#ifndef SIPWARD_IO_EVIDENCE_LOG_H_
#define SIPWARD_IO_EVIDENCE_LOG_H_

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "io/evidence_folder.h"

namespace sipward::io {

struct EvidenceOptions {
  std::string folder;
  std::string key_file;  // empty: sign.key of the folder, made if need be
  uint64_t segment_bytes = uint64_t{64} << 20;
  // Written out and synced at least so often; 0: with each entry; negative: only at the end.
  int64_t sync_ns = 1'000'000'000;
  uint32_t checkpoint_entries = 1'000;  // entries between two checkpoints, at most
  int64_t keep_ns = 0;                  // segments whose last entry is older go; 0: none
  std::string software;                 // JSON: who writes
  std::string settings;                 // JSON: what is recorded
};

// Not for several threads at once; of several processes one at a time. Every function that gives a
// text gives what went wrong, or an empty one. Times are since 1970, and those of entries may be of
// long ago.
class EvidenceLog {
 public:
  EvidenceLog() = default;
  ~EvidenceLog();
  EvidenceLog(const EvidenceLog&) = delete;
  EvidenceLog& operator=(const EvidenceLog&) = delete;

  // Makes the folder if it is not there. What a crash left half-written at the end is set aside,
  // and the log says so; a log that was changed is not gone on with.
  std::string Open(const EvidenceOptions& options, int64_t now_ns);
  // What was set aside when it was opened: a sentence; empty: nothing.
  const std::string& recovered() const { return recovered_; }

  // Which rules the decisions behind it are of. Once for each change; each segment has them again.
  std::string AddRules(std::string_view hash, std::string_view source);
  // `summary`: members of a JSON object that stay readable when the key is destroyed, such as
  // "action":"drop". `record` is sealed under a key of its own.
  std::string AddDecision(int64_t time_ns, std::string_view summary, std::string_view record,
                          int64_t now_ns);
  // Destroys the keys of these decisions and says so in the log. *destroyed: how many there were.
  std::string Forget(const std::vector<uint64_t>& sequences, int64_t now_ns, size_t* destroyed);
  // Time goes by: what is due to be written out is.
  std::string Tick(int64_t now_ns);
  // A checkpoint, the end, everything written out.
  std::string Close(int64_t now_ns);

  uint64_t last_decision() const { return last_decision_; }  // its sequence; 0: none yet
  EvidenceHead head() const { return {chain_.next() - 1, chain_.head()}; }

 private:
  std::string OpenFolder();
  uint64_t LastWritten() const;
  std::string GoOn(int64_t now_ns);
  std::string BeginSegment(uint32_t number, int64_t now_ns);
  std::string OpenFiles(uint32_t number);
  std::string Rotate(int64_t now_ns);
  std::string Retire(int64_t now_ns);
  std::string BeginBody(int64_t now_ns) const;
  void Append(std::string_view kind, std::string_view body);
  void AppendRules();
  void Checkpoint();
  std::string Flush(bool sync);
  void CloseFiles();

  EvidenceOptions options_;
  evidence::SecretKey key_{};
  evidence::RecordKeys fresh_;
  evidence::Chain chain_;
  uint32_t segment_ = 0;
  int lock_ = -1, log_ = -1, keys_ = -1;
  uint64_t size_ = 0;     // of the segment, with what is not written yet
  uint64_t slots_ = 0;    // keys in it
  uint64_t entries_ = 0;  // decisions since it was opened
  uint64_t last_decision_ = 0;
  uint32_t since_checkpoint_ = 0;
  int64_t synced_ns_ = 0;
  bool dirty_ = false;             // something was not synced
  std::string lines_, key_bytes_;  // to be written
  std::string rules_hash_, rules_source_;
  std::string recovered_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_EVIDENCE_LOG_H_
