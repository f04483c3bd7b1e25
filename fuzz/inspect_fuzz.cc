// The whole way: any bytes as several packets through two inspectors with state of their own. The
// guards hold whatever the rules say, and both inspectors give the same verdicts.
//
// Input: one byte of options, then for each packet a head of 8 bytes, two bytes of length, and the
// message. A packet with the highest bit of its first byte set is inspected four times more, a
// second apart.
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "engine/engine.h"
#include "fuzz/support/input.h"
#include "fuzz/support/small_pages.h"
#include "pack/pack.h"
#include "rules/rules.h"
#include "state/state.h"

namespace sipward::engine {
namespace {

using fuzz::Input;
using fuzz::Require;

constexpr int kMostPackets = 64;
constexpr std::string_view kLists =
    "version 1\n"
    "list allowed : cidr [\"192.0.2.0/28\"]\n"
    "list emergency : exact [\"112\", \"911\"]\n";
// Refuses everything, so that only the guards let anything through.
constexpr std::string_view kRefuseAll =
    "version 1\n"
    "rule site.refuse_all {\n"
    "  on request, response\n"
    "  when message.size >= 1\n"
    "  then reject 403, score 60 on src.ip, throttle 1/s, ban src.ip for 1h, ban account for 1h\n"
    "}\n";

std::shared_ptr<const rules::RuleSet> Compile(bool refuse_all) {
  rules::Compiler compiler;
  for (const pack::File& text : pack::Rules()) Require(compiler.AddRules(text.name, text.text));
  Require(compiler.AddRules("lists.ward", kLists));
  if (refuse_all) Require(compiler.AddRules("refuse_all.ward", kRefuseAll));
  for (size_t i = 0; i < compiler.files().size(); ++i) {
    for (const pack::File& list : pack::Lists()) {
      if (list.name == compiler.files()[i].path) compiler.SetFile(i, list.text);
    }
  }
  auto rules = compiler.Build();
  Require(rules != nullptr);
  return rules;
}

// Compiled before the first input: it takes seconds, and no input is to blame.
const std::shared_ptr<const rules::RuleSet>& Rules(bool refuse_all) {
  static const auto pack_only = Compile(false);
  static const auto with_refusal = Compile(true);
  return refuse_all ? with_refusal : pack_only;
}

std::unique_ptr<Inspector> NewInspector(bool refuse_all, const Options& options) {
  std::shared_ptr<state::Region> region =
      state::Region::Create(state::Region::kDefaultBytes, HashSecret{});
  Require(region != nullptr);
  const auto engine = Engine::Create(Rules(refuse_all), region, options);
  Require(engine != nullptr);
  auto inspector = std::make_unique<Inspector>(engine);
  Require(inspector->ok());
  return inspector;
}

// Sources: some in the list `allowed`, some beside it, some of IPv6.
IpAddress SourceFrom(uint8_t byte) {
  if (byte >= 0xC0) {
    IpAddress address{};
    address.bytes = {0x20, 0x01, 0x0D, 0xB8};
    address.bytes[15] = byte;
    return address;
  }
  return IpAddress::FromV4(0xC0000200u + byte);
}

bool IsAllowed(const IpAddress& source) { return Cidr::Parse("192.0.2.0/28")->Contains(source); }

facts::Packet PacketFrom(Input* input, Nanos* now) {
  facts::Packet packet;
  const uint8_t how = input->Byte();
  *now += Nanos{input->Byte()} * (how % 2 == 0 ? kMillisecond : kSecond);
  packet.monotonic = packet.wall = *now;
  packet.source = SourceFrom(input->Byte());
  packet.destination = SourceFrom(input->Byte());
  packet.source_port = static_cast<uint16_t>(5060 + input->Byte());
  packet.destination_port = 5060;
  packet.transport = static_cast<facts::Transport>(input->Pick(6));
  packet.direction = static_cast<facts::Direction>(input->Pick(3));
  const uint8_t known = input->Byte();
  packet.registered = (known & 1) != 0;
  packet.authenticated = (known & 2) != 0;
  if ((known & 4) != 0) packet.account = "alice";
  if ((known & 8) != 0) packet.trunk = "trunk";
  packet.bytes = input->Bytes(input->Short());
  return packet;
}

// An initial call to an emergency URN or number, read off the message without the guard's help.
bool IsEmergencyCall(sip::Message& message) {
  if (message.error() != nullptr || !message.is_request()) return false;
  if (message.start().method != sip::Method::kInvite || message.to().tag.present()) return false;
  const char* base = message.bytes().data();
  const sip::Uri& uri = message.request_uri();
  const std::string_view user = uri.user.In(base);
  return uri.text.In(base) == "urn:service:sos" || user == "112" || user == "911";
}

void RequireGuarded(const Verdict& verdict, const facts::Packet& packet, sip::Message& message,
                    const Options& options) {
  Require(verdict.action <= Action::kDrop);
  Require(verdict.hit_count <= Verdict::kMaxHits);
  for (uint32_t i = 0; i < verdict.hit_count; ++i) {
    const VerdictHit& hit = verdict.hits[i];
    Require(hit.rule != nullptr && hit.action <= Action::kDrop);
    Require(hit.value_count <= hit.values.size());
  }
  const bool mild = verdict.allow_listed || verdict.emergency || options.report_only;
  Require(!mild || verdict.action <= Action::kFlag);
  Require(verdict.sip_code == 0 || (verdict.sip_code >= 300 && verdict.sip_code <= 699));
  Require(verdict.sip_code == 0 || (message.is_request() && !mild) || !message.is_response());
  Require(verdict.parse_status == message.status());
  if (packet.bytes.empty()) return;
  const bool keep_alive = message.start().kind == sip::StartKind::kNone;
  Require(keep_alive || verdict.allow_listed == IsAllowed(packet.source));
  Require(!IsEmergencyCall(message) || verdict.emergency);
}

void RequireSame(const Verdict& a, const Verdict& b) {
  Require(a.action == b.action && a.sip_code == b.sip_code && a.sip_reason == b.sip_reason);
  Require(a.score == b.score && a.parse_status == b.parse_status && a.banned == b.banned);
  Require(a.emergency == b.emergency && a.allow_listed == b.allow_listed);
  Require(a.hit_count == b.hit_count && a.hits_omitted == b.hits_omitted);
  for (uint32_t i = 0; i < a.hit_count; ++i) {
    const VerdictHit& x = a.hits[i];
    const VerdictHit& y = b.hits[i];
    Require(x.rule == y.rule && x.action == y.action && x.enforced == y.enforced);
    Require(x.score == y.score && x.value_count == y.value_count);
    for (uint8_t k = 0; k < x.value_count; ++k) Require(x.values[k] == y.values[k]);
  }
}

class Session {
 public:
  explicit Session(Input* input) : input_(*input) {
    const uint8_t how = input_.Byte();
    options_.report_only = how % 16 == 15;
    options_.profile = (how & 0x20) != 0 ? sip::Profile::kStrict : sip::Profile::kTolerant;
    inspectors_[0] = NewInspector((how & 0x40) != 0, options_);
    options_.analytics.rows = 3;  // counting what goes on changes no verdict
    inspectors_[1] = NewInspector((how & 0x40) != 0, options_);
  }

  void Run() {
    for (int i = 0; i < kMostPackets && !input_.empty(); ++i) {
      const bool often = (static_cast<uint8_t>(input_.rest()[0]) & 0x80) != 0;
      facts::Packet packet = PacketFrom(&input_, &now_);
      for (int times = often ? 5 : 1; times > 0; --times) {
        Inspect(packet);
        packet.monotonic = packet.wall = now_ += kSecond;
      }
    }
  }

 private:
  void Inspect(const facts::Packet& packet) {
    static Verdict verdict, again;
    inspectors_[0]->Inspect(packet, &verdict);
    inspectors_[1]->Inspect(packet, &again);
    RequireSame(verdict, again);
    RequireGuarded(verdict, packet, inspectors_[0]->message(), options_);
    // Nobody is banned for what a forger can send in his name. Accounts and trunks are the host's
    // own word.
    proven_ = proven_ || packet.strong_evidence() || packet.account || packet.trunk;
    Require(!verdict.banned || proven_);
  }

  Input& input_;
  Options options_;
  std::unique_ptr<Inspector> inspectors_[2];
  Nanos now_ = kHour;
  bool proven_ = false;
};

}  // namespace
}  // namespace sipward::engine

extern "C" int LLVMFuzzerInitialize(int*, char***) {
  sipward::engine::Rules(true);
  return 0;
}

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::UseSmallPages();
  sipward::fuzz::Input input(data, size);
  sipward::engine::Session(&input).Run();
  return 0;
}
