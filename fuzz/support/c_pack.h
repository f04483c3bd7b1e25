// The default pack as c_api_fuzz gives it to compilers: alone it is compiled once for all inputs.
#ifndef SIPWARD_FUZZ_SUPPORT_C_PACK_H_
#define SIPWARD_FUZZ_SUPPORT_C_PACK_H_

#include <cstdint>
#include <map>

#include "fuzz/support/c_objects.h"
#include "sipward.h"

namespace sipward::fuzz {

// Null until somebody asks for it; lives until the program ends.
inline sipward_rules* shared_pack = nullptr;

// Compiling it takes a tenth of a second under the sanitizers, where everything else takes
// microseconds.
inline sipward_rules* PackRules() {
  if (shared_pack != nullptr) return shared_pack;
  sipward_compiler* compiler = nullptr;
  Require(sipward_compiler_create(&compiler) == SIPWARD_OK);
  Require(sipward_compiler_add_default_pack(compiler) == SIPWARD_OK);
  Require(sipward_compiler_build(compiler, &shared_pack) == SIPWARD_OK);
  sipward_compiler_destroy(compiler);
  return shared_pack;
}

inline void DestroyRules(sipward_rules* rules) {
  if (rules != shared_pack) sipward_rules_destroy(rules);
}

// Which compilers are to have the pack and nothing else. Such a one has not got it yet: as soon as
// anything but a build is asked of it, it gets it itself, once for each input.
class Packs {
 public:
  int32_t Create(sipward_compiler** out) {
    const int32_t status = sipward_compiler_create(out);
    if (status == SIPWARD_OK) uses_[*out] = Use::kFresh;
    return status;
  }
  void Add(sipward_compiler* compiler) {
    const auto found = uses_.find(compiler);
    if (found != uses_.end() && found->second == Use::kFresh) {
      found->second = Use::kPackAlone;
    } else {
      AddReally(compiler);
    }
  }
  // Before anything else is asked of it.
  void Touch(sipward_compiler* compiler) {
    const auto found = uses_.find(compiler);
    if (found == uses_.end()) return;
    if (found->second == Use::kPackAlone) AddReally(compiler);
    found->second = Use::kTouched;
  }
  int32_t Build(sipward_compiler* compiler, sipward_rules** out) {
    const auto found = uses_.find(compiler);
    const bool shared = found != uses_.end() && found->second == Use::kPackAlone;
    if (found != uses_.end()) found->second = Use::kTouched;
    if (!shared) return sipward_compiler_build(compiler, out);
    // It cannot be built again, like any other.
    sipward_rules* empty = nullptr;
    Require(sipward_compiler_build(compiler, &empty) == SIPWARD_OK);
    sipward_rules_destroy(empty);
    *out = PackRules();
    return SIPWARD_OK;
  }

 private:
  enum class Use : uint8_t { kFresh, kPackAlone, kTouched };

  void AddReally(sipward_compiler* compiler) {
    if (!added_) Known(sipward_compiler_add_default_pack(compiler));
    added_ = true;
  }

  std::map<sipward_compiler*, Use> uses_;  // what is destroyed may stay: its address is made anew
  bool added_ = false;
};

}  // namespace sipward::fuzz

#endif  // SIPWARD_FUZZ_SUPPORT_C_PACK_H_
