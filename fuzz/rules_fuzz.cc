// Any text as a rule file: it compiles or says why not; what compiles runs over two messages. List
// files that it names hold the text itself.
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <string_view>
#include <utility>
#include <vector>

#include "facts/facts.h"
#include "fuzz/support/small_pages.h"
#include "rules/rules.h"
#include "sip/sip.h"
#include "state/state.h"

namespace sipward::rules {
namespace {

constexpr std::string_view kRequest =
    "INVITE sip:+15550100@example.com SIP/2.0\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\r\n"
    "Max-Forwards: 70\r\n"
    "To: Bob <sip:bob@example.com>\r\n"
    "From: Alice <sip:alice@example.com>;tag=1928301774\r\n"
    "Call-ID: a84b4c76e66710@192.0.2.1\r\n"
    "CSeq: 314159 INVITE\r\n"
    "Contact: <sip:alice@192.0.2.1>\r\n"
    "User-Agent: friendly-scanner\r\n"
    "Content-Length: 0\r\n\r\n";
constexpr std::string_view kResponse =
    "SIP/2.0 401 Unauthorized\r\n"
    "Via: SIP/2.0/UDP 192.0.2.1:5060\r\n"
    "To: <sip:bob@example.com>;tag=1\r\n"
    "From: <sip:bob@example.com>;tag=2\r\n"
    "Call-ID: x\r\n"
    "CSeq: 1 REGISTER\r\n"
    "Content-Length: 0\r\n\r\n";

void Require(bool condition) {
  if (!condition) std::abort();
}

void CheckDiagnostics(const Compiler& compiler, const Options& options) {
  Require(compiler.diagnostics().size() <= options.max_diagnostics);
  for (const Diagnostic& d : compiler.diagnostics()) {
    Require(d.code.size() == 4 && !d.message.empty());
    Require(d.line == 0 || (d.column >= 1 && d.length >= 1));
  }
}

void Run(const RuleSet& rules) {
  constexpr uint64_t kRegionBytes = 8u << 20;
  const auto region = state::Region::Create(kRegionBytes, HashSecret{});
  Require(region != nullptr);
  std::vector<state::Region::Table> tables;
  for (const state::TableSpec& spec : rules.tables()) {
    const auto table = region->Open(spec);
    if (!table) return;
    tables.push_back(*table);
  }
  Evaluator evaluator(rules, *region, std::move(tables));
  static sip::Message message;
  static facts::MessageEvent event;
  static Outcome outcome;
  Nanos now = kSecond;
  for (const std::string_view bytes : {kRequest, kResponse, kRequest}) {
    facts::Packet packet;
    packet.bytes = bytes;
    packet.wall = packet.monotonic = now += kSecond;
    packet.source = packet.destination = IpAddress::FromV4(0xC0000201);
    message.Parse(bytes, {});
    message.Validate();
    event.Reset(message, packet, true);
    evaluator.Run(event, &outcome);
    Require(outcome.hit_count <= Outcome::kMaxHits && outcome.action_count <= Outcome::kMaxActions);
    for (size_t i = 0; i < outcome.hit_count; ++i) {
      Require(outcome.hits[i].rule < rules.rules().size());
    }
  }
}

void CompileAndRun(std::string_view text) {
  Options options;
  options.max_rules = 1000;
  options.table_capacity = 1024;
  options.max_state_bytes = 4u << 20;
  Compiler compiler(options);
  compiler.KeepTests();
  compiler.AddRules("fuzz.ward", text);
  for (size_t i = 0; i < compiler.files().size(); ++i) compiler.SetFile(i, text);
  const auto rules = compiler.Build();
  CheckDiagnostics(compiler, options);
  if (rules) {
    Run(*rules);
  } else {
    Require(!compiler.diagnostics().empty());
  }
}

}  // namespace
}  // namespace sipward::rules

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  sipward::fuzz::UseSmallPages();
  sipward::rules::CompileAndRun({reinterpret_cast<const char*>(data), size});
  return 0;
}
