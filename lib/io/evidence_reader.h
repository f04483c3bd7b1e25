// Reads evidence from a folder or from a bundle, and checks it on the way.
#ifndef SIPWARD_IO_EVIDENCE_READER_H_
#define SIPWARD_IO_EVIDENCE_READER_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"
#include "io/evidence_folder.h"

namespace sipward::io {

// The first line of a bundle. Then come the lines of the log as they are, those that were left out
// as `HASH SEQUENCE - -`, and behind them the keys of what was not: `key SEQUENCE HEX`.
inline constexpr std::string_view kBundleHead = "sipward evidence bundle 1";

class EvidenceReader {
 public:
  enum class Status : uint8_t { kEntry, kEnd, kFault };
  // Where an entry stands.
  struct Place {
    std::string file;
    uint64_t line = 0, offset = 0;  // from 1; octets from the file's begin
  };

  // False with error() if there is nothing to read. `trusted`: who alone may have signed.
  bool Open(const std::string& path, std::optional<evidence::PublicKey> trusted = std::nullopt);
  // Views live until the next call.
  Status Next(evidence::Entry* entry);
  const Place& place() const { return place_; }
  // What is wrong, behind kFault or a false of Open.
  const std::string& error() const { return error_; }

  enum class Opened : uint8_t { kOpen, kDestroyed, kWithheld, kBroken };
  // The record of a decision. Destroyed: its key is; withheld: the bundle does not have it; broken:
  // it does not fit its key.
  Opened OpenRecord(const evidence::Entry& entry, std::string* record) const;
  // The line of the entry that was read last, without its end.
  std::string_view line() const { return line_; }

  bool bundle() const { return bundle_; }
  bool in_use() const { return in_use_; }  // somebody writes it now
  uint64_t first() const { return first_; }
  const evidence::Checker& checker() const { return checker_; }
  uint64_t recoveries() const { return recoveries_; }
  // The key of a decision, for a bundle.
  std::optional<evidence::RecordKey> KeyOf(const evidence::Entry& entry) const;

 private:
  Status Fault(std::string sentence);
  bool NextFile();
  bool OpenFolder(const std::string& path);
  bool OpenBundle(const std::string& path);
  bool TakeFirst(std::string_view line);
  Status TakeMeaning(const evidence::Entry& entry);
  Status AtEnd();

  evidence::Checker checker_;
  std::string path_, error_;
  bool bundle_ = false, in_use_ = false, started_ = false, done_ = false;
  std::vector<uint32_t> segments_;
  size_t segment_ = 0;  // the one to come
  std::string bytes_;   // of the file that is read
  size_t at_ = 0;
  std::string keys_;  // of this segment
  std::map<uint64_t, evidence::RecordKey> bundle_keys_;
  std::optional<EvidenceHead> head_;
  bool head_seen_ = false;
  Place place_;
  std::string_view line_;
  uint64_t first_ = 0, removed_up_to_ = 0, recoveries_ = 0;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_EVIDENCE_READER_H_
