#include "benchmarks/numbers.h"
#include "numbering/numbering.h"

namespace sipward::bench {
namespace {

class LookupWorkload final : public NumberWorkload {
 private:
  bool Handle(const std::string& number) override {
    const numbering::Number found = numbering::Find(std::string_view(number).substr(1));
    Use(found.country());
    Use(found.type());
    return found.valid();
  }
};

}  // namespace

void AddNumberCases(Catalogue& rows) {
  rows.push_back({"numbers", "lookup", "sipward", "country, type, valid",
                  [] { return std::make_unique<LookupWorkload>(); }});
}

}  // namespace sipward::bench
