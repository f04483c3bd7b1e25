// `sipward identity sign`.
#include <optional>
#include <string>
#include <string_view>

#include "exit_code.h"
#include "file.h"
#include "identity_command.h"
#include "identity_files.h"

namespace sipward::cli {
namespace {

constexpr size_t kMostKey = size_t{64} << 10;
constexpr size_t kMostCertificates = size_t{1} << 20;
constexpr size_t kMostClaims = size_t{64} << 10;

// Nobody reads the text again, so an ordinary write would be left out.
void Wipe(std::string* text) {
  volatile char* octets = text->data();
  for (size_t i = 0; i < text->size(); ++i) octets[i] = '\0';
}

// Why nothing was signed, as the library names it, for people.
std::string Why(std::string_view reason, const IdentitySignRequest& request) {
  if (reason == "KEY_MISMATCH") {
    return "the key of " + request.key + " is not that of the certificate";
  }
  if (reason == "KEY_FAILED") return "the key does not sign";
  if (reason == "TOO_LARGE") return "the header would be larger than verifiers take";
  if (reason == "CLAIMS") return "--claims is no JSON object, or names a claim that has an option";
  const std::optional<IdentityReason> known = IdentityReason::Find(reason);
  return std::string(reason) + (known ? ": " + std::string(known->text) : "");
}

class Signing {
 public:
  explicit Signing(const IdentitySignRequest& request) : request_(request) {}
  ~Signing() { Wipe(&key_); }
  Signing(const Signing&) = delete;
  Signing& operator=(const Signing&) = delete;

  int Run();

 private:
  bool Load();
  // What makes no sense with the type of the token.
  bool Fits() const;
  int Explain(Status status, std::string_view reason) const;

  const IdentitySignRequest& request_;
  std::string key_, claims_, received_, certificates_;
};

bool Signing::Fits() const {
  const bool diverts = request_.ppt == "div" || request_.ppt == "div-o";
  if (diverts ? request_.received.empty() : request_.orig.empty()) {
    Complain(diverts ? "--ppt " + request_.ppt + " needs --received" : "--orig is missing");
    return false;
  }
  if (!diverts && !request_.received.empty()) {
    Complain("--received is of --ppt div and div-o alone");
    return false;
  }
  return true;
}

bool Signing::Load() {
  if (!Fits()) return false;
  if (!request_.received.empty()) {
    if (!ReadIdentityFile(request_.received, kMostClaims, &received_)) return false;
    const auto lines = LinesOf(received_);
    if (lines.empty()) {
      Complain(request_.received + ": there is no Identity in it");
      return false;
    }
    received_ = std::string(lines.back());
  }
  if (!request_.claims.empty() && !ReadIdentityFile(request_.claims, kMostClaims, &claims_)) {
    return false;
  }
  return ReadIdentityFile(request_.chain, kMostCertificates, &certificates_) &&
         ReadIdentityFile(request_.key, kMostKey, &key_);
}

// A key that is none is unusable input; what verifiers would refuse is not.
int Signing::Explain(Status status, std::string_view reason) const {
  if (reason == "KEY_MALFORMED") {
    Complain(request_.key + ": it is no private key in PEM without a passphrase");
  } else if (reason == "KEY_NOT_P256") {
    Complain(request_.key + ": the key is not of the curve P-256");
  } else if (reason.empty()) {
    Complain(status.text());
  } else {
    Complain("not signed: " + Why(reason, request_));
    return Finish(kExitFound);
  }
  return kExitUnusable;
}

int Signing::Run() {
  if (!Load()) return kExitUnusable;
  const TrustStore::Time now{std::chrono::seconds(request_.now)};
  SignerOptions options;
  options.key = key_;
  options.certificates = certificates_;
  options.x5u = request_.x5u;
  options.now = now;
  std::string_view reason;
  const Result<Signer> signer = Signer::Create(options, &reason);
  if (!signer.ok()) return Explain(signer.error().status, reason);
  Passport passport;
  passport.ppt = request_.ppt == "none" ? std::string_view() : request_.ppt;
  passport.orig = request_.orig;
  passport.dest.assign(request_.dest.begin(), request_.dest.end());
  passport.attest = request_.attest;
  passport.origid = request_.origid;
  passport.div = request_.div;
  passport.received = received_;
  passport.claims = claims_;
  passport.now = now;
  passport.compact = request_.compact;
  const Result<std::string> value = signer.value().Sign(passport, &reason);
  if (!value.ok()) return Explain(value.error().status, reason);
  if (!Print(value.value() + "\n")) return kExitUnusable;
  return Finish(kExitOk);
}

}  // namespace

int RunIdentitySign(const IdentitySignRequest& request) { return Signing(request).Run(); }

}  // namespace sipward::cli
