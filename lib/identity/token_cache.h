// What was made of tokens before, for requests that come again: retransmissions, branches of a
// fork, the same request behind a challenge.
#ifndef SIPWARD_IDENTITY_TOKEN_CACHE_H_
#define SIPWARD_IDENTITY_TOKEN_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string_view>

namespace sipward::identity {

struct Token;

// Remembers of the value of an Identity header what is the same whenever it comes: how it reads,
// and what its certificate and its signature are worth under one credential. Time, Date, the
// parties of the request, the certificate's dates and revocation, the set and the memory of tokens
// are judged each time as if there were no cache, so an entry needs no time to live: a token that
// is too old is so with and without it. A credential that was made anew, because the certificate
// was fetched or the anchors were changed, is another credential.
//
// Values are compared octet by octet, so that no two of them are ever taken for each other,
// whatever a hash is worth; the hash, keyed by a secret of this process, only says where to look.
// What speaks of the request (rph, msgi, mky, compact form), holds another token or is unusually
// long is not remembered.
//
// A fixed room: kTokenBytes for each token, of four that share a place the least recently used
// gives way. Any number of threads; who share one verify by the same policy.
class TokenCache {
 public:
  static constexpr size_t kTokenBytes = 2'304;

  // A power of two of tokens, four at least, and not fewer than `tokens`.
  explicit TokenCache(uint32_t tokens);
  ~TokenCache();
  TokenCache(const TokenCache&) = delete;
  TokenCache& operator=(const TokenCache&) = delete;

  // Both for `Verifier`. Find fills in what it reads in the value, as views into this value and
  // into the token; false if it does not know the value.
  bool Find(std::string_view value, Token* token) const;
  // A token of which all was judged.
  void Keep(std::string_view value, const Token& token) const;

  struct Statistics {
    uint64_t hits = 0;
    uint64_t misses = 0;
  };
  Statistics statistics() const;

 private:
  class Impl;
  std::unique_ptr<Impl> impl_;
};

}  // namespace sipward::identity

#endif  // SIPWARD_IDENTITY_TOKEN_CACHE_H_
