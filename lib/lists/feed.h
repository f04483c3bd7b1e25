// Feeds: blacklists of others, as bytes that a host fetched. Read entry by entry, so that whoever
// reads decides how much is done at once; what is no entry is said with its place, and never stops
// the rest.
#ifndef SIPWARD_LISTS_FEED_H_
#define SIPWARD_LISTS_FEED_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/time.h"
#include "lists/lists.h"

namespace sipward::lists {

enum class FeedKind : uint8_t { kAddress, kNetwork, kDomain, kNumber, kAgent };
enum class FeedFormat : uint8_t { kAuto, kLines, kCsv, kJson };

// Why an entry of a feed is not taken.
enum class Refusal : uint8_t {
  kMalformed,  // no entry of this kind, or its time makes no sense
  kTooWide,    // a network, prefix or domain that holds more than the limits allow
  kSpecial,    // private, loopback, link-local, multicast, reserved
  kAllowed,    // an allow list has it, or something of it
  kRepeated,   // stands there already
  kTooMany,    // the list has no room for it
};
inline constexpr size_t kRefusals = 6;

// Limits that keep a bad feed from blocking the world.
struct FeedLimits {
  uint8_t v4_bits = 16;  // shorter networks are refused, as are
  uint8_t v6_bits = 32;
  uint8_t digits = 5;       // prefixes of fewer digits,
  uint8_t home_digits = 8;  // those that begin with `home` of fewer than these,
  uint8_t labels = 2;       // and domains of fewer labels
  bool special = false;     // private addresses and the like may stand there
  Nanos least_ttl = kSecond;
  Nanos most_ttl = 366 * kDay;
};

struct FeedSettings {
  FeedKind kind = FeedKind::kAddress;
  FeedFormat format = FeedFormat::kAuto;
  // Of CSV: a number from 1, or a name that the first line gives; empty: the first column, and no
  // column for the others. Of JSON: a key; empty: the usual ones.
  std::string column, ttl_column, reason_column;
  std::string home;                  // calling code of the operator's country, digits
  std::vector<std::string> allowed;  // entries of the same kind
  FeedLimits limits;
};

// Something that stands in the bytes.
struct FeedItem {
  enum class Kind : uint8_t {
    kEntry,
    kBad,      // no entry: malformed
    kNothing,  // a comment, or a piece of something longer
    kCursor,   // what the feed wants to hear next time: "ID" of APIBAN
    kBroken,   // the bytes break off: nothing follows
    kEnd,
  };
  Kind kind = Kind::kEnd;
  std::string text, ttl, reason;
  uint32_t line = 0, column = 0;  // from 1
};

// Takes bytes apart.
class FeedReader {
 public:
  virtual ~FeedReader() = default;
  // The next item. A small, bounded piece of work but for one that is very long itself.
  virtual FeedItem Next() = 0;
  // `bytes` must outlive it. Without a format that is said, what begins with a brace or a bracket
  // is JSON, a first line with commas CSV (not of agents), all else lines.
  static std::unique_ptr<FeedReader> Make(const FeedSettings& settings, std::string_view bytes);
};

// Judges entries.
class FeedJudge {
 public:
  // Null and the name of the setting, `home` or `allowed`, that cannot be.
  static std::unique_ptr<FeedJudge> Make(FeedSettings settings, std::string_view* wrong);

  struct Entry {
    std::string key;  // canonical: what stands on the list
    Nanos ttl = 0;    // 0: the default
  };
  // Fills in *entry, or why not.
  std::optional<Refusal> Judge(const FeedItem& item, Entry* entry) const;
  const FeedSettings& settings() const { return settings_; }

 private:
  explicit FeedJudge(FeedSettings settings) : settings_(std::move(settings)) {}
  std::string_view Prepare();
  std::optional<Refusal> JudgeNet(std::string_view text, Entry* entry) const;
  std::optional<Refusal> JudgeDomain(std::string_view text, Entry* entry) const;
  std::optional<Refusal> JudgeNumber(std::string_view text, Entry* entry) const;
  std::optional<Refusal> JudgeAgent(std::string_view text, Entry* entry) const;
  bool HasAllowedWithin(const std::string& key) const;

  FeedSettings settings_;
  std::shared_ptr<const List> allowed_;
  std::vector<std::string> allowed_keys_;  // in order; of domains reversed
};

// The list that a feed of this kind fills is of this kind.
bool Fits(FeedKind kind, Kind list);

// "90" (seconds), "10m", "7d"; nothing if it is none.
std::optional<Nanos> ParseTtl(std::string_view text);

}  // namespace sipward::lists

#endif  // SIPWARD_LISTS_FEED_H_
