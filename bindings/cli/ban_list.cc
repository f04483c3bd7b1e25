#include "ban_list.h"

#include <algorithm>
#include <string_view>
#include <tuple>

#include "handle.h"
#include "text.h"

namespace sipward::cli {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

std::string_view KeyOf(const sipward_ban& ban) { return {ban.key, ban.key_size}; }
std::string_view ReasonOf(const sipward_ban& ban) { return {ban.reason, ban.reason_size}; }

// A ban that stands has a second left at least.
int64_t SecondsLeft(const sipward_ban& ban, int64_t now) {
  return std::max<int64_t>(1, (ban.until_ns - now) / kSecond);
}

std::string TextOf(const sipward_ban& ban) {
  constexpr std::string_view kKinds[] = {"", "account:", "trunk:"};
  return std::string(kKinds[ban.kind]) + Printable(KeyOf(ban));
}

std::string RenderText(const std::vector<sipward_ban>& bans, int64_t now) {
  std::string out;
  for (const sipward_ban& ban : bans) {
    out += TextOf(ban) + "\t" + std::to_string(SecondsLeft(ban, now)) + "\t" +
           Printable(ReasonOf(ban)) + "\n";
  }
  return out;
}

// Names of rules need nothing else; what a host says may hold anything.
std::string Comment(std::string_view reason) {
  std::string out;
  for (const char c : reason) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                       c == '.' || c == '_' || c == '-';
    out += plain ? c : '_';
  }
  return out;
}

// Addresses and networks stand apart: in one set they would overlap. Networks are all of one
// length, and never do.
struct NftSet {
  std::string_view name, type, flags;
  bool v6, network;
};

std::string RenderSet(const NftSet& set, const std::vector<sipward_ban>& bans, int64_t now) {
  std::string out = "  set " + std::string(set.name) + " {\n    type " + std::string(set.type) +
                    "\n    flags " + std::string(set.flags) + "\n";
  std::string elements;
  for (const sipward_ban& ban : bans) {
    const std::string_view key = KeyOf(ban);
    const bool v6 = key.find(':') != key.npos;
    const bool network = key.find('/') != key.npos;
    if (ban.kind != SIPWARD_BAN_ADDRESS || v6 != set.v6 || network != set.network) continue;
    elements += (elements.empty() ? "      " : ",\n      ") + std::string(key) + " timeout " +
                std::to_string(SecondsLeft(ban, now)) + "s comment \"" + Comment(ReasonOf(ban)) +
                "\"";
  }
  if (!elements.empty()) out += "    elements = {\n" + elements + "\n    }\n";
  return out + "  }\n";
}

// Made, emptied and filled in one transaction: loading it again takes the place of what was there.
std::string RenderNft(const std::vector<sipward_ban>& bans, int64_t now) {
  constexpr NftSet kSets[] = {
      {"banned4", "ipv4_addr", "timeout", false, false},
      {"banned4_nets", "ipv4_addr", "interval, timeout", false, true},
      {"banned6", "ipv6_addr", "timeout", true, false},
      {"banned6_nets", "ipv6_addr", "interval, timeout", true, true},
  };
  std::string out = "table inet sipward {\n";
  for (const NftSet& set : kSets) out += RenderSet(set, bans, now);
  return out + "}\n";
}

}  // namespace

std::vector<sipward_ban> BansOf(const sipward_engine* engine, int64_t now) {
  std::vector<sipward_ban> bans;
  uint64_t cursor = 0;
  for (auto ban = Sized<sipward_ban>();
       sipward_engine_ban_next(engine, now, &cursor, &ban) == SIPWARD_OK;) {
    if ((ban.flags & SIPWARD_BAN_ALLOW_LISTED) == 0) bans.push_back(ban);
  }
  return bans;
}

std::string RenderBans(std::vector<sipward_ban> bans, int64_t now, BanFormat format) {
  std::sort(bans.begin(), bans.end(), [](const sipward_ban& a, const sipward_ban& b) {
    return std::make_tuple(a.kind, KeyOf(a)) < std::make_tuple(b.kind, KeyOf(b));
  });
  return format == BanFormat::kNft ? RenderNft(bans, now) : RenderText(bans, now);
}

}  // namespace sipward::cli
