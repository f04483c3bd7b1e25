// Lazy values of the headers that are made of items.
#include <algorithm>

#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {

std::span<const Item> Message::items(HeaderId id) {
  if (GrammarOf(id) == ItemGrammar::kNone) return {};
  if (FirstRead(Scratch::kFirstHeaderSlot + static_cast<int>(id))) ReadItems(id);
  const Scratch::Range range = scratch_->ranges[static_cast<size_t>(id)];
  return {scratch_->items.data() + range.begin, range.count};
}

void Message::ReadItems(HeaderId id) {
  const ItemGrammar grammar = GrammarOf(id);
  const char* base = bytes_.data();
  const size_t begin = scratch_->item_count;
  Item* const first = scratch_->items.data() + begin;
  // What this header may take: of its own limit, and of the room that all share.
  const size_t most =
      std::min<size_t>(options_.limits.values_per_header, Scratch::kMaxItems - begin);
  size_t count = 0;
  for (const Header* h = Find(id); h != nullptr; h = Next(*h)) {
    const std::span<Item> room(first + count, most - count);
    const uint32_t walked =
        WalkItems(scratch_->index.marks, base, h->value, grammar, options_.limits, room);
    count += walked;
    if (walked != 0) continue;
    ItemSink sink{room};
    ParseItems(base, h->value, grammar, options_.limits, log_, &sink);
    count += sink.count;
  }
  scratch_->item_count = begin + count;
  scratch_->ranges[static_cast<size_t>(id)] = {static_cast<uint16_t>(begin),
                                               static_cast<uint16_t>(count)};
}

}  // namespace sipward::sip
