#include "tests/peers/corpora.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iterator>
#include <set>
#include <sstream>

#include "io/capture.h"

namespace sipward::peers {
namespace {

namespace fs = std::filesystem;

std::string ReadFile(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

void Add(std::string message, Corpus* corpus) {
  if (message.size() <= kMostBytes) corpus->messages.push_back(std::move(message));
}

std::vector<fs::path> FilesOf(const fs::path& folder) {
  std::vector<fs::path> files;
  if (!fs::is_directory(folder)) return files;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file()) files.push_back(entry.path());
  }
  std::sort(files.begin(), files.end());
  return files;
}

Corpus OfFolder(std::string name, const fs::path& folder) {
  Corpus corpus{std::move(name), {}};
  for (const fs::path& path : FilesOf(folder)) Add(ReadFile(path), &corpus);
  return corpus;
}

Corpus OfArchive(std::string name, const fs::path& archive) {
  Corpus corpus{std::move(name), {}};
  std::string unpacked = (fs::temp_directory_path() / "sipward-peers-XXXXXX").string();
  if (!fs::exists(archive) || mkdtemp(unpacked.data()) == nullptr) return corpus;
  const std::string command = "tar -xJf '" + archive.string() + "' -C '" + unpacked + "'";
  if (std::system(command.c_str()) == 0) {
    for (const fs::path& path : FilesOf(unpacked)) Add(ReadFile(path), &corpus);
  }
  fs::remove_all(unpacked);
  return corpus;
}

// The captures of real calls, or those of attacks and of other projects.
Corpus OfCaptures(std::string name, const fs::path& folder, bool calls) {
  const std::set<std::string> kCalls = {"kam_sipp_calls.pcapng", "kam_stir_hep.pcapng",
                                        "baresip_call.pcapng"};
  Corpus corpus{std::move(name), {}};
  for (const fs::path& path : FilesOf(folder)) {
    if (kCalls.contains(path.filename().string()) != calls) continue;
    io::CaptureReader reader;
    io::CaptureItem item;
    if (!reader.Open(path.string())) continue;
    while (reader.Next(&item) == io::CaptureStatus::kMessage) {
      Add(std::string(item.data, item.size), &corpus);
    }
  }
  return corpus;
}

// The messages of one folder that the manifest calls valid, or the others.
Corpus OfManifest(std::string name, const fs::path& sip, const std::string& prefix, bool valid) {
  Corpus corpus{std::move(name), {}};
  corpus.counts_for_recall = !valid;
  std::ifstream manifest(sip / "MANIFEST.tsv");
  for (std::string line; std::getline(manifest, line);) {
    std::istringstream fields(line);
    std::string file, bytes, validity;
    std::getline(fields, file, '\t');
    std::getline(fields, bytes, '\t');
    std::getline(fields, validity, '\t');
    if (file.starts_with(prefix) && validity.starts_with("valid") == valid) {
      Add(ReadFile(sip / file), &corpus);
    }
  }
  return corpus;
}

}  // namespace

Corpus FolderCorpus(const fs::path& folder) { return OfFolder("folder", folder); }

std::vector<Corpus> SharedCorpora(const fs::path& folder) {
  const fs::path sip = folder / "sip";
  if (!fs::is_directory(sip)) return {};
  return {
      OfArchive("protos", sip / "protos-c07-sip.tar.xz"),
      OfFolder("wire", sip / "wire"),
      OfFolder("reference", sip / "reference"),
      OfCaptures("calls", folder / "captures", true),
      OfCaptures("other captures", folder / "captures", false),
      OfManifest("rfc4475 valid", sip, "rfc4475/", true),
      OfManifest("rfc4475 invalid", sip, "rfc4475/", false),
      OfManifest("rfc5118 valid", sip, "rfc5118/", true),
      OfManifest("rfc5118 invalid", sip, "rfc5118/", false),
  };
}

}  // namespace sipward::peers
