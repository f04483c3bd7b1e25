#include "io/evidence_reader.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <charconv>
#include <cstring>
#include <filesystem>
#include <utility>

namespace sipward::io {
namespace {

constexpr size_t kKey = 32;

bool IsHeld(const std::string& lock) {
  const int file = open(lock.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return false;
  const bool held = flock(file, LOCK_SH | LOCK_NB) != 0;
  close(file);
  return held;
}

uint64_t NumberOf(std::string_view body, std::string_view name) {
  return static_cast<uint64_t>(
      std::max<int64_t>(evidence::IntOf(evidence::Find(body, name)).value_or(0), 0));
}

}  // namespace

bool EvidenceReader::Open(const std::string& path, std::optional<evidence::PublicKey> trusted) {
  checker_ = evidence::Checker(trusted);
  path_ = path;
  std::error_code failure;
  const bool folder = std::filesystem::is_directory(path, failure);
  return folder ? OpenFolder(path) : OpenBundle(path);
}

bool EvidenceReader::OpenFolder(const std::string& path) {
  in_use_ = IsHeld(path + "/lock");
  std::string text, ignored;
  // Before the log: what is written meanwhile lies behind it.
  if (ReadWhole(path + "/head", &text, &ignored)) head_ = ReadHead(text);
  if (!ListSegments(path, &segments_, &error_)) return false;
  if (segments_.empty()) error_ = path + " holds no evidence";
  return !segments_.empty() && NextFile();
}

bool EvidenceReader::OpenBundle(const std::string& path) {
  bundle_ = true;
  if (!ReadWhole(path, &bytes_, &error_)) return false;
  const size_t end = bytes_.find('\n');
  if (std::string_view(bytes_).substr(0, std::min(end, bytes_.size())) != kBundleHead) {
    error_ = path + " is neither a folder of evidence nor a bundle of it";
    return false;
  }
  at_ = std::min(end, bytes_.size() - 1) + 1;
  place_ = {path, 1, 0};
  // Keys stand at the end; a line that is none is a fault when it is come to.
  for (size_t line = bytes_.find("\nkey "); line != bytes_.npos;
       line = bytes_.find("\nkey ", line + 1)) {
    const std::string_view rest = std::string_view(bytes_).substr(line + 5);
    const std::string_view text = rest.substr(0, rest.find('\n'));
    uint64_t sequence = 0;
    const auto [stop, wrong] = std::from_chars(text.data(), text.data() + text.size(), sequence);
    const size_t used = static_cast<size_t>(stop - text.data());
    const auto key =
        used < text.size() ? evidence::HashFromHex(text.substr(used + 1)) : std::nullopt;
    if (wrong == std::errc() && key) bundle_keys_[sequence] = *key;
  }
  return true;
}

bool EvidenceReader::NextFile() {
  if (bundle_ || segment_ == segments_.size()) return false;
  const uint32_t number = segments_[segment_++];
  place_ = {LogPath(path_, number), 0, 0};
  std::string ignored;
  keys_.clear();
  static_cast<void>(ReadWhole(KeysPath(path_, number), &keys_, &ignored));
  at_ = 0;
  return ReadWhole(place_.file, &bytes_, &error_);
}

EvidenceReader::Status EvidenceReader::Fault(std::string sentence) {
  error_ = place_.file + ":" + std::to_string(place_.line) + ": octet " +
           std::to_string(place_.offset) + ": entry " + std::to_string(checker_.next()) + ": " +
           std::move(sentence);
  done_ = true;
  return Status::kFault;
}

// The first entry of all says where the chain stands before it.
bool EvidenceReader::TakeFirst(std::string_view line) {
  started_ = true;
  evidence::Entry entry;
  if (!evidence::ReadLine(line, &entry)) return true;  // the checker says so
  first_ = entry.sequence;
  return first_ == 1 || checker_.BeginAt(line);
}

EvidenceReader::Status EvidenceReader::Next(evidence::Entry* entry) {
  if (done_) return Status::kEnd;
  while (at_ == bytes_.size()) {
    if (!NextFile()) return error_.empty() ? AtEnd() : Status::kFault;
  }
  ++place_.line;
  place_.offset = at_;
  const size_t end = bytes_.find('\n', at_);
  line_ = std::string_view(bytes_).substr(at_, std::min(end, bytes_.size()) - at_);
  if (end == bytes_.npos) {
    // Half an entry: one that is being written, or what a crash or somebody left of it.
    if (in_use_ && segment_ == segments_.size()) return AtEnd();
    return Fault("the log breaks off here, within an entry");
  }
  at_ = end + 1;
  if (bundle_ && line_.substr(0, 4) == "key ") return AtEnd();
  if (!started_ && !TakeFirst(line_)) return Fault("the begin of the log is missing");
  const evidence::Fault fault = checker_.Take(line_, entry);
  if (fault != evidence::Fault::kNone) return Fault(std::string(evidence::TextOf(fault)));
  return TakeMeaning(*entry);
}

EvidenceReader::Status EvidenceReader::TakeMeaning(const evidence::Entry& entry) {
  if (head_ && entry.sequence == head_->sequence) {
    head_seen_ = true;
    if (entry.hash != head_->hash) return Fault("another entry stood here when it was written out");
  }
  if (entry.kind == "removed") removed_up_to_ = NumberOf(entry.body, "up_to");
  if (entry.kind == "recovered") {
    ++recoveries_;
    const uint64_t missing = NumberOf(entry.body, "missing_up_to");
    if (missing != 0) {
      return Fault("entries up to " + std::to_string(missing) +
                   " had been written out and were gone when the log was opened again");
    }
  }
  return Status::kEntry;
}

EvidenceReader::Status EvidenceReader::AtEnd() {
  done_ = true;
  if (!started_) return Status::kEnd;
  if (first_ > 1 && !bundle_ && removed_up_to_ + 1 < segments_.front()) {
    error_ = path_ + ": entries before " + std::to_string(first_) +
             " are missing, and the log does not say that they were removed";
    return Status::kFault;
  }
  if (head_ && !head_seen_ && head_->sequence >= checker_.next()) {
    error_ = path_ + ": entries from " + std::to_string(checker_.next()) + " to " +
             std::to_string(head_->sequence) + " had been written out and are missing at the end";
    return Status::kFault;
  }
  if (!checker_.ended() && !in_use_) {
    error_ = path_ + ": behind entry " + std::to_string(checker_.next() - 1) +
             " the log breaks off without an end: its writer was stopped, or entries were cut off";
    return Status::kFault;
  }
  return Status::kEnd;
}

std::optional<evidence::RecordKey> EvidenceReader::KeyOf(const evidence::Entry& entry) const {
  if (bundle_) {
    const auto at = bundle_keys_.find(entry.sequence);
    if (at == bundle_keys_.end()) return std::nullopt;
    return at->second;
  }
  const int64_t slot = evidence::IntOf(evidence::Find(entry.body, "key")).value_or(-1);
  if (slot < 0 || (static_cast<uint64_t>(slot) + 1) * kKey > keys_.size()) return std::nullopt;
  evidence::RecordKey key;
  std::memcpy(key.data(), keys_.data() + static_cast<size_t>(slot) * kKey, kKey);
  return key;
}

EvidenceReader::Opened EvidenceReader::OpenRecord(const evidence::Entry& entry,
                                                  std::string* record) const {
  const auto key = KeyOf(entry);
  if (!key) return Opened::kWithheld;
  if (evidence::IsDestroyed(*key)) return Opened::kDestroyed;
  const auto sealed = evidence::BytesOfBase64(evidence::Find(entry.body, "sealed"));
  auto opened = sealed ? evidence::Open(*key, entry.sequence, *sealed) : std::nullopt;
  if (!opened) return Opened::kBroken;
  *record = std::move(*opened);
  return Opened::kOpen;
}

}  // namespace sipward::io
