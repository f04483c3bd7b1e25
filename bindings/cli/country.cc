#include "country.h"

#include "handle.h"

namespace sipward::cli {
namespace {

// The ISO code of a country that is named by it or by its calling code; empty if there is none.
std::string IsoOf(const std::string& text) {
  sipward_text country{};
  const int32_t status = sipward_number_country(text.data(), text.size(), &country);
  return status == SIPWARD_OK ? std::string(View(country)) : "";
}

}  // namespace

void AddCountry(CLI::App* command, std::string* iso, const std::string& about) {
  command
      ->add_option_function<std::string>(
          "--home",
          [iso](const std::string& text) {
            *iso = IsoOf(text);
            if (iso->empty())
              throw CLI::ValidationError("--home", "is a country, as DE, 49 or +49");
          },
          about)
      ->type_name("CC");
}

}  // namespace sipward::cli
