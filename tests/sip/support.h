// Shared by the tests of this folder: sample messages, the corpora, and memory with unreadable
// neighbours.
#ifndef SIPWARD_TESTS_SIP_SUPPORT_H_
#define SIPWARD_TESTS_SIP_SUPPORT_H_

#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cstdlib>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "tests/sip/reading.h"

namespace sipward::sip {

inline constexpr std::string_view kInvite =
    "INVITE sip:bob@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n"
    "Via: SIP/2.0/TCP proxy.example.org;branch=z9hG4bKabc , SIP/2.0/UDP "
    "198.51.100.7;branch=z9hG4bKx\r\n"
    "Max-Forwards: 70\r\n"
    "From: \"Alice\" <sip:alice@example.org>;tag=1928301774\r\n"
    "To: Bob <sip:bob@example.com>\r\n"
    "Call-ID: a84b4c76e66710@192.0.2.1\r\n"
    "CSeq: 314159 INVITE\r\n"
    "Contact: <sip:alice@192.0.2.1>, <sip:alice@192.0.2.2>;q=0.5\r\n"
    "Subject: a folded\r\n"
    "  subject\r\n"
    "Content-Type: text/plain\r\n"
    "Content-Length: 5\r\n"
    "\r\n"
    "hello";

inline constexpr std::string_view kResponse =
    "SIP/2.0 200 OK\r\n"
    "v: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKq\r\n"
    "f: <sip:alice@example.org>;tag=1\r\n"
    "t: <sip:bob@example.com>;tag=2\r\n"
    "i: 1@192.0.2.1\r\n"
    "CSeq: 1 INVITE\r\n"
    "l: 0\r\n"
    "\r\n";

// kInvite without `header` (the whole line that begins with it), with `line` added at the end of
// the headers.
inline std::string InviteWith(std::string_view line, std::string_view without = "") {
  std::string text(kInvite.substr(0, kInvite.size() - 7));
  if (!without.empty()) {
    const size_t at = text.find("\r\n" + std::string(without)) + 2;
    text.erase(at, text.find("\r\n", at) + 2 - at);
  }
  text.append(line).append("\r\nhello");
  return text;
}

inline std::vector<std::string> AnomalyNames(const Message& message) {
  std::vector<std::string> names;
  for (const Anomaly& anomaly : message.anomalies()) names.emplace_back(Describe(anomaly.id).name);
  return names;
}

inline std::filesystem::path CorpusPath() {
  if (const char* set = std::getenv("SIPWARD_CORPUS")) return set;
  return std::filesystem::path(SIPWARD_SOURCE_DIR) / ".." / "shared" / "data";
}

inline std::string ReadFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream text;
  text << in.rdbuf();
  return std::move(text).str();
}

// The messages of the corpora's sip folder; empty where the corpora are absent.
inline std::vector<std::string> CorpusMessages() {
  std::vector<std::string> messages;
  const std::filesystem::path root = CorpusPath() / "sip";
  if (!std::filesystem::exists(root)) return messages;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(root)) {
    const std::string extension = entry.path().extension();
    if (extension == ".sip" || extension == ".dat") messages.push_back(ReadFile(entry.path()));
  }
  return messages;
}

// The messages that come with the project: those of the benchmarks and the seeds of the fuzz
// target.
inline std::vector<std::string> OwnMessages() {
  std::vector<std::string> messages = {std::string(kInvite), std::string(kResponse)};
  for (const char* folder : {"benchmarks/messages", "fuzz/seeds/message"}) {
    const auto path = std::filesystem::path(SIPWARD_SOURCE_DIR) / folder;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
      if (entry.path().extension() == ".sip") messages.push_back(ReadFile(entry.path()));
    }
  }
  return messages;
}

// The PROTOS messages of the corpora, unpacked on the way; empty where they are absent.
inline std::vector<std::string> ProtosMessages() {
  std::vector<std::string> messages;
  const std::filesystem::path archive = CorpusPath() / "sip" / "protos-c07-sip.tar.xz";
  if (!std::filesystem::exists(archive)) return messages;
  FILE* tar = popen(("xz -dc '" + archive.string() + "'").c_str(), "r");
  if (tar == nullptr) return messages;
  constexpr size_t kBlock = 512;
  constexpr size_t kSizeAt = 124;
  constexpr size_t kTypeAt = 156;
  char header[kBlock];
  while (std::fread(header, 1, kBlock, tar) == kBlock && header[0] != '\0') {
    const size_t size = std::strtoul(std::string(header + kSizeAt, 12).c_str(), nullptr, 8);
    std::string text((size + kBlock - 1) / kBlock * kBlock, '\0');
    if (std::fread(text.data(), 1, text.size(), tar) != text.size()) break;
    text.resize(size);
    if (header[kTypeAt] == '0') messages.push_back(std::move(text));
  }
  pclose(tar);
  return messages;
}

// Of these, one of so many: a sanitizer takes ten times as long, and one message in eight has all
// that its neighbours have.
#ifdef SIPWARD_SANITIZED
inline constexpr size_t kSampledOneOf = 8;
#else
inline constexpr size_t kSampledOneOf = 1;
#endif
inline std::vector<std::string> ProtosSample() {
  std::vector<std::string> messages = ProtosMessages();
  size_t kept = 0;
  for (size_t i = 0; i < messages.size(); i += kSampledOneOf)
    std::swap(messages[kept++], messages[i]);
  messages.resize(kept);
  return messages;
}

// Readable pages between two that cannot be read: a step over either end is a crash.
class GuardedPages {
 public:
  explicit GuardedPages(size_t bytes)
      : page_(static_cast<size_t>(sysconf(_SC_PAGESIZE))),
        size_((bytes + page_ - 1) / page_ * page_),
        mapping_(static_cast<char*>(
            mmap(nullptr, size_ + 2 * page_, PROT_NONE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0))) {
    if (mapping_ == MAP_FAILED || mprotect(mapping_ + page_, size_, PROT_READ | PROT_WRITE) != 0) {
      std::abort();
    }
  }
  ~GuardedPages() { munmap(mapping_, size_ + 2 * page_); }
  GuardedPages(const GuardedPages&) = delete;
  GuardedPages& operator=(const GuardedPages&) = delete;

  // A copy whose last byte is the last readable one.
  std::string_view AtEnd(std::string_view text) {
    char* to = mapping_ + page_ + size_ - text.size();
    std::copy(text.begin(), text.end(), to);
    return {to, text.size()};
  }
  // A copy whose first byte is the first readable one.
  std::string_view AtBegin(std::string_view text) {
    char* to = mapping_ + page_;
    std::copy(text.begin(), text.end(), to);
    return {to, text.size()};
  }

 private:
  size_t page_;
  size_t size_;
  char* mapping_;
};

}  // namespace sipward::sip

#endif  // SIPWARD_TESTS_SIP_SUPPORT_H_
