// `sipward identity verify`.
#include <ctime>
#include <memory>

#include "exit_code.h"
#include "file.h"
#include "identity_command.h"
#include "identity_files.h"
#include "identity_report.h"

namespace sipward::cli {
namespace {

using identity::Policy;
using identity::Request;

constexpr size_t kMostIdentity = size_t{16} << 20;

// A number stands for the tel URI of it.
std::string UriOf(const std::string& party) {
  return party.empty() || party.find(':') != party.npos ? party : "tel:" + party;
}

// The policy of the command: an Identity is required, everything else as it comes.
Policy CommandPolicy(const IdentityVerifyRequest& request) {
  Policy policy;
  policy.require = true;
  policy.header.allow_compact = request.allow_compact;
  return policy;
}

class Verification {
 public:
  explicit Verification(const IdentityVerifyRequest& request)
      : request_(request), policy_(CommandPolicy(request)) {}

  int Run();

 private:
  bool ReadValues();
  bool ReadMessage();
  bool Override();

  const IdentityVerifyRequest& request_;
  const Policy policy_;
  ChainFiles chains_;
  std::string text_;  // of the file that holds the headers
  std::vector<std::string_view> values_;
  std::unique_ptr<sip::Message> message_;
  identity::MessageRequest from_message_;
  Request checked_;
  std::string orig_, dest_;
};

bool Verification::ReadValues() {
  if (!ReadIdentityFile(request_.identity, kMostIdentity, &text_)) return false;
  values_ = LinesOf(text_);
  checked_.identity = values_;
  return true;
}

bool Verification::ReadMessage() {
  if (!ReadIdentityFile(request_.message, kMostIdentity, &text_)) return false;
  message_ = std::make_unique<sip::Message>();
  message_->Parse(text_, {});
  if (!message_->is_request()) {
    Complain(request_.message + ": it is no SIP request");
    return false;
  }
  checked_ = from_message_.Read(*message_, request_.now * kSecond, 0);
  return true;
}

// What the command line says holds, whatever the message does.
bool Verification::Override() {
  orig_ = UriOf(request_.orig);
  dest_ = UriOf(request_.dest);
  if (!orig_.empty()) {
    checked_.asserted = {};
    checked_.from = orig_;
  }
  if (!dest_.empty()) checked_.to = checked_.request_uri = dest_;
  if (request_.date.empty()) return true;
  sip::AnomalyLog log;
  int64_t date = 0;
  if (!sip::ParseDate(request_.date.data(), {0, static_cast<uint32_t>(request_.date.size())}, log,
                      &date)) {
    Complain("--date: it is no date of SIP, as in Sat, 13 Nov 2010 23:29:00 GMT");
    return false;
  }
  checked_.knows_date = true;
  checked_.date = date;
  return true;
}

int Verification::Run() {
  if (request_.identity.empty() && request_.message.empty()) {
    Complain(
        "--identity or --message is needed; 'sipward identity verify --help' shows how it is used");
    return kExitUnusable;
  }
  const bool read = request_.message.empty() ? ReadValues() : ReadMessage();
  if (!read || !Override()) return kExitUnusable;
  checked_.now = request_.now;
  if (!chains_.Load(request_.chains, request_.anchors, request_.crls, request_.now)) {
    return kExitUnusable;
  }
  identity::Verifier verifier(policy_, chains_);
  const identity::Result& result = verifier.Verify(checked_);
  std::string report;
  if (request_.json) {
    AppendVerifiedJson(&report, result);
  } else {
    AppendVerified(&report, result);
  }
  if (!Print(report)) return kExitUnusable;
  return Finish(result.result == facts::IdentityResult::kVerified ? kExitOk : kExitFound);
}

}  // namespace

int RunIdentityVerify(const IdentityVerifyRequest& request) { return Verification(request).Run(); }

}  // namespace sipward::cli
