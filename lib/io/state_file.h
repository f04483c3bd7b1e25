// Keeps a state over a restart in two files that are written in turn.
#ifndef SIPWARD_IO_STATE_FILE_H_
#define SIPWARD_IO_STATE_FILE_H_

#include <cstddef>
#include <cstdint>
#include <string>

#include "sipward.h"

namespace sipward::io {

// What is asked of the system, so that a test can refuse any of it. As the calls of POSIX of these
// names: -1 and errno.
class FileCalls {
 public:
  virtual ~FileCalls() = default;
  virtual int Create(const char* path);  // for writing, emptied
  virtual int OpenToRead(const char* path);
  virtual int OpenFolder(const char* path);
  virtual ptrdiff_t Write(int file, const char* bytes, size_t size);
  virtual ptrdiff_t Read(int file, char* bytes, size_t size);
  virtual int Sync(int file);
  virtual int Close(int file);
  virtual int Rename(const char* from, const char* to);
  virtual int Remove(const char* path);
};

// PATH.0 and PATH.1. A save writes PATH.new whole, syncs it, renames it over the older of the two
// and syncs the folder: whatever fails or breaks off, the newer one is still there. One process at
// a time saves to one path.
class StateFile {
 public:
  // `calls` may be null: the system's.
  explicit StateFile(std::string path, FileCalls* calls = nullptr);

  // Empty, or what failed. Others may inspect meanwhile. Takes as much memory as the snapshot.
  std::string Save(const sipward_state* state, const sipward_moment& moment);

  enum class Outcome { kRestored, kNoFile, kRefused };
  struct Result {
    Outcome outcome = Outcome::kNoFile;
    std::string
        why;  // kRefused: of each file; kRestored: why a newer one was passed over, if one was
  };
  // Takes over the newest of the two that is whole and fits this state (sipward_state_restore:
  // before the first engine). Refused, with the state as it was, if there are files but none is.
  Result Restore(sipward_state* state, const sipward_moment& moment);

 private:
  struct Found {
    bool there = false;
    uint64_t number = 0;  // of the save; 0: what is there is none
    std::string snapshot;
    std::string why;
  };
  std::string PathOf(int which) const { return path_ + (which == 0 ? ".0" : ".1"); }
  Found Look(int which, bool whole);
  std::string WriteWhole(const std::string& path, const std::string& bytes);
  std::string SyncFolder();

  std::string path_;
  FileCalls* calls_;
};

}  // namespace sipward::io

#endif  // SIPWARD_IO_STATE_FILE_H_
