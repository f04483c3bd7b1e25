// Runs a fuzz target over files without libFuzzer: each argument is a file, or a folder of files.
// Without arguments the empty input alone is tried. Fails if an argument holds no input, so that a
// test cannot pass on nothing.
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size);

namespace {

bool RunFile(const std::filesystem::path& path) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return false;
  const std::string bytes((std::istreambuf_iterator<char>(in)), std::istreambuf_iterator<char>());
  LLVMFuzzerTestOneInput(reinterpret_cast<const uint8_t*>(bytes.data()), bytes.size());
  return true;
}

size_t Run(const std::filesystem::path& path) {
  if (!std::filesystem::is_directory(path)) return RunFile(path) ? 1 : 0;
  size_t count = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(path)) {
    if (entry.is_regular_file() && RunFile(entry.path())) ++count;
  }
  return count;
}

}  // namespace

int main(int argc, char** argv) {
  LLVMFuzzerTestOneInput(nullptr, 0);
  for (int i = 1; i < argc; ++i) {
    const size_t count = Run(argv[i]);
    std::printf("%s: %zu inputs\n", argv[i], count);
    if (count == 0) return 1;
  }
  return 0;
}
