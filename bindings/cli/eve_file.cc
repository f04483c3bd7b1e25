#include "eve_file.h"

#include <cerrno>
#include <cstring>

namespace sipward::cli {

bool EveFile::Open(const std::string& path, std::string* error) {
  FILE* file = path == "-" ? stdout : std::fopen(path.c_str(), "ab");
  if (file == nullptr) {
    *error = "cannot write " + path + ": " + std::strerror(errno);
    return false;
  }
  path_ = path;
  file_.reset(file);
  return true;
}

bool EveFile::Write(const std::string& lines) {
  return std::fwrite(lines.data(), 1, lines.size(), file_.get()) == lines.size();
}

bool EveFile::Flush() { return file_ == nullptr || std::fflush(file_.get()) == 0; }

}  // namespace sipward::cli
