// What is remembered of nonces and clients, in the state's region. Internal to this folder.
#ifndef SIPWARD_AUTH_MEMORY_H_
#define SIPWARD_AUTH_MEMORY_H_

#include <optional>
#include <string_view>

#include "auth/credentials.h"
#include "auth/policy.h"
#include "auth/request.h"
#include "state/state.h"

namespace sipward::auth {

// Tables of a fixed size, shared by all that are opened with the same realm and policy; keyed
// hashes of nonces and names, never these themselves.
class Memory {
 public:
  // Nothing if the region has no room. It must outlive this.
  static std::optional<Memory> Open(state::Region* region, const Policy& policy);
  void Close();

  // Takes the count of credentials that are right. kSame: the same request once more.
  state::Taken TakeCount(const Credentials& credentials, const Request& request, uint32_t late);
  // Whether this client of the account did better before with an algorithm that is offered; and
  // notes what it does now.
  bool CouldDoBetter(std::string_view user, std::string_view client, Strength now,
                     const Policy& policy, Nanos monotonic);

 private:
  Memory(state::Region* region, state::Region::Table counts, state::Region::Table clients)
      : region_(region), counts_(counts), clients_(clients) {}

  state::Region* region_;
  state::Region::Table counts_;
  state::Region::Table clients_;
};

// The hash of texts one by one, so that no two of them together read like others.
Hash128 HashOf(const HashSecret& secret, std::initializer_list<std::string_view> texts);

}  // namespace sipward::auth

#endif  // SIPWARD_AUTH_MEMORY_H_
