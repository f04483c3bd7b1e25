#include "cdr_options.h"

#include <string>
#include <vector>

#include "country.h"
#include "handle.h"
#include "rule_options.h"
#include "sipward.h"

namespace sipward::cli {
namespace {

// Minutes from UTC: +02:00, -5, 0530, Z. False if it is none.
bool ReadOffset(const std::string& text, int32_t* seconds) {
  if (text == "Z" || text == "UTC") {
    *seconds = 0;
    return true;
  }
  const bool negative = text.front() == '-';
  std::string digits = text.substr(negative || text.front() == '+' ? 1 : 0);
  const size_t colon = digits.find(':');
  if (colon != std::string::npos) digits.erase(colon, 1);
  if (digits.empty() || digits.find_first_not_of("0123456789") != std::string::npos) return false;
  if (colon == std::string::npos && digits.size() <= 2) digits += "00";
  if (digits.size() < 3 || digits.size() > 4) return false;
  const int32_t number = std::stoi(digits);
  const int32_t hours = number / 100;
  const int32_t minutes = number % 100;
  if (hours > 15 || minutes > 59) return false;
  *seconds = (hours * 60 + minutes) * 60 * (negative ? -1 : 1);
  return true;
}

}  // namespace

void CdrOptions::AddFormat() {
  std::vector<std::string> names;
  for (uint32_t i = 0; sipward_cdr_format_name(i) != nullptr; ++i) {
    names.emplace_back(sipward_cdr_format_name(i));
  }
  cdr_->add_option_function<std::string>(
          "--format",
          [this](const std::string& name) {
            while (name != sipward_cdr_format_name(request_.format)) ++request_.format;
          },
          "asterisk: cdr-csv, Master.csv; freeswitch: mod_cdr_csv; kamailio: acc; csv: columns by "
          "a header line; jsonl: an object a line; auto, the default: whatever each row looks like")
      ->type_name("auto|asterisk|freeswitch|kamailio|csv|jsonl")
      ->check(CLI::IsMember(names).description(""));
}

void CdrOptions::Add(CLI::App* app) {
  cdr_ = app->add_subcommand("cdr", "Judge call records: what was fraud, and what it cost");
  cdr_->add_option("FILE", request_.files,
                   "Files of call records, in any order; - is the standard input")
      ->type_name("")
      ->required();
  AddCountry(cdr_, &request_.home,
             "The country of the operator, as DE, 49 or +49: numbers without a country are "
             "its");
  cdr_->add_option("--rates", request_.rates,
                   "What calls cost whose record has no cost: lines "
                   "prefix,rate_per_minute,increment_seconds")
      ->type_name("FILE");
  AddFormat();
  cdr_->add_option("--columns", request_.columns,
                   "What the columns mean: TOML, a table [columns] of start = \"Begin\", or of "
                   "places from 1 where there is no header line")
      ->type_name("FILE");
  cdr_->add_option("--utc-offset",
                   "Local time minus UTC, of times that name no zone: +02:00; UTC "
                   "if it is not said")
      ->type_name("HH:MM")
      ->each([this](const std::string& text) {
        if (!ReadOffset(text, &request_.utc_offset_s)) {
          throw CLI::ValidationError("--utc-offset", "is hours and minutes, as +02:00");
        }
      });
  AddRuleOptions(cdr_, &request_.rules);
  request_.feeds.AddOption(cdr_);
  AddEvidenceOptions(cdr_, &request_.evidence);
  CLI::Option* json = cdr_->add_flag("--json", request_.json,
                                     "One line of JSON for every finding instead of the report");
  cdr_->add_flag("--analytics", request_.analytics,
                 "Add calls in numbers, by trunk, account, number, country, User-Agent and source");
  cdr_->add_flag("--summary", request_.summary,
                 "A last line, with \"summary\": true, of what was read and found")
      ->needs(json);
  cdr_->add_option("--html", request_.html,
                   "Write the report as a page for a browser to FILE as well")
      ->type_name("FILE");
  cdr_->footer(
      "A finding is a record of which a rule gives an alert, or that it would refuse, hold, "
      "throttle,\n"
      "challenge or ban. Records are judged in the order in which the calls began.\n"
      "\n"
      "Examples:\n"
      "  sipward cdr --home DE --rates rates.csv Master.csv\n"
      "  sipward cdr --home DE --rates rates.csv --html report.html Master.csv\n"
      "  sipward cdr --home 1 --utc-offset -05:00 --json cdr-*.csv > findings.jsonl\n"
      "  sipward cdr --format csv --columns columns.toml export.csv\n"
      "\n"
      "Exit status: 0 nothing was found, 1 something was found, 2 unusable records or rules.");
}

}  // namespace sipward::cli
