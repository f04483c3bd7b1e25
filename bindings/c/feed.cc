#include "engine/feed.h"

#include <algorithm>
#include <array>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "fixed_text.h"
#include "guard.h"
#include "handles.h"
#include "struct_size.h"

using namespace sipward::c;  // NOLINT(google-build-using-namespace): the C names live outside
namespace engine = sipward::engine;
namespace lists = sipward::lists;

struct sipward_feed {
  std::unique_ptr<engine::Feed> feed;
};

namespace sipward::c {
namespace {

constexpr uint32_t kFlags = SIPWARD_FEED_ADDITIVE | SIPWARD_FEED_SPECIAL;

// A number of an option, or its default where it is 0. False if it is out of range.
bool Take(uint32_t given, uint32_t least, uint32_t most, uint8_t* out) {
  if (given == 0) return true;
  if (given < least || given > most) return false;
  *out = static_cast<uint8_t>(given);
  return true;
}

// What stands on lines that are not empty.
std::vector<std::string> LinesOf(std::string_view text) {
  std::vector<std::string> lines;
  for (const lists::Entry& entry : lists::SplitEntries(text, lists::Kind::kPattern)) {
    lines.emplace_back(entry.text);
  }
  return lines;
}

// The name of the option that cannot be, empty if all can.
std::string_view Read(const sipward_feed_options& from, engine::FeedOptions* to) {
  if (from.kind < SIPWARD_FEED_ADDRESS || from.kind > SIPWARD_FEED_AGENT) return "kind";
  if (from.format > SIPWARD_FEED_JSON) return "format";
  if ((from.flags & ~kFlags) != 0) return "flags";
  lists::FeedSettings& settings = to->settings;
  settings.kind = static_cast<lists::FeedKind>(from.kind - SIPWARD_FEED_ADDRESS);
  settings.format = static_cast<lists::FeedFormat>(from.format);
  to->additive = (from.flags & SIPWARD_FEED_ADDITIVE) != 0;
  settings.limits.special = (from.flags & SIPWARD_FEED_SPECIAL) != 0;
  if (from.ttl_ns != 0) to->ttl = from.ttl_ns;
  if (!Take(from.most_shrink, 1, 100, &to->most_shrink)) return "most_shrink";
  if (!Take(from.ipv4_bits, 8, 32, &settings.limits.v4_bits)) return "ipv4_bits";
  if (!Take(from.ipv6_bits, 16, 128, &settings.limits.v6_bits)) return "ipv6_bits";
  if (!Take(from.digits, 1, 64, &settings.limits.digits)) return "digits";
  if (!Take(from.home_digits, 1, 64, &settings.limits.home_digits)) return "home_digits";
  to->list = View(from.list);
  to->name = View(from.name);
  settings.column = View(from.column);
  settings.ttl_column = View(from.ttl_column);
  settings.reason_column = View(from.reason_column);
  settings.home = View(from.home);
  settings.allowed = LinesOf(View(from.allowed));
  if (from.key.size == 0) return {};
  to->key = lists::MinisignKey::Parse(View(from.key));
  return to->key ? std::string_view() : "key";
}

bool UsableTexts(const sipward_feed_options& options) {
  const sipward_text texts[] = {options.list,       options.name,          options.column,
                                options.ttl_column, options.reason_column, options.home,
                                options.key,        options.allowed};
  return std::all_of(std::begin(texts), std::end(texts),
                     [](const sipward_text& text) { return UsableText(text); });
}

}  // namespace
}  // namespace sipward::c

extern "C" {

int32_t sipward_feed_create(const sipward_feed_options* options, sipward_feed** out,
                            sipward_text* wrong) {
  sipward_feed_options read;
  if (!ReadStruct(options, &read) || !Usable(out) || (wrong != nullptr && !Usable(wrong))) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&]() -> int32_t {
    const auto fails = [&](std::string_view option) {
      if (wrong != nullptr) *wrong = Text(option);
      return SIPWARD_ERR_ARGUMENT;
    };
    if (read.reserved != 0 || !UsableTexts(read)) return fails("");
    engine::FeedOptions made;
    std::string_view option = Read(read, &made);
    if (!option.empty()) return fails(option);
    auto feed = std::make_unique<sipward_feed>();
    feed->feed = engine::Feed::Make(std::move(made), &option);
    if (feed->feed == nullptr) return fails(option);
    *out = feed.release();
    return SIPWARD_OK;
  });
}

void sipward_feed_destroy(sipward_feed* feed) {
  if (Usable(feed)) delete feed;
}

int32_t sipward_feed_begin(sipward_feed* feed, const char* bytes, size_t size,
                           const char* signature, size_t signature_size, uint32_t flags) {
  if (!Usable(feed) || !UsableBytes(bytes, size) || !UsableBytes(signature, signature_size) ||
      flags > SIPWARD_FEED_FORCE) {
    return SIPWARD_ERR_ARGUMENT;
  }
  return Guard([&]() -> int32_t {
    const auto fault = feed->feed->Begin(View(bytes, size), View(signature, signature_size),
                                         flags == SIPWARD_FEED_FORCE);
    return fault == engine::FeedFault::kNone ? SIPWARD_OK : SIPWARD_ERR_FEED;
  });
}

int32_t sipward_feed_step(sipward_feed* feed, const sipward_engine* engine, uint64_t work,
                          int64_t now_ns) {
  if (!Usable(feed) || (engine != nullptr && !Usable(engine))) return SIPWARD_ERR_ARGUMENT;
  return Guard([&]() -> int32_t {
    engine::FeedFault fault = engine::FeedFault::kNone;
    const auto* with = engine == nullptr ? nullptr : engine->engine.get();
    if (!feed->feed->Step(with, work, now_ns, &fault)) return SIPWARD_INCOMPLETE;
    if (fault == engine::FeedFault::kNotBegun) return SIPWARD_ERR_ARGUMENT;
    return fault == engine::FeedFault::kNone ? SIPWARD_OK : SIPWARD_ERR_FEED;
  });
}

int32_t sipward_feed_read_statistics(const sipward_feed* feed, sipward_feed_statistics* out) {
  if (!Usable(feed) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  const engine::FeedStatistics& from = feed->feed->statistics();
  sipward_feed_statistics written{};
  written.fault = static_cast<uint32_t>(from.fault);
  written.updates = from.updates;
  written.refused_updates = from.refused_updates;
  written.added = from.added;
  written.removed = from.removed;
  written.expired = from.expired;
  written.pushed_out = from.pushed_out;
  written.entries = from.entries;
  written.renewed = from.renewed;
  std::copy(from.refused.begin(), from.refused.end(), written.refused);
  written.last_update_ns = from.last_update;
  written.timestamp = from.timestamp;
  written.refusals_shown = static_cast<uint32_t>(feed->feed->refusals().size());
  written.cursor_size = CopyText(feed->feed->cursor(), written.cursor);
  WriteStruct(written, out);
  return SIPWARD_OK;
}

int32_t sipward_feed_refusal(const sipward_feed* feed, uint32_t index,
                             sipward_feed_refusal_info* out) {
  if (!Usable(feed) || !HasStructSize(out)) return SIPWARD_ERR_ARGUMENT;
  if (index >= feed->feed->refusals().size()) return SIPWARD_END;
  const engine::FeedRefusal& from = feed->feed->refusals()[index];
  sipward_feed_refusal_info written{};
  written.refusal = static_cast<uint32_t>(from.why);
  written.line = from.line;
  written.column = from.column;
  written.text_size = CopyText(from.text, written.text);
  WriteStruct(written, out);
  return SIPWARD_OK;
}

}  // extern "C"
