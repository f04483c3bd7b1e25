// libphonenumber, out of whose metadata the numbering plans come.
#include <phonenumbers/phonenumberutil.h>

#include "benchmarks/numbers.h"

namespace sipward::bench {
namespace {

namespace phone = i18n::phonenumbers;

class PhonenumberWorkload final : public NumberWorkload {
 private:
  bool Handle(const std::string& number) override {
    if (util_.Parse(number, "ZZ", &parsed_) != phone::PhoneNumberUtil::NO_PARSING_ERROR) {
      return false;
    }
    util_.GetRegionCodeForNumber(parsed_, &country_);
    Use(country_.size());
    Use(util_.GetNumberType(parsed_));
    return util_.IsValidNumber(parsed_);
  }

  const phone::PhoneNumberUtil& util_ = *phone::PhoneNumberUtil::GetInstance();
  phone::PhoneNumber parsed_;
  std::string country_;
};

class CanonicalPhonenumberWorkload final : public NumberWorkload {
 public:
  CanonicalPhonenumberWorkload() : NumberWorkload(WrittenNumbers()) {}

 private:
  bool Handle(const std::string& number) override {
    if (util_.Parse(number, "DE", &parsed_) != phone::PhoneNumberUtil::NO_PARSING_ERROR) {
      return false;
    }
    util_.Format(parsed_, phone::PhoneNumberUtil::E164, &text_);
    Use(text_.size());
    return util_.IsValidNumber(parsed_);
  }

  const phone::PhoneNumberUtil& util_ = *phone::PhoneNumberUtil::GetInstance();
  phone::PhoneNumber parsed_;
  std::string text_;
};

}  // namespace

void AddPhonenumberCases(Catalogue& rows) {
  rows.push_back({"numbers", "lookup", "libphonenumber",
                  "Parse, GetRegionCodeForNumber, GetNumberType, IsValidNumber",
                  [] { return std::make_unique<PhonenumberWorkload>(); }});
  rows.push_back({"numbers", "canonical", "libphonenumber", "Parse, Format as E164, IsValidNumber",
                  [] { return std::make_unique<CanonicalPhonenumberWorkload>(); }});
}

}  // namespace sipward::bench
