// The files of `sipward identity`: header values, certificates, revocation lists.
#ifndef SIPWARD_BINDINGS_CLI_IDENTITY_FILES_H_
#define SIPWARD_BINDINGS_CLI_IDENTITY_FILES_H_

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "sipward/sipward.h"

namespace sipward::cli {

// Lines that hold something, without their line ends.
std::vector<std::string_view> LinesOf(std::string_view text);

// Reads a file of this kind, or complains.
bool ReadIdentityFile(const std::string& path, size_t most, std::string* contents);

// Certificates as the command line gives them: for a URL, or for the Identity header at the same
// place among those that name none; the last of them for all behind it.
class ChainFiles {
 public:
  // False if a file cannot be used; then it has complained.
  bool Load(const std::vector<std::string>& chains, const std::vector<std::string>& anchors,
            const std::vector<std::string>& crls, TrustStore::Time now);

  // One for each place.
  std::vector<const TrustStore*> stores() const;
  // What the files have for this URL goes into the stores. False if that is nothing.
  bool Provide(std::string_view url, TrustStore::Time now) const;

 private:
  struct Chain {
    std::string url;  // empty: by place
    std::string document;
  };
  bool MakeStores(std::string_view anchors, const std::vector<std::string_view>& crls,
                  TrustStore::Time now);
  const Chain* ChainFor(size_t place, std::string_view url) const;

  std::vector<Chain> chains_;
  std::vector<TrustStore> stores_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_IDENTITY_FILES_H_
