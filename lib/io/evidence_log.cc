#include "io/evidence_log.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>

#include "io/evidence_tail.h"
#include "io/evidence_time.h"

namespace sipward::io {
namespace {

constexpr size_t kMostUnwritten = 256 * 1024;

// What was written is gone from *bytes, also where the rest could not be.
std::string WriteOut(int file, std::string* bytes, const std::string& path) {
  size_t written = 0;
  const bool all = WriteAll(file, *bytes, &written);
  std::string error = all ? "" : FailedAt("cannot write", path);
  bytes->erase(0, written);
  return error;
}

std::string TimeMember(int64_t time_ns) { return "{\"time\":\"" + EvidenceTime(time_ns) + "\""; }

}  // namespace

EvidenceLog::~EvidenceLog() {
  CloseFiles();
  if (lock_ >= 0) close(lock_);
}

void EvidenceLog::CloseFiles() {
  if (log_ >= 0) close(log_);
  if (keys_ >= 0) close(keys_);
  log_ = keys_ = -1;
}

std::string EvidenceLog::Open(const EvidenceOptions& options, int64_t now_ns) {
  options_ = options;
  std::string error = OpenFolder();
  if (!error.empty()) return error;
  std::vector<uint32_t> segments;
  if (!ListSegments(options_.folder, &segments, &error)) return error;
  if (segments.empty()) return BeginSegment(1, now_ns);
  segment_ = segments.back();
  return GoOn(now_ns);
}

std::string EvidenceLog::OpenFolder() {
  if (mkdir(options_.folder.c_str(), 0700) != 0 && errno != EEXIST) {
    return FailedAt("cannot make the folder", options_.folder);
  }
  const std::string lock = options_.folder + "/lock";
  lock_ = open(lock.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (lock_ < 0) return FailedAt("cannot open", lock);
  if (flock(lock_, LOCK_EX | LOCK_NB) != 0) {
    return options_.folder + " is being written by another process";
  }
  const bool own = options_.key_file.empty();
  std::string error;
  LoadSigningKey(own ? options_.folder + "/sign.key" : options_.key_file, own, &key_, &error);
  return error;
}

// Behind what is there. Of the last segment everything is read: it must be a log, and what is
// behind its last whole line is set aside.
std::string EvidenceLog::GoOn(int64_t now_ns) {
  EvidenceTail tail;
  std::string error = ReadTail(options_.folder, segment_, &tail);
  if (!error.empty()) return error;
  chain_ = evidence::Chain(tail.next, tail.head);
  if (tail.torn != 0) error = SetAside(options_.folder, segment_, tail);
  if (!error.empty()) return error;
  if (tail.entries == 0) return BeginSegment(segment_, now_ns);
  error = OpenFiles(segment_);
  if (!error.empty()) return error;
  since_checkpoint_ = static_cast<uint32_t>(
      std::min<uint64_t>(tail.next - 1 - tail.covered, options_.checkpoint_entries));
  const uint64_t last = tail.next - 1;
  const uint64_t written = LastWritten();
  if (!tail.ended || written > last) {
    recovered_ = "the log did not end behind entry " + std::to_string(last);
    if (tail.torn != 0) {
      recovered_ += "; " + std::to_string(tail.torn) + " octets of the next were set aside";
    }
    std::string body = TimeMember(now_ns) + ",\"after\":" + std::to_string(last) +
                       ",\"octets\":" + std::to_string(tail.torn);
    if (written > last) {
      recovered_ +=
          "; entries up to " + std::to_string(written) + " had been written out and are gone";
      body += ",\"missing_up_to\":" + std::to_string(written);
    }
    Append("recovered", body + "}");
  }
  Append("begin", BeginBody(now_ns) + "}");
  return Flush(true);
}

// Who writes, and how: not closed yet.
std::string EvidenceLog::BeginBody(int64_t now_ns) const {
  return TimeMember(now_ns) + ",\"format\":1,\"software\":" + options_.software +
         ",\"settings\":" + options_.settings;
}

// The head of the last time.
uint64_t EvidenceLog::LastWritten() const {
  std::string text, error;
  if (!ReadWhole(options_.folder + "/head", &text, &error)) return 0;
  const auto head = ReadHead(text);
  return head ? head->sequence : 0;
}

std::string EvidenceLog::OpenFiles(uint32_t number) {
  CloseFiles();
  segment_ = number;
  const std::string log = LogPath(options_.folder, number);
  const std::string keys = KeysPath(options_.folder, number);
  log_ = open(log.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (log_ < 0) return FailedAt("cannot open", log);
  keys_ = open(keys.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (keys_ < 0) return FailedAt("cannot open", keys);
  size_ = static_cast<uint64_t>(std::max<off_t>(lseek(log_, 0, SEEK_END), 0));
  // Half a key at the end is that of no entry.
  slots_ = static_cast<uint64_t>(std::max<off_t>(lseek(keys_, 0, SEEK_END), 0)) / 32;
  if (lseek(keys_, static_cast<off_t>(slots_ * 32), SEEK_SET) < 0) {
    return FailedAt("cannot write", keys);
  }
  return {};
}

std::string EvidenceLog::BeginSegment(uint32_t number, int64_t now_ns) {
  std::string error = OpenFiles(number);
  if (!error.empty()) return error;
  Append("begin", BeginBody(now_ns) + ",\"before\":\"" + evidence::ToHex(chain_.head()) + "\"}");
  if (!rules_hash_.empty()) AppendRules();
  error = Flush(true);
  if (error.empty()) SyncFolder(options_.folder, &error);
  return error;
}

void EvidenceLog::Append(std::string_view kind, std::string_view body) {
  const size_t before = lines_.size();
  chain_.Append(kind, body, &lines_);
  size_ += lines_.size() - before;
  dirty_ = true;
  ++since_checkpoint_;
}

void EvidenceLog::Checkpoint() {
  if (since_checkpoint_ == 0) return;
  const size_t before = lines_.size();
  chain_.AppendCheckpoint(key_, &lines_);
  size_ += lines_.size() - before;
  dirty_ = true;
  since_checkpoint_ = 0;
}

void EvidenceLog::AppendRules() {
  std::string body;
  evidence::Writer json(&body);
  json.Begin('{');
  json.Key("hash").String(rules_hash_);
  json.Key("source").Base64(rules_source_);
  json.End('}');
  Append("rules", body);
}

std::string EvidenceLog::AddRules(std::string_view hash, std::string_view source) {
  rules_hash_ = hash;
  rules_source_ = source;
  AppendRules();
  return lines_.size() > kMostUnwritten ? Flush(false) : std::string();
}

std::string EvidenceLog::AddDecision(int64_t time_ns, std::string_view summary,
                                     std::string_view record, int64_t now_ns) {
  if (size_ >= options_.segment_bytes) {
    std::string error = Rotate(now_ns);
    if (!error.empty()) return error;
  }
  evidence::RecordKey key = fresh_.Next();
  std::string body = TimeMember(time_ns);
  if (!summary.empty()) (body += ',') += summary;
  body += ",\"key\":" + std::to_string(slots_) + ",\"sealed\":";
  evidence::AppendBase64(&body, evidence::Seal(key, chain_.next(), record));
  body += '}';
  key_bytes_.append(key.begin(), key.end());
  ++slots_;
  ++entries_;
  last_decision_ = chain_.next();
  Append("decision", body);
  if (since_checkpoint_ >= options_.checkpoint_entries) Checkpoint();
  if (options_.sync_ns == 0) return Flush(true);
  return lines_.size() > kMostUnwritten ? Tick(now_ns) : std::string();
}

// Keys first: an entry whose key is lost could not be read, a key without an entry is nothing. What
// is synced is sealed by a checkpoint, so that whoever changes it must have the key.
std::string EvidenceLog::Flush(bool sync) {
  if (sync) Checkpoint();
  std::string error = WriteOut(keys_, &key_bytes_, KeysPath(options_.folder, segment_));
  if (error.empty()) error = WriteOut(log_, &lines_, LogPath(options_.folder, segment_));
  if (!error.empty() || !sync || !dirty_) return error;
  if (fdatasync(keys_) != 0 || fdatasync(log_) != 0) {
    return FailedAt("cannot write", LogPath(options_.folder, segment_));
  }
  dirty_ = false;
  WriteWhole(options_.folder + "/head", HeadText(head()) + "\n", 0600, &error);
  return error;
}

std::string EvidenceLog::Tick(int64_t now_ns) {
  const bool due = options_.sync_ns >= 0 && dirty_ && now_ns - synced_ns_ >= options_.sync_ns;
  if (due || now_ns < synced_ns_) synced_ns_ = now_ns;
  const std::string error = Flush(due);
  return error.empty() && due && options_.keep_ns > 0 ? Retire(now_ns) : error;
}

std::string EvidenceLog::Rotate(int64_t now_ns) {
  Append(evidence::kRotate, TimeMember(now_ns) + ",\"next\":" + std::to_string(segment_ + 1) + "}");
  std::string error = Flush(true);
  return error.empty() ? BeginSegment(segment_ + 1, now_ns) : error;
}

// Whole segments that nobody wrote to for so long, the oldest first; what is gone the log says.
std::string EvidenceLog::Retire(int64_t now_ns) {
  std::vector<uint32_t> segments;
  std::string error;
  if (!ListSegments(options_.folder, &segments, &error)) return error;
  uint32_t last = 0;
  for (const uint32_t number : segments) {
    struct stat status {};
    if (number == segment_ || stat(LogPath(options_.folder, number).c_str(), &status) != 0) break;
    const int64_t written = int64_t{status.st_mtim.tv_sec} * 1'000'000'000 + status.st_mtim.tv_nsec;
    if (now_ns - written < options_.keep_ns) break;
    last = number;
  }
  if (last == 0) return {};
  Append("removed", TimeMember(now_ns) + ",\"up_to\":" + std::to_string(last) + "}");
  error = Flush(true);
  for (const uint32_t number : segments) {
    if (number > last || !error.empty()) break;
    // The keys first: without them the log is nothing that could be read.
    for (const std::string& path :
         {KeysPath(options_.folder, number), LogPath(options_.folder, number)}) {
      if (unlink(path.c_str()) != 0 && errno != ENOENT) error = FailedAt("cannot remove", path);
    }
  }
  return error;
}

std::string EvidenceLog::Forget(const std::vector<uint64_t>& sequences, int64_t now_ns,
                                size_t* destroyed) {
  std::string error = Flush(true);
  std::vector<uint64_t> gone;
  if (error.empty()) error = DestroyKeys(options_.folder, sequences, &gone);
  *destroyed = gone.size();
  if (!error.empty() || gone.empty()) return error;
  std::string body = TimeMember(now_ns) + ",\"sequences\":[";
  for (const uint64_t sequence : gone) {
    if (body.back() != '[') body += ',';
    body += std::to_string(sequence);
  }
  Append("forgotten", body + "]}");
  return Flush(true);
}

std::string EvidenceLog::Close(int64_t now_ns) {
  if (log_ < 0) return {};
  Append(evidence::kEnd, TimeMember(now_ns) + ",\"decisions\":" + std::to_string(entries_) + "}");
  std::string error = Flush(true);
  if (error.empty()) SyncFolder(options_.folder, &error);
  CloseFiles();
  return error;
}

}  // namespace sipward::io
