// Where evidence lies: a folder of numbered segments, each a log (evidence/chain.h) with a file of
// the keys of its records beside it.
//
//   000001.log    lines            000001.keys   32 octets for each record; zeros: destroyed
//   sign.key      who signs        sign.pub      and by what that is checked
//   head          how far it went when it was last written out
//   lock          held by who writes
#ifndef SIPWARD_IO_EVIDENCE_FOLDER_H_
#define SIPWARD_IO_EVIDENCE_FOLDER_H_

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "evidence/evidence.h"

namespace sipward::io {

// The numbers of the segments, ascending. False with *error if the folder cannot be read.
bool ListSegments(const std::string& folder, std::vector<uint32_t>* numbers, std::string* error);
std::string LogPath(const std::string& folder, uint32_t segment);
std::string KeysPath(const std::string& folder, uint32_t segment);

// What could not be done, of which file, and why the system says: errno.
std::string FailedAt(const std::string& what, const std::string& path);
// All of `bytes`. False with how many were written, and errno.
bool WriteAll(int file, std::string_view bytes, size_t* written);

// Whole files. False with *error, a sentence.
bool ReadWhole(const std::string& path, std::string* contents, std::string* error);
// Written beside it, synced and renamed, so that it is the old one or the new one.
bool WriteWhole(const std::string& path, std::string_view contents, uint32_t mode,
                std::string* error);
bool SyncFolder(const std::string& folder, std::string* error);

// A signing key as a file: the seed in hexadecimal digits. Made if it is not there and `make` says
// so, with its public half in PATH without .key and with .pub.
bool LoadSigningKey(const std::string& path, bool make, evidence::SecretKey* key,
                    std::string* error);
// 64 hexadecimal digits, or a file that holds them.
bool LoadPublicKey(const std::string& text, evidence::PublicKey* key, std::string* error);

// The head: the last entry that was written out.
struct EvidenceHead {
  uint64_t sequence = 0;
  evidence::Hash hash{};
};
std::string HeadText(const EvidenceHead& head);
std::optional<EvidenceHead> ReadHead(std::string_view text);

}  // namespace sipward::io

#endif  // SIPWARD_IO_EVIDENCE_FOLDER_H_
