// Nothing is allocated per message: every operator new of this program is counted.
#include <atomic>
#include <cstdlib>
#include <new>

#include "tests/engine/fixture.h"

namespace {
std::atomic<bool> armed{false};
std::atomic<int> allocations{0};

void* Allocate(std::size_t size) {
  if (armed.load(std::memory_order_relaxed)) allocations.fetch_add(1, std::memory_order_relaxed);
  if (void* p = std::malloc(size ? size : 1)) return p;
  throw std::bad_alloc();
}
}  // namespace

void* operator new(std::size_t size) { return Allocate(size); }
void* operator new[](std::size_t size) { return Allocate(size); }
void operator delete(void* p) noexcept { std::free(p); }
void operator delete[](void* p) noexcept { std::free(p); }
void operator delete(void* p, std::size_t) noexcept { std::free(p); }
void operator delete[](void* p, std::size_t) noexcept { std::free(p); }

namespace sipward::engine {
namespace {

TEST_F(EngineTest, AllocatesNothingPerMessage) {
  LoadPack();
  std::vector<std::string> messages;
  for (int i = 0; i < 200; ++i) {
    messages.push_back(RequestText{.method = i % 2 ? "REGISTER" : "OPTIONS",
                                   .call_id = "c" + std::to_string(i),
                                   .to_user = "user" + std::to_string(i),
                                   .user_agent = i % 5 ? "Desk Phone" : "friendly-scanner"}
                           .str());
    messages.push_back(
        ResponseText(i % 3 ? 404 : 200, "REGISTER", "user" + std::to_string(i), "c"));
    messages.push_back(std::string(static_cast<size_t>(i), '('));
  }
  int refused = 0;
  armed = true;
  for (const std::string& message : messages) {
    packet_.bytes = message;
    packet_.monotonic += kMillisecond;
    inspector_->Inspect(packet_, &verdict_);
    refused += verdict_.action > Action::kFlag;
  }
  armed = false;
  EXPECT_EQ(allocations.load(), 0);
  EXPECT_GT(refused, 50);
}

}  // namespace
}  // namespace sipward::engine
