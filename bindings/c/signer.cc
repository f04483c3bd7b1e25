#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "guard.h"
#include "identity/identity.h"
#include "reason_out.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace identity = sipward::identity;

struct sipward_signer {
  std::unique_ptr<identity::Signer> signer;
};

namespace sipward::c {
namespace {

using identity::LocalKey;
using identity::Party;
using identity::Ppt;
using identity::Signer;

constexpr uint32_t kSignerFlags = SIPWARD_SIGNER_ANY_POLICY | SIPWARD_SIGNER_UNCHECKED;
static_assert(SIPWARD_IDENTITY_BYTES == identity::kMostHeaderOctets);

int32_t Say(std::string_view why, int32_t status, sipward_text* reason) {
  if (reason != nullptr) *reason = Text(why);
  return status;
}

int32_t ReadKey(std::string_view pem, std::unique_ptr<identity::SigningKey>* key,
                sipward_text* reason) {
  LocalKey::Read read = LocalKey::FromPem(pem);
  *key = std::move(read.key);
  switch (read.problem) {
    case LocalKey::Problem::kNone:
      return SIPWARD_OK;
    case LocalKey::Problem::kMalformed:
      return Say("KEY_MALFORMED", SIPWARD_ERR_CREDENTIAL, reason);
    case LocalKey::Problem::kNotP256:
      return Say("KEY_NOT_P256", SIPWARD_ERR_CREDENTIAL, reason);
    case LocalKey::Problem::kNoMemory:
      break;
  }
  return SIPWARD_ERR_NO_MEMORY;
}

int32_t Said(const Signer::Outcome& outcome, int32_t status, sipward_text* reason) {
  switch (outcome.problem) {
    case Signer::Problem::kNone:
      return SIPWARD_OK;
    case Signer::Problem::kRefused:
      return Say(identity::Describe(outcome.reason).name, status, reason);
    case Signer::Problem::kKeyMismatch:
      return Say("KEY_MISMATCH", status, reason);
    case Signer::Problem::kKeyFailed:
      return Say("KEY_FAILED", status, reason);
    case Signer::Problem::kTooLarge:
      return Say("TOO_LARGE", status, reason);
    case Signer::Problem::kMoreClaims:
      return Say("CLAIMS", status, reason);
  }
  return status;
}

bool UsableOptions(const sipward_signer_options& given) {
  return (given.flags & ~kSignerFlags) == 0 && given.now_s >= 0 && UsableText(given.key) &&
         (given.key.size != 0) != (given.callback != nullptr) && UsableText(given.certificates) &&
         UsableText(given.x5u) && UsableText(given.anchors);
}

bool UsablePassport(const sipward_passport& given) {
  const auto texts = {given.ppt, given.orig,     given.attest,  given.origid,
                      given.div, given.received, given.history, given.claims};
  return (given.flags & ~uint32_t{SIPWARD_PASSPORT_COMPACT}) == 0 && given.now_s >= 0 &&
         std::all_of(texts.begin(), texts.end(), UsableText) &&
         given.dest_count <= identity::Claims::kMostDest &&
         (given.dest_count == 0 ||
          (Usable(given.dest) &&
           std::all_of(given.dest, given.dest + given.dest_count, UsableText)));
}

// Parties as they are signed, and the room of those that are not as they were given.
class Parties {
 public:
  // A number as it stands, a URI in its canonical form.
  Party Of(const sipward_text& given) {
    const std::string_view text = View(given);
    if (text.empty()) return {};
    if (text.find(':') == text.npos) return {identity::PartyKind::kTn, text};
    std::vector<char>& room = rooms_.emplace_back(text.size());
    return identity::Canonicalize(text, identity::DigitUsers::kAreNumbers, room);
  }

 private:
  std::vector<std::vector<char>> rooms_;
};

int32_t Sign(const Signer& signer, const sipward_passport& given, std::string* value,
             sipward_text* reason) {
  Parties parties;
  std::vector<Party> dest;
  for (size_t i = 0; i < given.dest_count; ++i) dest.push_back(parties.Of(given.dest[i]));
  const std::string_view type = View(given.ppt);
  const Ppt ppt = type.empty() ? Ppt::kNone : identity::FindPpt(type);
  if (ppt == Ppt::kUnknown) return Say("PPT_UNSUPPORTED", SIPWARD_ERR_SIGN, reason);
  Signer::Outcome outcome;
  if (given.received.size != 0) {
    if (!identity::Diverts(ppt)) return SIPWARD_ERR_ARGUMENT;
    outcome = signer.SignDiversion({.received = View(given.received),
                                    .div = parties.Of(given.div),
                                    .dest = dest,
                                    .history = View(given.history),
                                    .nested = ppt == Ppt::kDivO},
                                   given.now_s, value);
  } else {
    outcome = signer.Sign({.ppt = ppt,
                           .orig = parties.Of(given.orig),
                           .dest = dest,
                           .attest = View(given.attest),
                           .origid = View(given.origid),
                           .div = parties.Of(given.div),
                           .history = View(given.history),
                           .more_claims = View(given.claims),
                           .compact = (given.flags & SIPWARD_PASSPORT_COMPACT) != 0},
                          given.now_s, value);
  }
  return Said(outcome, SIPWARD_ERR_SIGN, reason);
}

}  // namespace
}  // namespace sipward::c

extern "C" {

int32_t sipward_signer_create(const sipward_signer_options* options, sipward_signer** out,
                              sipward_text* reason) {
  sipward_signer_options given{};
  if (!Usable(out) || !MayBeSaid(reason) || !ReadStruct(options, &given) || !UsableOptions(given)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    std::unique_ptr<identity::SigningKey> key;
    if (given.callback != nullptr) {
      key = std::make_unique<identity::CallbackKey>(given.callback, given.callback_context);
    } else if (const int32_t status = ReadKey(View(given.key), &key, reason);
               status != SIPWARD_OK) {
      return status;
    }
    identity::SignerPolicy policy;
    policy.certificate.require_policy = (given.flags & SIPWARD_SIGNER_ANY_POLICY) == 0;
    policy.verify = (given.flags & SIPWARD_SIGNER_UNCHECKED) == 0;
    Signer::Made made = Signer::Make(std::move(key), View(given.certificates), View(given.x5u),
                                     policy, given.now_s, View(given.anchors));
    if (!made.outcome.ok()) return Said(made.outcome, SIPWARD_ERR_CREDENTIAL, reason);
    auto signer = std::make_unique<sipward_signer>();
    signer->signer = std::move(made.signer);
    *out = signer.release();
    return int32_t{SIPWARD_OK};
  });
}

void sipward_signer_destroy(sipward_signer* signer) {
  if (Usable(signer)) delete signer;
}

int32_t sipward_signer_sign(const sipward_signer* signer, const sipward_passport* passport,
                            char* out, size_t capacity, size_t* size, sipward_text* reason) {
  sipward_passport given{};
  if (!Usable(signer) || !ReadStruct(passport, &given) || !UsablePassport(given) ||
      !UsableBytes(out, capacity) || !Usable(size) || !MayBeSaid(reason)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    std::string value;
    const int32_t status = Sign(*signer->signer, given, &value, reason);
    if (status != SIPWARD_OK) return status;
    *size = value.size();
    if (value.size() > capacity) return int32_t{SIPWARD_ERR_SPACE};
    std::copy(value.begin(), value.end(), out);
    return int32_t{SIPWARD_OK};
  });
}

}  // extern "C"
