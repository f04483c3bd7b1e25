// `sipward identity sign`.
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "exit_code.h"
#include "file.h"
#include "identity_command.h"
#include "identity_files.h"

namespace sipward::cli {
namespace {

using identity::LocalKey;
using identity::Party;
using identity::PartyKind;
using identity::Ppt;
using identity::Signer;

constexpr size_t kMostKey = size_t{64} << 10;
constexpr size_t kMostCertificates = size_t{1} << 20;
constexpr size_t kMostClaims = size_t{64} << 10;

// Nobody reads the text again, so an ordinary write would be left out.
void Wipe(std::string* text) {
  volatile char* octets = text->data();
  for (size_t i = 0; i < text->size(); ++i) octets[i] = '\0';
}

std::unique_ptr<LocalKey> ReadKey(const std::string& path) {
  std::string text;
  if (!ReadIdentityFile(path, kMostKey, &text)) return nullptr;
  LocalKey::Read read = LocalKey::FromPem(text);
  Wipe(&text);
  switch (read.problem) {
    case LocalKey::Problem::kNone:
      break;
    case LocalKey::Problem::kMalformed:
      Complain(path + ": it is no private key in PEM without a passphrase");
      break;
    case LocalKey::Problem::kNotP256:
      Complain(path + ": the key is not of the curve P-256");
      break;
    case LocalKey::Problem::kNoMemory:
      Complain(path + ": there is no memory that can be locked");
      break;
  }
  return std::move(read.key);
}

// What a party is written as, and where its text is kept.
struct NamedParty {
  Party party;
  std::unique_ptr<std::string> room = std::make_unique<std::string>();
};

// A number as it stands; a URI in its canonical form.
NamedParty PartyOf(const std::string& text) {
  NamedParty named;
  *named.room = text;
  if (text.find(':') == text.npos) {
    named.party = {PartyKind::kTn, *named.room};
  } else {
    named.party =
        identity::Canonicalize(text, identity::DigitUsers::kAreNumbers, std::span(*named.room));
  }
  return named;
}

class Signing {
 public:
  explicit Signing(const IdentitySignRequest& request) : request_(request) {}

  int Run();

 private:
  bool ReadParties();
  bool Load();
  int Explain(const Signer::Outcome& outcome) const;

  const IdentitySignRequest& request_;
  std::vector<NamedParty> rooms_;
  Party orig_, div_;
  std::vector<Party> dest_;
  std::string claims_, received_, certificates_;
  std::unique_ptr<LocalKey> key_;
};

bool Signing::ReadParties() {
  const auto read = [this](const std::string& text, std::string_view option, Party* party) {
    if (text.empty()) return true;
    rooms_.push_back(PartyOf(text));
    *party = rooms_.back().party;
    if (party->usable()) return true;
    Complain(std::string(option) + ": it is neither a number nor a URI that can be compared");
    return false;
  };
  if (!read(request_.orig, "--orig", &orig_) || !read(request_.div, "--div", &div_)) return false;
  for (const std::string& text : request_.dest) {
    Party party;
    if (!read(text, "--dest", &party)) return false;
    dest_.push_back(party);
  }
  return true;
}

bool Signing::Load() {
  if (!ReadParties()) return false;
  const bool diverts = request_.ppt == "div" || request_.ppt == "div-o";
  if (diverts ? request_.received.empty() : request_.orig.empty()) {
    Complain(diverts ? "--ppt " + request_.ppt + " needs --received" : "--orig is missing");
    return false;
  }
  if (!diverts && !request_.received.empty()) {
    Complain("--received is of --ppt div and div-o alone");
    return false;
  }
  if (diverts) {
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
  if (!ReadIdentityFile(request_.chain, kMostCertificates, &certificates_)) return false;
  key_ = ReadKey(request_.key);
  return key_ != nullptr;
}

int Signing::Explain(const Signer::Outcome& outcome) const {
  switch (outcome.problem) {
    case Signer::Problem::kNone:
      break;
    case Signer::Problem::kRefused: {
      const identity::ReasonInfo& reason = identity::Describe(outcome.reason);
      Complain("not signed: " + std::string(reason.name) + ": " + std::string(reason.text));
      break;
    }
    case Signer::Problem::kKeyMismatch:
      Complain("not signed: the key of " + request_.key + " is not that of the certificate");
      break;
    case Signer::Problem::kKeyFailed:
      Complain("not signed: the key does not sign");
      break;
    case Signer::Problem::kTooLarge:
      Complain("not signed: the header would be larger than verifiers take");
      break;
    case Signer::Problem::kMoreClaims:
      Complain("not signed: --claims is no JSON object, or names a claim that has an option");
      break;
  }
  return Finish(kExitFound);
}

int Signing::Run() {
  if (!Load()) return kExitUnusable;
  Signer::Made made = Signer::Make(std::move(key_), certificates_, request_.x5u, {}, request_.now);
  if (!made.outcome.ok()) return Explain(made.outcome);
  std::string value;
  Signer::Outcome outcome;
  if (!received_.empty()) {
    outcome = made.signer->SignDiversion({.received = received_,
                                          .div = div_,
                                          .dest = dest_,
                                          .history = {},
                                          .nested = request_.ppt == "div-o"},
                                         request_.now, &value);
  } else {
    outcome = made.signer->Sign(
        {.ppt = request_.ppt == "none" ? Ppt::kNone : identity::FindPpt(request_.ppt),
         .orig = orig_,
         .dest = dest_,
         .attest = request_.attest,
         .origid = request_.origid,
         .more_claims = claims_,
         .compact = request_.compact},
        request_.now, &value);
  }
  if (!outcome.ok()) return Explain(outcome);
  if (!Print(value + "\n")) return kExitUnusable;
  return Finish(kExitOk);
}

}  // namespace

int RunIdentitySign(const IdentitySignRequest& request) { return Signing(request).Run(); }

}  // namespace sipward::cli
