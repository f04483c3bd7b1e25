#include "tests/peers/worker.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <string>

namespace sipward::peers {
namespace {

bool WriteAll(int fd, const void* data, size_t size) {
  const char* at = static_cast<const char*>(data);
  while (size > 0) {
    const ssize_t written = write(fd, at, size);
    if (written <= 0) return false;
    at += written;
    size -= static_cast<size_t>(written);
  }
  return true;
}

bool ReadAll(int fd, void* data, size_t size) {
  char* at = static_cast<char*>(data);
  while (size > 0) {
    const ssize_t got = read(fd, at, size);
    if (got <= 0) return false;
    at += got;
    size -= static_cast<size_t>(got);
  }
  return true;
}

bool WriteFrame(int fd, std::string_view bytes) {
  const auto size = static_cast<uint32_t>(bytes.size());
  return WriteAll(fd, &size, sizeof size) && WriteAll(fd, bytes.data(), bytes.size());
}

bool ReadFrame(int fd, std::string* bytes) {
  uint32_t size = 0;
  if (!ReadAll(fd, &size, sizeof size)) return false;
  bytes->resize(size);
  return ReadAll(fd, bytes->data(), size);
}

[[noreturn]] void Die(const char* what) {
  std::perror(what);
  std::exit(2);
}

}  // namespace

void Worker::Start() {
  // One at a time: a process that another thread forks between pipe2 and close would keep this
  // pipe open, and a crash would look like silence.
  static std::mutex starting;
  const std::scoped_lock lock(starting);
  int in[2], out[2];
  if (pipe2(in, O_CLOEXEC) != 0 || pipe2(out, O_CLOEXEC) != 0) Die("pipe");
  std::fflush(nullptr);
  pid_ = fork();
  if (pid_ < 0) Die("fork");
  if (pid_ == 0) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    close(in[1]);
    close(out[0]);
    Serve(in[0], out[1]);
    _exit(0);
  }
  close(in[0]);
  close(out[1]);
  to_ = in[1];
  from_ = out[0];
}

void Worker::Serve(int in, int out) const {
  const int nowhere = open("/dev/null", O_RDWR);
  for (const int fd : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) dup2(nowhere, fd);
  const rlimit memory = {1u << 30, 1u << 30};
  setrlimit(RLIMIT_AS, &memory);
  const rlimit core = {0, 0};
  setrlimit(RLIMIT_CORE, &core);
  peer_.start();
  for (std::string message; ReadFrame(in, &message);) {
    if (!WriteFrame(out, Serialise(peer_.read(message)))) return;
  }
}

void Worker::Stop() {
  if (pid_ < 0) return;
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  close(to_);
  close(from_);
  pid_ = -1;
}

void Worker::Send(std::string_view message) {
  if (pid_ < 0) Start();
  pending_ = message;
  // One that died since the last answer is found out by Receive.
  WriteFrame(to_, message);
}

Reading Worker::Receive() {
  Reading reading = Await(kTimeoutMs);
  if (reading.outcome != Outcome::kTimeout) return reading;
  Send(pending_);
  return Await(kPatienceMs);
}

Reading Worker::Await(int timeout_ms) {
  pollfd ready = {from_, POLLIN, 0};
  std::string bytes;
  Reading reading;
  if (poll(&ready, 1, timeout_ms) <= 0) {
    reading.outcome = Outcome::kTimeout;
  } else if (ReadFrame(from_, &bytes)) {
    return Deserialise(bytes);
  } else {
    reading.outcome = Outcome::kCrash;
  }
  Stop();
  return reading;
}

}  // namespace sipward::peers
