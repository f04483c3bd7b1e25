// The messages that the peers are asked about.
#ifndef SIPWARD_TESTS_PEERS_CORPORA_H_
#define SIPWARD_TESTS_PEERS_CORPORA_H_

#include <filesystem>
#include <string>
#include <vector>

namespace sipward::peers {

// The longest message that is used: libre stalls above.
inline constexpr size_t kMostBytes = 8'192;

struct Corpus {
  std::string name;
  std::vector<std::string> messages;  // in the order of their names; longer ones are left out
  bool counts_for_recall = true;      // not the valid messages of the RFCs
  bool own = false;                   // written by this project: may be shown
  bool in_table = true;               // of those: whether they are in disagreements.md
};

// Those of SIPWARD_CORPUS: protos, wire, captures, reference, rfc4475, rfc5118. Empty if it is
// absent.
std::vector<Corpus> SharedCorpora(const std::filesystem::path& folder);

// Every file of a folder is a message.
Corpus FolderCorpus(const std::filesystem::path& folder);

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_CORPORA_H_
