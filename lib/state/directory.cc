#include "state/directory.h"

#include <algorithm>
#include <cstring>

#include "base/platform/process.h"
#include "state/access.h"

namespace sipward::state {
namespace {

// Stands for a child that has not begun yet: the number of its parent, and since when. A child that
// has not begun after so many seconds never will: the fork failed, or it was killed at once.
constexpr uint64_t kExpected = uint64_t{1} << 63;
constexpr uint64_t kPatience = 10;
constexpr unsigned kNumberBits = 32;
constexpr uint64_t kNumberMask = (uint64_t{1} << kNumberBits) - 1;
constexpr uint64_t kTimeMask = kNumberMask >> 1;

uint64_t ExpectedNow(uint64_t parent) {
  return kExpected | (platform::UptimeSeconds() & kTimeMask) << kNumberBits |
         (parent & kNumberMask);
}

bool IsAlive(uint64_t process) {
  if ((process & kExpected) == 0) return platform::IsProcessAlive(process);
  const uint64_t since = process >> kNumberBits & kTimeMask;
  return ((platform::UptimeSeconds() - since) & kTimeMask) <= kPatience;
}

}  // namespace

std::optional<unsigned> Directory::Find(const Hash128& id) const {
  for (unsigned i = 0; i < kMaxTables; ++i) {
    if (Exists(header_->directory[i]) && header_->directory[i].id == id) return i;
  }
  return std::nullopt;
}

std::optional<unsigned> Directory::FindAt(uint64_t offset) const {
  for (unsigned i = 0; i < kMaxTables; ++i) {
    if (Exists(header_->directory[i]) && header_->directory[i].offset == offset) return i;
  }
  return std::nullopt;
}

uint64_t Directory::UsedBytes() const {
  uint64_t used = header_->tables_at;
  for (const DirectoryEntry& entry : header_->directory) {
    if (!entry.users.none()) {
      used += entry.bytes.load(std::memory_order_acquire);
    }
  }
  return used;
}

// The tables by their place: at most 256 numbers, sorted on the stack.
template <typename Visit>
void Directory::ForEachGap(Visit visit) const {
  std::array<uint16_t, kMaxTables> numbers;
  size_t count = 0;
  for (unsigned i = 0; i < kMaxTables; ++i) {
    if (Exists(header_->directory[i])) numbers[count++] = static_cast<uint16_t>(i);
  }
  const auto end = numbers.begin() + static_cast<ptrdiff_t>(count);
  std::sort(numbers.begin(), end, [&](uint16_t a, uint16_t b) {
    return header_->directory[a].offset < header_->directory[b].offset;
  });
  uint64_t at = header_->tables_at;
  for (auto next = numbers.begin(); next != end; ++next) {
    const DirectoryEntry& entry = header_->directory[*next];
    if (entry.offset > at && visit(at, entry.offset - at)) return;
    at = entry.offset + entry.bytes.load(std::memory_order_relaxed);
  }
  if (header_->bytes > at) visit(at, header_->bytes - at);
}

std::optional<Directory::Place> Directory::FirstFit(uint64_t bytes) const {
  const auto free = std::find_if_not(header_->directory.begin(), header_->directory.end(), Exists);
  if (free == header_->directory.end()) return std::nullopt;
  std::optional<Place> place;
  ForEachGap([&](uint64_t offset, uint64_t room) {
    if (room < bytes) return false;
    place = Place{static_cast<unsigned>(free - header_->directory.begin()), offset};
    return true;
  });
  return place;
}

std::optional<Directory::Place> Directory::PlaceFor(uint64_t bytes) {
  const auto place = FirstFit(bytes);
  if (place) return place;
  ForgetTheDead();
  GiveBackUnused();
  return FirstFit(bytes);
}

uint64_t Directory::LargestRoom() {
  ForgetTheDead();
  GiveBackUnused();
  uint64_t largest = 0;
  ForEachGap([&](uint64_t, uint64_t room) {
    largest = std::max(largest, room);
    return false;
  });
  return largest;
}

// A process that was killed may have left an update half done in a table that is about to go; to
// mend it later would write into whatever stands there then.
void Directory::Settle() {
  if (header_->shared == 0) return;
  char* base = reinterpret_cast<char*>(header_);
  auto* stripes = reinterpret_cast<Stripe*>(base + header_->stripes_at);
  for (uint64_t i = 0; i < header_->stripe_count; ++i) ReadCounts(base, &stripes[i]);
}

void Directory::GiveBackUnused() {
  const auto unused = [](const DirectoryEntry& entry) {
    return Exists(entry) && entry.users.none();
  };
  if (std::none_of(header_->directory.begin(), header_->directory.end(), unused)) return;
  Settle();
  for (DirectoryEntry& entry : header_->directory) {
    if (unused(entry)) entry.bytes.store(0, std::memory_order_release);
  }
}

void Directory::Forget(uint64_t* place) {
  RemoveFromAll(static_cast<unsigned>(place - header_->processes.begin()));
  *place = 0;
}

void Directory::ForgetTheDead() {
  if (header_->shared == 0) return;
  for (uint64_t& process : header_->processes) {
    if (process != 0 && !IsAlive(process)) Forget(&process);
  }
}

void Directory::GiveBack(unsigned user) {
  for (DirectoryEntry& entry : header_->directory) {
    if (!entry.users.Has(user)) continue;
    entry.users.Clear();
    entry.bytes.store(0, std::memory_order_release);
  }
}

void Directory::RemoveFromAll(unsigned user) {
  for (DirectoryEntry& entry : header_->directory) entry.users.Remove(user);
}

bool Directory::IsEmpty() const {
  return std::none_of(header_->directory.begin(), header_->directory.end(), Exists);
}

uint64_t* Directory::FreePlace() {
  auto& processes = header_->processes;
  auto* place = std::find(processes.begin(), processes.end(), uint64_t{0});
  if (place == processes.end()) {
    ForgetTheDead();
    place = std::find(processes.begin(), processes.end(), uint64_t{0});
  }
  return place;
}

unsigned Directory::Expect(uint64_t parent) {
  uint64_t* place = FreePlace();
  if (place != header_->processes.end()) *place = ExpectedNow(parent);
  return static_cast<unsigned>(place - header_->processes.begin());
}

// What stands under its number is of a dead process.
void Directory::Arrive(unsigned place, uint64_t process) {
  Leave(process);
  if (place < kMaxProcesses) header_->processes[place] = process;
}

void Directory::Leave(uint64_t process) {
  for (uint64_t& other : header_->processes) {
    if (other == process) Forget(&other);
  }
}

unsigned Directory::PlaceOf(uint64_t process, bool is_new) {
  if (is_new) Leave(process);
  auto* place = std::find(header_->processes.begin(), header_->processes.end(), process);
  if (place == header_->processes.end()) {
    place = FreePlace();
    if (place != header_->processes.end()) *place = process;
  }
  return static_cast<unsigned>(place - header_->processes.begin());
}

// Memory that no table has had yet is zero as it came from the kernel, and stays untouched.
void Directory::Clean(uint64_t offset, uint64_t bytes) {
  const uint64_t touched = header_->touched;
  if (offset < touched) {
    std::memset(reinterpret_cast<char*>(header_) + offset, 0,
                std::min(touched, offset + bytes) - offset);
  }
  header_->touched = std::max(touched, offset + bytes);
}

void Directory::Publish(const Place& place, const Hash128& id, uint64_t bytes, unsigned user) {
  DirectoryEntry& entry = Entry(place.number);
  entry.id = id;
  entry.offset = place.offset;
  entry.users.Clear();
  entry.users.Add(user);
  entry.bytes.store(bytes, std::memory_order_release);
}

}  // namespace sipward::state
