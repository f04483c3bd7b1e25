// Messages of calls, and what a tracker says of them.
#ifndef SIPWARD_TESTS_CALLS_MESSAGES_H_
#define SIPWARD_TESTS_CALLS_MESSAGES_H_

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "calls/calls.h"
#include "facts/facts.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::calls {

// One message; what is not said is as in a call from alice to bob.
struct Sent {
  std::string method = "INVITE";  // of the request, or of the one that is answered
  int code = 0;                   // 0: a request
  std::string call_id = "c1";
  uint32_t cseq = 1;
  std::string from_tag = "a";
  std::string to_tag = {};
  std::string from_user = "alice", to_user = "bob";
  std::string source = "192.0.2.1", destination = "192.0.2.2";
  std::string media = {};  // address of a session description; empty: none
  std::string protocol = "RTP/AVP";
  std::string extra = {};  // further header lines, each with its CRLF
  Nanos at = 0;
  facts::Transport transport = facts::Transport::kUdp;
  bool authenticated = false;
  std::string account = {};
};
std::string TextOf(const Sent& sent);

struct Seen {
  facts::EventKind kind;
  bool answers = false;
  bool proven = false;
  std::string call_id = {}, caller = {}, callee = {}, account = {}, ended_by = {}, source = {},
              media = {}, media_before = {}, user = {}, aor = {};
  int64_t code = 0;
  Nanos duration = 0, ring = 0, setup = 0;
  bool answered = false, downgraded = false, emergency = false;
  facts::Result result = facts::Result::kSuccess;
  facts::AuthReason reason = facts::AuthReason::kUnspecified;
};
std::string NamesOf(const std::vector<Seen>& seen);  // "call_start call_end"

// A tracker over a region of its own.
class Watch {
 public:
  explicit Watch(uint32_t capacity = 1024, uint64_t region_bytes = uint64_t{64} << 20);

  std::vector<Seen> Take(const Sent& sent, bool emergency = false);
  // Until nothing is over any more.
  std::vector<Seen> PassTime(Nanos now);
  std::vector<Seen> Refuse(uint16_t code);
  facts::CallFacts Look(const Sent& sent);

  Tracker& tracker() { return *tracker_; }
  state::Region& region() { return *region_; }

 private:
  facts::Packet PacketOf(const Sent& sent);
  void Parse(const facts::Packet& packet);
  void Drain(std::vector<Seen>* out);

  std::unique_ptr<state::Region> region_;
  std::unique_ptr<Tracker> tracker_;
  sip::Message message_;
  facts::HostEvent event_;
  std::string bytes_;
  std::string account_;
};

}  // namespace sipward::calls

#endif  // SIPWARD_TESTS_CALLS_MESSAGES_H_
