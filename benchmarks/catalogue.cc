// Which rows this program has. Compiled anew for each program of CMakeLists.txt.
#include "benchmarks/workload.h"

namespace sipward::bench {

Catalogue Rows(std::string_view suite) {
  Catalogue rows;
#ifdef SIPWARD_BENCH_OWN
  AddParserCases(rows);
  AddRuleCases(rows);
  AddListCases(rows);
  AddLoadCases(rows);
  AddNumberCases(rows);
  AddPipelineCases(rows);
  AddRecordCases(rows);
  AddCoreBindingCases(rows);
  AddCBindingCases(rows);
  AddCppBindingCases(rows);
  AddLimitCases(rows);
#endif
#ifdef SIPWARD_BENCH_OSIP
  AddOsipCases(rows);
#endif
#ifdef SIPWARD_BENCH_SOFIA
  AddSofiaCases(rows);
#endif
#ifdef SIPWARD_BENCH_RE
  AddReCases(rows);
#endif
#ifdef SIPWARD_BENCH_YARA
  AddYaraCases(rows);
#endif
#ifdef SIPWARD_BENCH_MODSECURITY
  AddModsecurityCases(rows);
#endif
#ifdef SIPWARD_BENCH_PHONENUMBER
  AddPhonenumberCases(rows);
#endif
#ifdef SIPWARD_BENCH_IDENTITY
  AddOpensslCases(rows);
  AddIdentityCases(rows);
  AddAuthCases(rows);
#endif
#ifdef SIPWARD_BENCH_SECSIPID
  AddSecsipidCases(rows);
#endif
  std::erase_if(rows, [suite](const Row& row) { return row.suite != suite; });
  return rows;
}

// All texts are this program's own and hold nothing that JSON would need escaped.
std::string JsonHead(const Row& row) {
  return R"({"suite":")" + row.suite + R"(","case":")" + row.name + R"(","who":")" + row.who + '"';
}

}  // namespace sipward::bench
