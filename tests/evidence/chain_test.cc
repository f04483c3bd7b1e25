// A log that was changed is found out, at the entry where it was.
#include "evidence/chain.h"

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

namespace sipward::evidence {
namespace {

using Lines = std::vector<std::string>;

const SecretKey kKey = KeyOfSeed({1});
const SecretKey kOtherKey = KeyOfSeed({2});

// Four decisions, each pair with a checkpoint behind it: entries 1 to 6.
Lines Log(const SecretKey& key = kKey) {
  Chain chain;
  Lines lines;
  for (int i = 1; i <= 6; ++i) {
    std::string line;
    if (i % 3 == 0) {
      chain.AppendCheckpoint(key, &line);
    } else {
      chain.Append("decision", R"({"number":)" + std::to_string(i) + "}", &line);
    }
    line.pop_back();
    lines.push_back(line);
  }
  return lines;
}

struct Found {
  Fault fault = Fault::kNone;
  size_t line = 0;  // of the fault, from 1; 0: there is none
  uint64_t covered = 0;
};
Found Check(const Lines& lines, std::optional<PublicKey> trusted = PublicOf(kKey)) {
  Checker checker(trusted);
  Found found;
  for (const std::string& line : lines) {
    ++found.line;
    Entry entry;
    found.fault = checker.Take(line, &entry);
    found.covered = checker.covered();
    if (found.fault != Fault::kNone) return found;
  }
  found.line = 0;
  return found;
}

TEST(Chain, WhatIsWholeIsFoundWhole) {
  const Found found = Check(Log());
  EXPECT_EQ(found.fault, Fault::kNone) << found.line;
  EXPECT_EQ(found.covered, 5u);
  EXPECT_EQ(Check(Log(), std::nullopt).fault, Fault::kNone);
}

TEST(Chain, EntriesAreWhatWasWritten) {
  Checker checker;
  const Lines log = Log();
  Entry entry;
  ASSERT_EQ(checker.Take(log[0], &entry), Fault::kNone);
  EXPECT_EQ(entry.sequence, 1u);
  EXPECT_EQ(entry.kind, "decision");
  EXPECT_EQ(entry.body, R"({"number":1})");
  EXPECT_EQ(ToHex(entry.hash), log[0].substr(0, 64));
  EXPECT_EQ(checker.next(), 2u);
  EXPECT_EQ(checker.head(), entry.hash);
}

TEST(Chain, EveryByteThatIsFlippedIsFoundWhereItIs) {
  const Lines log = Log();
  for (size_t line = 0; line < log.size(); ++line) {
    for (size_t at = 0; at < log[line].size(); ++at) {
      for (const int bit : {0x01, 0x20, 0x80}) {
        Lines changed = log;
        changed[line][at] = static_cast<char>(changed[line][at] ^ bit);
        const Found found = Check(changed);
        EXPECT_NE(found.fault, Fault::kNone) << line << ':' << at << ' ' << changed[line];
        EXPECT_EQ(found.line, line + 1) << changed[line];
      }
    }
  }
}

TEST(Chain, EntriesThatAreMissingOrCutAreFound) {
  const Lines log = Log();
  for (size_t line = 0; line + 1 < log.size(); ++line) {
    Lines dropped = log, repeated = log, swapped = log;
    dropped.erase(dropped.begin() + static_cast<ptrdiff_t>(line));
    repeated.insert(repeated.begin() + static_cast<ptrdiff_t>(line), log[line]);
    std::swap(swapped[line], swapped[line + 1]);
    EXPECT_EQ(Check(dropped).fault, Fault::kSequence);
    EXPECT_EQ(Check(dropped).line, line + 1);
    EXPECT_EQ(Check(repeated).fault, Fault::kSequence);
    EXPECT_EQ(Check(repeated).line, line + 2);
    EXPECT_EQ(Check(swapped).fault, Fault::kSequence);
    EXPECT_EQ(Check(swapped).line, line + 1);
  }
  for (size_t cut = 0; cut < log[1].size(); ++cut) {
    Lines changed = log;
    changed[1].resize(cut);
    EXPECT_EQ(Check(changed).line, 2u) << cut;
  }
  // Nobody can see an end that was cut off; what a checkpoint covers is told.
  EXPECT_EQ(Check({log.begin(), log.begin() + 5}).covered, 2u);
}

TEST(Chain, WhoRewritesAnEntryMustRewriteAllBehindItAndSign) {
  // As Log(), with other decisions.
  Chain chain;
  Lines lines;
  for (int i = 1; i <= 2; ++i) {
    std::string line;
    chain.Append("decision", R"({"number":7})", &line);
    lines.push_back(line.substr(0, line.size() - 1));
  }
  Lines changed = Log();
  changed[0] = lines[0];
  EXPECT_EQ(Check(changed).fault, Fault::kHash);
  EXPECT_EQ(Check(changed).line, 2u);
  changed[1] = lines[1];
  EXPECT_EQ(Check(changed).line, 3u);
  // With the hash of the checkpoint put right its signature does not fit.
  std::string checkpoint;
  chain.Append(kCheckpoint, changed[2].substr(changed[2].find('{')), &checkpoint);
  changed[2] = checkpoint.substr(0, checkpoint.size() - 1);
  EXPECT_EQ(Check(changed).fault, Fault::kSignature);
  EXPECT_EQ(Check(changed).line, 3u);
}

TEST(Chain, CheckpointsAreOfTheKeyThatIsTrusted) {
  EXPECT_EQ(Check(Log(kOtherKey)).fault, Fault::kKey);
  EXPECT_EQ(Check(Log(kOtherKey)).line, 3u);
  // If any is trusted, all have the same.
  Lines mixed = Log();
  Chain chain(6, *HashFromHex(std::string_view(mixed[4]).substr(0, 64)));
  std::string line;
  chain.AppendCheckpoint(kOtherKey, &line);
  mixed[5] = line.substr(0, line.size() - 1);
  EXPECT_EQ(Check(mixed, std::nullopt).fault, Fault::kKey);
  EXPECT_EQ(Check(mixed, std::nullopt).line, 6u);
}

TEST(Chain, EntriesMayBeLeftOutAndThoseBehindBindThem) {
  Lines log = Log();
  log[1] = log[1].substr(0, 64) + " 2 - -";
  EXPECT_EQ(Check(log).fault, Fault::kNone);
  log[1][0] = log[1][0] == 'a' ? 'b' : 'a';
  EXPECT_NE(Check(log).fault, Fault::kNone);
  EXPECT_EQ(Check(log).line, 3u);
}

TEST(Chain, GoesOnInTheMiddle) {
  const Lines log = Log();
  Checker checker(PublicOf(kKey));
  checker.Begin(4, *HashFromHex(std::string_view(log[2]).substr(0, 64)));
  Entry entry;
  for (size_t line = 3; line < log.size(); ++line) {
    EXPECT_EQ(checker.Take(log[line], &entry), Fault::kNone);
  }
  EXPECT_EQ(checker.covered(), 5u);
}

TEST(Chain, LinesThatAreNone) {
  const std::string zeros(64, '0');
  for (const std::string& line : {std::string(),
                                  std::string(" "),
                                  zeros,
                                  zeros + " ",
                                  zeros + " 1",
                                  zeros + " 1 ",
                                  zeros + " 1 a",
                                  zeros + " 1 a ",
                                  zeros + " 0 a b",
                                  zeros + " 01 a b",
                                  zeros + " -1 a b",
                                  zeros + " +1 a b",
                                  zeros + " 1x a b",
                                  zeros + "  1 a b",
                                  zeros + " 1  b",
                                  "0" + zeros + " 1 a b",
                                  zeros.substr(1) + " 1 a b",
                                  zeros + " 18446744073709551616 a b",
                                  std::string(64, 'A') + " 1 a b",
                                  std::string(64, 'g') + " 1 a b"}) {
    Entry entry;
    EXPECT_FALSE(ReadLine(line, &entry)) << line;
  }
  Entry entry;
  const std::string last = zeros + " 18446744073709551615 a b c";
  EXPECT_TRUE(ReadLine(last, &entry));
  EXPECT_EQ(entry.sequence, UINT64_MAX);
  EXPECT_EQ(entry.body, "b c");
}

TEST(Chain, HashesAreWrittenInOneWay) {
  EXPECT_EQ(ToHex(HashOf("abc")),
            "bddd813c634239723171ef3fee98579b94964e3bb1cb3e427262c8c068d52319");
  EXPECT_EQ(HashFromHex(ToHex(HashOf("abc"))), HashOf("abc"));
  EXPECT_EQ(HashFromHex("00"), std::nullopt);
  EXPECT_EQ(HashFromHex(std::string(64, 'x')), std::nullopt);
}

TEST(Chain, KeysDiffer) {
  EXPECT_NE(PublicOf(MakeKey()), PublicOf(MakeKey()));
  EXPECT_EQ(PublicOf(KeyOfSeed({1})), PublicOf(kKey));
}

TEST(Chain, FaultsHaveSentences) {
  for (const Fault fault :
       {Fault::kLine, Fault::kSequence, Fault::kHash, Fault::kSignature, Fault::kKey}) {
    EXPECT_GT(TextOf(fault).size(), 10u);
  }
  EXPECT_EQ(TextOf(Fault::kNone), "");
}

}  // namespace
}  // namespace sipward::evidence
