#include "io/evidence_tail.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "io/evidence_folder.h"

namespace sipward::io {
namespace {

// The end of the segment before one in which nothing stands yet.
std::string ReadBefore(const std::string& folder, uint32_t segment, EvidenceTail* tail) {
  std::vector<uint32_t> segments;
  std::string error;
  if (!ListSegments(folder, &segments, &error)) return error;
  const auto at = std::lower_bound(segments.begin(), segments.end(), segment);
  if (at == segments.begin()) return {};
  EvidenceTail before;
  error = ReadTail(folder, *(at - 1), &before);
  tail->next = before.next;
  tail->head = before.head;
  tail->covered = before.covered;
  return error;
}

}  // namespace

std::string ReadTail(const std::string& folder, uint32_t segment, EvidenceTail* tail) {
  std::string bytes, error;
  const std::string path = LogPath(folder, segment);
  if (!ReadWhole(path, &bytes, &error)) return error;
  evidence::Checker checker;
  std::string_view rest = bytes;
  for (size_t end = rest.find('\n'); end != rest.npos; end = rest.find('\n')) {
    const std::string_view line = rest.substr(0, end);
    evidence::Entry entry;
    const bool begun = tail->entries > 0 || checker.BeginAt(line);
    const evidence::Fault fault = begun ? checker.Take(line, &entry) : evidence::Fault::kLine;
    if (fault != evidence::Fault::kNone) {
      return path + ":" + std::to_string(tail->entries + 1) + ": " +
             std::string(evidence::TextOf(fault)) +
             "; what was changed is not gone on with, begin another folder";
    }
    ++tail->entries;
    tail->whole += end + 1;
    rest.remove_prefix(end + 1);
  }
  tail->torn = rest.size();
  if (tail->entries == 0) return ReadBefore(folder, segment, tail);
  tail->next = checker.next();
  tail->head = checker.head();
  tail->covered = checker.covered();
  tail->ended = checker.ended() && tail->torn == 0;
  return {};
}

std::string SetAside(const std::string& folder, uint32_t segment, const EvidenceTail& tail) {
  const std::string path = LogPath(folder, segment);
  std::string bytes, error;
  if (!ReadWhole(path, &bytes, &error)) return error;
  std::string aside = path.substr(0, path.size() - 4) + ".torn.";
  int number = 1;
  while (access((aside + std::to_string(number)).c_str(), F_OK) == 0) ++number;
  aside += std::to_string(number);
  if (!WriteWhole(aside, std::string_view(bytes).substr(static_cast<size_t>(tail.whole)), 0600,
                  &error)) {
    return error;
  }
  if (truncate(path.c_str(), static_cast<off_t>(tail.whole)) != 0) {
    return FailedAt("cannot cut", path);
  }
  return {};
}

std::string DestroyKeys(const std::string& folder, const std::vector<uint64_t>& sequences,
                        std::vector<uint64_t>* gone) {
  std::vector<uint32_t> segments;
  std::string error;
  if (!ListSegments(folder, &segments, &error)) return error;
  for (const uint32_t segment : segments) {
    std::string bytes;
    if (!ReadWhole(LogPath(folder, segment), &bytes, &error)) return error;
    const std::string path = KeysPath(folder, segment);
    const int file = open(path.c_str(), O_WRONLY | O_CLOEXEC);
    if (file < 0) return FailedAt("cannot open", path);
    constexpr char kZeros[32] = {};
    std::string_view rest = bytes;
    for (size_t end = rest.find('\n'); end != rest.npos && error.empty(); end = rest.find('\n')) {
      evidence::Entry entry;
      const bool wanted =
          evidence::ReadLine(rest.substr(0, end), &entry) && entry.kind == "decision" &&
          std::find(sequences.begin(), sequences.end(), entry.sequence) != sequences.end();
      rest.remove_prefix(end + 1);
      if (!wanted) continue;
      const int64_t slot = evidence::IntOf(evidence::Find(entry.body, "key")).value_or(-1);
      if (slot < 0) continue;
      if (pwrite(file, kZeros, sizeof kZeros, static_cast<off_t>(slot * 32)) !=
          static_cast<ssize_t>(sizeof kZeros)) {
        error = FailedAt("cannot write", path);
      }
      gone->push_back(entry.sequence);
    }
    if (fsync(file) != 0 && error.empty()) error = FailedAt("cannot write", path);
    close(file);
    if (!error.empty()) return error;
  }
  return {};
}

}  // namespace sipward::io
