// The end of a log that is to be gone on with, and the keys of its records.
#ifndef SIPWARD_IO_EVIDENCE_TAIL_H_
#define SIPWARD_IO_EVIDENCE_TAIL_H_

#include <cstdint>
#include <string>
#include <vector>

#include "evidence/evidence.h"

namespace sipward::io {

struct EvidenceTail {
  uint64_t next = 1;  // the sequence of the entry to come
  evidence::Hash head{};
  uint64_t entries = 0;  // in this segment
  uint64_t covered = 0;  // the last that a checkpoint covers
  bool ended = false;    // it says that it ends, or goes on in another segment
  uint64_t whole = 0;    // octets up to the last whole line
  uint64_t torn = 0;     // and behind it
};

// Reads the segment through. What is wrong with it, if a whole line is.
std::string ReadTail(const std::string& folder, uint32_t segment, EvidenceTail* tail);
// Moves what is behind the last whole line to a file of its own, SEGMENT.torn.N.
std::string SetAside(const std::string& folder, uint32_t segment, const EvidenceTail& tail);
// Overwrites the keys of these decisions with zeros, and syncs. *gone: which there were.
std::string DestroyKeys(const std::string& folder, const std::vector<uint64_t>& sequences,
                        std::vector<uint64_t>* gone);

}  // namespace sipward::io

#endif  // SIPWARD_IO_EVIDENCE_TAIL_H_
