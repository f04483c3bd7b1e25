#include "case_options.h"

#include <array>
#include <string>

#include "case_report.h"
#include "case_sources.h"
#include "country.h"
#include "exit_code.h"
#include "file.h"
#include "report_file.h"

namespace sipward::cli {

CLI::Option* CaseOptions::AddSubject(const char* name, CaseSubject::Kind kind, const char* about,
                                     const char* type) {
  return case_
      ->add_option_function<std::string>(
          name,
          [this, kind](const std::string& value) {
            request_.subject = {kind, value};
            named_ = true;
          },
          about)
      ->type_name(type);
}

void CaseOptions::Add(CLI::App* app) {
  case_ = app->add_subcommand("case",
                              "Put together what captures, records and evidence say of one "
                              "number, account, call or source");
  case_
      ->add_option("PATH", request_.paths,
                   "Captures, files of call records, folders and bundles of evidence")
      ->type_name("")
      ->required();
  using Kind = CaseSubject::Kind;
  const std::array subjects = {
      AddSubject("--number", Kind::kNumber, "Who called or was called, however it is written",
                 "NUMBER"),
      AddSubject("--account", Kind::kAccount, "An account, or the user in From", "NAME"),
      AddSubject("--call-id", Kind::kCallId, "A Call-ID", "ID"),
      AddSubject("--source", Kind::kSource, "An address, or a network", "ADDRESS")};
  for (CLI::Option* one : subjects) {
    for (CLI::Option* other : subjects) {
      if (one != other) one->excludes(other);
    }
  }
  AddCountry(case_, &request_.home,
             "In which country numbers without a + are dialled: DE, 49, +49");
  case_
      ->add_option("--rates", request_.rates,
                   "What calls cost whose record does not say: CSV, "
                   "prefix,rate_per_minute,increment_seconds")
      ->type_name("FILE");
  case_->add_flag("--json", request_.json, "One object of JSON instead of the tables");
  case_
      ->add_option("--html", request_.html,
                   "Write the case as one page for a browser to FILE as well")
      ->type_name("FILE");
  case_->footer(
      "Tells in the order of time what happened, which accounts, numbers, devices and networks "
      "are\n"
      "linked to it, what it cost, and of each call what a traceback request asks for.\n"
      "\n"
      "Examples:\n"
      "  sipward case --number +15551234567 log calls.pcapng Master.csv\n"
      "  sipward case --account alice --html alice.html log\n"
      "  sipward case --source 203.0.113.0/24 --json calls.pcapng\n"
      "\n"
      "Exit status: 0 nothing is known of it, 1 something is, 2 a file cannot be read.");
}

int CaseOptions::Run() const {
  const auto unusable = [](const std::string& why) {
    Complain(why);
    return kExitUnusable;
  };
  if (!named_) return unusable("one of --number, --account, --call-id and --source is needed");
  if (!request_.html.empty() && !CanWriteReport()) return kExitUnusable;
  CaseFile file(request_);
  if (!file.problem().empty()) return unusable(file.problem());
  std::string error;
  for (const std::string& path : request_.paths) {
    const auto note = [&](const CaseEvent& event) { file.Note(event); };
    if (!VisitCaseSource(path, request_, note, &error)) return unusable(error);
  }
  for (const std::string& path : request_.paths) {
    const auto take = [&](const CaseEvent& event) { file.Take(event); };
    if (!VisitCaseSource(path, request_, take, &error)) return unusable(error);
  }
  file.Settle();
  if (!request_.html.empty()) {
    HtmlReport report = CasePage(request_, file);
    if (!WriteHtmlReport(&report, nullptr, request_.html)) return kExitUnusable;
  }
  if (!Print(request_.json ? CaseJson(request_, file) : CaseText(request_, file))) {
    return kExitUnusable;
  }
  return Finish(file.events().empty() ? kExitOk : kExitFound);
}

}  // namespace sipward::cli
