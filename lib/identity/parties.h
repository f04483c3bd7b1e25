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

// One party in both of the forms that a token may have for it. Read when first asked for; the texts
// stand here.
class RequestParty {
 public:
  // Nobody.
  void Clear();
  void Read(std::string_view uri, DigitUsers digit_users);

  // Neither form can be compared.
  bool usable() const { return main_.usable(); }
  const Party& party() const { return main_; }  // as policy wants it
  bool Is(const Party& claim) const;
  bool IsAmong(const Claims& claims) const;  // one of dest

 private:
  static constexpr size_t kMost = 512;

  Party main_;
  Party uri_;  // of a number that a SIP URI holds: that URI
  std::array<char, kMost> main_text_, uri_text_;
};

struct RequestParties {
  RequestParty caller;  // by the profile's order of headers
  RequestParty called;  // To
  RequestParty target;  // Request-URI

  void Read(const Request& request, const Policy& policy);
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_PARTIES_H_
