// The command `sipward`.
#include <CLI/CLI.hpp>
#include <csignal>
#include <exception>

#include "case_options.h"
#include "cdr_options.h"
#include "evidence_options.h"
#include "exit_code.h"
#include "feed_command.h"
#include "file.h"
#include "identity_options.h"
#include "inspect.h"
#include "parse.h"
#include "rule_options.h"
#include "rules_command.h"
#include "rules_format.h"
#include "rules_test.h"
#include "sipward.h"
#include "text.h"
#include "watch_options.h"

namespace sipward::cli {
namespace {

constexpr char kAbout[] =
    "Finds scanners, password guessers, floods and malformed messages in SIP traffic.";
constexpr char kExitCodes[] =
    "Exit status: 0 nothing found, 1 something found, 2 unusable input or arguments.";

class CommandLine {
 public:
  CommandLine() {
    app_.name("sipward");
    app_.require_subcommand(1);
    app_.set_version_flag("--version", "sipward " + VersionText(), "Print the version and exit");
    app_.footer(
        std::string("Examples:\n"
                    "  sipward inspect calls.pcapng          what is wrong in this capture?\n"
                    "  sipward watch -i eth0                 what is wrong on this network, now?\n"
                    "  sipward cdr Master.csv                which of these calls were fraud?\n"
                    "  sipward parse message.sip             what does this message say?\n"
                    "  sipward rules check site.ward         is this rule file correct?\n"
                    "  sipward evidence verify DIR           was this evidence changed?\n"
                    "\n"
                    "'sipward inspect --help' and so on say more.\n") +
        kExitCodes);
    AddInspect();
    watch_.Add(&app_);
    cdr_.Add(&app_);
    AddParse();
    AddRules();
    identity_.Add(&app_);
    feed_.Add(&app_);
    evidence_.Add(&app_);
    case_.Add(&app_);
  }

  int Run(int argc, char** argv);

 private:
  std::string Mistake(const CLI::ParseError& error) const;
  std::string Command() const;

  void AddInspect();
  void AddPolicyOption(const std::string& option, const std::string& about,
                       const std::string& mistake,
                       int32_t (*change)(sipward_policy*, const char*, size_t));
  void AddParse();
  void AddRules();
  void AddRulesTest(CLI::App* rules);
  void AddRuleSource(CLI::App* command, RuleSource* source);

  CLI::App app_{kAbout};
  CLI::App* inspect_ = nullptr;
  CLI::App* parse_ = nullptr;
  CLI::App* check_ = nullptr;
  CLI::App* explain_ = nullptr;
  CLI::App* format_ = nullptr;
  CLI::App* test_ = nullptr;
  InspectRequest inspect_request_;
  ParseRequest parse_request_;
  RuleSource check_source_;
  RuleSource explain_source_;
  FormatRequest format_request_;
  TestRequest test_request_;
  WatchOptions watch_;
  CdrOptions cdr_;
  IdentityOptions identity_;
  FeedOptions feed_;
  EvidenceOptions evidence_;
  CaseOptions case_;
};

void CommandLine::AddInspect() {
  inspect_ = app_.add_subcommand("inspect", "Give a verdict on every SIP message of a capture");
  inspect_
      ->add_option("CAPTURE", inspect_request_.capture,
                   "A capture file, pcap or pcapng; - is the standard input")
      ->type_name("")
      ->required();
  AddRuleOptions(inspect_, &inspect_request_.rules);
  inspect_->add_flag("--json", inspect_request_.json,
                     "One line of JSON for every message instead of the table");
  inspect_->add_flag("--report-only", inspect_request_.report_only,
                     "No verdict above flag: say what would be done");
  CLI::Option* bans =
      inspect_
          ->add_option("--bans", inspect_request_.bans,
                       "Write the bans that stand after the last message to FILE; - prints them "
                       "instead of the report")
          ->type_name("FILE");
  inspect_
      ->add_option_function<std::string>(
          "--bans-format",
          [this](const std::string& name) {
            inspect_request_.ban_format = name == "nft" ? BanFormat::kNft : BanFormat::kText;
          },
          "text: key, seconds left and reason, with tabs between; nft: sets for nftables")
      ->type_name("text|nft")
      ->check(CLI::IsMember({"text", "nft"}).description(""))
      ->needs(bans);
  inspect_
      ->add_option(
          "--state", inspect_request_.state,
          "Go on with the counts, bans and lists that FILE.0 and FILE.1 keep of an earlier "
          "capture, and leave those of this one there")
      ->type_name("FILE");
  inspect_request_.feeds.AddOption(inspect_);
  AddEvidenceOptions(inspect_, &inspect_request_.evidence);
  AddCallerOptions(inspect_, &inspect_request_.callers);
  inspect_->add_flag("--analytics", inspect_request_.analytics,
                     "Add calls in numbers, by trunk, account, number, country, User-Agent and "
                     "source, and how long answers took");
  inspect_->add_flag("--stats", inspect_request_.stats,
                     "Add what the engine counted, by rule as well, and its notices");
  inspect_
      ->add_option("--html", inspect_request_.html,
                   "Write the report as a page for a browser to FILE as well")
      ->type_name("FILE");
  inspect_->footer(
      "Examples:\n"
      "  sipward inspect calls.pcapng\n"
      "  sipward inspect --html report.html calls.pcapng\n"
      "  sipward inspect --rules site.ward --json calls.pcapng > verdicts.jsonl\n"
      "  sipward inspect --bans bans.nft --bans-format nft calls.pcapng\n"
      "  sipward inspect --state today monday.pcap && sipward inspect --state today tuesday.pcap\n"
      "\n"
      "Actions, ascending: allow flag challenge throttle hold reject drop.\n"
      "Exit status: 0 nothing above flag, 1 something above flag, 2 unusable capture or rules.");
}

// For a list of positional arguments, `allow_extra_args(false)` only means that a name like [a,b]
// is one name.
void CommandLine::AddParse() {
  parse_ = app_.add_subcommand("parse", "Show what a message says, and what is odd about it");
  parse_
      ->add_option("FILE", parse_request_.files,
                   "Files with one message each; - is the standard input")
      ->type_name("")
      ->required();
  parse_
      ->add_option_function<std::string>(
          "--profile",
          [this](const std::string& name) { parse_request_.strict = name == "strict"; },
          "strict refuses what the RFC forbids; tolerant, the default, names it and reads on")
      ->type_name("strict|tolerant")
      ->check(CLI::IsMember({"strict", "tolerant"}).description(""));
  AddPolicyOption("--accept", "NAME is no reason to refuse a message, whatever the profile says",
                  "is refused by both profiles, or not", sipward_policy_accept);
  AddPolicyOption("--refuse", "NAME is one", "is not", sipward_policy_refuse);
  parse_->add_flag("--stream", parse_request_.stream,
                   "Each file holds the bytes of a TCP connection: any number of messages");
  CLI::Option* json =
      parse_->add_flag("--json", parse_request_.json, "One line of JSON for every message");
  parse_
      ->add_flag("--explain", parse_request_.explain,
                 "Show the bytes, with fields and anomalies marked under them")
      ->excludes(json);
  parse_->footer(
      "Examples:\n"
      "  sipward parse invite.sip\n"
      "  sipward parse --explain invite.sip\n"
      "  sipward parse --profile strict --json *.sip\n"
      "\n"
      "Exit status: 0 all are ok, 1 some are not, 2 a file cannot be read.");
}

void CommandLine::AddPolicyOption(const std::string& option, const std::string& about,
                                  const std::string& mistake,
                                  int32_t (*change)(sipward_policy*, const char*, size_t)) {
  const auto apply = [this, mistake, change](const std::string& name) {
    const bool done = change(&parse_request_.policy, name.data(), name.size()) == SIPWARD_OK;
    return done ? std::string()
                : "'" + Printable(name) + "' " + mistake + " the name of an anomaly";
  };
  parse_->add_option(option, about)
      ->type_name("NAME")
      ->expected(1)
      ->allow_extra_args(false)
      ->multi_option_policy(CLI::MultiOptionPolicy::TakeAll)
      ->check(CLI::Validator(apply, ""));
}

void CommandLine::AddRuleSource(CLI::App* command, RuleSource* source) {
  command->add_option("FILE", source->files, "Rule files")->type_name("");
  AddNoDefaultRules(command, source);
}

void CommandLine::AddRules() {
  CLI::App* rules = app_.add_subcommand("rules", "Check, test, explain and lay out rule files");
  rules->require_subcommand(1);
  rules->footer(
      "Examples:\n"
      "  sipward rules check site.ward\n"
      "  sipward rules test site.ward\n"
      "  sipward rules explain site.ward\n"
      "  sipward rules fmt site.ward");
  check_ = rules->add_subcommand("check", "Say whether rule files are correct, and if not, where");
  AddRuleSource(check_, &check_source_);
  check_->get_option("FILE")->required();
  check_
      ->add_option("--state-budget", check_source_.state_budget,
                   "Refuse rules whose tables need more than BYTES; the usual is 50331648")
      ->type_name("BYTES")
      ->check(CLI::PositiveNumber.description(""));
  check_
      ->add_option("--event-budget", check_source_.event_budget_ns,
                   "Refuse rules of which an event can need more than NS nanoseconds, as 'rules "
                   "explain' estimates them; the usual is 10000000")
      ->type_name("NS")
      ->check(CLI::PositiveNumber.description(""));
  check_->footer(
      "Every file is compiled together with the default rules. Files of lists are looked for "
      "beside\n"
      "the rule file that names them.\n"
      "\n"
      "Examples:\n"
      "  sipward rules check site.ward\n"
      "  sipward rules check --event-budget 20000 site.ward\n"
      "\n"
      "Exit status: 0 correct (warnings are allowed), 2 errors, or a file cannot be read.");
  AddRulesTest(rules);
  explain_ = rules->add_subcommand("explain", "Show every rule with its state, cost and actions");
  AddRuleSource(explain_, &explain_source_);
  explain_->footer(
      "With FILE: its rules and those that it imports. Without: the rules that come with sipward.\n"
      "WORST NS is an estimate for comparing rules. Rules of STAGE 2 name identity: they run once "
      "it\n"
      "is known.\n"
      "\n"
      "Examples:\n"
      "  sipward rules explain\n"
      "  sipward rules explain site.ward\n"
      "\n"
      "Exit status: 0 explained, 2 errors, or a file cannot be read.");
  format_ = rules->add_subcommand("fmt", "Lay rule files out in the usual way");
  format_->add_option("FILE", format_request_.files, "Rule files; - is the standard input")
      ->type_name("")
      ->required();
  format_->add_flag("--check", format_request_.check,
                    "Change nothing; name the files that would change");
  format_->footer(
      "Sets spaces and indentation; words, comments and breaks between lines stay. Names the "
      "files\n"
      "that it changed.\n"
      "\n"
      "Examples:\n"
      "  sipward rules fmt site.ward\n"
      "  sipward rules fmt --check rules/*.ward\n"
      "\n"
      "Exit status: 0 done, 1 (--check) something would change, 2 a file cannot be read or "
      "written.");
}

void CommandLine::AddRulesTest(CLI::App* rules) {
  test_ = rules->add_subcommand("test", "Run the tests that stand in rule files");
  AddRuleSource(test_, &test_request_.rules);
  test_->get_option("FILE")->required();
  test_->add_flag("--json", test_request_.json, "One line of JSON for every test");
  test_->footer(
      "Every test begins anew, with the rules of all files and the default rules. Files of events "
      "are\n"
      "looked for beside the rule file that names them.\n"
      "\n"
      "Example:\n"
      "  sipward rules test site.ward\n"
      "\n"
      "Exit status: 0 all passed, 1 some failed, 2 errors, or a file cannot be read.");
}

// What was not understood explains more than what is missing because of it.
std::string CommandLine::Mistake(const CLI::ParseError& error) const {
  const std::vector<std::string> unknown = app_.remaining(true);
  if (!unknown.empty()) {
    const bool option = unknown.front().size() > 1 && unknown.front().front() == '-';
    return std::string(option ? "unknown option " : "unexpected argument ") + unknown.front();
  }
  const bool chosen = inspect_->parsed() || parse_->parsed() || check_->parsed() ||
                      explain_->parsed() || format_->parsed() || test_->parsed() || cdr_.parsed() ||
                      watch_.parsed() || identity_.parsed() || feed_.parsed() ||
                      evidence_.parsed() || case_.parsed();
  return chosen ? error.what() : "a command is needed";
}

// The innermost command that was named, as one types it.
std::string CommandLine::Command() const {
  std::string words = app_.get_name();
  std::vector<CLI::App*> parsed = app_.get_subcommands();
  while (!parsed.empty()) {
    words += " " + parsed.front()->get_name();
    parsed = parsed.front()->get_subcommands();
  }
  return words;
}

int CommandLine::Run(int argc, char** argv) {
  try {
    app_.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) {
      app_.exit(error);
      return Finish(kExitOk);
    }
    Complain(Mistake(error) + "; '" + Command() + " --help' shows how it is used");
    return kExitUnusable;
  }
  if (identity_.parsed()) return identity_.Run();
  if (watch_.parsed()) return watch_.Run();
  if (cdr_.parsed()) return cdr_.Run();
  if (feed_.parsed()) return feed_.Run();
  if (evidence_.parsed()) return evidence_.Run();
  if (case_.parsed()) return case_.Run();
  if (inspect_->parsed()) return RunInspect(inspect_request_);
  if (parse_->parsed()) return RunParse(parse_request_);
  if (check_->parsed()) return RunRulesCheck(check_source_);
  if (format_->parsed()) return RunRulesFormat(format_request_);
  if (test_->parsed()) return RunRulesTest(test_request_);
  return RunRulesExplain(explain_source_);
}

}  // namespace
}  // namespace sipward::cli

int main(int argc, char** argv) {
  // A closed pipe is an error of write(), not the end of the process.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return sipward::cli::CommandLine().Run(argc, argv);
  } catch (const std::exception& error) {
    sipward::cli::Complain(error.what());
    return sipward::cli::kExitUnusable;
  }
}
