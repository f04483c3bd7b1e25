// The identity of texts: BLAKE2b-256 over all of them in order.
#ifndef SIPWARD_RULES_CONTENT_HASH_H_
#define SIPWARD_RULES_CONTENT_HASH_H_

#include <sodium/crypto_generichash.h>

#include <string>
#include <string_view>

namespace sipward::rules {

class ContentHasher {
 public:
  ContentHasher();
  // Adds a text with its length, so that a boundary cannot be moved.
  void Add(std::string_view text);
  // 64 hexadecimal digits. Once.
  std::string Finish();

 private:
  crypto_generichash_state state_;
};

}  // namespace sipward::rules

#endif  // SIPWARD_RULES_CONTENT_HASH_H_
