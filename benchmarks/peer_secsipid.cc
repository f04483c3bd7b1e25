// libsecsipid, a Go library behind C functions. It must not be in a program that forks.
#include <secsipid.h>

#include "benchmarks/passport.h"
#include "benchmarks/workload.h"

namespace sipward::bench {
namespace {

class SecsipidWorkload final : public Workload {
 public:
  void Run(uint64_t tokens) override {
    for (uint64_t i = 0; i < tokens; ++i) {
      const Passport& passport = passports_.all()[next_];
      next_ = next_ + 1 == passports_.all().size() ? 0 : next_ + 1;
      refused_ += Check(passport) == 0 ? 0 : 1;
    }
  }
  uint64_t Round() const override { return passports_.all().size(); }
  double Bytes() const override { return passports_.MeanSigningInput(); }
  std::string Outcome() override {
    return refused_ == 0 ? "" : "refuses " + std::to_string(refused_) + " since the start";
  }

 private:
  static constexpr int kExpireSeconds = 3600;

  int Check(const Passport& passport) {
    return SecSIPIDCheckFullPubKey(const_cast<char*>(passport.identity.data()),
                                   static_cast<int>(passport.identity.size()), kExpireSeconds,
                                   pem_.data(), static_cast<int>(pem_.size()));
  }

  Passports passports_;
  std::string pem_ = passports_.PublicKeyPem();
  size_t next_ = 0;
  uint64_t refused_ = 0;
};

}  // namespace

void AddSecsipidCases(Catalogue& rows) {
  rows.push_back(
      {"identity", "warm", "libsecsipid",
       "SecSIPIDCheckFullPubKey: token and header parameters read, age checked, given "
       "PEM key decoded each time, signature verified; no chain, no TNAuthList, no match "
       "with the call",
       [] { return std::make_unique<SecsipidWorkload>(); }});
}

}  // namespace sipward::bench
