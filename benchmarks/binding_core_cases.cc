// The core without a door: what every binding is compared with.
#include "benchmarks/corpus.h"
#include "benchmarks/engine_setup.h"
#include "sip/sip.h"

namespace sipward::bench {
namespace {

class CoreSingle final : public MessageWorkload {
 public:
  CoreSingle() : MessageWorkload("wire") {}

 private:
  bool Handle(std::string_view bytes) override {
    Advance(packet_, kBetweenMessages);
    packet_.bytes = bytes;
    packet_.source = IpAddress::FromV4(kFirstSource + at_);
    at_ = at_ + 1 == messages().size() ? 0 : at_ + 1;
    inspector_.Inspect(packet_, &verdict_);
    Use(verdict_.action);
    return true;
  }

  std::shared_ptr<const engine::Engine> engine_ = MakeEngine();
  engine::Inspector inspector_{engine_};
  engine::Verdict verdict_;
  facts::Packet packet_ = MakePacket();
  uint32_t at_ = 0;
};

class CoreParse final : public MessageWorkload {
 public:
  CoreParse() : MessageWorkload("wire") {}

 private:
  bool Handle(std::string_view bytes) override {
    message_.Parse(bytes, {});
    return message_.Validate() == sip::ParseStatus::kOk;
  }

  sip::Message message_;
};

}  // namespace

void AddCoreBindingCases(Catalogue& rows) {
  rows.push_back({"bindings", "core.single", "sipward",
                  "engine::Inspector::Inspect, linked into the program: no binding",
                  [] { return std::make_unique<CoreSingle>(); }});
  rows.push_back({"bindings", "core.parse", "sipward", "sip::Message::Parse and Validate",
                  [] { return std::make_unique<CoreParse>(); }});
}

}  // namespace sipward::bench
