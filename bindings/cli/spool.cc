#include "spool.h"

#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <filesystem>

#include "file.h"

namespace sipward::cli {

bool Spool::Append(std::string_view text) {
  memory_ += text;
  return memory_.size() < kMostInMemory || MoveToFile();
}

bool Spool::PrintAll() {
  if (file_ != nullptr) {
    if (std::fflush(file_.get()) != 0) return Fail("cannot write a temporary file");
    std::rewind(file_.get());
    std::string block(64 * 1024, '\0');
    while (const size_t got = std::fread(block.data(), 1, block.size(), file_.get())) {
      if (!Print({block.data(), got})) return false;
    }
    if (std::ferror(file_.get()) != 0) return Fail("cannot read a temporary file");
  }
  return Print(memory_);
}

bool Spool::OpenFile() {
  std::error_code code;
  const std::filesystem::path folder = std::filesystem::temp_directory_path(code);
  if (code) {
    errno = code.value();
    return Fail("cannot make a temporary file");
  }
  std::string path = (folder / "sipward-XXXXXX").string();
  const int descriptor = mkstemp(path.data());
  if (descriptor < 0) return Fail("cannot make a temporary file");
  unlink(path.c_str());
  file_.reset(fdopen(descriptor, "w+b"));
  if (file_ != nullptr) return true;
  close(descriptor);
  return Fail("cannot make a temporary file");
}

bool Spool::MoveToFile() {
  if (file_ == nullptr && !OpenFile()) return false;
  if (std::fwrite(memory_.data(), 1, memory_.size(), file_.get()) != memory_.size()) {
    return Fail("cannot write a temporary file");
  }
  memory_.clear();
  return true;
}

bool Spool::Fail(const char* what) {
  error_ = std::string(what) + ": " + std::strerror(errno);
  return false;
}

}  // namespace sipward::cli
