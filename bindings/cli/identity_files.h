// The files of `sipward identity`: header values, certificates, revocation lists.
#ifndef SIPWARD_BINDINGS_CLI_IDENTITY_FILES_H_
#define SIPWARD_BINDINGS_CLI_IDENTITY_FILES_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "identity/identity.h"

namespace sipward::cli {

// Lines that hold something, without their line ends.
std::vector<std::string_view> LinesOf(std::string_view text);

// Reads a file of this kind, or complains.
bool ReadIdentityFile(const std::string& path, size_t most, std::string* contents);

// Certificates as the command line gives them: for a URL, or for the Identity header at the same
// place among those that name none; the last of them for all behind it.
class ChainFiles final : public identity::CredentialSource {
 public:
  // False if a file cannot be used; then it has complained.
  bool Load(const std::vector<std::string>& chains, const std::vector<std::string>& anchors,
            const std::vector<std::string>& crls, int64_t now);

  identity::Lookup Find(size_t position, std::string_view url, int64_t now) const override;

 private:
  struct Chain {
    std::string url;  // empty: by place
    std::string document;
    std::unique_ptr<identity::TrustStore> store;
  };
  bool LoadTrust(const std::vector<std::string>& anchors, const std::vector<std::string>& crls,
                 int64_t now);
  const Chain* ChainFor(size_t position, std::string_view url) const;

  std::vector<Chain> chains_;
};

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_IDENTITY_FILES_H_
