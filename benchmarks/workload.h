// One row of the tables: what one side does with one case.
#ifndef SIPWARD_BENCHMARKS_WORKLOAD_H_
#define SIPWARD_BENCHMARKS_WORKLOAD_H_

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace sipward::bench {

// Prepared work: everything that happens once has happened in the constructor.
class Workload {
 public:
  virtual ~Workload() = default;
  // Handles the next `messages` messages. A multiple of Round() handles each message of the case
  // equally often.
  virtual void Run(uint64_t messages) = 0;
  virtual uint64_t Round() const { return 1; }
  // Mean bytes of one message.
  virtual double Bytes() const = 0;
  // What came out, once all messages were handled: added to the note. May be empty.
  virtual std::string Outcome() { return {}; }
};

struct Row {
  std::string suite;  // "parser"
  std::string name;   // "invite.full"
  std::string who;    // "sipward"
  std::string note;   // what it does, in words
  std::function<std::unique_ptr<Workload>()> make;
  // Work of loading: takes seconds and allocates, so it is timed only.
  bool loads = false;
};
using Catalogue = std::vector<Row>;

// Keeps a value alive for the optimiser.
template <typename T>
inline void Use(const T& value) {
  asm volatile("" : : "r,m"(value) : "memory");
}

void AddParserCases(Catalogue& rows);
void AddLimitCases(Catalogue& rows);
void AddRuleCases(Catalogue& rows);
void AddListCases(Catalogue& rows);
void AddLoadCases(Catalogue& rows);
void AddNumberCases(Catalogue& rows);
void AddPipelineCases(Catalogue& rows);
void AddRecordCases(Catalogue& rows);
void AddCoreBindingCases(Catalogue& rows);
void AddCBindingCases(Catalogue& rows);
void AddCppBindingCases(Catalogue& rows);
void AddOsipCases(Catalogue& rows);
void AddSofiaCases(Catalogue& rows);
void AddReCases(Catalogue& rows);
void AddYaraCases(Catalogue& rows);
void AddModsecurityCases(Catalogue& rows);
void AddPhonenumberCases(Catalogue& rows);
void AddIdentityCases(Catalogue& rows);
void AddAuthCases(Catalogue& rows);
void AddOpensslCases(Catalogue& rows);
void AddSecsipidCases(Catalogue& rows);

// Every row of a suite that this program was built with; see catalogue.cc.
Catalogue Rows(std::string_view suite);
// The beginning of its JSON line.
std::string JsonHead(const Row& row);

}  // namespace sipward::bench

#endif  // SIPWARD_BENCHMARKS_WORKLOAD_H_
