#include "identity_files.h"

#include "file.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostCertificates = size_t{1} << 20;
constexpr size_t kMostCrl = size_t{64} << 20;

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

bool ChainFiles::LoadTrust(const std::vector<std::string>& anchors,
                           const std::vector<std::string>& crls, int64_t now) {
  std::string all;
  for (const std::string& path : anchors) {
    std::string text;
    if (!ReadIdentityFile(path, kMostCertificates, &text)) return false;
    all += text;
    if (anchors.size() > 1 && !all.ends_with('\n')) all += '\n';
  }
  std::vector<std::string> lists(crls.size());
  std::vector<std::string_view> views;
  for (size_t i = 0; i < crls.size(); ++i) {
    if (!ReadIdentityFile(crls[i], kMostCrl, &lists[i])) return false;
    views.push_back(lists[i]);
  }
  // Without a chain there is none to judge, but what was given is to be looked at all the same.
  identity::TrustStore judge(HashSecret{});
  if (!anchors.empty() && judge.SetAnchors(all, now) != identity::Reason::kOk) {
    Complain("the anchors are no certificates");
    return false;
  }
  for (Chain& chain : chains_) {
    // A table of one URL needs no secret.
    chain.store = std::make_unique<identity::TrustStore>(HashSecret{});
    if (!anchors.empty()) static_cast<void>(chain.store->SetAnchors(all, now));
    // What is wrong with a list shows when a certificate is held against it.
    if (!views.empty()) static_cast<void>(chain.store->SetCrls(views));
  }
  return true;
}

bool ChainFiles::Load(const std::vector<std::string>& chains,
                      const std::vector<std::string>& anchors, const std::vector<std::string>& crls,
                      int64_t now) {
  for (const std::string& argument : chains) {
    Chain& chain = chains_.emplace_back();
    std::string path;
    CutChain(argument, &chain.url, &path);
    if (!ReadIdentityFile(path, kMostCertificates, &chain.document)) return false;
  }
  return LoadTrust(anchors, crls, now);
}

const ChainFiles::Chain* ChainFiles::ChainFor(size_t position, std::string_view url) const {
  const Chain* found = nullptr;
  size_t place = 0;
  for (const Chain& chain : chains_) {
    if (!chain.url.empty()) {
      if (chain.url == url) return &chain;
    } else if (place++ <= position) {
      found = &chain;
    }
  }
  return found;
}

identity::Lookup ChainFiles::Find(size_t position, std::string_view url, int64_t now) const {
  const Chain* chain = ChainFor(position, url);
  if (chain == nullptr) return {};
  identity::Lookup found = chain->store->Find(url, now);
  if (found.state != identity::Lookup::State::kMissing) return found;
  static_cast<void>(chain->store->ProvideCertificate(url, chain->document, now, -1));
  return chain->store->Find(url, now);
}

}  // namespace sipward::cli
