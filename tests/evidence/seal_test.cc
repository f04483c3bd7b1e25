#include "evidence/seal.h"

#include <gtest/gtest.h>

#include <set>
#include <string>

namespace sipward::evidence {
namespace {

TEST(Seal, OpensWithItsKeyAtItsPlace) {
  RecordKeys keys;
  const RecordKey key = keys.Next();
  for (const std::string& text : {std::string(), std::string("a"), std::string(5000, 'x')}) {
    const std::string sealed = Seal(key, 7, text);
    EXPECT_EQ(Open(key, 7, sealed), text);
    EXPECT_EQ(Open(key, 8, sealed), std::nullopt);
    EXPECT_EQ(Open(keys.Next(), 7, sealed), std::nullopt);
    EXPECT_EQ(Open(RecordKey{}, 7, sealed), std::nullopt);
    EXPECT_NE(Seal(keys.Next(), 7, text), sealed);
  }
}

TEST(Seal, WhatWasChangedDoesNotOpen) {
  RecordKeys keys;
  const RecordKey key = keys.Next();
  const std::string sealed = Seal(key, 1, "what was decided");
  EXPECT_EQ(sealed.find("decided"), sealed.npos);
  for (size_t at = 0; at < sealed.size(); ++at) {
    std::string changed = sealed;
    changed[at] = static_cast<char>(changed[at] ^ 1);
    EXPECT_EQ(Open(key, 1, changed), std::nullopt) << at;
    EXPECT_EQ(Open(key, 1, sealed.substr(0, at)), std::nullopt) << at;
  }
  EXPECT_EQ(Open(key, 1, sealed + "x"), std::nullopt);
}

TEST(Seal, ADestroyedKeyIsNone) {
  EXPECT_TRUE(IsDestroyed(RecordKey{}));
  RecordKeys keys;
  std::set<RecordKey> all;
  for (int i = 0; i < 200; ++i) {
    const RecordKey fresh = keys.Next();
    EXPECT_FALSE(IsDestroyed(fresh));
    EXPECT_TRUE(all.insert(fresh).second);
  }
}

}  // namespace
}  // namespace sipward::evidence
