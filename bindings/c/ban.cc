#include <optional>

#include "engine/engine.h"
#include "fixed_text.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

using engine::BanKind;

static_assert(static_cast<int>(BanKind::kAddress) == SIPWARD_BAN_ADDRESS);
static_assert(static_cast<int>(BanKind::kAccount) == SIPWARD_BAN_ACCOUNT);
static_assert(static_cast<int>(BanKind::kTrunk) == SIPWARD_BAN_TRUNK);

int32_t Write(const std::optional<engine::Ban>& ban, sipward_ban* out) {
  if (!ban) return SIPWARD_END;
  sipward_ban written{};
  written.kind = static_cast<uint32_t>(ban->kind);
  written.flags = ban->allow_listed ? uint32_t{SIPWARD_BAN_ALLOW_LISTED} : 0;
  CopyEntry(*ban, &written);
  WriteStruct(written, out);
  return SIPWARD_OK;
}

bool UsableKey(const sipward_engine* engine, uint32_t kind, const char* key, size_t size) {
  return Usable(engine) && kind <= SIPWARD_BAN_TRUNK && UsableBytes(key, size) && size != 0;
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_engine_ban_add(const sipward_engine* engine, uint32_t kind, const char* key,
                               size_t key_size, const char* reason, size_t reason_size,
                               int64_t ttl_ns, int64_t now_ns) {
  if (!UsableKey(engine, kind, key, key_size) || !UsableBytes(reason, reason_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&] {
    const bool added = engine->engine->bans().Add(static_cast<BanKind>(kind), View(key, key_size),
                                                  View(reason, reason_size), ttl_ns, now_ns);
    return added ? SIPWARD_OK : SIPWARD_ERR_ARGUMENT;
  });
}

int32_t sipward_engine_ban_find(const sipward_engine* engine, uint32_t kind, const char* key,
                                size_t key_size, int64_t now_ns, sipward_ban* out) {
  if (!UsableKey(engine, kind, key, key_size) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    return Write(
        engine->engine->bans().Find(static_cast<BanKind>(kind), View(key, key_size), now_ns), out);
  });
}

int32_t sipward_engine_ban_remove(const sipward_engine* engine, uint32_t kind, const char* key,
                                  size_t key_size, int64_t now_ns) {
  if (!UsableKey(engine, kind, key, key_size)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] {
    const bool removed =
        engine->engine->bans().Remove(static_cast<BanKind>(kind), View(key, key_size), now_ns);
    return removed ? SIPWARD_OK : SIPWARD_END;
  });
}

int32_t sipward_engine_ban_next(const sipward_engine* engine, int64_t now_ns, uint64_t* cursor,
                                sipward_ban* out) {
  if (!Usable(engine) || !Usable(cursor) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  return Guard([&] { return Write(engine->engine->bans().Next(cursor, now_ns), out); });
}

}  // extern "C"
