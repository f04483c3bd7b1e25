#include "engine/caller_check.h"

#include <span>

#include "engine/generation.h"
#include "identity/identity.h"

namespace sipward::engine {
namespace {

constexpr uint32_t kTokens = identity::ReplayMemory::kUsualCapacity;

identity::Policy PolicyOf(const CallerTrust& trust) {
  return trust.policy != nullptr ? *trust.policy : identity::Policy{};
}

class Checker final : public CallerCheck {
 public:
  Checker(const CallerTrust& trust, state::Region* region)
      : store_(trust.store),
        policy_(PolicyOf(trust)),
        source_(*store_),
        replay_(identity::ReplayMemory::Open(region, policy_.window, kTokens)),
        cache_(trust.cache),
        verifier_(policy_, source_, replay_ ? &*replay_ : nullptr, cache_.get()) {}
  ~Checker() override {
    if (replay_) replay_->Close();
  }

  const facts::Identity& Check(sip::Message& message, const facts::Packet& packet) override {
    const identity::Result& result =
        verifier_.Verify(request_.Read(message, packet.wall, packet.monotonic));
    missing_ = result.missing;
    chains_ = result.chains;
    stale_ = result.stale;
    found_ = identity::FactsOf(result);
    return found_;
  }
  void NoteChains(facts::Tape* tape) const override {
    facts::ChainNotes notes(tape);
    for (const identity::UsedChain& chain : chains_) {
      notes.Add(chain.x5u, chain.headers, *chain.certificates);
    }
    notes.Finish();
  }
  std::string_view missing() const override { return missing_; }
  std::string_view stale() const override { return stale_; }

 private:
  const std::shared_ptr<identity::TrustStore> store_;
  const identity::Policy policy_;
  const identity::StoreSource source_;
  std::optional<identity::ReplayMemory> replay_;
  const std::shared_ptr<const identity::TokenCache> cache_;
  identity::MessageRequest request_;
  identity::Verifier verifier_;
  facts::Identity found_;
  std::span<const identity::UsedChain> chains_;
  std::string_view missing_;
  std::string_view stale_;
};

}  // namespace

bool CallerCheck::Prepare(const CallerTrust& trust, state::Region* region, Misfit* misfit) {
  if (trust.store == nullptr) return true;
  if (identity::ReplayMemory::Open(region, PolicyOf(trust).window, kTokens)) return true;
  if (misfit != nullptr) {
    *misfit = {"identity.replay", identity::ReplayMemory::Bytes(PolicyOf(trust).window, kTokens),
               region->LargestRoom()};
  }
  return false;
}

std::unique_ptr<CallerCheck> CallerCheck::Create(const CallerTrust& trust, state::Region* region) {
  return trust.store == nullptr ? nullptr : std::make_unique<Checker>(trust, region);
}

}  // namespace sipward::engine
