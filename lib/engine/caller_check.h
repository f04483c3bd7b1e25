// The check of Identity headers between the two stages of rules, by what the engine trusts.
#ifndef SIPWARD_ENGINE_CALLER_CHECK_H_
#define SIPWARD_ENGINE_CALLER_CHECK_H_

#include <memory>
#include <string_view>

#include "facts/facts.h"
#include "facts/tape.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::identity {
class TokenCache;
class TrustStore;
struct Policy;
}  // namespace sipward::identity

namespace sipward::engine {

struct Misfit;

// Shared by all inspectors of an engine. Without a store the library checks nothing.
struct CallerTrust {
  std::shared_ptr<identity::TrustStore> store;
  std::shared_ptr<const identity::Policy> policy;  // null: the usual
  // Of this policy; null: requests that come again are verified anew.
  std::shared_ptr<const identity::TokenCache> cache = {};
};

// One thread's. It is made with all the memory that it needs.
class CallerCheck {
 public:
  // Opens the table of tokens that were seen, for as long as the region lives. False, with *misfit
  // filled (may be null), if there is no room for it, or if the library was built without.
  static bool Prepare(const CallerTrust& trust, state::Region* region, Misfit* misfit);
  // Null if there is nothing to trust. Behind Prepare; `region` must outlive it.
  static std::unique_ptr<CallerCheck> Create(const CallerTrust& trust, state::Region* region);
  virtual ~CallerCheck() = default;

  // What the Identity headers of a request that was parsed are worth. kPending: a certificate is
  // missing, that of missing(). Texts live as long as the message and until the next call.
  virtual const facts::Identity& Check(sip::Message& message, const facts::Packet& packet) = 0;
  // The certificates that the last Check was made with, or that it refused.
  virtual void NoteChains(facts::Tape* tape) const = 0;
  virtual std::string_view missing() const = 0;
  // Of one that was used and is to be fetched anew; empty: there is none.
  virtual std::string_view stale() const = 0;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_CALLER_CHECK_H_
