#include <optional>

#include "engine/engine.h"
#include "fixed_text.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

namespace sipward::c {
namespace {

using engine::DynamicList;

int32_t Write(const std::optional<state::BanInfo>& entry, sipward_list_entry* out) {
  if (!entry) return SIPWARD_END;
  sipward_list_entry written{};
  CopyEntry(*entry, &written);
  WriteStruct(written, out);
  return SIPWARD_OK;
}

bool UsableText(const char* text, size_t size) { return UsableBytes(text, size) && size != 0; }

// Does it with the list of this name.
template <class Do>
int32_t With(const sipward_engine* engine, std::string_view name, const Do& work) {
  return Guard([&]() -> int32_t {
    const auto list = engine->engine->FindList(name);
    return list ? work(*list) : SIPWARD_ERR_LIST;
  });
}

}  // namespace
}  // namespace sipward::c

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside

extern "C" {

int32_t sipward_engine_list_add(const sipward_engine* engine, const char* list, size_t list_size,
                                const char* key, size_t key_size, const char* reason,
                                size_t reason_size, int64_t ttl_ns, int64_t now_ns) {
  if (!Usable(engine) || !UsableText(list, list_size) || !UsableText(key, key_size) ||
      !UsableText(reason, reason_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return With(engine, View(list, list_size), [&](const DynamicList& found) -> int32_t {
    const bool added = found.Add(View(key, key_size), View(reason, reason_size), ttl_ns, now_ns);
    return added ? SIPWARD_OK : SIPWARD_ERR_ARGUMENT;
  });
}

int32_t sipward_engine_list_find(const sipward_engine* engine, const char* list, size_t list_size,
                                 const char* key, size_t key_size, int64_t now_ns,
                                 sipward_list_entry* out) {
  if (!Usable(engine) || !UsableText(list, list_size) || !UsableText(key, key_size) ||
      !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return With(engine, View(list, list_size), [&](const DynamicList& found) {
    return Write(found.Look(View(key, key_size), now_ns), out);
  });
}

int32_t sipward_engine_list_remove(const sipward_engine* engine, const char* list, size_t list_size,
                                   const char* key, size_t key_size, int64_t now_ns) {
  if (!Usable(engine) || !UsableText(list, list_size) || !UsableText(key, key_size)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return With(engine, View(list, list_size), [&](const DynamicList& found) -> int32_t {
    return found.Remove(View(key, key_size), now_ns) ? SIPWARD_OK : SIPWARD_END;
  });
}

int32_t sipward_engine_list_next(const sipward_engine* engine, const char* list, size_t list_size,
                                 int64_t now_ns, uint64_t* cursor, sipward_list_entry* out) {
  if (!Usable(engine) || !UsableText(list, list_size) || !Usable(cursor) || !HasStructSize(out)) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return With(engine, View(list, list_size),
              [&](const DynamicList& found) { return Write(found.Next(cursor, now_ns), out); });
}

}  // extern "C"
