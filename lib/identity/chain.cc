#include "identity/chain.h"

#include <algorithm>
#include <array>

namespace sipward::identity {
namespace {

constexpr size_t kMostTokens = 16;

bool IsHeader(const Token& token) { return token.outer == kNoToken && token.counts(); }

class SetChecker {
 public:
  SetChecker(TokenSpan tokens, const RequestParties& parties, const Policy& policy)
      : tokens_(tokens),
        count_(static_cast<uint8_t>(tokens.size())),
        parties_(parties),
        policy_(policy) {}

  Chain Run();

 private:
  Token& At(uint8_t index) const { return *tokens_[index]; }
  template <typename Wanted>
  uint8_t FindHeader(Wanted wanted) const;
  uint8_t FindBase();
  // The token that everything within this one began with.
  uint8_t Innermost(uint8_t index) const;
  uint32_t Depth(uint8_t index) const;
  Reason CheckWithin(uint8_t index) const;
  bool Links(uint8_t from, uint8_t to) const;
  bool IsLast(uint8_t index) const { return parties_.target.IsAmong(At(index).claims); }
  bool IsLink(uint8_t index) const { return IsHeader(At(index)) && At(index).diverts(); }
  void Add(uint8_t index);
  bool LinkInOrder();
  bool LinkShortest();
  void CheckDiversions();
  void CheckTimes();
  void CheckExtensions();
  bool Belongs(const Token& extension) const;

  const TokenSpan tokens_;
  const uint8_t count_;  // of them, kMostTokens at most
  const RequestParties& parties_;
  const Policy& policy_;
  Chain chain_;
  uint8_t start_ = kNoToken;  // where diversions begin: the base, if it has a header of its own
  std::array<uint8_t, kMostTokens> links_{};
  size_t link_count_ = 0;
};

template <typename Wanted>
uint8_t SetChecker::FindHeader(Wanted wanted) const {
  for (uint8_t i = 0; i < count_; ++i) {
    if (IsHeader(At(i)) && At(i).ok() && wanted(At(i))) return i;
  }
  return kNoToken;
}

uint8_t SetChecker::Innermost(uint8_t index) const {
  while (At(index).inner != kNoToken) index = At(index).inner;
  return index;
}

uint32_t SetChecker::Depth(uint8_t index) const {
  uint32_t depth = 1;
  for (; At(index).inner != kNoToken && At(At(index).inner).diverts(); ++depth) {
    index = At(index).inner;
  }
  return depth;
}

uint8_t SetChecker::FindBase() {
  const uint8_t base = FindHeader([](const Token& token) { return token.is_base(); });
  if (base != kNoToken) {
    start_ = base;
    for (uint8_t i = static_cast<uint8_t>(base + 1); i < count_; ++i) {
      if (IsHeader(At(i)) && At(i).is_base()) At(base).flags.Add(Flag::kMultipleBase);
    }
    return base;
  }
  const uint8_t full = FindHeader([](const Token& token) { return token.inner != kNoToken; });
  if (full != kNoToken) return Innermost(full);
  // RFC 9475: a message may have no other token than that of its text.
  start_ = FindHeader([](const Token& token) { return token.value.ppt == Ppt::kMsg; });
  return start_;
}

// A div-o and the tokens within it are a chain of their own.
Reason SetChecker::CheckWithin(uint8_t index) const {
  for (; At(index).inner != kNoToken; index = At(index).inner) {
    const Claims& outer = At(index).claims;
    const Claims& inner = At(At(index).inner).claims;
    if (outer.orig != inner.orig) return Reason::kDivOrigMismatch;
    if (!inner.HasDest(outer.div)) return Reason::kDivChainBroken;
    if (inner.iat > outer.iat) return Reason::kDivChainTime;
  }
  return Reason::kOk;
}

bool SetChecker::Links(uint8_t from, uint8_t to) const {
  if (from == kNoToken) return At(to).inner != kNoToken;  // it brings its base along
  return At(from).claims.HasDest(At(to).claims.div) || (from == start_ && At(to).inner != kNoToken);
}

void SetChecker::Add(uint8_t index) {
  At(index).linked = true;
  links_[link_count_++] = index;
}

// As proxies add them: each header behind those before it.
bool SetChecker::LinkInOrder() {
  uint8_t last = start_;
  for (bool found = true; found;) {
    found = false;
    for (uint8_t i = 0; i < count_ && !found; ++i) {
      if (!IsLink(i) || At(i).linked || !Links(last, i)) continue;
      Add(i);
      last = i;
      found = true;
    }
  }
  if (last != start_ && IsLast(last)) return true;
  for (size_t i = 0; i < link_count_; ++i) At(links_[i]).linked = false;
  link_count_ = 0;
  return false;
}

// The fewest diversions that lead from the base to the called party.
bool SetChecker::LinkShortest() {
  std::array<uint8_t, kMostTokens> before;
  std::array<bool, kMostTokens> reached{};
  std::array<uint8_t, kMostTokens + 1> queue;
  size_t size = 0;
  queue[size++] = start_;
  for (size_t at = 0; at < size; ++at) {
    for (uint8_t i = 0; i < count_; ++i) {
      if (!IsLink(i) || reached[i] || !Links(queue[at], i)) continue;
      reached[i] = true;
      before[i] = queue[at];
      queue[size++] = i;
      if (!IsLast(i)) continue;
      for (uint8_t step = i; step != start_; step = before[step]) Add(step);
      std::reverse(links_.begin(), links_.begin() + static_cast<std::ptrdiff_t>(link_count_));
      return true;
    }
  }
  for (uint8_t i = 0; i < count_; ++i) {
    if (IsLink(i) && !reached[i]) At(i).reason = Reason::kDivChainBroken;
  }
  return false;
}

void SetChecker::CheckDiversions() {
  bool right = true;
  for (uint8_t i = 0; i < count_; ++i) {
    if (!IsLink(i)) continue;
    Token& token = At(i);
    if (chain_.base == kNoToken) {
      token.reason = Reason::kDivNoBase;
    } else if (token.claims.orig != At(chain_.base).claims.orig) {
      token.reason = Reason::kDivOrigMismatch;
    } else {
      token.reason = CheckWithin(i);
    }
    right = right && token.ok();
  }
  if (!right) return;
  if (!LinkInOrder() && !LinkShortest()) return;
  CheckTimes();
  for (uint8_t i = 0; i < count_; ++i) {
    if (IsLink(i) && !At(i).linked) At(i).flags.Add(Flag::kDivUnused);
  }
  for (size_t i = 0; i < link_count_; ++i) chain_.div_count += Depth(links_[i]);
}

void SetChecker::CheckTimes() {
  const int64_t first = At(chain_.base).claims.iat;
  int64_t latest = first;
  for (size_t i = 0; i < link_count_; ++i) {
    Token& link = At(links_[i]);
    const int64_t iat = link.claims.iat;
    if (iat < latest || iat - first > policy_.div_span) link.reason = Reason::kDivChainTime;
    latest = std::max(latest, iat);
  }
}

// Signed for the same call at about the same time.
bool SetChecker::Belongs(const Token& extension) const {
  if (chain_.base == kNoToken) return false;
  const Claims& base = At(chain_.base).claims;
  const Claims& added = extension.claims;
  const int64_t apart = added.iat - base.iat;
  if (added.orig != base.orig || apart > policy_.window || -apart > policy_.window) return false;
  const auto all_in = [](const Claims& some, const Claims& others) {
    const auto dests = some.dests();
    return std::all_of(dests.begin(), dests.end(),
                       [&others](const Party& party) { return others.HasDest(party); });
  };
  return all_in(added, base) && all_in(base, added);
}

void SetChecker::CheckExtensions() {
  for (uint8_t i = 0; i < count_; ++i) {
    Token& token = At(i);
    if (!IsHeader(token) || token.is_base() || token.diverts() || i == chain_.base) continue;
    if (token.ok() && !Belongs(token)) token.reason = Reason::kExtUnbound;
  }
}

Chain SetChecker::Run() {
  chain_.base = FindBase();
  if (HasDiversion(tokens_)) CheckDiversions();
  CheckExtensions();
  return chain_;
}

}  // namespace

bool HasDiversion(TokenSpan tokens) {
  return std::any_of(tokens.begin(), tokens.end(),
                     [](const Token* token) { return IsHeader(*token) && token->diverts(); });
}

Chain CheckSet(TokenSpan tokens, const RequestParties& parties, const Policy& policy) {
  return SetChecker(tokens, parties, policy).Run();
}

}  // namespace sipward::identity
