#include "cdr_source.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "file.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostBytes = size_t{1} << 40;

}  // namespace

CdrSource::~CdrSource() {
  if (mapped_ != nullptr) munmap(mapped_, bytes_.size());
}

CdrSource::CdrSource(CdrSource&& other) noexcept
    : name_(std::move(other.name_)),
      bytes_(other.bytes_),
      held_(std::move(other.held_)),
      mapped_(std::exchange(other.mapped_, nullptr)) {
  if (mapped_ == nullptr) bytes_ = held_;
}

bool CdrSource::Map(int file, std::string* error) {
  struct stat facts {};
  if (fstat(file, &facts) != 0) {
    *error = std::strerror(errno);
    return false;
  }
  // Pipes and the like have no size; what is empty cannot be mapped.
  if (!S_ISREG(facts.st_mode) || facts.st_size == 0) {
    if (!ReadFile(name_, kMostBytes, &held_, error)) return false;
    bytes_ = held_;
    return true;
  }
  const auto size = static_cast<size_t>(facts.st_size);
  void* mapped = mmap(nullptr, size, PROT_READ, MAP_PRIVATE, file, 0);
  if (mapped == MAP_FAILED) {
    *error = std::strerror(errno);
    return false;
  }
  mapped_ = mapped;
  bytes_ = {static_cast<const char*>(mapped), size};
  return true;
}

bool CdrSource::Open(const std::string& path, std::string* error) {
  name_ = path;
  if (path == "-") {
    if (!ReadFile(path, kMostBytes, &held_, error)) return false;
    bytes_ = held_;
    return true;
  }
  const int file = open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) {
    *error = std::strerror(errno);
    return false;
  }
  const bool good = Map(file, error);
  close(file);
  return good;
}

}  // namespace sipward::cli
