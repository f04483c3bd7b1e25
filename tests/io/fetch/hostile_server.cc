#include "tests/io/fetch/hostile_server.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <sstream>
#include <vector>

extern char** environ;

namespace sipward::io {

HostileServer::HostileServer(const std::string& document, const std::string& address, uint16_t port)
    : folder_(testing::TempDir() + "sipward_fetch_" + std::to_string(getpid())),
      ca_file_(folder_ + "/ca.pem") {
  std::array<int, 2> in{};
  std::array<int, 2> out{};
  if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) return;
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  std::vector<std::string> words = {SIPWARD_PYTHON, "-B",    SIPWARD_HOSTILE_SERVER, folder_,
                                    document,       address, std::to_string(port)};
  std::vector<char*> arguments;
  for (std::string& word : words) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  EXPECT_EQ(posix_spawn(&process_, arguments[0], &actions, nullptr, arguments.data(), environ), 0);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  to_ = fdopen(in[1], "w");
  from_ = fdopen(out[0], "r");
  std::istringstream(ReadLine()) >> port_ >> old_port_ >> plain_port_ >> mute_port_;
  EXPECT_NE(mute_port_, 0) << "the server did not start";
}

HostileServer::~HostileServer() {
  fclose(to_);  // which ends it
  fclose(from_);
  waitpid(process_, nullptr, 0);
  std::filesystem::remove_all(folder_);
}

std::string HostileServer::Ask(const std::string& command) {
  fprintf(to_, "%s\n", command.c_str());
  fflush(to_);
  return ReadLine();
}

std::string HostileServer::ReadLine() {
  std::string line;
  for (int c = fgetc(from_); c != EOF && c != '\n'; c = fgetc(from_)) {
    line.push_back(static_cast<char>(c));
  }
  return line;
}

}  // namespace sipward::io
