#include "identity/trust.h"

#include <algorithm>
#include <list>
#include <unordered_map>
#include <utility>

#include "base/platform/lock.h"
#include "identity/anchors.h"
#include "identity/chain_document.h"
#include "identity/crl.h"
#include "identity/crl_set.h"
#include "identity/key_tables.h"

namespace sipward::identity {
namespace {

using Guard = platform::LockGuard;

int64_t Plus(int64_t a, int64_t b) {
  int64_t sum = 0;
  if (!__builtin_add_overflow(a, b, &sum)) return sum;
  return b > 0 ? INT64_MAX : INT64_MIN;
}

struct Entry {
  std::string url;
  Reason reason = Reason::kOk;
  std::shared_ptr<const ChainDocument> document;
  std::shared_ptr<const Credential> credential;  // null: it failed for this reason
  SharedChain chain;  // of the credential, or of what was refused; null: there is none
  int64_t fresh_until = 0;
  int64_t usable_until = 0;
  int64_t retry_at = INT64_MIN;  // a fetch failed: not again before
  size_t bytes = 0;
  uint64_t crl_generation = 0;  // of the set that `revocation` is about
  Revocation revocation;
};

// What OpenSSL makes of a certificate is several times its DER.
size_t BytesOf(const Entry& entry) {
  constexpr size_t kEntry = 1024;
  constexpr size_t kCertificate = 4096;
  const size_t chain = entry.chain ? SizeOf(*entry.chain) : 0;
  if (!entry.document) return kEntry + entry.url.size() + chain;
  return kEntry + entry.url.size() + chain + 2 * entry.document->size() +
         kCertificate * entry.document->certificates().size();
}

}  // namespace

class TrustStore::Impl {
 public:
  Impl(const HashSecret& secret, TrustPolicy policy)
      : policy_(std::move(policy)),
        tables_(policy_.key_tables == 0 ? nullptr
                                        : std::make_shared<KeyTables>(policy_.key_tables)),
        index_(0, Hash{secret}),
        anchors_(std::make_shared<AnchorSet>()),
        crls_(std::make_shared<const CrlSet>()) {
    lock_.Init(platform::Sharing::kPrivate);
    change_.Init(platform::Sharing::kPrivate);
  }

  const TrustPolicy& policy() const { return policy_; }

  Reason SetAnchors(std::string_view certificates, int64_t now) {
    const Guard change(&change_);
    auto anchors = AnchorSet::Parse(certificates, policy_.partial_chains);
    if (!anchors) return Reason::kCertMalformed;
    // Whatever is dear is done before the table is locked.
    const auto judged = JudgeAll(*anchors, now);
    auto crls = std::make_shared<const CrlSet>(crls_->lists(), crls_->malformed(), *anchors);
    std::erase_if(newest_crls_, [&](const auto& list) {
      return list->StandingUnder(*anchors) != Crl::Standing::kSigned;
    });
    Remember(crls->good());
    const Guard guard(&lock_);
    anchors_ = std::move(anchors);
    ++anchor_generation_;
    crls_ = std::move(crls);
    ++crl_generation_;
    while (!failed_.empty()) Drop(&failed_, failed_.begin());
    for (auto at = good_.begin(); at != good_.end();) {
      const auto next = std::next(at);
      const auto made = judged.find(at->document);
      if (made == judged.end()) {
        Drop(&good_, at);  // came in between, under the old anchors
      } else if (made->second.credential) {
        at->credential = made->second.credential;
        at->chain = at->credential->certificates();
      } else {
        Entry refused;
        refused.url = at->url;
        refused.reason = made->second.reason;
        refused.chain = at->document->chain();
        refused.usable_until = Plus(now, policy_.failure_age);
        Drop(&good_, at);
        Insert(&failed_, std::move(refused));
      }
      at = next;
    }
    return Reason::kOk;
  }

  Reason SetCrls(const std::vector<std::string_view>& lists) {
    const Guard change(&change_);
    std::vector<std::shared_ptr<const Crl>> read;
    bool malformed = false;
    for (const std::string_view bytes : lists) {
      auto list = Crl::Parse(bytes, policy_.max_crl);
      malformed = malformed || !list;
      if (list) read.push_back(std::move(list));
    }
    CrlSet given(std::move(read), malformed, *anchors_);
    if (lists.empty()) newest_crls_.clear();
    const bool newest = given.KeepNewest(newest_crls_);
    Remember(given.good());
    Reason reason = given.trouble();
    auto crls = std::make_shared<const CrlSet>(std::move(given));
    if (reason != Reason::kOk && policy_.unusable_crl == OnTrouble::kFlag) {
      crls = std::make_shared<const CrlSet>(*crls, *crls_);
    }
    if (reason == Reason::kOk && !newest) reason = Reason::kCrlStale;
    const Guard guard(&lock_);
    crls_ = std::move(crls);
    ++crl_generation_;
    return reason;
  }

  Reason Provide(std::string_view url, std::string_view bytes, int64_t fetched_at,
                 int64_t max_age) {
    const ChainDocument::Read read = ChainDocument::Parse(
        bytes, {.size = policy_.max_document, .certificates = policy_.max_document_certificates});
    if (!read.document) {
      Fail(url, read.reason, fetched_at, policy_.failure_age);
      return read.reason;
    }
    for (;;) {
      std::shared_ptr<const AnchorSet> anchors;
      uint64_t generation = 0;
      {
        const Guard guard(&lock_);
        anchors = anchors_;
        generation = anchor_generation_;
      }
      Credential::Made made =
          Credential::Make(*read.document, *anchors, policy_, fetched_at, tables_);
      if (made.credential) made.reason = made.credential->chain_validity().At(fetched_at);
      if (made.reason != Reason::kOk) {
        Fail(url, made.reason, fetched_at, policy_.failure_age, read.document->chain());
        return made.reason;
      }
      Entry entry = Good(url, read.document, std::move(made.credential), fetched_at, max_age);
      const Guard guard(&lock_);
      if (generation != anchor_generation_) continue;  // judged by anchors that are gone
      Forget(url);
      Insert(&good_, std::move(entry));
      return Reason::kOk;
    }
  }

  // What is there and usable is not lost to a failure: its time is.
  void Fail(std::string_view url, Reason reason, int64_t now, int64_t age,
            SharedChain refused = nullptr) {
    Entry entry;
    entry.url = url;
    entry.reason = reason;
    entry.chain = std::move(refused);
    entry.usable_until = Plus(now, age);
    const Guard guard(&lock_);
    const auto found = index_.find(url);
    if (found != index_.end() && found->second->credential && now <= found->second->usable_until) {
      found->second->retry_at = Plus(now, age);
      return;
    }
    Forget(url);
    Insert(&failed_, std::move(entry));
  }

  Lookup Find(std::string_view url, int64_t now) {
    Lookup lookup;
    const Guard guard(&lock_);
    const auto found = index_.find(url);
    if (found == index_.end()) return lookup;
    const auto at = found->second;
    if (now > at->usable_until) return lookup;
    std::list<Entry>& owner = at->credential ? good_ : failed_;
    owner.splice(owner.begin(), owner, at);
    lookup.chain = at->chain;
    if (!at->credential) {
      lookup.state = Lookup::State::kFailed;
      lookup.reason = at->reason;
      return lookup;
    }
    lookup.refresh = now > at->fresh_until && now >= at->retry_at;
    lookup.reason = Judge(&*at, now, &lookup.flags);
    if (lookup.reason != Reason::kOk) {
      lookup.state = Lookup::State::kFailed;
      return lookup;
    }
    lookup.state = Lookup::State::kFound;
    lookup.credential = at->credential;
    return lookup;
  }

  uint64_t anchor_generation() {
    const Guard guard(&lock_);
    return anchor_generation_;
  }
  uint64_t crl_generation() {
    const Guard guard(&lock_);
    return crl_generation_;
  }
  Statistics statistics() {
    const auto tables = tables_ ? tables_->statistics() : KeyTables::Statistics{};
    const Guard guard(&lock_);
    return {.credentials = good_.size(),
            .failures = failed_.size(),
            .bytes = bytes_,
            .evictions = evictions_,
            .key_tables = tables.keys,
            .table_comparisons = tables.compared,
            .table_disagreements = tables.disagreements};
  }

 private:
  // What was the newest counts, whether it is still in use or not.
  void Remember(const std::vector<std::shared_ptr<const Crl>>& lists) {
    for (const auto& list : lists) {
      std::erase_if(newest_crls_, [&](const auto& seen) {
        return list->IsOfOneScope(*seen) && !seen->IsNewerThan(*list);
      });
      const bool old = std::any_of(newest_crls_.begin(), newest_crls_.end(),
                                   [&](const auto& seen) { return seen->IsNewerThan(*list); });
      if (!old) newest_crls_.push_back(list);
    }
  }

  using Judged = std::unordered_map<std::shared_ptr<const ChainDocument>, Credential::Made>;

  struct Hash {
    HashSecret secret;
    size_t operator()(std::string_view url) const { return KeyedHash64(secret, url); }
  };

  Judged JudgeAll(const AnchorSet& anchors, int64_t now) {
    std::vector<std::shared_ptr<const ChainDocument>> documents;
    {
      const Guard guard(&lock_);
      for (const Entry& entry : good_) documents.push_back(entry.document);
    }
    Judged judged;
    for (const auto& document : documents) {
      judged.emplace(document, Credential::Make(*document, anchors, policy_, now, tables_));
    }
    return judged;
  }

  Entry Good(std::string_view url, std::shared_ptr<const ChainDocument> document,
             std::shared_ptr<const Credential> credential, int64_t fetched_at,
             int64_t max_age) const {
    Entry entry;
    entry.url = url;
    entry.document = std::move(document);
    const int64_t age = std::clamp(max_age, policy_.min_age, policy_.max_age);
    const int64_t end = credential->chain_validity().not_after;
    entry.chain = credential->certificates();
    entry.credential = std::move(credential);
    entry.fresh_until = std::min(Plus(fetched_at, age), end);
    // One second more, so that it is told that it expired.
    entry.usable_until = std::min(Plus(entry.fresh_until, policy_.max_stale), Plus(end, 1));
    return entry;
  }

  Reason Judge(Entry* entry, int64_t now, FlagSet* flags) const {
    const Credential& credential = *entry->credential;
    const Reason dates = credential.chain_validity().At(now);
    if (dates != Reason::kOk) return dates;
    if (entry->crl_generation != crl_generation_) {
      entry->revocation = crls_->Judge(credential);
      entry->crl_generation = crl_generation_;
    }
    if (credential.spc_count() > 1) flags->Add(Flag::kTnauthMultiSpc);
    return crls_->JudgeAt(now, credential, entry->revocation, policy_, flags);
  }

  void Insert(std::list<Entry>* owner, Entry entry) {
    owner->push_front(std::move(entry));
    Entry& added = owner->front();
    added.bytes = BytesOf(added);
    added.crl_generation = UINT64_MAX;
    bytes_ += added.bytes;
    index_.emplace(std::string_view(added.url), owner->begin());
    const size_t most = owner == &good_ ? policy_.max_credentials : policy_.max_failures;
    while (owner->size() > std::max<size_t>(most, 1)) Evict(owner);
    // Whoever is new pays with what is old of its kind, then with failures.
    while (bytes_ > policy_.max_bytes && !failed_.empty() && owner == &good_) Evict(&failed_);
    while (bytes_ > policy_.max_bytes && owner->size() > 1) Evict(owner);
  }

  void Evict(std::list<Entry>* owner) {
    ++evictions_;
    Drop(owner, std::prev(owner->end()));
  }

  void Drop(std::list<Entry>* owner, std::list<Entry>::iterator at) {
    bytes_ -= at->bytes;
    index_.erase(at->url);
    owner->erase(at);
  }

  void Forget(std::string_view url) {
    const auto found = index_.find(url);
    if (found == index_.end()) return;
    const auto at = found->second;
    Drop(at->credential ? &good_ : &failed_, at);
  }

  const TrustPolicy policy_;
  const std::shared_ptr<KeyTables> tables_;  // null: without
  platform::SharedLock change_{};  // one change of anchors or lists at a time; taken before lock_
  std::vector<std::shared_ptr<const Crl>> newest_crls_;  // of each issuer and scope, under change_
  platform::SharedLock lock_{};                          // everything below
  std::list<Entry> good_;                                // the most recently used first
  std::list<Entry> failed_;
  // Keys lie in the entries.
  std::unordered_map<std::string_view, std::list<Entry>::iterator, Hash> index_;
  size_t bytes_ = 0;
  uint64_t evictions_ = 0;
  std::shared_ptr<const AnchorSet> anchors_;
  std::shared_ptr<const CrlSet> crls_;
  uint64_t anchor_generation_ = 0;
  uint64_t crl_generation_ = 0;
};

TrustStore::TrustStore(const HashSecret& secret, TrustPolicy policy)
    : impl_(std::make_unique<Impl>(secret, std::move(policy))) {}
TrustStore::~TrustStore() = default;

const TrustPolicy& TrustStore::policy() const { return impl_->policy(); }

Reason TrustStore::SetAnchors(std::string_view certificates, int64_t now) {
  return impl_->SetAnchors(certificates, now);
}

Reason TrustStore::SetCrls(const std::vector<std::string_view>& lists) {
  return impl_->SetCrls(lists);
}

Reason TrustStore::ProvideCertificate(std::string_view url, std::string_view document,
                                      int64_t fetched_at, int64_t max_age) {
  return impl_->Provide(url, document, fetched_at, max_age);
}

void TrustStore::ProvideFailure(std::string_view url, Reason reason, int64_t now) {
  impl_->Fail(url, reason, now, policy().unavailable_age);
}

Lookup TrustStore::Find(std::string_view url, int64_t now) const { return impl_->Find(url, now); }

uint64_t TrustStore::anchor_generation() const { return impl_->anchor_generation(); }
uint64_t TrustStore::crl_generation() const { return impl_->crl_generation(); }
TrustStore::Statistics TrustStore::statistics() const { return impl_->statistics(); }

}  // namespace sipward::identity
