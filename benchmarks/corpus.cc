#include "benchmarks/corpus.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>

namespace sipward::bench {
namespace {

namespace fs = std::filesystem;

constexpr size_t kAlignment = 64;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    std::fprintf(stderr, "cannot read %s\n", path.c_str());
    std::exit(2);
  }
  return {std::istreambuf_iterator<char>(file), {}};
}

fs::path OwnMessages() { return fs::path(SIPWARD_BENCH_SOURCE_DIR) / "messages"; }

std::vector<fs::path> FilesOf(std::string_view set) {
  static const std::map<std::string_view, const char*> kReference = {
      {"invite", "01-invite-typ.sip"},
      {"invite-identity", "02-invite-identity.sip"},
      {"register", "03-register-auth.sip"},
      {"ok200", "04-200-ok.sip"}};
  const fs::path corpus = UsesOwnMessages() ? OwnMessages() : fs::path(getenv("SIPWARD_CORPUS"));
  if (set != "wire") {
    if (UsesOwnMessages()) return {corpus / (std::string(set) + ".sip")};
    return {corpus / "sip/reference" / kReference.at(set)};
  }
  std::vector<fs::path> files;
  for (const auto& entry :
       fs::directory_iterator(corpus / (UsesOwnMessages() ? "wire" : "sip/wire")))
    files.push_back(entry.path());
  std::sort(files.begin(), files.end());
  return files;
}

}  // namespace

bool UsesOwnMessages() {
  static const bool own = [] {
    const char* corpus = getenv("SIPWARD_CORPUS");
    return corpus == nullptr || *corpus == 0 || !fs::is_directory(fs::path(corpus) / "sip/wire");
  }();
  return own;
}

const std::vector<std::string>& Messages(std::string_view set) {
  static std::map<std::string, std::vector<std::string>, std::less<>> cache;
  std::vector<std::string>& texts = cache[std::string(set)];
  if (texts.empty()) {
    for (const std::string_view part : kMessageSets) {
      if (part == "all" || (set != "all" && set != part)) continue;
      for (const fs::path& path : FilesOf(part)) texts.push_back(ReadFile(path));
    }
  }
  if (texts.empty()) {
    std::fprintf(stderr, "there are no messages for %.*s\n", static_cast<int>(set.size()),
                 set.data());
    std::exit(2);
  }
  return texts;
}

std::string ReadBenchmarkFile(std::string_view name) {
  return ReadFile(fs::path(SIPWARD_BENCH_SOURCE_DIR) / name);
}

MessageWorkload::MessageWorkload(std::string_view set) {
  const auto padded = [](size_t size) { return (size + kAlignment) / kAlignment * kAlignment; };
  size_t total = kAlignment;
  for (const std::string& text : Messages(set)) total += padded(text.size());
  arena_.resize(total);
  char* at = arena_.data();
  at += (kAlignment - reinterpret_cast<uintptr_t>(at) % kAlignment) % kAlignment;
  for (const std::string& text : Messages(set)) {
    std::copy(text.begin(), text.end(), at);
    messages_.emplace_back(at, text.size());
    at += padded(text.size());
  }
}

double MessageWorkload::Bytes() const {
  size_t sum = 0;
  for (const std::string_view message : messages_) sum += message.size();
  return static_cast<double>(sum) / static_cast<double>(messages_.size());
}

std::string MessageWorkload::Outcome() {
  const auto refused = std::count_if(messages_.begin(), messages_.end(),
                                     [this](std::string_view m) { return !Handle(m); });
  if (refused == 0) return {};
  return "refuses " + std::to_string(refused) + " of " + std::to_string(messages_.size());
}

}  // namespace sipward::bench
