// Verifies what stands in lines: for the comparison with another verifier.
//   identity_batch ANCHORS [URL CHAIN]...
//   identity_batch --canonical
// A line of the standard input: now, orig, dest and then the values of Identity headers in
// hexadecimal, with spaces between. A line of the answer: reason, result, attest or -, number of
// diversions, flags. With --canonical a line is a URI, and its answer the kind of party and the
// party.
#include <array>
#include <fstream>
#include <iostream>
#include <iterator>
#include <sstream>
#include <string>
#include <vector>

#include "identity/identity.h"

namespace {

using sipward::identity::Describe;
using sipward::identity::Flag;
using sipward::identity::Reason;

std::string FileText(const char* path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string FromHex(const std::string& hex) {
  std::string octets;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) {
    octets.push_back(static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16)));
  }
  return octets;
}

void Answer(const sipward::identity::Result& result) {
  std::cout << Describe(result.reason).name << ' ' << static_cast<int>(result.result) << ' '
            << (result.attest.empty() ? "-" : result.attest) << ' ' << result.div_count;
  for (unsigned i = 0; i < sipward::identity::kFlagCount; ++i) {
    if (result.flags.Has(static_cast<Flag>(i))) {
      std::cout << ' ' << Describe(static_cast<Flag>(i)).name;
    }
  }
  std::cout << '\n';
}

int Canonical() {
  constexpr const char* kKinds[] = {"none", "anonymous", "tn", "uri"};
  for (std::string uri; std::getline(std::cin, uri);) {
    std::array<char, 512> room;
    const auto party =
        sipward::identity::Canonicalize(uri, sipward::identity::DigitUsers::kAreNumbers, room);
    std::cout << kKinds[static_cast<size_t>(party.kind)] << ' ' << party.text << '\n';
  }
  return 0;
}

}  // namespace

int main(int argc, char** argv) {
  if (argc == 2 && std::string_view(argv[1]) == "--canonical") return Canonical();
  constexpr int64_t kNow = 1'800'000'000;
  sipward::identity::TrustStore store({});
  if (argc < 2 || store.SetAnchors(FileText(argv[1]), kNow) != Reason::kOk) return 2;
  for (int i = 2; i + 1 < argc; i += 2) {
    if (store.ProvideCertificate(argv[i], FileText(argv[i + 1]), kNow, -1) != Reason::kOk) return 2;
  }
  const sipward::identity::StoreSource source(store);
  const sipward::identity::Policy policy;
  sipward::identity::Verifier verifier(policy, source);
  for (std::string line; std::getline(std::cin, line);) {
    std::istringstream words(line);
    sipward::identity::Request request;
    std::string orig, dest;
    words >> request.now >> orig >> dest;
    std::vector<std::string> values;
    for (std::string hex; words >> hex;) values.push_back(FromHex(hex));
    const std::vector<std::string_view> views(values.begin(), values.end());
    request.identity = views;
    request.from = orig;
    request.to = request.request_uri = dest;
    Answer(verifier.Verify(request));
  }
  return 0;
}
