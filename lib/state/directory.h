// The directory of a region: which tables there are, where, and who uses them. What is here is
// called with the directory's lock held.
#ifndef SIPWARD_STATE_DIRECTORY_H_
#define SIPWARD_STATE_DIRECTORY_H_

#include <array>
#include <atomic>
#include <cstdint>
#include <optional>

#include "base/hash.h"
#include "state/layout.h"

namespace sipward::state {

// A table that nobody uses stays as it is until its room is needed: who opens it before finds its
// counts. A place is given to the first gap that is large enough; tables never move.
//
// Users are processes: a reload in one process must not take a table from another.
// One that is killed is no user any more, as soon as room is needed. One that is forked is a user
// before it begins, so that no moment is left in which its parent alone holds them.
class Directory {
 public:
  explicit Directory(RegionHeader* header) : header_(header) {}

  // The number of the table with this id.
  std::optional<unsigned> Find(const Hash128& id) const;
  std::optional<unsigned> FindAt(uint64_t offset) const;
  // Takes room for a table and notes `user` as the process that has it; its memory is zeroed.
  // `init(offset)` is called before anybody can find it. nullopt if there is no room.
  template <typename Init>
  std::optional<unsigned> Make(const Hash128& id, uint64_t bytes, unsigned user, Init init) {
    const std::optional<Place> place = PlaceFor(bytes);
    if (!place) return std::nullopt;
    Clean(place->offset, bytes);
    init(place->offset);
    Publish(*place, id, bytes, user);
    return place->number;
  }
  // The place of a process. `is_new`: whoever had its number before is dead. kMaxProcesses if there
  // is none.
  unsigned PlaceOf(uint64_t process, bool is_new);
  // A place for the process that `parent` is about to fork, and its number when it is there. If
  // none comes within some seconds (the fork failed), the place is free again. kMaxProcesses if
  // there is none.
  unsigned Expect(uint64_t parent);
  void Arrive(unsigned place, uint64_t process);
  // The process uses nothing any more.
  void Leave(uint64_t process);
  void AddUser(unsigned number, unsigned user) { Entry(number).users.Add(user); }
  // Not of those without a place of their own: others of them may still use it.
  void RemoveUser(unsigned number, unsigned user) {
    if (user < kMaxProcesses) Entry(number).users.Remove(user);
  }
  uint64_t OffsetOf(unsigned number) const { return header_->directory[number].offset; }

  // Of a restore: takes back all tables that were made for this user, or only the user.
  void GiveBack(unsigned user);
  void RemoveFromAll(unsigned user);
  bool IsEmpty() const;

  // The largest table that could be made, once everything is given back that nobody uses.
  uint64_t LargestRoom();
  // Bytes of tables that somebody uses, and of the region's own. Needs no lock.
  uint64_t UsedBytes() const;

 private:
  struct Place {
    unsigned number;  // of the entry
    uint64_t offset;
  };

  DirectoryEntry& Entry(unsigned number) { return header_->directory[number]; }
  static bool Exists(const DirectoryEntry& entry) {
    return entry.bytes.load(std::memory_order_acquire) != 0;
  }
  std::optional<Place> PlaceFor(uint64_t bytes);
  std::optional<Place> FirstFit(uint64_t bytes) const;
  // Calls visit(offset, bytes) for each gap, from low to high, until it says true.
  template <typename Visit>
  void ForEachGap(Visit visit) const;
  uint64_t* FreePlace();
  void Forget(uint64_t* place);
  void ForgetTheDead();
  void GiveBackUnused();
  void Settle();
  void Clean(uint64_t offset, uint64_t bytes);
  void Publish(const Place& place, const Hash128& id, uint64_t bytes, unsigned user);

  RegionHeader* header_;
};

}  // namespace sipward::state

#endif  // SIPWARD_STATE_DIRECTORY_H_
