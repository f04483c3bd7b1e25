// sipward_peers: what other programs read, and whether the library says so.
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <string>

#include "tests/peers/corpora.h"
#include "tests/peers/judge.h"
#include "tests/peers/mutate.h"
#include "tests/peers/report.h"

namespace sipward::peers {
namespace {

constexpr std::string_view kUsage =
    "usage: sipward_peers [--messages N] [--from N] [--corpus FOLDER] [--quick] [--table FILE]\n"
    "                     [--check FILE] [--list FILE] [--only NAME]\n"
    "  --messages N   mutated messages (default 10000)\n"
    "  --from N       the number of the first of them (default 0)\n"
    "  --corpus DIR   the shared messages (default: SIPWARD_CORPUS, or none)\n"
    "  --quick        belle-sip is asked about a sample of everything\n"
    "  --table FILE   writes the table of disagreements on mutated messages\n"
    "  --check FILE   fails unless that table is what the file holds\n"
    "  --list FILE    writes every disagreement and every false alarm, with what they are about\n"
    "  --only NAME    only this corpus\n";

struct Options {
  uint64_t messages = 10'000;
  uint64_t from = 0;
  std::string corpus, table, check, list, only;
  bool quick = false;
};

bool ReadOptions(int argc, char** argv, Options* options) {
  for (int i = 1; i < argc; ++i) {
    const std::string_view name = argv[i];
    if (name == "--quick") {
      options->quick = true;
      continue;
    }
    if (i + 1 == argc) return false;
    const char* value = argv[++i];
    if (name == "--messages") {
      options->messages = std::strtoull(value, nullptr, 10);
    } else if (name == "--from") {
      options->from = std::strtoull(value, nullptr, 10);
    } else if (name == "--corpus") {
      options->corpus = value;
    } else if (name == "--table") {
      options->table = value;
    } else if (name == "--check") {
      options->check = value;
    } else if (name == "--list") {
      options->list = value;
    } else if (name == "--only") {
      options->only = value;
    } else {
      return false;
    }
  }
  return true;
}

Corpus Mutated(const Options& options) {
  Corpus corpus{"mutated", {}};
  corpus.slow_peer_on_all = false;
  for (uint64_t i = 0; i < options.messages; ++i) {
    corpus.messages.push_back(MutatedMessage(options.from + i));
  }
  return corpus;
}

void Run(const Corpus& corpus, bool own, bool quick, Judge& judge, Report& report,
         std::ostream& list) {
  constexpr size_t kSample = 50;
  for (size_t i = 0; i < corpus.messages.size(); ++i) {
    const bool with_slow = (corpus.slow_peer_on_all && !quick) || i % kSample == 0;
    const Verdict verdict = judge.Look(corpus.messages[i], with_slow);
    report.Add(corpus, own, verdict);
    if (list) WriteList(corpus.name + " " + std::to_string(i), corpus.messages[i], verdict, list);
  }
}

// The exit code.
int Judgement(const Options& options, const Report& report) {
  int code = 0;
  if (!options.table.empty()) std::ofstream(options.table, std::ios::binary) << report.Table();
  if (!options.check.empty()) {
    std::ifstream file(options.check, std::ios::binary);
    const std::string held{std::istreambuf_iterator<char>(file), {}};
    if (held != report.Table()) {
      std::printf("FAILED: %s is not what came out: bash tests/peers/run.sh --table\n",
                  options.check.c_str());
      code = 1;
    }
  }
  const Tally total = report.Total();
  if (total.Recall() < Report::kLeastRecall) {
    std::printf("FAILED: recall below %.2f\n", Report::kLeastRecall);
    code = 1;
  }
  if (total.agreeing < Report::kFewestAgreeing) {
    std::printf("SKIPPED the false rate: all agree on %llu messages only\n",
                static_cast<unsigned long long>(total.agreeing));
  } else if (total.FalseRate() > Report::kMostFalseRate) {
    std::printf("FAILED: false rate above %.2f\n", Report::kMostFalseRate);
    code = 1;
  }
  return code;
}

int Main(int argc, char** argv) {
  Options options;
  if (const char* corpus = std::getenv("SIPWARD_CORPUS")) options.corpus = corpus;
  if (!ReadOptions(argc, argv, &options)) {
    std::cerr << kUsage;
    return 2;
  }
  Judge judge;
  Report report;
  std::ofstream list;
  list.setstate(std::ios::failbit);
  if (!options.list.empty()) list = std::ofstream(options.list, std::ios::binary);
  if (!options.corpus.empty()) {
    for (const Corpus& corpus : SharedCorpora(options.corpus)) {
      if (!options.only.empty() && corpus.name != options.only) continue;
      Run(corpus, false, options.quick, judge, report, list);
    }
  }
  if (options.only.empty() || options.only == "mutated") {
    Run(Mutated(options), true, options.quick, judge, report, list);
  }
  report.PrintNumbers(stdout);
  return Judgement(options, report);
}

}  // namespace
}  // namespace sipward::peers

int main(int argc, char** argv) { return sipward::peers::Main(argc, argv); }
