#include "progress.h"

#include <unistd.h>

#include <algorithm>
#include <cstdio>
#include <string>

#include "text.h"

namespace sipward::cli {
namespace {

constexpr auto kInterval = std::chrono::milliseconds(100);
constexpr uint32_t kCallsBetweenClocks = 256;
constexpr size_t kBarColumns = 30;

}  // namespace

Progress::Progress() : enabled_(isatty(STDERR_FILENO) == 1), next_(Clock::now() + kInterval) {}

void Progress::Update(uint64_t position, uint64_t size, uint64_t messages) {
  if (!enabled_ || ++calls_ % kCallsBetweenClocks != 0) return;
  const auto now = Clock::now();
  if (now < next_) return;
  next_ = now + kInterval;
  Draw(position, size, messages);
}

void Progress::Draw(uint64_t position, uint64_t size, uint64_t messages) {
  std::string line = "\r\x1b[K";
  if (size > 0) {
    const double part = std::min(1.0, static_cast<double>(position) / static_cast<double>(size));
    const auto filled = static_cast<size_t>(part * kBarColumns);
    line += "[" + std::string(filled, '#') + std::string(kBarColumns - filled, '.') + "] " +
            std::to_string(static_cast<int>(part * 100)) + " %  ";
  }
  line += Counted(messages, "message");
  std::fwrite(line.data(), 1, line.size(), stderr);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::Clear() {
  if (!drawn_) return;
  std::fputs("\r\x1b[K", stderr);
  drawn_ = false;
}

}  // namespace sipward::cli
