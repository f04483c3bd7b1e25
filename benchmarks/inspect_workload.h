// The whole way of a message, as the pipeline measures it and as every binding is compared with.
#ifndef SIPWARD_BENCHMARKS_INSPECT_WORKLOAD_H_
#define SIPWARD_BENCHMARKS_INSPECT_WORKLOAD_H_

#include <memory>
#include <string_view>

#include "benchmarks/corpus.h"
#include "benchmarks/engine_setup.h"

namespace sipward::bench {

// Every message from an address of its own; that of one message comes again after a while, as
// in a network with few users who call now and then.
class InspectWorkload : public MessageWorkload {
 public:
  explicit InspectWorkload(std::string_view set, const engine::Options& options = {})
      : MessageWorkload(set), engine_(MakeEngine(options)) {}

 protected:
  const engine::Engine& engine() const { return *engine_; }

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

  std::shared_ptr<const engine::Engine> engine_;
  engine::Inspector inspector_{engine_};
  engine::Verdict verdict_;
  facts::Packet packet_ = MakePacket();
  uint32_t at_ = 0;
};

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_INSPECT_WORKLOAD_H_
