// The core without a door: what every binding is compared with.
#include "benchmarks/corpus.h"
#include "benchmarks/inspect_workload.h"
#include "sip/sip.h"

namespace sipward::bench {
namespace {

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
                  [] { return std::make_unique<InspectWorkload>("wire"); }});
  rows.push_back({"bindings", "core.parse", "sipward", "sip::Message::Parse and Validate",
                  [] { return std::make_unique<CoreParse>(); }});
}

}  // namespace sipward::bench
