#include "identity/answer.h"

#include <array>

#include "tests/identity/verify_fixture.h"

namespace sipward::identity {
namespace {

class AnswerTest : public VerifyFixture {
 protected:
  std::string Line(const HeaderResult& header) {
    std::array<char, 512> out;
    return {out.data(), WriteReasonHeader(header, out)};
  }
};

TEST_F(AnswerTest, RulesSeeWhatWasFound) {
  facts::Identity facts = FactsOf(Verify({Shaken()}));
  EXPECT_EQ(facts.result, facts::IdentityResult::kVerified);
  EXPECT_EQ(facts.attest, "A");
  EXPECT_EQ(facts.origid, kOrigid);
  EXPECT_EQ(facts.spc, "1234");
  EXPECT_EQ(facts.verstat, "TN-Validation-Passed");
  EXPECT_EQ(facts.age, 5 * kSecond);
  facts = FactsOf(Verify({Shaken(kNow - 100)}));
  EXPECT_EQ(facts.result, facts::IdentityResult::kFailed);
  EXPECT_EQ(facts.reason, Reason::kIatStale);
  EXPECT_FALSE(facts.age);
}

TEST_F(AnswerTest, EveryHeaderThatFailedHasALine) {
  const std::string stale = Shaken(kNow - 100);
  const std::string signature =
      stale.substr(0, stale.find(';')).substr(stale.rfind('.', stale.find(';')) + 1);
  const Result& result = Verify({stale, Value("hiya", "{}"), stale, "x.y.z\"\r\nX: ;info=<a:b>"});
  EXPECT_EQ(Line(result.headers[0]),
            "Reason: STIR;cause=403;text=\"Stale Date\";ppi=\".." + signature + "\"\r\n");
  EXPECT_EQ(Line(result.headers[1]), "");  // ignored
  EXPECT_EQ(Line(result.headers[2]), "");  // counted once
  EXPECT_EQ(Line(result.headers[3]), "");  // what it says goes nowhere
  std::array<char, 40> small;
  EXPECT_EQ(WriteReasonHeader(result.headers[0], small), 0u);
  EXPECT_EQ(Line(Verify({Shaken()}).headers[0]), "");
}

}  // namespace
}  // namespace sipward::identity
