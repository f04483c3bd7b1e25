// Lazy values of the headers that are made of items.
#include <algorithm>

#include "sip/header_kind.h"
#include "sip/message_scratch.h"
#include "sip/sip.h"
#include "sip/walk.h"

namespace sipward::sip {

std::span<const Item> Message::items(HeaderId id) {
  if (GrammarOf(id) == ItemGrammar::kNone) return {};
  if (FirstRead(id)) ReadItems(id, Find(id));
  const Scratch::Range range = scratch_->ranges[static_cast<size_t>(id)];
  return {scratch_->items.data() + range.begin, range.count};
}

void Message::ReadItems(HeaderId id, const Header* first) {
  Scratch& scratch = *scratch_;
  size_t& count = scratch.item_count;
  const size_t begin = count;
  // What this header may take: of its own limit, and of the room that all share.
  const size_t end =
      std::min<size_t>(begin + options_.limits.values_per_header, Scratch::kMaxItems);
  for (const Header* h = first; h != nullptr; h = Next(*h)) {
    const std::span<Item> room(scratch.items.data() + count, end - count);
    const uint32_t walked = WalkItems(scratch.index.marks, bytes_.data(), h->value, GrammarOf(id),
                                      options_.limits, room);
    count += walked;
    if (walked != 0) continue;
    ItemSink sink{room};
    ParseItems(bytes_.data(), h->value, GrammarOf(id), options_.limits, log_, &sink);
    count += sink.count;
  }
  scratch.ranges[static_cast<size_t>(id)] = {static_cast<uint16_t>(begin),
                                             static_cast<uint16_t>(count - begin)};
}

}  // namespace sipward::sip
