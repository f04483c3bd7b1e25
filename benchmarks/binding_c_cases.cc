// Through libsipward.so and sipward.h alone, as a C program uses them.
#include <sipward.h>

#include <cstdio>
#include <cstdlib>

#include "benchmarks/c_engine.h"
#include "benchmarks/corpus.h"
#include "benchmarks/engine_setup.h"

namespace sipward::bench {
namespace {

sipward_rules* CompileOnce() {
  sipward_compiler* compiler = nullptr;
  CMust(sipward_compiler_create(&compiler));
  CMust(sipward_compiler_add_default_pack(compiler));
  sipward_rules* rules = nullptr;
  CMust(sipward_compiler_build(compiler, &rules));
  sipward_compiler_destroy(compiler);
  return rules;
}

}  // namespace

void CMust(int32_t status) {
  if (status == SIPWARD_OK) return;
  std::fprintf(stderr, "%s\n", sipward_status_text(status));
  std::exit(2);
}

sipward_inspector* CreateCInspector(uint32_t analytics_rows) {
  static const sipward_rules* const rules = CompileOnce();
  sipward_state* state = nullptr;
  CMust(sipward_state_create(nullptr, &state));
  sipward_engine_options options{};
  options.struct_size = sizeof options;
  options.analytics_rows = analytics_rows;
  sipward_engine* engine = nullptr;
  CMust(sipward_engine_create(rules, state, &options, &engine));
  sipward_state_destroy(state);
  sipward_inspector* inspector = nullptr;
  CMust(sipward_inspector_create(engine, &inspector));
  sipward_engine_destroy(engine);
  return inspector;
}

namespace {

class CInspect : public MessageWorkload {
 public:
  CInspect() : MessageWorkload("wire") {
    clocks_.struct_size = sizeof clocks_;
    const facts::Packet packet = MakePacket();
    clocks_.wall_ns = packet.wall;
    clocks_.monotonic_ns = packet.monotonic;
    clocks_.source.address[10] = clocks_.source.address[11] = 0xFF;
    clocks_.destination = clocks_.source;
    PutAddress(0xC6336401, clocks_.destination);
    clocks_.source.port = clocks_.destination.port = 5060;
  }
  ~CInspect() override { sipward_inspector_destroy(inspector_); }

 protected:
  static void PutAddress(uint32_t address, sipward_endpoint& to) {
    for (size_t i = 0; i < 4; ++i)
      to.address[12 + i] = static_cast<uint8_t>(address >> (24 - 8 * i));
  }
  const char* base() const { return messages().front().data(); }
  // Fills in what differs from packet to packet, as a host does for each datagram.
  void Fill(std::string_view bytes, sipward_packet& packet) {
    clocks_.wall_ns += kBetweenMessages;
    clocks_.monotonic_ns += kBetweenMessages;
    packet = clocks_;
    packet.offset = static_cast<uint64_t>(bytes.data() - base());
    packet.size = bytes.size();
    PutAddress(kFirstSource + at_, packet.source);
    at_ = at_ + 1 == messages().size() ? 0 : at_ + 1;
  }
  size_t at() const { return at_; }
  sipward_inspector* inspector() { return inspector_; }

 private:
  sipward_inspector* inspector_ = CreateCInspector();
  sipward_packet clocks_{};
  uint32_t at_ = 0;
};

class CSingle final : public CInspect {
 public:
  CSingle() { verdict_.struct_size = sizeof verdict_; }

 private:
  bool Handle(std::string_view bytes) override {
    Fill(bytes, packet_);
    const int32_t status = sipward_inspector_inspect(inspector(), base(), &packet_, &verdict_);
    Use(verdict_.action);
    return status == SIPWARD_OK;
  }

  sipward_packet packet_{};
  sipward_verdict verdict_{};
};

class CBatch final : public CInspect {
 public:
  CBatch() {
    for (sipward_verdict& verdict : verdicts_) verdict.struct_size = sizeof verdict;
  }
  void Run(uint64_t count) override {
    for (; count > 0; count -= InspectSome(count)) {
    }
  }

 private:
  bool Handle(std::string_view) override { return InspectSome(1) == 1; }

  uint64_t InspectSome(uint64_t most) {
    const size_t count = most < kBatch ? static_cast<size_t>(most) : kBatch;
    for (size_t i = 0; i < count; ++i) Fill(messages()[at()], packets_[i]);
    size_t done = 0;
    CMust(sipward_inspector_inspect_batch(inspector(), base(), packets_.data(), count,
                                          verdicts_.data(), &done));
    Use(verdicts_[0].action);
    return done;
  }

  std::array<sipward_packet, kBatch> packets_{};
  std::array<sipward_verdict, kBatch> verdicts_{};
};

class CParse final : public MessageWorkload {
 public:
  CParse() : MessageWorkload("wire") { CMust(sipward_message_create(&message_)); }
  ~CParse() override { sipward_message_destroy(message_); }

 private:
  bool Handle(std::string_view bytes) override {
    sipward_message_parse(message_, bytes.data(), bytes.size(), nullptr);
    return sipward_message_validate(message_) == SIPWARD_OK;
  }

  sipward_message* message_ = nullptr;
};

}  // namespace

void AddCBindingCases(Catalogue& rows) {
  rows.push_back({"bindings", "c.single", "sipward",
                  "a packet filled in, sipward_inspector_inspect of libsipward.so",
                  [] { return std::make_unique<CSingle>(); }});
  rows.push_back({"bindings", "c.batch", "sipward",
                  "up to 32 packets filled in, one sipward_inspector_inspect_batch",
                  [] { return std::make_unique<CBatch>(); }});
  rows.push_back({"bindings", "c.parse", "sipward",
                  "sipward_message_parse and sipward_message_validate",
                  [] { return std::make_unique<CParse>(); }});
}

}  // namespace sipward::bench
