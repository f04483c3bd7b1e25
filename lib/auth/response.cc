#include "auth/response.h"

#include <sodium/utils.h>

#include <algorithm>

#include "base/ascii.h"

namespace sipward::auth {
namespace {

// The same octets, as far as can be told from how long it takes; letters in any case.
bool SameDigits(std::string_view given, const Hex& right) {
  if (given.size() != right.size) return false;
  Hex small;
  small.size = right.size;
  std::transform(given.begin(), given.end(), small.digits.begin(), ToLower);
  return sodium_memcmp(small.digits.data(), right.digits.data(), right.size) == 0;
}

class Calculation {
 public:
  Calculation(const Credentials& credentials, const Credential& known, const Request& request,
              Hasher* hasher)
      : credentials_(credentials),
        known_(known),
        request_(request),
        hasher_(*hasher),
        function_(FunctionOf(StrengthOf(credentials.algorithm))) {}

  Reason Run();

 private:
  std::string_view Name() const { return known_.user.empty() ? credentials_.name() : known_.user; }
  Reason CheckUserHash();
  Reason ReadHa1();
  Reason FindHa1();
  bool FindHa2();
  bool FindResponse();

  const Credentials& credentials_;
  const Credential& known_;
  const Request& request_;
  Hasher& hasher_;
  const HashFunction function_;
  Hex ha1_, ha2_, response_;
};

// RFC 7616 section 3.4.4.
Reason Calculation::CheckUserHash() {
  if (!credentials_.user_hashed) return Reason::kOk;
  Hex hash;
  if (!hasher_.Digest(function_, {known_.user, ":", credentials_.realm}, &hash)) {
    return Reason::kHashFailed;
  }
  return SameDigits(credentials_.user, hash) ? Reason::kOk : Reason::kUserHashMismatch;
}

// As the host keeps it.
Reason Calculation::ReadHa1() {
  const Strength strength = StrengthOf(credentials_.algorithm);
  const std::string_view kept = known_.ha1[static_cast<size_t>(strength)];
  const bool hex = std::all_of(kept.begin(), kept.end(), IsHexDigit);
  if (kept.size() != HexDigits(strength) || !hex) return Reason::kHa1Missing;
  std::transform(kept.begin(), kept.end(), ha1_.digits.begin(), ToLower);
  ha1_.size = kept.size();
  return Reason::kOk;
}

// RFC 7616 section 3.4.2.
Reason Calculation::FindHa1() {
  if (known_.password || !known_.known) {
    const std::string_view password = known_.password.value_or("");
    if (!hasher_.Digest(function_, {Name(), ":", credentials_.realm, ":", password}, &ha1_)) {
      return Reason::kHashFailed;
    }
  } else if (const Reason reason = ReadHa1(); reason != Reason::kOk) {
    return reason;
  }
  if (!IsSession(credentials_.algorithm)) return Reason::kOk;
  const Hasher::Pieces pieces = {ha1_.text(), ":", credentials_.nonce, ":", credentials_.cnonce};
  Hex session;
  if (!hasher_.Digest(function_, pieces, &session)) return Reason::kHashFailed;
  ha1_.digits = session.digits;
  return Reason::kOk;
}

// RFC 7616 section 3.4.3.
bool Calculation::FindHa2() {
  if (credentials_.qop != Qop::kAuthInt) {
    return hasher_.Digest(function_, {request_.method, ":", credentials_.uri}, &ha2_);
  }
  Hex body;
  return hasher_.Digest(function_, {*request_.body}, &body) &&
         hasher_.Digest(function_, {request_.method, ":", credentials_.uri, ":", body.text()},
                        &ha2_);
}

// RFC 7616 section 3.4.1, and of RFC 2069 where there is no qop.
bool Calculation::FindResponse() {
  const std::string_view nonce = credentials_.nonce;
  if (credentials_.qop == Qop::kNone) {
    return hasher_.Digest(function_, {ha1_.text(), ":", nonce, ":", ha2_.text()}, &response_);
  }
  return hasher_.Digest(function_,
                        {ha1_.text(), ":", nonce, ":", credentials_.nc, ":", credentials_.cnonce,
                         ":", credentials_.qop_text, ":", ha2_.text()},
                        &response_);
}

Reason Calculation::Run() {
  if (credentials_.qop == Qop::kAuthInt && !request_.body) return Reason::kBodyUnseen;
  if (!hasher_.Has(function_)) return Reason::kHashFailed;
  Reason reason = CheckUserHash();
  if (reason == Reason::kHashFailed) return reason;
  if (const Reason ha1 = FindHa1(); ha1 != Reason::kOk) return ha1;
  if (!FindHa2() || !FindResponse()) return Reason::kHashFailed;
  const bool right = SameDigits(credentials_.response, response_);
  if (!known_.known) return Reason::kUnknownUser;
  if (reason != Reason::kOk) return reason;
  return right ? Reason::kOk : Reason::kWrongPassword;
}

}  // namespace

Reason CheckResponse(const Credentials& credentials, const Credential& known,
                     const Request& request, Hasher* hasher) {
  return Calculation(credentials, known, request, hasher).Run();
}

}  // namespace sipward::auth
