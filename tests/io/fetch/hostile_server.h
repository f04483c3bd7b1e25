// hostile_server.py, started and asked by a test.
#ifndef SIPWARD_TESTS_IO_FETCH_HOSTILE_SERVER_H_
#define SIPWARD_TESTS_IO_FETCH_HOSTILE_SERVER_H_

#include <sys/types.h>

#include <cstdint>
#include <cstdio>
#include <string>

namespace sipward::io {

class HostileServer {
 public:
  // What an honest answer holds is in the file `document`. Port 0: any.
  explicit HostileServer(const std::string& document = SIPWARD_TEST_PKI "/spc.chain.pem",
                         const std::string& address = "127.0.0.1", uint16_t port = 0);
  ~HostileServer();
  HostileServer(const HostileServer&) = delete;
  HostileServer& operator=(const HostileServer&) = delete;

  uint16_t port() const { return port_; }
  uint16_t old_port() const { return old_port_; }      // TLS 1.1
  uint16_t plain_port() const { return plain_port_; }  // HTTP
  uint16_t mute_port() const { return mute_port_; }    // takes connections and says nothing
  const std::string& ca_file() const { return ca_file_; }

  int Count(const std::string& prefix) { return std::stoi(Ask("count " + prefix)); }
  int Most() { return std::stoi(Ask("most")); }
  std::string Last() { return Ask("last"); }
  void Reset() { Ask("reset"); }

 private:
  std::string Ask(const std::string& command);
  std::string ReadLine();

  pid_t process_ = -1;
  FILE* to_ = nullptr;
  FILE* from_ = nullptr;
  uint16_t port_ = 0;
  uint16_t old_port_ = 0;
  uint16_t plain_port_ = 0;
  uint16_t mute_port_ = 0;
  std::string folder_;
  std::string ca_file_;
};

}  // namespace sipward::io

#endif  // SIPWARD_TESTS_IO_FETCH_HOSTILE_SERVER_H_
