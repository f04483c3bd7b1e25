#include "io/evidence_folder.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace sipward::io {
namespace {

constexpr std::string_view kLog = ".log";

class File {
 public:
  File(const std::string& path, int flags, uint32_t mode = 0)
      : file_(open(path.c_str(), flags | O_CLOEXEC, mode)) {}
  ~File() {
    if (file_ >= 0) close(file_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int get() const { return file_; }

 private:
  int file_;
};

std::string Padded(uint32_t segment) {
  char text[16];
  std::snprintf(text, sizeof text, "%06u", segment);
  return text;
}

std::string_view Trimmed(std::string_view text) {
  const size_t end = text.find_last_not_of(" \t\r\n");
  return end == text.npos ? std::string_view() : text.substr(0, end + 1);
}

}  // namespace

std::string FailedAt(const std::string& what, const std::string& path) {
  return what + " " + path + ": " + std::strerror(errno);
}

bool WriteAll(int file, std::string_view bytes, size_t* written) {
  for (*written = 0; *written < bytes.size();) {
    const ssize_t wrote = write(file, bytes.data() + *written, bytes.size() - *written);
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return false;
    *written += static_cast<size_t>(wrote);
  }
  return true;
}

bool ListSegments(const std::string& folder, std::vector<uint32_t>* numbers, std::string* error) {
  std::error_code failure;
  numbers->clear();
  for (std::filesystem::directory_iterator at(folder, failure), end; !failure && at != end;
       at.increment(failure)) {
    const std::string name = at->path().filename().string();
    if (name.size() != 6 + kLog.size() || name.substr(6) != kLog) continue;
    uint32_t number = 0;
    const auto [stop, wrong] = std::from_chars(name.data(), name.data() + 6, number);
    if (wrong == std::errc() && stop == name.data() + 6) numbers->push_back(number);
  }
  if (failure) *error = "cannot read the folder " + folder + ": " + failure.message();
  std::sort(numbers->begin(), numbers->end());
  return !failure;
}

std::string LogPath(const std::string& folder, uint32_t segment) {
  return folder + "/" + Padded(segment) + std::string(kLog);
}

std::string KeysPath(const std::string& folder, uint32_t segment) {
  return folder + "/" + Padded(segment) + ".keys";
}

bool ReadWhole(const std::string& path, std::string* contents, std::string* error) {
  const File file(path, O_RDONLY);
  struct stat status {};
  if (file.get() < 0 || fstat(file.get(), &status) != 0) {
    *error = FailedAt("cannot read", path);
    return false;
  }
  contents->resize(static_cast<size_t>(std::max<off_t>(status.st_size, 0)));
  size_t size = 0;
  for (;;) {
    if (size == contents->size()) contents->resize(size + 4096);
    const ssize_t got = read(file.get(), contents->data() + size, contents->size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) *error = FailedAt("cannot read", path);
    if (got < 0) return false;
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  contents->resize(size);
  return true;
}

bool WriteWhole(const std::string& path, std::string_view contents, uint32_t mode,
                std::string* error) {
  const std::string beside = path + ".new";
  {
    const File file(beside, O_WRONLY | O_CREAT | O_TRUNC, mode);
    size_t written = 0;
    if (file.get() < 0 || !WriteAll(file.get(), contents, &written) || fsync(file.get()) != 0) {
      *error = FailedAt("cannot write", beside);
      return false;
    }
  }
  if (rename(beside.c_str(), path.c_str()) == 0) return true;
  *error = FailedAt("cannot write", path);
  return false;
}

bool SyncFolder(const std::string& folder, std::string* error) {
  const File file(folder, O_RDONLY | O_DIRECTORY);
  if (file.get() >= 0 && fsync(file.get()) == 0) return true;
  *error = FailedAt("cannot write the folder", folder);
  return false;
}

bool LoadSigningKey(const std::string& path, bool make, evidence::SecretKey* key,
                    std::string* error) {
  std::string text;
  if (make && access(path.c_str(), F_OK) != 0) {
    *key = evidence::MakeKey();
    const std::string seed(key->begin(), key->begin() + 32);
    const std::string open(key->begin() + 32, key->end());
    const bool named = path.size() > 4 && path.substr(path.size() - 4) == ".key";
    const std::string beside = (named ? path.substr(0, path.size() - 4) : path) + ".pub";
    return WriteWhole(path, evidence::ToHex(seed) + "\n", 0600, error) &&
           WriteWhole(beside, evidence::ToHex(open) + "\n", 0644, error);
  }
  if (!ReadWhole(path, &text, error)) return false;
  const auto seed = evidence::HashFromHex(Trimmed(text));
  if (!seed) {
    *error = path + " is no signing key: 64 hexadecimal digits";
    return false;
  }
  *key = evidence::KeyOfSeed(*seed);
  return true;
}

bool LoadPublicKey(const std::string& text, evidence::PublicKey* key, std::string* error) {
  auto found = evidence::HashFromHex(text);
  if (!found) {
    std::string contents;
    if (!ReadWhole(text, &contents, error)) return false;
    found = evidence::HashFromHex(Trimmed(contents));
  }
  if (found) *key = *found;
  if (!found) *error = text + " is no public key: 64 hexadecimal digits";
  return found.has_value();
}

std::string HeadText(const EvidenceHead& head) {
  return std::to_string(head.sequence) + ":" + evidence::ToHex(head.hash);
}

std::optional<EvidenceHead> ReadHead(std::string_view text) {
  text = Trimmed(text);
  EvidenceHead head;
  const size_t colon = text.find(':');
  if (colon == text.npos) return std::nullopt;
  const auto [end, error] = std::from_chars(text.data(), text.data() + colon, head.sequence);
  const auto hash = evidence::HashFromHex(text.substr(colon + 1));
  if (error != std::errc() || end != text.data() + colon || !hash) return std::nullopt;
  head.hash = *hash;
  return head;
}

}  // namespace sipward::io
