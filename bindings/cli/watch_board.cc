#include "watch_board.h"

#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>

namespace sipward::cli {
namespace {

bool WriteWhole(int file, std::string_view bytes) {
  if (ftruncate(file, 0) != 0) return false;
  for (size_t at = 0; at < bytes.size();) {
    const ssize_t written =
        pwrite(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += static_cast<size_t>(written);
  }
  return true;
}

std::string ReadWhole(int file) {
  struct stat status {};
  if (fstat(file, &status) != 0) return {};
  std::string bytes(static_cast<size_t>(status.st_size), '\0');
  size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got = pread(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    at += static_cast<size_t>(got);
  }
  bytes.resize(at);
  return bytes;
}

}  // namespace

bool WatchBoard::Open() {
  posted_ = MakeShared<std::atomic<uint64_t>>();
  for (io::Socket& file : files_) {
    file = io::Socket(memfd_create("sipward", MFD_CLOEXEC));
    if (!file) return false;
  }
  return true;
}

bool WatchBoard::Post(std::string_view bytes) {
  const uint64_t next = posted_->load() + 1;
  if (!WriteWhole(files_[next % files_.size()].get(), bytes)) return false;
  posted_->store(next);
  return true;
}

// Once more if the other file became the whole one: this one may be written again by now.
std::string WatchBoard::Read() const {
  for (;;) {
    const uint64_t number = posted_->load();
    if (number == 0) return {};
    std::string bytes = ReadWhole(files_[number % files_.size()].get());
    if (posted_->load() == number) return bytes;
  }
}

}  // namespace sipward::cli
