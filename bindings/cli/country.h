// The operator's country as an option.
#ifndef SIPWARD_BINDINGS_CLI_COUNTRY_H_
#define SIPWARD_BINDINGS_CLI_COUNTRY_H_

#include <CLI/CLI.hpp>
#include <string>

namespace sipward::cli {

// --home CC: a country by its ISO code or its calling code; *iso becomes its ISO code.
void AddCountry(CLI::App* command, std::string* iso, const std::string& about);

}  // namespace sipward::cli

#endif  // SIPWARD_BINDINGS_CLI_COUNTRY_H_
