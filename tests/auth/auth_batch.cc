// Judges requests for oracle_test.py. A line of input is a request: fields in hexadecimal, with a
// tab between: flags, offered, wall clock in milliseconds, source, method, Request-URI, body,
// Call-ID, CSeq, branch, client, user of the account, its password, credentials... The answer is a
// line: reason, flags, user. A line "nonce MILLISECONDS SOURCE" makes a nonce.
#include <array>
#include <cstdlib>
#include <iostream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "auth/auth.h"
#include "base/ascii.h"

namespace {

using sipward::auth::Authenticator;
using sipward::auth::Policy;

constexpr const char* kSecret = "the secret of the batch, which is no secret";
constexpr size_t kFixed = 13;

std::string FromHex(const std::string& text) {
  std::string out;
  for (size_t i = 0; i + 1 < text.size(); i += 2) {
    out += static_cast<char>(sipward::HexValue(text[i]) << 4 | sipward::HexValue(text[i + 1]));
  }
  return out;
}

// Host of many policies over one state.
class Batch {
 public:
  Authenticator& With(unsigned flags, unsigned offered) {
    auto& found = made_.at(flags << 6 | offered);
    if (!found) {
      Policy policy;
      policy.realm = "example.org";
      policy.offered = sipward::auth::Algorithms(static_cast<uint8_t>(offered));
      policy.integrity = (flags & 1) != 0;
      policy.without_qop = (flags & 2) != 0;
      policy.any_uri = (flags & 4) != 0;
      policy.refuses_downgrade = (flags & 8) != 0;
      found = Authenticator::Create(policy, kSecret, region_.get(), 1);
    }
    return *found;
  }

 private:
  std::unique_ptr<sipward::state::Region> region_ =
      sipward::state::Region::Create(uint64_t{64} << 20, {});
  std::array<std::unique_ptr<Authenticator>, 1024> made_;
};

std::vector<std::string> FieldsOf(const std::string& line) {
  std::vector<std::string> fields;
  std::istringstream stream(line);
  for (std::string field; std::getline(stream, field, '\t');) fields.push_back(FromHex(field));
  return fields;
}

void Judge(const std::string& line, Batch* batch) {
  const std::vector<std::string> fields = FieldsOf(line);
  if (fields.size() < kFixed) std::exit(2);
  sipward::auth::Request request;
  request.wall = std::stoll(fields[2]) * sipward::kMillisecond;
  request.monotonic = request.wall;
  request.source = sipward::IpAddress::Parse(fields[3]).value();
  request.method = fields[4];
  request.request_uri = fields[5];
  request.body = fields[6];
  request.call_id = fields[7];
  request.cseq = fields[8];
  request.branch = fields[9];
  request.client = fields[10];
  sipward::auth::Credential known;
  known.known = !fields[11].empty();
  known.user = fields[11];
  known.password = fields[12];
  const std::vector<std::string_view> credentials(fields.begin() + kFixed, fields.end());
  request.credentials = credentials;
  Authenticator& authenticator = batch->With(static_cast<unsigned>(std::stoul(fields[0])),
                                             static_cast<unsigned>(std::stoul(fields[1])));
  const sipward::auth::Result& result = authenticator.Check(request, &known);
  std::cout << Describe(result.reason).name << ' ' << result.flags << '\n';
}

void MakeNonce(const std::string& line, Batch* batch) {
  std::istringstream stream(line);
  std::string word, source;
  int64_t milliseconds = 0;
  stream >> word >> milliseconds >> source;
  std::array<char, sipward::auth::kNonceChars> nonce;
  batch->With(0, 1).MakeNonce(sipward::IpAddress::Parse(source).value(),
                              milliseconds * sipward::kMillisecond, nonce);
  std::cout.write(nonce.data(), nonce.size()) << '\n';
}

}  // namespace

int main() {
  Batch batch;
  for (std::string line; std::getline(std::cin, line);) {
    if (line.rfind("nonce", 0) == 0) {
      MakeNonce(line, &batch);
    } else {
      Judge(line, &batch);
    }
    std::cout.flush();
  }
  return 0;
}
