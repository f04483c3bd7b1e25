// Output that is kept back until it is known to be whole.
#ifndef SIPWARD_BINDINGS_CLI_SPOOL_H_
#define SIPWARD_BINDINGS_CLI_SPOOL_H_

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

namespace sipward::cli {

// Holds text in memory, and beyond kMostInMemory in a temporary file without a name. What is never
// printed is gone with the object.
class Spool {
 public:
  static constexpr size_t kMostInMemory = size_t{32} << 20;

  // False if the temporary file cannot be made or written; error() says why.
  bool Append(std::string_view text);
  // Everything to the standard output, in order. False if that fails.
  bool PrintAll();
  const std::string& error() const { return error_; }

 private:
  struct Closer {
    void operator()(FILE* file) const { std::fclose(file); }
  };
  bool OpenFile();
  bool MoveToFile();
  bool Fail(const char* what);

  std::string memory_;
  std::unique_ptr<FILE, Closer> file_;
  std::string error_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_SPOOL_H_
