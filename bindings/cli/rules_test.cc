#include "rules_test.h"

#include <cstdio>

#include "exit_code.h"
#include "file.h"
#include "json.h"
#include "text.h"

namespace sipward::cli {
namespace {

std::string_view Found(const sipward_test_result& result) {
  return {result.found, result.found_size};
}

std::string Line(const sipward_test_info& test, const sipward_test_result& result) {
  const std::string name = Printable(View(test.name));
  if (result.passed != 0) return "ok    " + name + " (" + Counted(test.events, "event") + ")\n";
  std::string text = "FAIL  " + name + "\n      " + Printable(View(test.file)) + ":" +
                     std::to_string(result.line) + ": expected " +
                     Printable(View(result.expected)) + "\n      ";
  text += result.event == 0 ? "there was no such event"
                            : "event " + Grouped(result.event) + ": " + Printable(Found(result));
  if (result.failed > 1) text += "\n      and " + Grouped(result.failed - 1) + " more";
  return text + "\n";
}

std::string JsonLine(const sipward_test_info& test, const sipward_test_result& result) {
  std::string out;
  JsonWriter json(&out);
  json.BeginObject();
  json.Key("name").String(View(test.name));
  json.Key("file").String(View(test.file));
  json.Key("line").UInt(test.line);
  json.Key("events").UInt(test.events);
  json.Key("expectations").UInt(test.expectations);
  json.Key("failed").UInt(result.failed);
  const bool failed = result.passed == 0;
  json.Key("first");
  if (failed) {
    json.BeginObject();
    json.Key("expected").String(View(result.expected));
    json.Key("line").UInt(result.line);
    json.Key("event").UInt(result.event);
    json.Key("found").String(Found(result));
    json.EndObject();
  } else {
    json.Null();
  }
  json.EndObject();
  return out + "\n";
}

}  // namespace

int RunRulesTest(const TestRequest& request) {
  RuleSource source = request.rules;
  source.tests = true;
  const LoadedRules loaded = LoadRules(source);
  std::fwrite(loaded.warnings.data(), 1, loaded.warnings.size(), stderr);
  if (loaded.rules == nullptr) {
    std::fwrite(loaded.errors.data(), 1, loaded.errors.size(), stderr);
    return Finish(kExitUnusable);
  }
  const uint32_t count = sipward_rules_test_count(loaded.rules.get());
  uint32_t failed = 0;
  for (uint32_t i = 0; i < count; ++i) {
    auto test = Sized<sipward_test_info>();
    auto result = Sized<sipward_test_result>();
    int32_t status = sipward_rules_test_describe(loaded.rules.get(), i, &test);
    if (status == SIPWARD_OK) status = sipward_rules_test_run(loaded.rules.get(), i, &result);
    if (status != SIPWARD_OK) {
      Complain(std::string("cannot run the test ") + std::string(View(test.name)) + ": " +
               sipward_status_text(status));
      return Finish(kExitUnusable);
    }
    if (result.passed == 0) ++failed;
    if (!Print(request.json ? JsonLine(test, result) : Line(test, result))) return kExitUnusable;
  }
  const std::string summary =
      Counted(count, "test") + (failed == 0 ? ", all passed" : ", " + Grouped(failed) + " failed");
  if (!request.json && !Print((count == 0 ? "no tests" : summary) + "\n")) return kExitUnusable;
  return Finish(failed == 0 ? kExitOk : kExitFound);
}

}  // namespace sipward::cli
