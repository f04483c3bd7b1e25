// The messages of the captures, read into memory before a test begins to measure.
#ifndef SIPWARD_TESTS_CAPTURES_CAPTURED_H_
#define SIPWARD_TESTS_CAPTURES_CAPTURED_H_

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <string>
#include <vector>

#include "io/capture.h"

namespace sipward::captures {

// All messages of some captures behind one base, as the batch call wants them.
struct Captured {
  std::string bytes;
  std::vector<sipward_packet> packets;  // offsets into `bytes`

  std::string_view Message(size_t index) const {
    const sipward_packet& packet = packets[index];
    return std::string_view(bytes).substr(packet.offset, packet.size);
  }
};

inline void Append(const std::filesystem::path& path, Captured* captured) {
  io::CaptureReader reader;
  ASSERT_TRUE(reader.Open(path)) << reader.error();
  io::CaptureItem item;
  io::CaptureStatus status;
  while ((status = reader.Next(&item)) == io::CaptureStatus::kMessage) {
    item.packet.offset = captured->bytes.size();
    captured->bytes.append(item.data, item.size);
    captured->packets.push_back(item.packet);
  }
  ASSERT_EQ(status, io::CaptureStatus::kEnd) << reader.error();
}

inline std::filesystem::path Corpus() {
  if (const char* set = std::getenv("SIPWARD_CORPUS")) return set;
  return std::filesystem::path(SIPWARD_SOURCE_DIR) / ".." / "shared" / "data";
}

// The captures of the examples, and those of SIPWARD_CORPUS; says SKIPPED where that is absent.
inline const Captured& AllCaptures() {
  static const Captured all = [] {
    Captured captured;
    std::vector<std::filesystem::path> paths = {std::filesystem::path(SIPWARD_SOURCE_DIR) /
                                                "examples" / "captures" / "first_look.pcap"};
    const std::filesystem::path folder = Corpus() / "captures";
    if (std::filesystem::exists(folder)) {
      for (const auto& entry : std::filesystem::recursive_directory_iterator(folder)) {
        if (entry.path().extension().string().starts_with(".pcap")) paths.push_back(entry.path());
      }
    } else {
      std::cout << "SKIPPED captures of the corpus: no " << folder << "\n";
    }
    std::sort(paths.begin(), paths.end());
    for (const auto& path : paths) Append(path, &captured);
    return captured;
  }();
  return all;
}

}  // namespace sipward::captures

#endif  // SIPWARD_TESTS_CAPTURES_CAPTURED_H_
