#include <gtest/gtest.h>

#include "tests/sip/values_cases.h"
#include "tests/sip/values_support.h"

namespace sipward::sip::values_test {
namespace {

std::string Parsed(const Text& text, AnomalyLog& log) {
  StartLine line;
  if (!ParseStartLine(text.base(), text.slice(), log, &line)) return "nothing";
  std::string shown = Show(text.base(), {{"method", line.method_text},
                                         {"uri", line.request_uri},
                                         {"version", line.version},
                                         {"code", line.code_text},
                                         {"reason", line.reason}});
  if (line.kind == StartKind::kResponse) return shown + " (" + std::to_string(line.code) + ")";
  return shown + " (" + std::string(MethodName(line.method)) + ")";
}

void CheckAll(std::initializer_list<Case> cases) { CheckCases(cases, Parsed); }

TEST(StartLineTest, ReadsRequestLines) {
  CheckAll({
      {"INVITE sip:a@b.example SIP/2.0",
       "method=INVITE uri=sip:a@b.example version=SIP/2.0 (INVITE)", ""},
      {"NOTIFY tel:+1 sip/2.0", "method=NOTIFY uri=tel:+1 version=sip/2.0 (NOTIFY)",
       "start.version_case@14"},
      {"!int-Method0_*+`.%indeed'~ sip:b.example SIP/2.0",
       "method=!int-Method0_*+`.%indeed'~ uri=sip:b.example version=SIP/2.0 ()", ""},
      {"RE%47IST%45R sip:b.example SIP/2.0",
       "method=RE%47IST%45R uri=sip:b.example version=SIP/2.0 ()", ""},
  });
}

TEST(StartLineTest, ReadsStatusLines) {
  CheckAll({
      {"SIP/2.0 200 OK", "version=SIP/2.0 code=200 reason=OK (200)", ""},
      {"SIP/2.0 100 ", "version=SIP/2.0 code=100 reason= (100)", ""},
      {"SIP/2.0 699 = 2**3 \xD0\xBD", "version=SIP/2.0 code=699 reason== 2**3 \xD0\xBD (699)", ""},
  });
}

TEST(StartLineTest, NamesReasonPhrasesOutsideTheGrammar) {
  CheckAll({
      {"SIP/2.0 200 100%25 (so-called) OK!",
       "version=SIP/2.0 code=200 reason=100%25 (so-called) OK! (200)", ""},
      {"SIP/2.0 200 100%", "version=SIP/2.0 code=200 reason=100% (200)",
       "start.reason_malformed@15"},
      {"SIP/2.0 200 a%2 b", "version=SIP/2.0 code=200 reason=a%2 b (200)",
       "start.reason_malformed@13"},
      {"SIP/2.0 200 \"OK\"", "version=SIP/2.0 code=200 reason=\"OK\" (200)",
       "start.reason_malformed@12"},
      {"SIP/2.0 200 a^b", "version=SIP/2.0 code=200 reason=a^b (200)", "start.reason_malformed@13"},
  });
}

TEST(StartLineTest, NamesWhiteSpace) {
  CheckAll({
      {"INVITE  sip:a@b.example  SIP/2.0",
       "method=INVITE uri=sip:a@b.example version=SIP/2.0 (INVITE)",
       "start.whitespace@6 start.whitespace@23"},
      {"INVITE\tsip:a@b.example SIP/2.0",
       "method=INVITE uri=sip:a@b.example version=SIP/2.0 (INVITE)", "start.whitespace@6"},
      {"INVITE sip:a@b.example; lr SIP/2.0",
       "method=INVITE uri=sip:a@b.example; lr version=SIP/2.0 (INVITE)", "uri.whitespace@23"},
      {"OPTIONS sip:b.example SIP/2.0  ",
       "method=OPTIONS uri=sip:b.example version=SIP/2.0 (OPTIONS)", "line.trailing_space@29"},
      {" BYE sip:b.example SIP/2.0", "method=BYE uri=sip:b.example version=SIP/2.0 (BYE)",
       "start.whitespace@0"},
      {"SIP/2.0  200 OK", "version=SIP/2.0 code=200 reason=OK (200)", "start.whitespace@7"},
  });
}

TEST(StartLineTest, NamesVersionsAndMethods) {
  CheckAll({
      {"OPTIONS sip:b.example SIP/7.0",
       "method=OPTIONS uri=sip:b.example version=SIP/7.0 (OPTIONS)",
       "start.version@22 start.version_disputed@22"},
      {"OPTIONS sip:b.example SIP/2.00",
       "method=OPTIONS uri=sip:b.example version=SIP/2.00 (OPTIONS)",
       "start.version@22 start.version_disputed@22"},
      {"SIP/3.0 200 OK", "version=SIP/3.0 code=200 reason=OK (200)", "start.version@0"},
      {"invite sip:b.example SIP/2.0", "method=invite uri=sip:b.example version=SIP/2.0 ()",
       "start.method_case@0"},
  });
}

TEST(StartLineTest, StatusCodesAreThreeDigitsFrom100To699) {
  CheckAll({
      {"SIP/2.0 4294967301 x", "version=SIP/2.0 code=4294967301 reason=x (0)",
       "start.status_range@8"},
      {"SIP/2.0 099 x", "version=SIP/2.0 code=099 reason=x (99)", "start.status_range@8"},
      {"SIP/2.0 700 x", "version=SIP/2.0 code=700 reason=x (700)", "start.status_range@8"},
      {"SIP/2.0 20 x", "version=SIP/2.0 code=20 reason=x (0)", "start.status_range@8"},
      {"SIP/2.0 -200 x", "version=SIP/2.0 code=-200 reason=x (0)", "start.status_range@8"},
      {"SIP/2.0 200", "version=SIP/2.0 code=200 (200)", "start.reason_missing@11"},
  });
}

TEST(StartLineTest, NamesLinesThatAreNoStartLine) {
  CheckAll({
      {"", "nothing", "start.malformed@0"},
      {"   ", "nothing", "start.malformed@0"},
      {"INVITE", "nothing", "start.malformed@6"},
      {"INVITE sip:b.example", "nothing", "start.malformed@7"},
      {"INVITE SIP/2.0", "nothing", "start.malformed@7"},
      {"GET / HTTP/1.1", "nothing", "start.malformed@6"},
      {"SIP/2.0", "nothing", "start.malformed@7"},
      {"IN(VITE sip:b.example SIP/2.0", "nothing", "start.malformed@2"},
  });
}

TEST(StartLineTest, AVersionOrARangeRefusesInBothProfiles) {
  for (const char* input : {"OPTIONS sip:b.example SIP/7.0", "SIP/2.0 700 x", "nonsense"}) {
    const Text text(input);
    AnomalyLog log = EmptyLog(Profile::kTolerant);
    Parsed(text, log);
    EXPECT_NE(log.error(), nullptr) << input;
  }
}

}  // namespace
}  // namespace sipward::sip::values_test
