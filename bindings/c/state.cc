#include <cstring>
#include <memory>

#include "guard.h"
#include "handles.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
using sipward::HashSecret;
using sipward::platform::Sharing;
using sipward::state::Region;

namespace {

// Beyond it a size is a mistake of the caller.
constexpr size_t kMostSnapshot = size_t{1} << 47;

bool ReadMoment(const sipward_moment* moment, Region::Moment* out) {
  sipward_moment given{};
  if (!ReadStruct(moment, &given) || given.reserved != 0) return false;
  *out = {given.wall_ns, given.monotonic_ns};
  return true;
}

}  // namespace

extern "C" {

int32_t sipward_state_create(const sipward_state_options* options, sipward_state** out) {
  if (!Usable(out)) return SIPWARD_ERR_ARGUMENT;
  sipward_state_options given{};
  if (options != nullptr && !ReadStruct(options, &given)) return SIPWARD_ERR_ARGUMENT;
  if (given.shared > 1) return SIPWARD_ERR_ARGUMENT;
  return Guard([&]() -> int32_t {
    HashSecret secret;
    static_assert(sizeof secret.bytes == sizeof given.seed);
    std::memcpy(secret.bytes.data(), given.seed, sizeof given.seed);
    auto state = std::make_unique<sipward_state>();
    const Sharing sharing = given.shared != 0 ? Sharing::kAcrossFork : Sharing::kPrivate;
    state->region =
        Region::Create(given.bytes == 0 ? Region::kDefaultBytes : given.bytes, secret, sharing);
    if (state->region == nullptr) return SIPWARD_ERR_NO_MEMORY;
    *out = state.release();
    return SIPWARD_OK;
  });
}

void sipward_state_destroy(sipward_state* state) {
  if (Usable(state)) delete state;
}

int32_t sipward_state_snapshot(const sipward_state* state, const sipward_moment* moment, char* out,
                               size_t capacity, size_t* size) {
  Region::Moment at;
  if (!Usable(state) || !ReadMoment(moment, &at) || !Usable(size)) return SIPWARD_ERR_ARGUMENT;
  if ((out == nullptr && capacity != 0) || capacity > kMostSnapshot) return SIPWARD_ERR_ARGUMENT;
  *size = state->region->Snapshot(out, capacity, at);
  if (*size != 0) return SIPWARD_OK;
  *size = state->region->SnapshotBytes();
  return SIPWARD_ERR_SPACE;
}

int32_t sipward_state_restore(sipward_state* state, const char* data, size_t size,
                              const sipward_moment* moment, sipward_text* why) {
  Region::Moment at;
  if (!Usable(state) || !ReadMoment(moment, &at)) return SIPWARD_ERR_ARGUMENT;
  if ((data == nullptr && size != 0) || size > kMostSnapshot || (why != nullptr && !Usable(why))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  const std::string_view refused =
      state->region->Restore(size == 0 ? std::string_view("") : std::string_view(data, size), at);
  if (refused.empty()) return SIPWARD_OK;
  if (why != nullptr) *why = Text(refused);
  return SIPWARD_ERR_SNAPSHOT;
}

}  // extern "C"
