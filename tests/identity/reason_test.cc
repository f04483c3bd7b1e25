// The table of reasons holds together: a name, a step and a code each.
#include <gtest/gtest.h>

#include <set>
#include <string_view>

#include "identity/identity.h"

namespace sipward::identity {
namespace {

constexpr Reason kAll[] = {
#define SIPWARD_IDENTITY_REASON(symbol, name, stage, sip_code, text) Reason::symbol,
#include "facts/identity_reason.def"
#undef SIPWARD_IDENTITY_REASON
};

TEST(ReasonTest, EveryReasonHasANameOfItsOwnAndASentence) {
  std::set<std::string_view> names, texts;
  for (const Reason reason : kAll) {
    const ReasonInfo& info = Describe(reason);
    EXPECT_EQ(info.name,
              facts::EnumValueName(facts::Type::kIdentityReason, static_cast<int64_t>(reason)));
    EXPECT_TRUE(names.insert(info.name).second) << info.name;
    EXPECT_TRUE(texts.insert(info.text).second) << info.name;
    EXPECT_FALSE(info.text.empty() || info.text.ends_with('.')) << info.name;
  }
}

TEST(ReasonTest, EveryFailureHasACodeThatHasAPhrase) {
  for (const Reason reason : kAll) {
    const ReasonInfo& info = Describe(reason);
    const bool failure = reason != Reason::kOk && reason != Reason::kNotChecked;
    EXPECT_EQ(info.sip_code != 0, failure) << info.name;
    EXPECT_EQ(SipPhrase(info.sip_code).empty(), !failure) << info.name;
    EXPECT_EQ(info.stage == Stage::kNone, StageName(info.stage).empty()) << info.name;
  }
}

TEST(ReasonTest, StagesAreInTheOrderOfTheSteps) {
  EXPECT_LT(Describe(Reason::kInfoMissing).stage, Describe(Reason::kAlgUnsupported).stage);
  EXPECT_LT(Describe(Reason::kAlgUnsupported).stage, Describe(Reason::kIatStale).stage);
  EXPECT_LT(Describe(Reason::kDestMismatch).stage, Describe(Reason::kX5uScheme).stage);
  EXPECT_LT(Describe(Reason::kCertExpired).stage, Describe(Reason::kSigInvalid).stage);
  EXPECT_LT(Describe(Reason::kSigInvalid).stage, Describe(Reason::kDivNoBase).stage);
}

}  // namespace
}  // namespace sipward::identity
