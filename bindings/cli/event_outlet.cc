#include "event_outlet.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <utility>

#include "io/socket.h"

namespace sipward::cli {
namespace {

class EventFile : public EventOutlet {
 public:
  EventFile(const std::string& path, WholeLines* lines) : path_(path), lines_(lines) {}

  bool Write(std::string_view lines) override {
    waiting_ += lines;
    return waiting_.size() < kMostWaiting || Flush();
  }
  bool Flush() override {
    const bool written = waiting_.empty() || lines_->Write(descriptor(), waiting_);
    waiting_.clear();
    return written;
  }
  bool Reopen(std::string* error) override {
    if (path_ == "-") return true;
    constexpr mode_t kMode = 0666;  // less what the umask takes
    io::Socket file(open(path_.c_str(), O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, kMode));
    if (!file) {
      *error = "cannot write " + path_ + ": " + std::strerror(errno);
      return false;
    }
    file_ = std::move(file);
    return true;
  }

 private:
  static constexpr size_t kMostWaiting = 1 << 16;  // bytes
  int descriptor() const { return path_ == "-" ? STDOUT_FILENO : file_.get(); }

  const std::string path_;
  WholeLines* const lines_;
  io::Socket file_;  // a descriptor of any kind closes itself
  std::string waiting_;
};

}  // namespace

std::unique_ptr<EventOutlet> OpenEventFile(const std::string& path, WholeLines* lines,
                                           std::string* error) {
  auto file = std::make_unique<EventFile>(path, lines);
  if (!file->Reopen(error)) return nullptr;
  return file;
}

}  // namespace sipward::cli
