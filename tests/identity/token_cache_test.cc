// With the cache a verifier says what it would say without.
#include "identity/token_cache.h"

#include <array>
#include <cstdio>
#include <random>
#include <string>
#include <tuple>
#include <vector>

#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

constexpr std::string_view kOtherUrl = "https://certs.example.net/numbers.pem";
// [2] one: 12025550101 alone.
constexpr std::string_view kOneNumber(
    "\x30\x0f\xa2\x0d\x16\x0b"
    "12025550101",
    17);
// mustInclude: crn.
constexpr std::string_view kMustIncludeCrn(
    "\x30\x09\xa0\x07\x30\x05\x16\x03"
    "crn",
    11);

class TokenCacheTest : public VerifyFixture {
 protected:
  std::string SignedBy(const MadeLeaf& leaf, std::string_view url, std::string_view payload,
                       std::string_view ppt = "shaken") const {
    return SignToken(leaf, Header(ppt, url), payload) + Params(ppt, url);
  }
  const Result& VerifyCached(const std::string& value) {
    value_ = value;
    view_ = value_;
    request_.identity = {&view_, 1};
    return cached_.Verify(request_);
  }
  std::string_view Reasoned(const std::string& value) {
    return Describe(VerifyCached(value).reason).name;
  }
  uint64_t hits() const { return cache_.statistics().hits; }

  TokenCache cache_{64};
  Verifier cached_{policy_, source_, nullptr, &cache_};
  std::string value_;
  std::string_view view_;
};

TEST_F(TokenCacheTest, TheSecondTimeItIsKnown) {
  const std::string value = Shaken();
  EXPECT_EQ(Reasoned(value), "OK");
  EXPECT_EQ(hits(), 0U);
  const Result& again = VerifyCached(value);
  EXPECT_EQ(hits(), 1U);
  EXPECT_EQ(Describe(again.reason).name, "OK");
  EXPECT_EQ(again.attest, "A");
  EXPECT_EQ(again.origid, kOrigid);
  EXPECT_EQ(again.spc, "1234");
  EXPECT_EQ(again.age, 5);
  ASSERT_EQ(again.headers.size(), 1U);
  EXPECT_EQ(again.headers[0].x5u, kUrl);
  EXPECT_EQ(again.headers[0].token, value.substr(0, value.find(';')));
}

TEST_F(TokenCacheTest, AForgedOneStaysForged) {
  const std::string good = Shaken();
  EXPECT_EQ(Reasoned(good), "OK");
  for (int i = 0; i < 3; ++i) EXPECT_EQ(Reasoned(Forged(good)), "SIG_INVALID");
  EXPECT_EQ(hits(), 2U);
  EXPECT_EQ(Reasoned(good), "OK");
}

TEST_F(TokenCacheTest, TimeAndPartiesAreJudgedEachTime) {
  const std::string value = Shaken();
  EXPECT_EQ(Reasoned(value), "OK");
  request_.now = kNow + 56;
  EXPECT_EQ(Reasoned(value), "IAT_STALE");
  request_.now = kNow - 66;
  EXPECT_EQ(Reasoned(value), "IAT_FUTURE");
  request_.now = kNow;
  request_.from = "tel:+12025550109";
  EXPECT_EQ(Reasoned(value), "ORIG_MISMATCH");
  request_.from = "tel:+12025550101";
  request_.to = "tel:+12025550109";
  EXPECT_EQ(Reasoned(value), "DEST_MISMATCH");
  request_.to = "tel:+12025550102";
  EXPECT_EQ(Reasoned(value), "OK");
  EXPECT_EQ(hits(), 5U);
}

TEST_F(TokenCacheTest, WhatIsTrustedIsJudgedEachTime) {
  const std::string value = Shaken();
  EXPECT_EQ(Reasoned(value), "OK");
  EXPECT_EQ(store_.SetCrls({pki().MakeCrl({leaf_.serial})}), Reason::kOk);
  EXPECT_EQ(Reasoned(value), "CERT_REVOKED");
  EXPECT_EQ(store_.SetCrls({}), Reason::kOk);
  EXPECT_EQ(Reasoned(value), "OK");
  const MadePki others;
  EXPECT_EQ(store_.SetAnchors(others.anchor(), kNow), Reason::kOk);
  EXPECT_EQ(Reasoned(value), "CHAIN_UNTRUSTED");
  EXPECT_EQ(store_.SetAnchors(pki().anchor(), kNow), Reason::kOk);
  Provide(kUrl, leaf_);
  EXPECT_EQ(Reasoned(value), "OK");
  Provide(kUrl, pki().MakeLeaf());
  EXPECT_EQ(Reasoned(value), "SIG_INVALID") << "the same URL, and another key behind it";
}

TEST_F(TokenCacheTest, WhatIsNotRemembered) {
  request_.knows_session = true;
  const std::string keys =
      Value("shaken", Claims("\"attest\":\"A\",", "12025550102", kNow,
                             ",\"origid\":\"" + std::string(kOrigid) +
                                 R"(","mky":[{"alg":"sha-256","dig":"4A:AD"}])"));
  const Fingerprint right{.hash = "sha-256", .value = "4A:AD"};
  const Fingerprint wrong{.hash = "sha-256", .value = "4A:AE"};
  request_.fingerprints = {&right, 1};
  EXPECT_EQ(Reasoned(keys), "OK");
  request_.fingerprints = {&wrong, 1};
  EXPECT_EQ(Reasoned(keys), "MKY_MISMATCH");
  const std::string padded = Shaken() + ";x=" + std::string(1'000, 'y');
  EXPECT_EQ(Reasoned(padded), "OK");
  EXPECT_EQ(Reasoned(padded), "OK");
  EXPECT_EQ(hits(), 0U);
}

// ---- Anything at random, beside a verifier without a cache ----

// What a random walk does to the world and what it asks.
class Walk {
 public:
  Walk(uint32_t seed, std::vector<std::string> values)
      : random_(seed), values_(std::move(values)) {}

  bool OneIn(uint32_t n) { return random_() % n == 0; }
  template <typename T>
  const T& Pick(const std::vector<T>& from) {
    return from[random_() % from.size()];
  }
  std::vector<std::string_view> Headers() {
    std::vector<std::string_view> headers;
    for (size_t count = OneIn(3) ? 1 + random_() % 3 : 1; count > 0; --count) {
      headers.emplace_back(Pick(values_));
    }
    return headers;
  }

 private:
  std::mt19937 random_;
  std::vector<std::string> values_;
};

void ExpectSame(const Result& a, const Result& b) {
  EXPECT_EQ(Describe(a.reason).name, Describe(b.reason).name);
  EXPECT_EQ(a.result, b.result);
  EXPECT_EQ(a.sip_code, b.sip_code);
  EXPECT_EQ(a.flags, b.flags);
  EXPECT_EQ(std::tie(a.attest, a.origid, a.spc, a.issuer, a.nam, a.crn, a.verstat, a.missing),
            std::tie(b.attest, b.origid, b.spc, b.issuer, b.nam, b.crn, b.verstat, b.missing));
  EXPECT_EQ(a.age, b.age);
  EXPECT_EQ(a.div_count, b.div_count);
  ASSERT_EQ(a.headers.size(), b.headers.size());
  for (size_t i = 0; i < a.headers.size(); ++i) {
    const HeaderResult& x = a.headers[i];
    const HeaderResult& y = b.headers[i];
    EXPECT_EQ(std::tie(x.reason, x.stage, x.sip_code, x.flags, x.ignored, x.duplicate, x.ppt),
              std::tie(y.reason, y.stage, y.sip_code, y.flags, y.ignored, y.duplicate, y.ppt));
    EXPECT_EQ(x.token, y.token);
    EXPECT_EQ(x.token.data(), y.token.data()) << "a view into the request";
    EXPECT_EQ(x.x5u, y.x5u);
  }
}

class TokenCacheWalk : public TokenCacheTest, public testing::WithParamInterface<uint32_t> {
 protected:
  // Right and wrong in many ways; some share a time, a party or a URL.
  std::vector<std::string> Values() const {
    const std::string crn = Claims("\"attest\":\"B\",", "12025550102", kNow + 30,
                                   ",\"origid\":\"x\\u0041\",\"crn\":\"to \\\"you\\\"\"");
    std::vector<std::string> values = {
        Shaken(),
        Shaken(kNow + 40),
        Shaken(kNow - 40),
        Forged(Shaken()),
        Forged(Shaken(kNow + 40)),
        Value("", Claims("", "12025550102", kNow)),
        Value("shaken", crn),
        Value("shaken", ShakenClaims() + " "),
        Div("12025550102", "12025550103"),
        Div("12025550102", "12025550103", kNow + 20),
        Div("12025550103", "12025550104"),
        Forged(Div("12025550102", "12025550103")),
        Value("rcd", Claims("", "12025550102", kNow, R"(,"rcd":{"nam":"Bob"})")),
        Value("rph", Claims("", "12025550102", kNow, R"(,"rph":{"auth":["ets.0"]})")),
        Value("shaken", Claims("\"attest\":\"A\",", "12025550109", kNow, ",\"origid\":\"1\"")),
        SignedBy(numbers_, kOtherUrl, ShakenClaims()),
        SignedBy(numbers_, kOtherUrl, crn),
        SignedBy(numbers_, kUrl, ShakenClaims()),
        SignedBy(leaf_, "https://certs.example.net/none.pem", ShakenClaims()),
        SignedBy(leaf_, "https://127.0.0.1/a.pem", ShakenClaims()),
        Value("new", ShakenClaims()),
        Shaken() + ";x=1",
        "x",
        ""};
    return values;
  }

  // Half of the time back to what is in order.
  void ChangeTrust(Walk& walk) {
    if (walk.OneIn(2)) {
      store_.SetAnchors(pki().anchor(), kNow);
      store_.SetCrls({});
      Provide(kUrl, leaf_);
      Provide(kOtherUrl, numbers_);
      return;
    }
    switch (walk.Pick(std::vector<int>{0, 1, 2, 3, 4, 5})) {
      case 0:
        store_.SetCrls({walk.OneIn(2) ? crls_[0] : crls_[1]});
        break;
      case 1:
        store_.SetCrls({walk.OneIn(4) ? std::string_view("no list") : crls_[2]});
        break;
      case 2:
        store_.SetAnchors(walk.OneIn(4) ? others_.anchor() : pki().anchor(), request_.now);
        break;
      case 3:
        store_.ProvideFailure(kOtherUrl, Reason::kX5uTimeout, request_.now);
        break;
      default:
        store_.ProvideCertificate(walk.OneIn(2) ? kUrl : kOtherUrl,
                                  walk.OneIn(4)   ? constrained_.pem
                                  : walk.OneIn(2) ? numbers_.pem
                                                  : leaf_.pem,
                                  request_.now, -1);
    }
  }

  void ChangeRequest(Walk& walk) {
    static const std::vector<std::string_view> kCallers = {
        "tel:+12025550101", "tel:+12025550101", "sip:12025550101@example.net;user=phone",
        "sip:+12025550109@example.net;user=phone", "sip:anonymous@anonymous.invalid"};
    static const std::vector<std::string_view> kCalled = {
        "tel:+12025550102", "tel:+12025550102", "tel:+12025550103", "sip:+12025550104@example.com"};
    request_.from = walk.Pick(kCallers);
    request_.to = walk.Pick(kCalled);
    request_.request_uri = walk.Pick(kCalled);
    request_.call_id = walk.OneIn(20) ? "another" : "this";
    request_.from_tag = walk.OneIn(20) ? "another" : "this";
    request_.knows_date = walk.OneIn(2);
    request_.date.reset();
    if (walk.OneIn(2)) request_.date = kNow - 20;
    request_.knows_priority = walk.OneIn(2);
  }

  void ChangeTime(Walk& walk) {
    static const std::vector<int64_t> kTimes = {-90, -30, 0, 0, 5, 10, 20, 30, 50, 80};
    request_.now = kNow + walk.Pick(kTimes);
    if (walk.OneIn(50)) request_.now += walk.OneIn(2) ? 100'000 : -100'000;
    request_.monotonic += 20 * kSecond;
  }

  const MadePki others_;
  const MadeLeaf numbers_ = pki().MakeLeaf(kOneNumber);
  const MadeLeaf constrained_ = pki().MakeLeaf(kOneNumber, kMustIncludeCrn);
  const std::vector<std::string> crls_ = {pki().MakeCrl({}), pki().MakeCrl({leaf_.serial}),
                                          pki().MakeCrl({numbers_.serial})};
};

TEST_P(TokenCacheWalk, NothingIsDifferentFromAVerifierWithoutOne) {
  constexpr int kSteps = 50'000;
  Provide(kOtherUrl, numbers_);
  const TokenCache cache(GetParam());
  const auto region = state::Region::Create(1 << 20, HashSecret{});
  const auto other_region = state::Region::Create(1 << 20, HashSecret{});
  auto replay = ReplayMemory::Open(region.get(), 60, 1024);
  auto other_replay = ReplayMemory::Open(other_region.get(), 60, 1024);
  ASSERT_TRUE(replay && other_replay);
  Verifier with(policy_, source_, &*replay, &cache);
  Verifier without(policy_, source_, &*other_replay);
  Walk walk(GetParam(), Values());
  std::array<int, 4> seen{};
  for (int step = 0; step < kSteps && !HasFailure(); ++step) {
    if (walk.OneIn(100)) ChangeTrust(walk);
    if (walk.OneIn(20)) ChangeTime(walk);
    if (walk.OneIn(4)) ChangeRequest(walk);
    const std::vector<std::string_view> headers = walk.Headers();
    request_.identity = headers;
    const Result& result = with.Verify(request_);
    ++seen[static_cast<size_t>(result.result)];
    ExpectSame(result, without.Verify(request_));
  }
  // The walk came to what it is about.
  for (const int times : seen) std::printf("%d ", times);
  std::printf("none, pending, verified and failed; %llu hits, %llu misses\n",
              static_cast<unsigned long long>(cache.statistics().hits),
              static_cast<unsigned long long>(cache.statistics().misses));
  EXPECT_GT(seen[static_cast<size_t>(facts::IdentityResult::kVerified)], kSteps / 50);
  EXPECT_GT(seen[static_cast<size_t>(facts::IdentityResult::kFailed)], kSteps / 4);
  EXPECT_GT(cache.statistics().hits, static_cast<uint64_t>(kSteps) / 4);
}

// Room for all of them, and for so few that they push each other out.
INSTANTIATE_TEST_SUITE_P(Sizes, TokenCacheWalk, testing::Values(64U, 8U));

}  // namespace
}  // namespace sipward::identity
