#include <array>

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

class CanonicalWorkload final : public NumberWorkload {
 public:
  CanonicalWorkload() : NumberWorkload(WrittenNumbers()) {}

 private:
  bool Handle(const std::string& number) override {
    const std::string_view canonical = numbering::Canonical(number, home_, room_);
    Use(canonical.size());
    return numbering::Find(canonical).valid();
  }

  const numbering::Home home_ = numbering::Home::Find("DE").value_or(numbering::Home());
  std::array<char, numbering::kMaxDigits> room_;
};

}  // namespace

void AddNumberCases(Catalogue& rows) {
  rows.push_back({"numbers", "lookup", "sipward", "country, type, valid",
                  [] { return std::make_unique<LookupWorkload>(); }});
  rows.push_back({"numbers", "canonical", "sipward",
                  "one form of what is written, and whether it is valid",
                  [] { return std::make_unique<CanonicalWorkload>(); }});
}

}  // namespace sipward::bench
