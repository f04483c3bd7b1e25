// Rules as text in, verdicts on message texts out.
#ifndef SIPWARD_TESTS_ENGINE_FIXTURE_H_
#define SIPWARD_TESTS_ENGINE_FIXTURE_H_

#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "engine/engine.h"
#include "pack/pack.h"
#include "replaying.h"

namespace sipward::engine {

// A branch that no message had before: each text is a transaction of its own, unless a test sends
// the same text again.
inline std::string NextBranch() {
  static std::atomic<int> branches = 10'000'000;
  return "z9hG4bKa" + std::to_string(++branches);
}

// What a test changes of an ordinary request.
struct RequestText {
  std::string method = "INVITE";
  std::string uri = "sip:bob@example.com";
  std::string to_tag = {};
  std::string call_id = "call-1@192.0.2.7";
  std::string from_user = "alice";
  std::string to_user = "bob";
  std::string user_agent = "Desk Phone 1.0";
  std::string extra = {};  // whole header lines

  std::string str() const {
    return method + " " + uri +
           " SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=" + NextBranch() +
           "\r\nMax-Forwards: 70\r\nFrom: <sip:" + from_user +
           "@example.com>;tag=1928301774\r\nTo: <sip:" + to_user + "@example.com>" +
           (to_tag.empty() ? "" : ";tag=" + to_tag) + "\r\nCall-ID: " + call_id + "\r\nCSeq: 1 " +
           method + "\r\nUser-Agent: " + user_agent + "\r\n" + extra + "Content-Length: 0\r\n\r\n";
  }
};

inline std::string ResponseText(int code, std::string_view method, std::string_view to_user,
                                std::string_view call_id) {
  return "SIP/2.0 " + std::to_string(code) +
         " Reason\r\nVia: SIP/2.0/UDP 192.0.2.7:5060;branch=" + NextBranch() + "\r\n" +
         "From: <sip:alice@example.com>;tag=1928301774\r\nTo: <sip:" + std::string(to_user) +
         "@example.com>;tag=8\r\nCall-ID: " + std::string(call_id) + "\r\nCSeq: 1 " +
         std::string(method) + "\r\nContent-Length: 0\r\n\r\n";
}

class EngineTest : public testing::Test {
 protected:
  // Rules that are correct.
  static std::shared_ptr<const rules::RuleSet> Compile(std::string_view rules) {
    rules::Compiler compiler;
    compiler.AddRules("test.ward", rules);
    return compiler.Build();
  }
  void Load(std::string_view rules, const Options& options = {}) {
    rules::Compiler compiler;
    compiler.AddRules("test.ward", rules);
    Start(Compiled(compiler), options);
  }
  // Without more rules it is compiled once for all tests, which takes longer than any of them.
  void LoadPack(std::string_view more = {}) {
    if (!more.empty()) return Start(CompiledPack(more), {});
    static const std::shared_ptr<const rules::RuleSet> pack = CompiledPack({});
    Start(pack, {});
  }
  static std::shared_ptr<const rules::RuleSet> CompiledPack(std::string_view more) {
    rules::Compiler compiler;
    for (const pack::File& text : pack::Rules()) compiler.AddRules(text.name, text.text);
    if (!more.empty()) compiler.AddRules("site.ward", more);
    for (size_t i = 0; i < compiler.files().size(); ++i) {
      for (const pack::File& list : pack::Lists()) {
        if (list.name == compiler.files()[i].path) compiler.SetFile(i, list.text);
      }
    }
    return Compiled(compiler);
  }

  const Verdict& Inspect(std::string_view bytes) {
    if (bytes.data() != text_.data()) text_ = bytes;  // it lives as long as records are taken of it
    packet_.bytes = text_;
    if (!inspector_) return verdict_;
    inspector_->Inspect(packet_, &verdict_);
    replaying_.Expect(*engine_, *inspector_, verdict_);
    return verdict_;
  }
  const Verdict& InspectEvent(facts::HostEvent& event) {
    inspector_->InspectEvent(event, &verdict_);
    replaying_.Expect(*engine_, *inspector_, verdict_);
    return verdict_;
  }
  // The packet that was inspected last, or as it is by now.
  bool ResumeWith(uint64_t ticket) {
    if (!inspector_->Resume(packet_, ticket, &verdict_)) return false;
    replaying_.Expect(*engine_, *inspector_, verdict_);
    return true;
  }
  const Verdict& Inspect(const RequestText& request) {
    text_ = request.str();
    return Inspect(text_);
  }
  std::vector<std::string> Rules() const {
    std::vector<std::string> names;
    for (uint32_t i = 0; i < verdict_.hit_count; ++i) names.push_back(verdict_.hits[i].rule->name);
    return names;
  }
  void After(Nanos time) { packet_.monotonic = packet_.wall += time; }
  void From(std::string_view ip) { packet_.source = *IpAddress::Parse(ip); }

  facts::Packet packet_ = [] {
    facts::Packet packet;
    packet.wall = packet.monotonic = 1'700'000'000 * kSecond;
    packet.source = *IpAddress::Parse("192.0.2.7");
    packet.destination = *IpAddress::Parse("198.51.100.1");
    packet.source_port = packet.destination_port = 5060;
    return packet;
  }();
  Verdict verdict_;
  std::string text_;
  std::shared_ptr<Engine> engine_;
  std::unique_ptr<Inspector> inspector_;

  Replaying replaying_;

 private:
  static std::shared_ptr<const rules::RuleSet> Compiled(rules::Compiler& compiler) {
    std::shared_ptr<const rules::RuleSet> rules = compiler.Build();
    for (const rules::Diagnostic& d : compiler.diagnostics()) {
      if (d.severity == rules::Severity::kError) {
        ADD_FAILURE() << d.file << ":" << d.line << ":" << d.column << ": " << d.code << " "
                      << d.message;
      }
    }
    return rules;
  }
  void Start(std::shared_ptr<const rules::RuleSet> rules, const Options& options) {
    ASSERT_NE(rules, nullptr);
    std::shared_ptr<state::Region> region = state::Region::Create(state::Region::kDefaultBytes, {});
    ASSERT_NE(region, nullptr);
    engine_ = Engine::Create(std::move(rules), region, options);
    ASSERT_NE(engine_, nullptr);
    inspector_ = std::make_unique<Inspector>(engine_);
    replaying_.Follow(inspector_.get());
  }
};

}  // namespace sipward::engine

#endif  // SIPWARD_TESTS_ENGINE_FIXTURE_H_
