// A file that lines are appended to while others may rotate it.
#ifndef SIPWARD_BINDINGS_CLI_EVE_FILE_H_
#define SIPWARD_BINDINGS_CLI_EVE_FILE_H_

#include <cstdio>
#include <memory>
#include <string>

namespace sipward::cli {

class EveFile {
 public:
  // "-" is the standard output. False, with `error`, if it cannot be opened; the one before, if
  // any, then stays.
  bool Open(const std::string& path, std::string* error);
  bool is_open() const { return file_ != nullptr; }
  // Opens the same path anew.
  bool Reopen(std::string* error) { return !is_open() || Open(path_, error); }
  // Whole lines, kept back until Flush. False if they cannot be written.
  bool Write(const std::string& lines);
  bool Flush();

 private:
  struct Closer {
    void operator()(FILE* file) const {
      if (file != stdout) std::fclose(file);
    }
  };
  std::string path_;
  std::unique_ptr<FILE, Closer> file_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_EVE_FILE_H_
