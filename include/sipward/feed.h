// Blacklists of others that fill a dynamic list of the rules.
//
//   sipward::FeedOptions options(sipward::FeedKind::kNetwork, "feed_networks");
//   auto feed = sipward::Feed::Create(options);
//   if (feed->Begin(bytes).ok()) {
//     while (feed->Step(engine, 1000, now).code() == sipward::StatusCode::kIncomplete) ...
//   }
#ifndef SIPWARD_FEED_H_
#define SIPWARD_FEED_H_

#include <sipward.h>

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "sipward/engine.h"
#include "sipward/handle.h"
#include "sipward/result.h"
#include "sipward/status.h"

namespace sipward {

enum class FeedKind : uint32_t {
  kAddress = SIPWARD_FEED_ADDRESS,
  kNetwork = SIPWARD_FEED_NETWORK,
  kDomain = SIPWARD_FEED_DOMAIN,
  kNumber = SIPWARD_FEED_NUMBER,
  kAgent = SIPWARD_FEED_AGENT,
};

enum class FeedFormat : uint32_t {
  kAuto = SIPWARD_FEED_AUTO,
  kLines = SIPWARD_FEED_LINES,
  kCsv = SIPWARD_FEED_CSV,
  kJson = SIPWARD_FEED_JSON,
};

// Why an update was refused.
enum class FeedFault : uint32_t {
  kNone = SIPWARD_FEED_FAULT_NONE,
  kTooLarge = SIPWARD_FEED_FAULT_TOO_LARGE,
  kUnsigned = SIPWARD_FEED_FAULT_UNSIGNED,
  kBadSignature = SIPWARD_FEED_FAULT_BAD_SIGNATURE,
  kOlder = SIPWARD_FEED_FAULT_OLDER,
  kBroken = SIPWARD_FEED_FAULT_BROKEN,
  kEmpty = SIPWARD_FEED_FAULT_EMPTY,
  kShrunk = SIPWARD_FEED_FAULT_SHRUNK,
  kNoList = SIPWARD_FEED_FAULT_NO_LIST,
};
// "shrunk".
inline std::string_view FeedFaultName(FeedFault fault) noexcept {
  return sipward_feed_fault_name(static_cast<uint32_t>(fault));
}

// Why an entry was refused.
enum class FeedRefusalKind : uint32_t {
  kMalformed = SIPWARD_FEED_MALFORMED,
  kTooWide = SIPWARD_FEED_TOO_WIDE,
  kPrivate = SIPWARD_FEED_PRIVATE,
  kAllowed = SIPWARD_FEED_ALLOWED,
  kRepeated = SIPWARD_FEED_REPEATED,
  kTooMany = SIPWARD_FEED_TOO_MANY,
};
// "too_wide".
inline std::string_view FeedRefusalName(FeedRefusalKind kind) noexcept {
  return sipward_feed_refusal_name(static_cast<uint32_t>(kind));
}

// Zero and empty are the defaults, which `sipward/c/feed.h` says.
struct FeedOptions {
  FeedOptions(FeedKind of, std::string into) : kind(of), list(std::move(into)) {}

  FeedKind kind;
  std::string list;  // name of the dynamic list
  std::string name;  // of the feed; that of the list
  FeedFormat format = FeedFormat::kAuto;
  bool additive = false;  // nothing is taken off: the feed tells only what is new
  bool special = false;   // private addresses and the like may stand in it
  std::chrono::nanoseconds ttl{};
  uint32_t most_shrink = 0;  // percent
  uint32_t ipv4_bits = 0, ipv6_bits = 0, digits = 0, home_digits = 0;
  std::string column, ttl_column, reason_column;
  std::string home;     // calling code
  std::string key;      // minisign's public key
  std::string allowed;  // entries, one a line
};

// An entry that was refused, and where it stands.
struct FeedRefusal {
  FeedRefusalKind kind;
  uint32_t line, column;  // from 1
  std::string text;       // at most 63 bytes of it
};

// One thread at a time.
class Feed {
 public:
  using Time = ListEntry::Time;

  // kArgument if an option cannot be; `wrong`, if not null, is then its name.
  static Result<Feed> Create(const FeedOptions& options, std::string* wrong = nullptr) {
    sipward_feed_options given{};
    given.struct_size = sizeof given;
    given.kind = static_cast<uint32_t>(options.kind);
    given.format = static_cast<uint32_t>(options.format);
    given.flags = (options.additive ? static_cast<uint32_t>(SIPWARD_FEED_ADDITIVE) : 0) |
                  (options.special ? static_cast<uint32_t>(SIPWARD_FEED_SPECIAL) : 0);
    given.ttl_ns = options.ttl.count();
    given.most_shrink = options.most_shrink;
    given.ipv4_bits = options.ipv4_bits;
    given.ipv6_bits = options.ipv6_bits;
    given.digits = options.digits;
    given.home_digits = options.home_digits;
    given.list = Text(options.list);
    given.name = Text(options.name);
    given.column = Text(options.column);
    given.ttl_column = Text(options.ttl_column);
    given.reason_column = Text(options.reason_column);
    given.home = Text(options.home);
    given.key = Text(options.key);
    given.allowed = Text(options.allowed);
    sipward_feed* feed = nullptr;
    sipward_text option{};
    const Status status = Status::FromC(sipward_feed_create(&given, &feed, &option));
    if (!status.ok()) {
      if (wrong != nullptr && option.size != 0) wrong->assign(option.data, option.size);
      return Error{status};
    }
    return Feed(feed);
  }

  // Begins an update: the bytes are copied, and their signature is checked if there is a key.
  // kFeed: refused, and `statistics` says why. `force`: takes also what is empty, has shrunk,
  // breaks off or is older.
  Status Begin(std::string_view bytes, std::string_view signature = {},
               bool force = false) noexcept {
    const uint32_t flags = force ? static_cast<uint32_t>(SIPWARD_FEED_FORCE) : 0;
    return Status::FromC(sipward_feed_begin(feed_.get(), bytes.data(), bytes.size(),
                                            signature.data(), signature.size(), flags));
  }
  // Goes on with it: at most so many entries at once. kIncomplete: there is more to do; kOk: made;
  // kFeed: refused, and the list stays as it was; kArgument: none was begun.
  Status Step(const Engine& engine, uint64_t work, Time now) noexcept {
    return Status::FromC(
        sipward_feed_step(feed_.get(), engine.c_engine(), work, now.time_since_epoch().count()));
  }
  // The same without an engine: the feed is read and judged, and no list is touched.
  Status Try(uint64_t work) noexcept {
    return Status::FromC(sipward_feed_step(feed_.get(), nullptr, work, 0));
  }

  sipward_feed_statistics statistics() const noexcept {
    sipward_feed_statistics out{};
    out.struct_size = sizeof out;
    sipward_feed_read_statistics(feed_.get(), &out);
    return out;
  }
  FeedFault fault() const noexcept { return static_cast<FeedFault>(statistics().fault); }
  // What the feed wants to hear next time: APIBAN's ID.
  std::string cursor() const {
    const sipward_feed_statistics now = statistics();
    return std::string(now.cursor, now.cursor_size);
  }
  // The first 64 entries that the latest update refused.
  std::vector<FeedRefusal> refusals() const {
    std::vector<FeedRefusal> all;
    sipward_feed_refusal_info info{};
    info.struct_size = sizeof info;
    for (uint32_t i = 0; sipward_feed_refusal(feed_.get(), i, &info) == SIPWARD_OK; ++i) {
      all.push_back({static_cast<FeedRefusalKind>(info.refusal), info.line, info.column,
                     std::string(info.text, info.text_size)});
    }
    return all;
  }

  sipward_feed* c_feed() const noexcept { return feed_.get(); }

 private:
  explicit Feed(sipward_feed* feed) noexcept : feed_(feed) {}
  static sipward_text Text(const std::string& text) noexcept {
    return sipward_text{text.data(), text.size()};
  }

  detail::Handle<sipward_feed, sipward_feed_destroy> feed_;
};

}  // namespace sipward

#endif  // SIPWARD_FEED_H_
