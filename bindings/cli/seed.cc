#include "seed.h"

#include <fcntl.h>
#include <sys/random.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace sipward::cli {
namespace {

class File {
 public:
  File(const std::string& path, int flags)
      : descriptor_(open(path.c_str(), flags | O_CLOEXEC, 0600)) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return descriptor_; }
  explicit operator bool() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

}  // namespace

std::string ReadSeed(const std::string& path, sipward_state_options* options) {
  constexpr auto kBytes = static_cast<ssize_t>(sizeof options->seed);
  if (!path.empty()) {
    const File kept(path, O_RDONLY);
    if (kept) {
      // One byte more than there should be.
      char bytes[sizeof options->seed + 1];
      if (read(kept.get(), bytes, sizeof bytes) != kBytes) return path + ": holds no seed";
      std::memcpy(options->seed, bytes, sizeof options->seed);
      return "";
    }
    if (errno != ENOENT) return "cannot read " + path + ": " + std::strerror(errno);
  }
  if (getrandom(options->seed, sizeof options->seed, 0) != kBytes) {
    return "the system has no random bytes";
  }
  if (path.empty()) return "";
  const File made(path, O_WRONLY | O_CREAT | O_EXCL);
  if (!made || write(made.get(), options->seed, sizeof options->seed) != kBytes ||
      fsync(made.get()) != 0) {
    return "cannot write " + path + ": " + std::strerror(errno);
  }
  return "";
}

}  // namespace sipward::cli
