// The whole way of a message under the default pack: parse, guards, rules, decision.
#include <array>
#include <cstdio>

#include "benchmarks/corpus.h"
#include "benchmarks/engine_setup.h"
#include "benchmarks/inspect_workload.h"

namespace sipward::bench {
namespace {

// "allow 118, flag 3", of all messages so far.
std::string CountActions(const engine::Engine& engine) {
  const engine::Statistics statistics = engine.statistics();
  std::string text;
  for (size_t i = 0; i < statistics.by_action.size(); ++i) {
    if (statistics.by_action[i] == 0) continue;
    const auto percent = static_cast<double>(statistics.by_action[i]) * 100.0 /
                         static_cast<double>(statistics.packets);
    char share[48];
    const std::string_view name = rules::ActionName(static_cast<engine::Action>(i));
    std::snprintf(share, sizeof(share), "%s%.*s %.1f %%", text.empty() ? "" : ", ",
                  static_cast<int>(name.size()), name.data(), percent);
    text += share;
  }
  return text;
}

class VerdictWorkload final : public InspectWorkload {
 public:
  using InspectWorkload::InspectWorkload;
  std::string Outcome() override { return CountActions(engine()); }
};

// The worst for the state: every source address, user and Call-ID is new.
class SprayWorkload final : public Workload {
 public:
  SprayWorkload() {
    for (size_t i = 0; i < numbers_.size(); ++i) numbers_[i] = FindNumber(i);
  }

  void Run(uint64_t messages) override {
    for (uint64_t i = 0; i < messages; ++i) {
      Advance(packet_, kMicrosecond);
      Renumber(++number_);
      packet_.bytes = text_;
      packet_.source = IpAddress::FromV4(0x0B000000u + number_);
      inspector_.Inspect(packet_, &verdict_);
      Use(verdict_.action);
    }
  }
  double Bytes() const override { return static_cast<double>(text_.size()); }
  std::string Outcome() override { return CountActions(*engine_); }

 private:
  static constexpr std::string_view kPlace = "00000000";

  size_t FindNumber(size_t index) const {
    size_t at = text_.find(kPlace);
    while (index-- > 0) at = text_.find(kPlace, at + kPlace.size());
    return at;
  }

  void Renumber(uint32_t number) {
    std::array<char, kPlace.size()> digits;
    for (size_t i = digits.size(); i-- > 0; number /= 10)
      digits[i] = static_cast<char>('0' + number % 10);
    for (const size_t at : numbers_)
      std::copy(digits.begin(), digits.end(), text_.begin() + static_cast<std::ptrdiff_t>(at));
  }

  std::string text_ =
      "REGISTER sip:registrar.example.com SIP/2.0\r\n"
      "Via: SIP/2.0/UDP 203.0.113.9:5060;branch=z9hG4bK00000000x;rport\r\n"
      "Max-Forwards: 70\r\n"
      "From: <sip:u00000000@example.com>;tag=t00000000\r\n"
      "To: <sip:u00000000@example.com>\r\n"
      "Call-ID: c00000000@203.0.113.9\r\n"
      "CSeq: 1 REGISTER\r\n"
      "Contact: <sip:u00000000@203.0.113.9:5060>;expires=3600\r\n"
      "User-Agent: Desk Phone 5.1.8\r\n"
      "Content-Length: 0\r\n"
      "\r\n";
  std::array<size_t, 6> numbers_{};
  uint32_t number_ = 0;
  std::shared_ptr<const engine::Engine> engine_ = MakeEngine();
  engine::Inspector inspector_{engine_};
  engine::Verdict verdict_;
  facts::Packet packet_ = MakePacket();
};

constexpr const char* kNote = "parse in full, guards, default pack, decision";

}  // namespace

void AddPipelineCases(Catalogue& rows) {
  for (const std::string_view set : {"invite", "wire"}) {
    rows.push_back({"pipeline", "verdict-" + std::string(set), "sipward", kNote,
                    [set] { return std::make_unique<VerdictWorkload>(set); }});
  }
  for (const std::string_view set : {"invite", "wire"}) {
    rows.push_back({"pipeline", "analytics-" + std::string(set), "sipward",
                    std::string(kNote) + "; calls and responses counted in 256 rows", [set] {
                      return std::make_unique<VerdictWorkload>(
                          set, engine::Options{.analytics = {.rows = kAnalyticsRows}});
                    }});
  }
  rows.push_back(
      {"pipeline", "spray", "sipward",
       std::string(kNote) + "; a REGISTER of which every source, user, tag and Call-ID is new",
       [] { return std::make_unique<SprayWorkload>(); }});
}

}  // namespace sipward::bench
