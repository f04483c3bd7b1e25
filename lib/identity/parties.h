// Who calls and who is called, as a request says it. Internal to this folder.
#ifndef SIPWARD_IDENTITY_PARTIES_H_
#define SIPWARD_IDENTITY_PARTIES_H_

#include <array>
#include <string_view>

#include "identity/canonical.h"
#include "identity/claims.h"
#include "identity/policy.h"
#include "identity/request.h"

namespace sipward::identity {

// One party in both of the forms that a token may have for it. Each is made when it is first
// needed; the texts stand here. One thread at a time.
class RequestParty {
 public:
  // The party of this URI; "" is nobody.
  void Set(std::string_view uri, DigitUsers digit_users);

  // As policy wants it.
  const Party& party() const;
  bool usable() const { return party().usable(); }
  bool Is(const Party& claim) const;
  bool IsAmong(const Claims& claims) const;  // one of dest

 private:
  static constexpr size_t kMost = 512;

  // Of a number that a SIP URI holds: that URI.
  const Party& uri() const;

  std::string_view source_;
  DigitUsers digit_users_ = DigitUsers::kAreNumbers;
  mutable bool has_party_ = false, has_uri_ = false;
  mutable Party party_, uri_;
  mutable std::array<char, kMost> party_text_, uri_text_;
};

struct RequestParties {
  RequestParty caller;  // by the profile's order of headers
  RequestParty called;  // To
  RequestParty target;  // Request-URI

  void Set(const Request& request, const Policy& policy);
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_PARTIES_H_
