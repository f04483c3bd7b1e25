// The bans at the end of an inspection, as text for people and for firewalls.
#ifndef SIPWARD_BINDINGS_CLI_BAN_LIST_H_
#define SIPWARD_BINDINGS_CLI_BAN_LIST_H_

#include <cstdint>
#include <string>
#include <vector>

#include "sipward.h"

namespace sipward::cli {

enum class BanFormat : uint8_t {
  kText,  // a line for each: key, seconds left, reason, with tabs between; sorted
  kNft,   // a table for `nft -f`: sets of addresses and networks, each with its timeout
};

// All bans that stand at `now`. What the list `allowed` touches has no effect and is left out.
std::vector<sipward_ban> BansOf(const sipward_engine* engine, int64_t now);
std::string RenderBans(std::vector<sipward_ban> bans, int64_t now, BanFormat format);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_BAN_LIST_H_
