// The latest value of a key.
#include <algorithm>
#include <cstring>

#include "state/access.h"

namespace sipward::state {
namespace {

static_assert(LastBody::kBytes == kLastBytes);

// Out of memory that another process may have damaged: the length is not believed.
void CopyOut(const LastBody& body, LastValue* value) {
  if (value == nullptr) return;
  value->tag = body.tag;
  value->length = std::min<uint8_t>(body.length, kLastBytes);
  value->cut = body.cut != 0;
  value->bytes = body.bytes;
}

}  // namespace

bool Region::SwapLast(Table table, const Hash128& key, uint8_t tag, std::string_view value,
                      Nanos now, LastValue* before) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kLast, key);
  const bool known = entry.Find(now);
  if (!known && !entry.TryAdmit(now, 1)) return false;
  auto& body = entry.body<LastBody>();
  if (known) CopyOut(body, before);
  const size_t length = std::min<size_t>(value.size(), kLastBytes);
  body.tag = tag;
  body.length = static_cast<uint8_t>(length);
  body.cut = value.size() > kLastBytes ? 1 : 0;
  body.bytes = {};
  if (length != 0) std::memcpy(body.bytes.data(), value.data(), length);
  entry.head().time = now;
  entry.head().weight = 1;
  return known;
}

bool Region::ReadLast(Table table, const Hash128& key, Nanos now, LastValue* value) {
  now = At(now);
  Access entry(base(), table.offset, TableKind::kLast, key);
  if (!entry.Find(now)) return false;
  CopyOut(entry.body<LastBody>(), value);
  return true;
}

}  // namespace sipward::state
