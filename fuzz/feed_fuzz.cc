// A feed: the first two bytes pick what it holds and how it is written, the rest is the feed.
// Reading ends, places lie inside, and what is taken is canonical: it is taken again as it is.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "fuzz/support/input.h"
#include "lists/feed.h"

namespace {

using sipward::fuzz::Require;
using sipward::lists::FeedItem;
using sipward::lists::FeedJudge;
using sipward::lists::FeedReader;
using sipward::lists::FeedSettings;

constexpr uint8_t kColumns = 1, kNames = 2, kHome = 4, kAllowed = 8, kSpecial = 16;

FeedSettings SettingsOf(uint8_t kind, uint8_t options) {
  FeedSettings settings;
  settings.kind = static_cast<sipward::lists::FeedKind>(kind % 5);
  settings.format = static_cast<sipward::lists::FeedFormat>(kind / 5 % 4);
  if ((options & kColumns) != 0) settings.ttl_column = (options & kNames) != 0 ? "ttl" : "2";
  if ((options & kNames) != 0) settings.column = "ip";
  if ((options & kHome) != 0) settings.home = "49";
  settings.limits.special = (options & kSpecial) != 0;
  if ((options & kAllowed) == 0) return settings;
  constexpr const char* kOfKind[] = {"192.0.2.1", "192.0.2.0/24", "example.com", "4930", "phone"};
  settings.allowed = {kOfKind[kind % 5]};
  return settings;
}

void Judge(const FeedJudge& judge, const FeedItem& item) {
  FeedJudge::Entry entry, again;
  if (judge.Judge(item, &entry)) return;
  Require(!entry.key.empty() && entry.ttl >= 0);
  FeedItem canonical;
  canonical.text = entry.key;
  Require(!judge.Judge(canonical, &again) && again.key == entry.key);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::Input input(data, size);
  const uint8_t kind = input.Byte();
  const FeedSettings settings = SettingsOf(kind, input.Byte());
  std::string_view wrong;
  const auto judge = FeedJudge::Make(settings, &wrong);
  Require(judge != nullptr);
  const std::string_view bytes = input.rest();
  const auto reader = FeedReader::Make(settings, bytes);
  const auto lines = static_cast<uint32_t>(std::count(bytes.begin(), bytes.end(), '\n') + 2);
  // Every item takes a byte at least, but the last.
  for (size_t left = bytes.size() + 2;; --left) {
    Require(left > 0);
    const FeedItem item = reader->Next();
    if (item.kind == FeedItem::Kind::kEnd) break;
    Require(item.line <= lines && item.column <= bytes.size() + 1);
    if (item.kind == FeedItem::Kind::kEntry) Judge(*judge, item);
  }
  Require(reader->Next().kind == FeedItem::Kind::kEnd);
  return 0;
}
