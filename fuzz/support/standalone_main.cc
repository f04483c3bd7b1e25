// Runs a fuzz target over files without libFuzzer: each argument is a file, or a folder of files. A
// file that ends in .packed holds many inputs, each behind its length of four bytes, low byte
// first. Without arguments the empty input alone is tried. Fails if an argument holds no input, so
// that a test cannot pass on nothing. Says which input it was that ended the program.
#include <csignal>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

char running[1024] = "the empty input";

// stdio is not asked to be safe here: the program ends either way.
void Tell(int signal) {
  std::fprintf(stderr, "signal %d at %s\n", signal, running);
  std::signal(signal, SIG_DFL);
  std::raise(signal);
}

// A sanitizer that already watches a signal keeps it.
void TellOfTheEnd() {
  for (const int signal : {SIGABRT, SIGILL, SIGTRAP, SIGSEGV, SIGBUS, SIGFPE}) {
    const auto before = std::signal(signal, Tell);
    if (before != SIG_DFL) std::signal(signal, before);
  }
}

// In memory of its own size, so that a sanitizer sees what reads beyond it.
void RunOne(const std::string& name, const char* data, size_t size) {
  std::snprintf(running, sizeof running, "%s", name.c_str());
  const std::vector<uint8_t> input(data, data + size);
  LLVMFuzzerTestOneInput(input.data(), input.size());
}

size_t RunPacked(const std::string& name, const std::string& bytes) {
  size_t count = 0;
  for (size_t at = 0; bytes.size() - at >= 4; ++count) {
    size_t size = 0;
    for (size_t i = 4; i-- > 0;) size = size << 8 | static_cast<uint8_t>(bytes[at + i]);
    at += 4;
    if (size > bytes.size() - at) return 0;
    RunOne(name + ", input " + std::to_string(count), bytes.data() + at, size);
    at += size;
  }
  return count;
}

size_t RunFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return 0;
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  if (path.extension() == ".packed") return RunPacked(path.string(), bytes);
  RunOne(path.string(), bytes.data(), bytes.size());
  return 1;
}

size_t Run(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return RunFile(path);
  size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file()) count += RunFile(entry.path());
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  TellOfTheEnd();
  LLVMFuzzerTestOneInput(nullptr, 0);
  for (int i = 1; i < argc; ++i) {
    const size_t count = Run(argv[i]);
    std::printf("%s: %zu inputs\n", argv[i], count);
    if (count == 0) return 1;
  }
  return 0;
}
