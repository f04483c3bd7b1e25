// Files of call records, as bytes that stay where they are.
#ifndef SIPWARD_BINDINGS_CLI_CDR_SOURCE_H_
#define SIPWARD_BINDINGS_CLI_CDR_SOURCE_H_

#include <string>
#include <string_view>

namespace sipward::cli {

// A file mapped into memory, or the standard input, read to its end.
class CdrSource {
 public:
  CdrSource() = default;
  ~CdrSource();
  CdrSource(CdrSource&& other) noexcept;
  CdrSource& operator=(CdrSource&&) = delete;

  // False with *error if it cannot be read.
  bool Open(const std::string& path, std::string* error);
  const std::string& name() const { return name_; }
  std::string_view bytes() const { return bytes_; }

 private:
  bool Map(int file, std::string* error);

  std::string name_;
  std::string_view bytes_;
  std::string held_;        // what is not mapped
  void* mapped_ = nullptr;  // or null
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_CDR_SOURCE_H_
