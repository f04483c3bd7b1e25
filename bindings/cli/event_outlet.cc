#include "event_outlet.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

namespace sipward::cli {
namespace {

class EventFile : public EventOutlet {
 public:
  explicit EventFile(const std::string& path) : path_(path) {}

  bool Write(std::string_view lines) override {
    return std::fwrite(lines.data(), 1, lines.size(), file_.get()) == lines.size();
  }
  bool Flush() override { return std::fflush(file_.get()) == 0; }
  bool Reopen(std::string* error) override {
    FILE* file = path_ == "-" ? stdout : std::fopen(path_.c_str(), "ab");
    if (file == nullptr) {
      *error = "cannot write " + path_ + ": " + std::strerror(errno);
      return false;
    }
    file_.reset(file);
    return true;
  }

 private:
  struct Closer {
    void operator()(FILE* file) const {
      if (file != stdout) std::fclose(file);
    }
  };
  std::string path_;
  std::unique_ptr<FILE, Closer> file_;
};

}  // namespace

std::unique_ptr<EventOutlet> OpenEventFile(const std::string& path, std::string* error) {
  auto file = std::make_unique<EventFile>(path);
  if (!file->Reopen(error)) return nullptr;
  return file;
}

}  // namespace sipward::cli
