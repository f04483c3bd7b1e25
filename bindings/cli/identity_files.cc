#include "identity_files.h"

#include <algorithm>
#include <utility>

#include "file.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostCertificates = size_t{1} << 20;
constexpr size_t kMostCrl = size_t{64} << 20;
constexpr size_t kMostPlaces = 8;  // of a verifier; more headers do not count

// [URL=]FILE: a URL has a scheme, and the name of the file is behind the last equals sign.
void CutChain(const std::string& argument, std::string* url, std::string* path) {
  const size_t equals = argument.rfind('=');
  const size_t scheme = argument.find("://");
  if (scheme == argument.npos || equals == argument.npos || equals < scheme) {
    *path = argument;
    return;
  }
  *url = argument.substr(0, equals);
  *path = argument.substr(equals + 1);
}

}  // namespace

std::vector<std::string_view> LinesOf(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == text.npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (!line.empty()) lines.push_back(line);
  }
  return lines;
}

bool ReadIdentityFile(const std::string& path, size_t most, std::string* contents) {
  std::string error;
  if (ReadFile(path, most, contents, &error)) return true;
  Complain(path + ": " + error);
  return false;
}

bool ChainFiles::MakeStores(std::string_view anchors, const std::vector<std::string_view>& crls,
                            TrustStore::Time now) {
  const auto by_place = static_cast<size_t>(std::count_if(
      chains_.begin(), chains_.end(), [](const Chain& chain) { return chain.url.empty(); }));
  const size_t places = std::clamp<size_t>(by_place, 1, kMostPlaces);
  for (size_t i = 0; i < places; ++i) {
    // A table of a few URLs of the user's own needs no secret.
    Result<TrustStore> made = TrustStore::Create();
    if (!made.ok()) {
      Complain(made.error().status.text());
      return false;
    }
    const TrustStore& store = stores_.emplace_back(std::move(made).value());
    if (!anchors.empty() && !store.SetAnchors(anchors, now).empty()) {
      Complain("the anchors are no certificates");
      return false;
    }
    // What is wrong with a list shows when a certificate is held against it.
    if (!crls.empty()) static_cast<void>(store.SetCrls(crls));
  }
  return true;
}

bool ChainFiles::Load(const std::vector<std::string>& chains,
                      const std::vector<std::string>& anchors, const std::vector<std::string>& crls,
                      TrustStore::Time now) {
  for (const std::string& argument : chains) {
    Chain& chain = chains_.emplace_back();
    std::string path;
    CutChain(argument, &chain.url, &path);
    if (!ReadIdentityFile(path, kMostCertificates, &chain.document)) return false;
  }
  std::string all;
  for (const std::string& path : anchors) {
    std::string text;
    if (!ReadIdentityFile(path, kMostCertificates, &text)) return false;
    all += text;
    if (anchors.size() > 1 && !all.ends_with('\n')) all += '\n';
  }
  if (!anchors.empty() && all.empty()) all = "\n";  // a file without a certificate
  std::vector<std::string> lists(crls.size());
  std::vector<std::string_view> views;
  for (size_t i = 0; i < crls.size(); ++i) {
    if (!ReadIdentityFile(crls[i], kMostCrl, &lists[i])) return false;
    views.push_back(lists[i]);
  }
  return MakeStores(all, views, now);
}

std::vector<const TrustStore*> ChainFiles::stores() const {
  std::vector<const TrustStore*> all;
  for (const TrustStore& store : stores_) all.push_back(&store);
  return all;
}

const ChainFiles::Chain* ChainFiles::ChainFor(size_t place, std::string_view url) const {
  const Chain* found = nullptr;
  size_t next = 0;
  for (const Chain& chain : chains_) {
    if (!chain.url.empty()) {
      if (chain.url == url) return &chain;
    } else if (next++ <= place) {
      found = &chain;
    }
  }
  return found;
}

bool ChainFiles::Provide(std::string_view url, TrustStore::Time now) const {
  bool provided = false;
  for (size_t place = 0; place < stores_.size(); ++place) {
    const Chain* chain = ChainFor(place, url);
    if (chain == nullptr) continue;
    // What is wrong with it shows in the check.
    static_cast<void>(stores_[place].Provide(url, chain->document, now));
    provided = true;
  }
  return provided;
}

}  // namespace sipward::cli
