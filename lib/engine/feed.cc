#include "engine/feed.h"

#include <algorithm>
#include <bit>
#include <utility>

namespace sipward::engine {
namespace {

using lists::FeedItem;
using lists::Refusal;

constexpr size_t kMostName = 32;
constexpr size_t kShownText = state::kBanKeyBytes;
// A list of a handful may lose any share of them.
constexpr uint64_t kFew = 8;
constexpr unsigned kPercent = 100;
constexpr uint64_t kMostEntries = 1 << 24;  // no dynamic list holds more

}  // namespace

void Feed::Index::Clear() { places_.clear(); }

bool Feed::Index::Has(const std::vector<Entry>& entries, const Hash128& hash) const {
  if (places_.empty()) return false;
  const size_t mask = places_.size() - 1;
  for (size_t at = hash.low & mask; places_[at] != 0; at = (at + 1) & mask) {
    if (entries[places_[at] - 1].hash == hash) return true;
  }
  return false;
}

void Feed::Index::Add(const std::vector<Entry>& entries) {
  constexpr size_t kLeast = 64;
  const bool grow = 2 * entries.size() > places_.size();
  if (grow) places_.assign(std::max(kLeast, std::bit_ceil(4 * entries.size())), 0);
  const size_t mask = places_.size() - 1;
  for (size_t i = grow ? 0 : entries.size() - 1; i < entries.size(); ++i) {
    size_t at = entries[i].hash.low & mask;
    while (places_[at] != 0) at = (at + 1) & mask;
    places_[at] = static_cast<uint32_t>(i + 1);
  }
}

std::unique_ptr<Feed> Feed::Make(FeedOptions options, std::string_view* wrong) {
  if (options.name.empty()) options.name = options.list.substr(0, kMostName);
  const lists::FeedLimits& limits = options.settings.limits;
  *wrong = options.list.empty()                                                             ? "list"
           : options.name.size() > kMostName || options.name.find(':') != std::string::npos ? "name"
           : options.ttl < limits.least_ttl || options.ttl > limits.most_ttl                ? "ttl"
           : options.most_shrink > kPercent ? "most_shrink"
                                            : "";
  if (!wrong->empty()) return nullptr;
  std::unique_ptr<Feed> feed(new Feed(std::move(options)));
  feed->judge_ = lists::FeedJudge::Make(feed->options_.settings, wrong);
  if (feed->judge_ == nullptr) return nullptr;
  feed->reason_ = "feed " + feed->options_.name;
  return feed;
}

FeedFault Feed::Signed(std::string_view bytes, std::string_view signature, bool force) {
  timestamp_ = 0;
  if (!options_.key) return FeedFault::kNone;
  if (signature.empty()) return FeedFault::kUnsigned;
  const lists::MinisignResult result = lists::CheckMinisign(*options_.key, signature, bytes);
  if (result.outcome != lists::Minisign::kGood) return FeedFault::kBadSignature;
  timestamp_ = result.timestamp;
  return timestamp_ < statistics_.timestamp && !force ? FeedFault::kOlder : FeedFault::kNone;
}

FeedFault Feed::Begin(std::string_view bytes, std::string_view signature, bool force) {
  End(FeedFault::kNone);
  const FeedFault fault =
      bytes.size() > kMostBytes ? FeedFault::kTooLarge : Signed(bytes, signature, force);
  if (fault != FeedFault::kNone) return End(fault);
  force_ = force;
  broken_ = false;
  bytes_ = bytes;
  reader_ = lists::FeedReader::Make(options_.settings, bytes_);
  refused_ = {};
  refusals_.clear();
  cursor_.clear();
  before_ = kept_ = gone_ = place_ = table_ = 0;
  region_ = nullptr;
  phase_ = Phase::kRead;
  return FeedFault::kNone;
}

// Gives back what the update that is over needed.
FeedFault Feed::End(FeedFault fault) {
  phase_ = Phase::kIdle;
  reader_.reset();
  std::string().swap(bytes_);
  std::vector<Entry>().swap(entries_);
  index_.Clear();
  if (fault != FeedFault::kNone) ++statistics_.refused_updates;
  statistics_.fault = fault;
  return fault;
}

void Feed::Refuse(Refusal why, const FeedItem& item) {
  ++refused_[static_cast<size_t>(why)];
  if (refusals_.size() == kShownRefusals) return;
  refusals_.push_back({why, item.line, item.column, item.text.substr(0, kShownText)});
}

// One item of the bytes. Without a list its entries are known by themselves.
void Feed::Take(const FeedItem& item, const DynamicList* list, const lists::List* allowed) {
  switch (item.kind) {
    case FeedItem::Kind::kCursor:
      cursor_ = item.text.substr(0, kShownText);
      return;
    case FeedItem::Kind::kBroken:
      broken_ = true;
      return Refuse(Refusal::kMalformed, item);
    case FeedItem::Kind::kBad:
      return Refuse(Refusal::kMalformed, item);
    case FeedItem::Kind::kEntry:
      break;
    default:
      return;
  }
  lists::FeedJudge::Entry judged;
  if (const auto why = judge_->Judge(item, &judged)) return Refuse(*why, item);
  const auto net = allowed == nullptr ? std::nullopt : Cidr::Parse(judged.key);
  if (net && allowed->Touches(*net)) return Refuse(Refusal::kAllowed, item);
  const auto hash = list == nullptr ? KeyedHash128({}, judged.key) : list->HashOf(judged.key);
  if (!hash) return Refuse(Refusal::kTooWide, item);
  if (index_.Has(entries_, *hash)) return Refuse(Refusal::kRepeated, item);
  if (entries_.size() >= (list == nullptr ? kMostEntries : list->places())) {
    return Refuse(Refusal::kTooMany, item);
  }
  entries_.push_back(
      {std::move(judged.key), item.reason, judged.ttl == 0 ? options_.ttl : judged.ttl, *hash});
  index_.Add(entries_);
}

FeedFault Feed::Judgement() const {
  if (force_) return FeedFault::kNone;
  if (broken_) return FeedFault::kBroken;
  if (options_.additive) return FeedFault::kNone;
  if (entries_.empty()) return FeedFault::kEmpty;
  const uint64_t most_gone = before_ / kPercent * options_.most_shrink +
                             before_ % kPercent * options_.most_shrink / kPercent;
  const bool shrunk = before_ > entries_.size() && before_ - entries_.size() > most_gone;
  return shrunk && before_ > kFew ? FeedFault::kShrunk : FeedFault::kNone;
}

bool Feed::IsOurs(std::string_view reason) const {
  return reason.substr(0, reason_.size()) == reason_ &&
         (reason.size() == reason_.size() || reason[reason_.size()] == ':');
}

// Goes through the table: counts what stands there of this feed, or takes off what it does not say
// any more. True at the end.
bool Feed::Walk(const DynamicList& list, bool remove, uint64_t* work, Nanos now) {
  const uint64_t end = place_ + std::min(list.places() - place_, *work);
  *work -= end - place_;
  while (const auto entry = list.Next(&place_, now, end)) {
    if (!IsOurs(entry->reason)) continue;
    if (!remove) {
      ++before_;
    } else if (!index_.Has(entries_, entry->hash)) {
      list.Forget(entry->hash);
      ++gone_;
    }
  }
  place_ = end;
  return place_ >= list.places();
}

void Feed::Put(const DynamicList& list, const Entry& entry, Nanos now) {
  const bool known = list.Holds(entry.hash, now);
  ++(known ? kept_ : statistics_.added);
  const std::string reason = entry.reason.empty() ? reason_ : reason_ + ": " + entry.reason;
  const auto added = list.Put(entry.key, reason, SaturatingSum(now, entry.ttl), now);
  if (added == rules::DynamicTable::Added::kDisplaced) ++statistics_.pushed_out;
}

void Feed::Finish(Nanos now) {
  const uint64_t were = statistics_.entries;
  const bool again = statistics_.updates > 0 && !options_.additive;
  if (again && were > before_) statistics_.expired += were - before_;
  ++statistics_.updates;
  statistics_.removed += gone_;
  statistics_.renewed = kept_;
  statistics_.entries = entries_.size();
  statistics_.last_update = now;
  statistics_.timestamp = timestamp_;
}

// Behind the last entry. Without a list that is all.
FeedFault Feed::AfterReading(bool dry) {
  reader_.reset();
  std::string().swap(bytes_);
  statistics_.refused = refused_;
  place_ = 0;
  phase_ = options_.additive ? Phase::kAdd : Phase::kCount;
  if (!dry && !options_.additive) return FeedFault::kNone;  // judged when what stands is counted
  const FeedFault fault = Judgement();
  if (dry) statistics_.entries = entries_.size();
  return fault;
}

bool Feed::Step(const Engine* engine, uint64_t work, Nanos now, FeedFault* fault) {
  *fault = FeedFault::kNone;
  const auto end = [&](FeedFault with) {
    *fault = with == FeedFault::kNotBegun ? with : End(with);
    return true;
  };
  if (phase_ == Phase::kIdle) return end(FeedFault::kNotBegun);
  std::optional<DynamicList> list;
  std::shared_ptr<const Generation> generation;
  const lists::List* allowed = nullptr;
  if (engine != nullptr) {
    list = engine->FindList(options_.list);
    if (region_ == nullptr) region_ = &engine->region();
    // Keys are hashed with the secret of one state.
    if (!list || !lists::Fits(options_.settings.kind, list->kind()) ||
        region_ != &engine->region()) {
      return end(FeedFault::kNoList);
    }
    generation = engine->generation();
    if (list->kind() == lists::Kind::kCidr) allowed = generation->rules().FindList("allowed");
    if (table_ != 0 && table_ != list->id()) {  // a reload gave the list another table
      phase_ = std::min(phase_, options_.additive ? Phase::kAdd : Phase::kCount);
      place_ = before_ = gone_ = kept_ = 0;
    }
    table_ = list->id();
  } else if (phase_ != Phase::kRead) {
    return end(FeedFault::kNoList);
  }
  while (work > 0) {
    switch (phase_) {
      case Phase::kRead: {
        const FeedItem item = reader_->Next();
        --work;
        Take(item, list ? &*list : nullptr, allowed);
        if (item.kind != FeedItem::Kind::kEnd && item.kind != FeedItem::Kind::kBroken) break;
        const FeedFault judged = AfterReading(!list);
        if (!list || judged != FeedFault::kNone) return end(judged);
        break;
      }
      case Phase::kCount: {
        if (!Walk(*list, false, &work, now)) break;
        const FeedFault judged = Judgement();
        if (judged != FeedFault::kNone) return end(judged);
        place_ = 0;
        phase_ = Phase::kRemove;
        break;
      }
      case Phase::kRemove:
        if (!Walk(*list, true, &work, now)) break;
        place_ = 0;
        phase_ = Phase::kAdd;
        break;
      case Phase::kAdd:
        if (place_ == entries_.size()) {
          Finish(now);
          return end(FeedFault::kNone);
        }
        Put(*list, entries_[place_++], now);
        --work;
        break;
      case Phase::kIdle:
        return true;
    }
  }
  return false;
}

}  // namespace sipward::engine
