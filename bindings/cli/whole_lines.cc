#include "whole_lines.h"

#include <unistd.h>

#include <cerrno>

namespace sipward::cli {
namespace {

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace

bool WholeLines::Write(int descriptor, std::string_view lines) {
  const bool torn = !lock_.Lock() && within_;
  within_ = true;
  const bool written = (!torn || WriteAll(descriptor, "\n")) && WriteAll(descriptor, lines);
  const int why = errno;
  within_ = false;
  lock_.Unlock();
  errno = why;
  return written;
}

}  // namespace sipward::cli
