// Through the header-only C++ API, over the same libsipward.so.
#include <sipward/sipward.h>

#include <array>

#include "benchmarks/corpus.h"
#include "benchmarks/engine_setup.h"

namespace sipward::bench {
namespace {

Inspector CreateInspector() {
  static const auto rules = Rules::Default().value();
  const auto state = State::Create({}).value();
  return Inspector::Create(Engine::Create(rules, state).value()).value();
}

class CppInspect : public MessageWorkload {
 public:
  CppInspect() : MessageWorkload("wire") {
    const facts::Packet packet = MakePacket();
    packet_.wall += std::chrono::nanoseconds(packet.wall);
    packet_.monotonic += std::chrono::nanoseconds(packet.monotonic);
    packet_.destination = Endpoint::V4({198, 51, 100, 1}, 5060);
  }

 protected:
  const Packet& Fill(std::string_view bytes) {
    packet_.wall += std::chrono::nanoseconds(kBetweenMessages);
    packet_.monotonic += std::chrono::nanoseconds(kBetweenMessages);
    packet_.bytes = bytes;
    const uint32_t address = kFirstSource + at_;
    packet_.source =
        Endpoint::V4({static_cast<uint8_t>(address >> 24), static_cast<uint8_t>(address >> 16),
                      static_cast<uint8_t>(address >> 8), static_cast<uint8_t>(address)},
                     5060);
    at_ = at_ + 1 == messages().size() ? 0 : at_ + 1;
    return packet_;
  }
  size_t at() const { return at_; }
  Inspector& inspector() { return inspector_; }

 private:
  Inspector inspector_ = CreateInspector();
  Packet packet_;
  uint32_t at_ = 0;
};

class CppSingle final : public CppInspect {
  bool Handle(std::string_view bytes) override {
    const Status status = inspector().Inspect(Fill(bytes), verdict_);
    Use(verdict_.action());
    return status.ok();
  }

  Verdict verdict_;
};

class CppBatch final : public CppInspect {
 public:
  void Run(uint64_t count) override {
    for (; count > 0; count -= InspectSome(count)) {
    }
  }

 private:
  bool Handle(std::string_view) override { return InspectSome(1) == 1; }

  uint64_t InspectSome(uint64_t most) {
    const size_t count = most < kBatch ? static_cast<size_t>(most) : kBatch;
    const char* base = messages().front().data();
    for (size_t i = 0; i < count; ++i) {
      const std::string_view bytes = messages()[at()];
      packets_[i] = Fill(bytes).ToC(static_cast<uint64_t>(bytes.data() - base));
    }
    const size_t done = inspector().InspectBatch(base, packets_.data(), count, verdicts_.data());
    Use(verdicts_[0].action());
    return done;
  }

  std::array<sipward_packet, kBatch> packets_{};
  std::array<Verdict, kBatch> verdicts_;
};

class CppParse final : public MessageWorkload {
 public:
  CppParse() : MessageWorkload("wire") {}

 private:
  bool Handle(std::string_view bytes) override {
    static_cast<void>(message_.Parse(bytes));
    return message_.Validate().ok();
  }

  Message message_ = Message::Create().value();
};

}  // namespace

void AddCppBindingCases(Catalogue& rows) {
  rows.push_back({"bindings", "cpp.single", "sipward",
                  "a sipward::Packet filled in, Inspector::Inspect, the verdict used again",
                  [] { return std::make_unique<CppSingle>(); }});
  rows.push_back({"bindings", "cpp.batch", "sipward",
                  "up to 32 packets filled in, one Inspector::InspectBatch",
                  [] { return std::make_unique<CppBatch>(); }});
  rows.push_back({"bindings", "cpp.parse", "sipward", "sipward::Message::Parse and Validate",
                  [] { return std::make_unique<CppParse>(); }});
}

}  // namespace sipward::bench
