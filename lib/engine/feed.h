// A feed that fills a dynamic list: checked, read, compared with what stands there, and put there,
// a piece of it at a time.
#ifndef SIPWARD_ENGINE_FEED_H_
#define SIPWARD_ENGINE_FEED_H_

#include <array>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "lists/feed.h"
#include "lists/minisign.h"

namespace sipward::engine {

struct FeedOptions {
  std::string list;  // the dynamic list of the rules that it fills
  std::string name;  // of the feed, in the reason of its entries; empty: that of the list
  lists::FeedSettings settings;
  std::optional<lists::MinisignKey> key;  // nothing else is taken then than what it signed
  // What a feed says is added to what it said before, and goes when its time is over: of feeds that
  // only tell what is new. Else what it does not say any more is taken off the list.
  bool additive = false;
  Nanos ttl = kDay;          // of entries that say none
  uint8_t most_shrink = 50;  // percent of its entries that may be gone at once
};

// Why an update is not made. The list stays as it is.
enum class FeedFault : uint8_t {
  kNone,
  kTooLarge,      // more than 64 MiB
  kUnsigned,      // a key is set, and there is no signature
  kBadSignature,  // malformed, of another key, or of other bytes
  kOlder,         // signed before what was taken last
  kBroken,        // the bytes break off: JSON or a quote that is not closed, a column missing
  kEmpty,         // not one entry
  kShrunk,        // more of its entries are gone than may be
  kNoList,        // the rules have no such dynamic list, or it is of another kind
  kNotBegun,      // there is nothing to go on with
};

struct FeedRefusal {
  lists::Refusal why = lists::Refusal::kMalformed;
  uint32_t line = 0, column = 0;
  std::string text;  // at most 63 bytes
};

struct FeedStatistics {
  FeedFault fault = FeedFault::kNone;  // of the latest update
  uint64_t updates = 0;                // that were made
  uint64_t refused_updates = 0;
  // Of all updates together.
  uint64_t added = 0, removed = 0;
  uint64_t expired = 0;     // ran out, or gave way to others, before the update that renewed them
  uint64_t pushed_out = 0;  // entries that gave way to this feed's, since there was no room
  // Of the latest that was read to its end.
  uint64_t entries = 0, renewed = 0;
  std::array<uint64_t, lists::kRefusals> refused{};
  Nanos last_update = 0;   // when the latest was made, on the clock of packets; 0: never
  uint64_t timestamp = 0;  // of the signature of the latest
};

class Feed {
 public:
  static constexpr size_t kMostBytes = size_t{64} << 20;
  static constexpr size_t kShownRefusals = 64;

  // Null and the name of the option that cannot be.
  static std::unique_ptr<Feed> Make(FeedOptions options, std::string_view* wrong);

  // Takes bytes that a host fetched, with their signature, and checks that. Nothing happens to the
  // list before Step. An update that is under way is given up; what it did so far stays. `force`:
  // takes also what is empty, has shrunk, breaks off or is older, never what is not signed.
  FeedFault Begin(std::string_view bytes, std::string_view signature, bool force);

  // Goes on with the update: at most so many entries read, compared or written. With an engine in
  // the place of which there is none, it is read to the end and judged, and no list is touched.
  // True when it is done; `fault` says whether it was made.
  bool Step(const Engine* engine, uint64_t work, Nanos now, FeedFault* fault);

  const FeedStatistics& statistics() const { return statistics_; }
  // What the feed wants to hear next time (APIBAN's ID); empty if it said none.
  std::string_view cursor() const { return cursor_; }
  // The first entries of the latest update that were refused.
  const std::vector<FeedRefusal>& refusals() const { return refusals_; }
  const FeedOptions& options() const { return options_; }

 private:
  enum class Phase : uint8_t { kIdle, kRead, kCount, kRemove, kAdd };
  struct Entry {
    std::string key, reason;
    Nanos ttl = 0;
    Hash128 hash;
  };
  // Which of `entries_` has a hash, by open addressing; hashes are keyed.
  class Index {
   public:
    void Clear();
    bool Has(const std::vector<Entry>& entries, const Hash128& hash) const;
    void Add(const std::vector<Entry>& entries);  // the last of them

   private:
    std::vector<uint32_t> places_;  // index from 1; 0: free
  };

  explicit Feed(FeedOptions options) : options_(std::move(options)) {}
  FeedFault Signed(std::string_view bytes, std::string_view signature, bool force);
  void Take(const lists::FeedItem& item, const DynamicList* list, const lists::List* allowed);
  void Refuse(lists::Refusal why, const lists::FeedItem& item);
  FeedFault AfterReading(bool dry);
  FeedFault Judgement() const;
  bool Walk(const DynamicList& list, bool remove, uint64_t* work, Nanos now);
  bool IsOurs(std::string_view reason) const;
  void Put(const DynamicList& list, const Entry& entry, Nanos now);
  void Finish(Nanos now);
  FeedFault End(FeedFault fault);

  FeedOptions options_;
  std::unique_ptr<lists::FeedJudge> judge_;
  std::string reason_;  // "feed NAME"
  FeedStatistics statistics_;
  std::string cursor_;

  // Of the update that is under way.
  Phase phase_ = Phase::kIdle;
  bool force_ = false, broken_ = false;
  std::string bytes_;
  std::unique_ptr<lists::FeedReader> reader_;
  const state::Region* region_ = nullptr;
  uint64_t timestamp_ = 0;
  std::vector<Entry> entries_;
  Index index_;
  uint64_t place_ = 0;  // of the table, or of entries_
  uint64_t table_ = 0;  // where the table lies that is walked
  uint64_t before_ = 0, kept_ = 0, gone_ = 0;
  std::array<uint64_t, lists::kRefusals> refused_{};
  std::vector<FeedRefusal> refusals_;
};

}  // namespace sipward::engine

#endif  // SIPWARD_ENGINE_FEED_H_
