// The programs that are asked.
#ifndef SIPWARD_TESTS_PEERS_PEER_H_
#define SIPWARD_TESTS_PEERS_PEER_H_

#include <span>
#include <string_view>

#include "tests/peers/reading.h"

namespace sipward::peers {

// One library. Its functions are called in a process of its own.
struct Peer {
  std::string_view name;
  void (*start)();
  Reading (*read)(std::string_view message);
};

// Accept is what the library's parser says. What a stack asks later (is there a Contact, may a From
// have a port) is left out, but for sofia, which puts every message to sip_sanity_check.
extern const Peer kOsip;   // osip_message_parse succeeds
extern const Peer kSofia;  // msg_make gives a message without an error in it, that passes
extern const Peer kRe;     // sip_msg_decode succeeds
extern const Peer kBelle;  // belle_sip_message_parse_raw gives a message

// The values of one peer in this order in every report.
std::span<const Peer* const> AllPeers();
inline constexpr size_t kPeerCount = 4;

}  // namespace sipward::peers

#endif  // SIPWARD_TESTS_PEERS_PEER_H_
