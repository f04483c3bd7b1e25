#include "caller_files.h"

#include <chrono>
#include <string_view>
#include <utility>

#include "file.h"
#include "identity_files.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostCertificates = size_t{1} << 20;
constexpr size_t kMostCrl = size_t{64} << 20;
constexpr int64_t kSecond = 1'000'000'000, kDay = 86'400 * kSecond;

bool Unusable(const std::string& why) {
  Complain(why);
  return false;
}

CLI::Option* Several(CLI::Option* option, const char* type) {
  return option->type_name(type)->expected(1)->allow_extra_args(false)->multi_option_policy(
      CLI::MultiOptionPolicy::TakeAll);
}

bool ReadAll(const std::vector<std::string>& paths, size_t most, std::vector<std::string>* texts) {
  for (const std::string& path : paths) {
    if (!ReadIdentityFile(path, most, &texts->emplace_back())) return false;
  }
  return true;
}

}  // namespace

void AddCallerOptions(CLI::App* command, CallerRequest* request) {
  CLI::Option* anchors = Several(
      command->add_option("--anchors", request->anchors,
                          "Check Identity headers, and trust the certificates of FILE for it: "
                          "authorities, and who signs revocation lists"),
      "FILE");
  Several(command->add_option("--chain", request->chains,
                              "The certificates that stand behind URL, leaf first: nothing is "
                              "fetched. May be given several times"),
          "URL=FILE")
      ->needs(anchors);
  Several(command->add_option("--crl", request->crls, "A list of revoked certificates"), "FILE")
      ->needs(anchors);
}

bool CallerFiles::Load(const CallerRequest& request) {
  if (request.anchors.empty()) return true;
  Result<TrustStore> made = TrustStore::Create();
  if (!made.ok()) return Unusable("--anchors: " + std::string(made.error().status.text()));
  store_.emplace(std::move(made).value());
  std::vector<std::string> anchors, lists;
  if (!ReadAll(request.anchors, kMostCertificates, &anchors) ||
      !ReadAll(request.crls, kMostCrl, &lists)) {
    return false;
  }
  std::string all;
  for (const std::string& text : anchors) all += anchors.size() == 1 ? text : text + "\n";
  if (!store_->SetAnchors(all, {}).empty()) return Unusable("the anchors are no certificates");
  const std::vector<std::string_view> views(lists.begin(), lists.end());
  // What is wrong with a list shows when a certificate is held against it.
  if (!views.empty()) static_cast<void>(store_->SetCrls(views));
  for (const std::string& argument : request.chains) {
    // The name of the file is behind the last equals sign.
    const size_t equals = argument.rfind('=');
    if (equals == argument.npos || argument.find("://") > equals) {
      return Unusable("--chain: " + argument + " is not URL=FILE");
    }
    Chain& chain = chains_.emplace_back(Chain{argument.substr(0, equals), {}});
    const std::string path = argument.substr(equals + 1);
    if (!ReadIdentityFile(path, kMostCertificates, &chain.document)) return false;
  }
  return true;
}

// What is wrong with one shows in the check.
void CallerFiles::ProvideAll(int64_t wall_ns) {
  const TrustStore::Time now{
      std::chrono::floor<std::chrono::seconds>(std::chrono::nanoseconds(wall_ns))};
  for (const Chain& chain : chains_) {
    static_cast<void>(store_->Provide(chain.url, chain.document, now));
  }
  from_ns_ = wall_ns;
  until_ns_ = wall_ns < INT64_MAX - kDay ? wall_ns + kDay : INT64_MAX;
}

}  // namespace sipward::cli
