// `sipward identity verify`.
#include <set>
#include <string>
#include <string_view>

#include "exit_code.h"
#include "file.h"
#include "identity_command.h"
#include "identity_files.h"
#include "identity_report.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostIdentity = size_t{16} << 20;

// A number stands for the tel URI of it.
std::string UriOf(const std::string& party) {
  return party.empty() || party.find(':') != party.npos ? party : "tel:" + party;
}

// The policy of the command: an Identity is required, everything else as it comes.
CallerPolicy CommandPolicy(const IdentityVerifyRequest& request) {
  CallerPolicy policy;
  policy.required = true;
  policy.compact = request.allow_compact;
  return policy;
}

class Verification {
 public:
  explicit Verification(const IdentityVerifyRequest& request)
      : request_(request), now_(std::chrono::seconds(request.now)) {}

  int Run();

 private:
  bool Read();
  // What the command line says, which holds whatever the message does.
  void Describe();
  Result<IdentityVerdict> CheckOnce(Verifier* verifier);
  Result<IdentityVerdict> Check(Verifier* verifier);

  const IdentityVerifyRequest& request_;
  const TrustStore::Time now_;
  ChainFiles chains_;
  std::string text_;  // of the file that holds the headers
  std::string orig_, dest_;
  Message message_ = Message::Create().value();
  IdentityRequest checked_;
};

bool Verification::Read() {
  const bool values = !request_.identity.empty();
  const std::string& path = values ? request_.identity : request_.message;
  if (!ReadIdentityFile(path, kMostIdentity, &text_)) return false;
  if (values) return true;
  static_cast<void>(message_.Parse(text_));
  if (message_.start_line().kind == MessageKind::kRequest) return true;
  Complain(path + ": it is no SIP request");
  return false;
}

void Verification::Describe() {
  orig_ = UriOf(request_.orig);
  dest_ = UriOf(request_.dest);
  checked_.set_now(now_).set_from(orig_).set_to(dest_).set_request_uri(dest_);
  checked_.set_date(request_.date);
  if (request_.identity.empty()) return;
  for (const std::string_view value : LinesOf(text_)) checked_.AddIdentity(value);
  checked_.set_unseen(SIPWARD_UNSEEN_PRIORITY | SIPWARD_UNSEEN_SESSION | SIPWARD_UNSEEN_BODY |
                      (request_.date.empty() ? uint32_t{SIPWARD_UNSEEN_DATE} : 0));
}

Result<IdentityVerdict> Verification::CheckOnce(Verifier* verifier) {
  return request_.identity.empty() ? verifier->Check(message_, checked_)
                                   : verifier->Check(checked_);
}

// Certificates are handed in as they are asked for, each URL once.
Result<IdentityVerdict> Verification::Check(Verifier* verifier) {
  std::set<std::string, std::less<>> asked;
  for (;;) {
    Result<IdentityVerdict> found = CheckOnce(verifier);
    if (!found.ok() || !found->pending() || !asked.emplace(found->missing).second ||
        !chains_.Provide(found->missing, now_)) {
      return found;
    }
  }
}

int Verification::Run() {
  if (request_.identity.empty() && request_.message.empty()) {
    Complain(
        "--identity or --message is needed; 'sipward identity verify --help' shows how it is used");
    return kExitUnusable;
  }
  if (!Read() || !chains_.Load(request_.chains, request_.anchors, request_.crls, now_)) {
    return kExitUnusable;
  }
  Describe();
  Result<Verifier> verifier = Verifier::Create(chains_.stores(), CommandPolicy(request_));
  if (!verifier.ok()) {
    Complain(verifier.error().status.text());
    return kExitUnusable;
  }
  const Result<IdentityVerdict> found = Check(&verifier.value());
  if (!found.ok()) {
    Complain(found.error().status.code() == StatusCode::kMalformed
                 ? "--date: it is no date of SIP, as in Sat, 13 Nov 2010 23:29:00 GMT"
                 : found.error().status.text());
    return kExitUnusable;
  }
  std::string report;
  if (request_.json) {
    AppendVerifiedJson(&report, found.value(), verifier.value(), now_);
  } else {
    AppendVerified(&report, found.value(), verifier.value(), now_);
  }
  if (!Print(report)) return kExitUnusable;
  return Finish(found.value().verified() ? kExitOk : kExitFound);
}

}  // namespace

int RunIdentityVerify(const IdentityVerifyRequest& request) { return Verification(request).Run(); }

}  // namespace sipward::cli
