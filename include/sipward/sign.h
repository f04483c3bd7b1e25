// Identity headers made (RFC 8224 section 6.1, RFC 8588, RFC 8946), and tokens taken apart for
// people.
//
//   sipward::SignerOptions options;
//   options.key = key_pem, options.certificates = chain_pem, options.x5u = url, options.now = now;
//   auto signer = sipward::Signer::Create(options).value();
//   sipward::Passport call;
//   call.ppt = "shaken", call.orig = "12155550101", call.dest = {"12155550102"};
//   call.attest = "A", call.now = now;
//   std::string value = signer.Sign(call).value();  // of the Identity header
#ifndef SIPWARD_SIGN_H_
#define SIPWARD_SIGN_H_

#include <sipward.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/status.h"
#include "sipward/trust.h"

namespace sipward {

struct SignerOptions {
  using Digest = std::array<uint8_t, 32>;     // SHA-256
  using Signature = std::array<uint8_t, 64>;  // r and s
  using Callback = std::function<bool(const Digest&, Signature*)>;

  // PEM without a passphrase, of P-256. It is copied into a page that is locked, guarded and wiped;
  // the text stays the caller's to wipe.
  std::string_view key;
  // In place of a key, which then stays in the host's hardware or another process: signs with ECDSA
  // on P-256; false if it cannot. Called from the threads that sign.
  Callback sign;
  std::string_view certificates;  // what stands behind x5u: PEM, the leaf first
  std::string_view x5u;           // its URL
  std::string_view anchors;       // PEM, may be none: with them the chain is verified too
  TrustStore::Time now{};
  bool any_policy = false;  // the certificate need not name a policy of SHAKEN
  bool unchecked = false;   // what was signed is not verified once more
};

// Who calls whom. Parties are numbers ("12155550101": no plus sign) or URIs. Texts are read during
// the call alone.
struct Passport {
  std::string_view ppt = "shaken";  // "div", "div-o", "rph", "rcd", "msg"; none: the plain token
  std::string_view orig;
  std::vector<std::string_view> dest;  // 1 to 32
  std::string_view attest;             // of shaken: "A", "B", "C"
  std::string_view origid;             // of shaken; none: a random UUID
  std::string_view div;       // of a diversion: who diverts; none: the only one that was called
  std::string_view received;  // of a diversion: the Identity value that came last
  std::string_view history;   // of a diversion: hi
  std::string_view claims;    // further ones, as a JSON object
  TrustStore::Time now{};     // becomes iat
  bool compact = false;       // RFC 8225 section 7
};

// Any number of threads may sign with one.
class Signer {
 public:
  // kCredential: certificate, URL or key would be refused; *reason, if not null, is why, as a
  // verifier says it, or KEY_MALFORMED, KEY_NOT_P256, KEY_MISMATCH, KEY_FAILED. kUnsupported if the
  // library was built without identity.
  static Result<Signer> Create(const SignerOptions& options, std::string_view* reason = nullptr) {
    auto sign = options.sign ? std::make_unique<Callback>(options.sign) : nullptr;
    sipward_signer_options given{};
    given.struct_size = sizeof given;
    given.flags = (options.any_policy ? uint32_t{SIPWARD_SIGNER_ANY_POLICY} : 0) |
                  (options.unchecked ? uint32_t{SIPWARD_SIGNER_UNCHECKED} : 0);
    given.key = ToC(options.key);
    if (sign != nullptr) {
      given.callback = &Call;
      given.callback_context = sign.get();
    }
    given.certificates = ToC(options.certificates);
    given.x5u = ToC(options.x5u);
    given.anchors = ToC(options.anchors);
    given.now_s = options.now.time_since_epoch().count();
    sipward_signer* signer = nullptr;
    sipward_text why{};
    const Status status = Status::FromC(sipward_signer_create(&given, &signer, &why));
    if (reason != nullptr) *reason = detail::View(why);
    if (!status.ok()) return Error{status};
    return Signer(signer, std::move(sign));
  }

  // The value of an Identity header. kSign: nothing is signed; *reason, if not null, is why: as a
  // verifier would refuse it, or KEY_FAILED, KEY_MISMATCH, TOO_LARGE, CLAIMS (they are no JSON
  // object, or name a claim that has a member of Passport).
  Result<std::string> Sign(const Passport& passport, std::string_view* reason = nullptr) const {
    std::vector<sipward_text> dest;
    dest.reserve(passport.dest.size());
    for (const std::string_view party : passport.dest) dest.push_back(ToC(party));
    sipward_passport given{};
    given.struct_size = sizeof given;
    given.flags = passport.compact ? uint32_t{SIPWARD_PASSPORT_COMPACT} : 0;
    given.now_s = passport.now.time_since_epoch().count();
    given.ppt = ToC(passport.ppt);
    given.orig = ToC(passport.orig);
    given.dest = dest.data();
    given.dest_count = dest.size();
    given.attest = ToC(passport.attest);
    given.origid = ToC(passport.origid);
    given.div = ToC(passport.div);
    given.received = ToC(passport.received);
    given.history = ToC(passport.history);
    given.claims = ToC(passport.claims);
    std::string value(SIPWARD_IDENTITY_BYTES, '\0');
    size_t size = 0;
    sipward_text why{};
    const Status status = Status::FromC(
        sipward_signer_sign(signer_.get(), &given, value.data(), value.size(), &size, &why));
    if (reason != nullptr) *reason = detail::View(why);
    if (!status.ok()) return Error{status};
    value.resize(size);
    return value;
  }

  const sipward_signer* c_signer() const noexcept { return signer_.get(); }

 private:
  using Callback = SignerOptions::Callback;

  Signer(sipward_signer* signer, std::unique_ptr<Callback> sign) noexcept
      : sign_(std::move(sign)), signer_(signer) {}

  static sipward_text ToC(std::string_view text) noexcept { return {text.data(), text.size()}; }
  static int32_t Call(void* context, const uint8_t* digest, uint8_t* signature) {
    SignerOptions::Digest octets;
    std::copy_n(digest, octets.size(), octets.begin());
    SignerOptions::Signature made{};
    if (!(*static_cast<const Callback*>(context))(octets, &made)) return 1;
    std::copy_n(made.begin(), made.size(), signature);
    return 0;
  }

  std::unique_ptr<Callback> sign_;  // outlives what calls it
  detail::Handle<sipward_signer, sipward_signer_destroy> signer_;
};

// A token taken apart for people: nothing of it is verified, and what is wrong in one part hides no
// other. Not for the path of a call.
class Token {
 public:
  struct Part {
    std::string_view reason;  // "OK": base64url and JSON are right
    std::string_view json;    // as it was encoded, as far as that can be told
    bool canonical = false;   // in the form of RFC 8225 section 9
  };
  // Texts live as long as the token.
  struct Parts {
    std::string_view reason;  // the first that a verification would give, up to the claims
    uint32_t flags = 0;       // 1 << SIPWARD_FLAG_...
    std::string_view info, ppt;
    bool compact = false;
    Part header, payload;
    std::string_view signature;  // octets
    std::optional<TrustStore::Time> iat;
    std::string_view orig, div;  // "tn 12155550101", "uri sip:..."
    std::vector<std::string_view> dest;
    std::string_view attest, origid, nam, crn;
    std::string_view opt;  // a token within
  };

  // Of the value of an Identity header, or of a token alone. Whatever it is, there is something to
  // tell of it. kUnsupported if the library was built without identity.
  static Result<Token> Read(std::string_view value) {
    sipward_token* token = nullptr;
    const Status status = Status::FromC(sipward_token_create(value.data(), value.size(), &token));
    if (!status.ok()) return Error{status};
    return Token(token);
  }

  Parts parts() const {
    sipward_token_parts given{};
    given.struct_size = sizeof given;
    static_cast<void>(sipward_token_read(token_.get(), &given));
    Parts out;
    out.reason = detail::View(given.reason);
    out.flags = given.flags;
    out.info = detail::View(given.info);
    out.ppt = detail::View(given.ppt);
    out.compact = given.compact != 0;
    out.header = ToPart(given.header);
    out.payload = ToPart(given.payload);
    out.signature = detail::View(given.signature);
    if (given.iat != 0) out.iat = TrustStore::Time(std::chrono::seconds(given.iat));
    out.orig = detail::View(given.orig);
    out.div = detail::View(given.div);
    sipward_text dest{};
    for (uint32_t i = 0; sipward_token_dest(token_.get(), i, &dest) == SIPWARD_OK; ++i) {
      out.dest.push_back(detail::View(dest));
    }
    out.attest = detail::View(given.attest);
    out.origid = detail::View(given.origid);
    out.nam = detail::View(given.nam);
    out.crn = detail::View(given.crn);
    out.opt = detail::View(given.opt);
    return out;
  }

  const sipward_token* c_token() const noexcept { return token_.get(); }

 private:
  explicit Token(sipward_token* token) noexcept : token_(token) {}

  static Part ToPart(const sipward_token_part& part) noexcept {
    return {detail::View(part.reason), detail::View(part.json), part.canonical != 0};
  }

  detail::Handle<sipward_token, sipward_token_destroy> token_;
};

}  // namespace sipward

#endif  // SIPWARD_SIGN_H_
