#include "io/state_file.h"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace sipward::io {
namespace {

// In front of the snapshot. The snapshot has a checksum of its own, and what is of another byte
// order is no file of ours.
struct Head {
  std::array<char, 8> magic;
  uint64_t number;  // of the save
  uint64_t size;    // of the snapshot
  uint64_t check;   // of all that stands above
};
constexpr std::array<char, 8> kMagic = {'S', 'I', 'P', 'W', 'F', 'I', 'L', '1'};
constexpr uint64_t kMostBytes = uint64_t{1} << 40;

// FNV-1a: against what breaks, not against who breaks.
uint64_t CheckOf(const Head& head) {
  std::array<unsigned char, offsetof(Head, check)> bytes;
  std::memcpy(bytes.data(), &head, bytes.size());
  uint64_t hash = 0xcbf29ce484222325;
  for (const unsigned char byte : bytes) hash = (hash ^ byte) * 0x100000001b3;
  return hash;
}

std::string Failed(const std::string& what, const std::string& path) {
  return what + " " + path + ": " + std::strerror(errno);
}

// As many bytes as there are, up to `size`.
bool ReadAll(FileCalls* calls, int file, size_t size, std::string* out) {
  out->clear();
  std::string piece(std::min<size_t>(size, size_t{1} << 20), '\0');
  while (out->size() < size) {
    const ptrdiff_t got =
        calls->Read(file, piece.data(), std::min(piece.size(), size - out->size()));
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return false;
    if (got == 0) return true;
    out->append(piece.data(), static_cast<size_t>(got));
  }
  return true;
}

}  // namespace

int FileCalls::Create(const char* path) {
  return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
}
int FileCalls::OpenToRead(const char* path) { return open(path, O_RDONLY | O_CLOEXEC); }
int FileCalls::OpenFolder(const char* path) {
  return open(path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
}
ptrdiff_t FileCalls::Write(int file, const char* bytes, size_t size) {
  return write(file, bytes, size);
}
ptrdiff_t FileCalls::Read(int file, char* bytes, size_t size) { return read(file, bytes, size); }
int FileCalls::Sync(int file) { return fsync(file); }
int FileCalls::Close(int file) { return close(file); }
int FileCalls::Rename(const char* from, const char* to) { return rename(from, to); }
int FileCalls::Remove(const char* path) { return unlink(path); }

StateFile::StateFile(std::string path, FileCalls* calls) : path_(std::move(path)), calls_(calls) {
  static FileCalls system;
  if (calls_ == nullptr) calls_ = &system;
}

// `whole`: with the snapshot.
StateFile::Found StateFile::Look(int which, bool whole) {
  Found found;
  const std::string path = PathOf(which);
  const int file = calls_->OpenToRead(path.c_str());
  if (file < 0) {
    found.there = errno != ENOENT;
    if (found.there) found.why = Failed("cannot open", path);
    return found;
  }
  found.there = true;
  std::string bytes;
  Head head{};
  if (!ReadAll(calls_, file, sizeof head, &bytes)) {
    found.why = Failed("cannot read", path);
  } else if (bytes.size() == sizeof head) {
    std::memcpy(&head, bytes.data(), sizeof head);
  }
  const bool ours = head.magic == kMagic && head.check == CheckOf(head) && head.number != 0 &&
                    head.size < kMostBytes;
  if (ours && whole && !ReadAll(calls_, file, head.size + 1, &found.snapshot)) {
    found.why = Failed("cannot read", path);
  } else if (ours) {
    found.number = head.number;
  }
  calls_->Close(file);
  if (found.why.empty() && !ours)
    found.why = path + ": It is no state file, or its head is damaged.";
  return found;
}

std::string StateFile::WriteWhole(const std::string& path, const std::string& bytes) {
  const int file = calls_->Create(path.c_str());
  if (file < 0) return Failed("cannot create", path);
  std::string why;
  for (size_t at = 0; at < bytes.size() && why.empty();) {
    const ptrdiff_t written = calls_->Write(file, bytes.data() + at, bytes.size() - at);
    if (written > 0) {
      at += static_cast<size_t>(written);
    } else if (written == 0) {
      why = "cannot write " + path + ": nothing is taken";
    } else if (errno != EINTR) {
      why = Failed("cannot write", path);
    }
  }
  if (why.empty() && calls_->Sync(file) != 0) why = Failed("cannot sync", path);
  if (calls_->Close(file) != 0 && why.empty()) why = Failed("cannot close", path);
  return why;
}

std::string StateFile::SyncFolder() {
  const size_t slash = path_.rfind('/');
  const std::string folder = slash == std::string::npos ? "." : path_.substr(0, slash + 1);
  const int file = calls_->OpenFolder(folder.c_str());
  if (file < 0) return Failed("cannot open", folder);
  std::string why = calls_->Sync(file) == 0 ? "" : Failed("cannot sync", folder);
  calls_->Close(file);
  return why;
}

std::string StateFile::Save(const sipward_state* state, const sipward_moment& moment) {
  const std::array<uint64_t, 2> numbers = {Look(0, false).number, Look(1, false).number};
  const int older = numbers[0] <= numbers[1] ? 0 : 1;
  std::string bytes(sizeof(Head), '\0');
  size_t size = 0;
  int32_t status = sipward_state_snapshot(state, &moment, nullptr, 0, &size);
  while (status == SIPWARD_ERR_SPACE) {  // again if a table was opened in between
    bytes.resize(sizeof(Head) + size);
    status = sipward_state_snapshot(state, &moment, bytes.data() + sizeof(Head), size, &size);
  }
  if (status != SIPWARD_OK) return sipward_status_text(status);
  bytes.resize(sizeof(Head) + size);
  Head head{kMagic, std::max(numbers[0], numbers[1]) + 1, size, 0};
  head.check = CheckOf(head);
  std::memcpy(bytes.data(), &head, sizeof head);

  const std::string fresh = path_ + ".new";
  std::string why = WriteWhole(fresh, bytes);
  if (why.empty() && calls_->Rename(fresh.c_str(), PathOf(older).c_str()) != 0) {
    why = Failed("cannot rename", fresh);
  }
  if (!why.empty()) {
    calls_->Remove(fresh.c_str());
    return why;
  }
  return SyncFolder();
}

StateFile::Result StateFile::Restore(sipward_state* state, const sipward_moment& moment) {
  std::array<Found, 2> found = {Look(0, true), Look(1, true)};
  const int newer = found[0].number >= found[1].number ? 0 : 1;
  Result result;
  for (const int which : {newer, 1 - newer}) {
    Found& file = found[static_cast<size_t>(which)];
    if (!file.there) continue;
    if (file.number != 0) {
      sipward_text why{};
      const int32_t status =
          sipward_state_restore(state, file.snapshot.data(), file.snapshot.size(), &moment, &why);
      if (status == SIPWARD_OK) {
        result.outcome = Outcome::kRestored;
        return result;
      }
      file.why = PathOf(which) + ": ";
      if (status == SIPWARD_ERR_SNAPSHOT) {
        file.why.append(why.data, why.size);
      } else {
        file.why += sipward_status_text(status);
      }
    }
    result.outcome = Outcome::kRefused;
    result.why += (result.why.empty() ? "" : " ") + file.why;
  }
  return result;
}

}  // namespace sipward::io
