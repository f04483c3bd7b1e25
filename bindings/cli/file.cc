#include "file.h"

#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <memory>

#include "exit_code.h"
#include "text.h"

namespace sipward::cli {
namespace {

struct Closer {
  void operator()(FILE* file) const { std::fclose(file); }
};

bool ReadAll(FILE* file, size_t most, std::string* contents, std::string* error) {
  char block[64 * 1024];
  while (const size_t got = std::fread(block, 1, sizeof block, file)) {
    if (contents->size() + got > most) {
      *error = "more than " + Counted(most, "byte");
      return false;
    }
    contents->append(block, got);
  }
  if (std::ferror(file) == 0) return true;
  *error = std::strerror(errno);
  return false;
}

// A reader that has seen enough (`| head`) closes the pipe: no news for anybody.
void ComplainOfOutput() {
  static bool said = false;
  if (!said && errno != EPIPE) {
    Complain(std::string("cannot write the output: ") + std::strerror(errno));
  }
  said = true;
}

}  // namespace

bool ReadFile(const std::string& path, size_t most, std::string* contents, std::string* error) {
  contents->clear();
  if (path == "-") return ReadAll(stdin, most, contents, error);
  const std::unique_ptr<FILE, Closer> file(std::fopen(path.c_str(), "rb"));
  if (file == nullptr) {
    *error = std::strerror(errno);
    return false;
  }
  return ReadAll(file.get(), most, contents, error);
}

bool WriteFile(const std::string& path, std::string_view contents, std::string* error) {
  FILE* file = std::fopen(path.c_str(), "wb");
  bool written =
      file != nullptr && std::fwrite(contents.data(), 1, contents.size(), file) == contents.size();
  int why = errno;
  if (file != nullptr && std::fclose(file) != 0 && written) {
    written = false;
    why = errno;
  }
  if (!written) *error = std::strerror(why);
  return written;
}

void Complain(std::string_view text) {
  const std::string line = "sipward: " + Printable(text) + "\n";
  std::fwrite(line.data(), 1, line.size(), stderr);
}

bool Print(std::string_view text) {
  if (std::fwrite(text.data(), 1, text.size(), stdout) == text.size()) return true;
  ComplainOfOutput();
  return false;
}

bool PrintLines(WholeLines* lines, std::string_view text) {
  if (lines->Write(STDOUT_FILENO, text)) return true;
  ComplainOfOutput();
  return false;
}

int Finish(int code) {
  if (std::fflush(stdout) == 0 && std::ferror(stdout) == 0) return code;
  ComplainOfOutput();
  return kExitUnusable;
}

}  // namespace sipward::cli
