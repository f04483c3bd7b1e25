// sipward_peers: what other programs read, and whether the library says so.
#include <algorithm>
#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>
#include <map>
#include <string>
#include <thread>
#include <vector>

#include "tests/peers/corpora.h"
#include "tests/peers/judge.h"
#include "tests/peers/mutate.h"
#include "tests/peers/report.h"

namespace sipward::peers {
namespace {

constexpr std::string_view kUsage =
    "usage: sipward_peers [--messages N] [--scrambled N] [--from N] [--corpus DIR] [--jobs N]\n"
    "                     [--table FILE] [--check FILE] [--list FILE] [--only NAME] [--folder "
    "DIR]\n"
    "  --messages N   mutated messages (default 8000)\n"
    "  --scrambled N  messages of the second generator (default 2000)\n"
    "  --from N       the number of the first of them (default 0)\n"
    "  --corpus DIR   the shared messages (default: SIPWARD_CORPUS, or none)\n"
    "  --jobs N       how many are asked about at the same time (default 2)\n"
    "  --table FILE   writes the table of disagreements on mutated messages\n"
    "  --check FILE   fails unless that table is what the file holds\n"
    "  --list FILE    writes every disagreement and every false alarm, with what they are about\n"
    "  --only NAME    only this corpus\n"
    "  --folder DIR   only the messages in the files of this folder\n";

struct Options {
  uint64_t messages = 8'000;
  uint64_t scrambled = 2'000;
  uint64_t from = 0;
  uint64_t jobs = 2;
  std::string corpus, table, check, list, only, folder;
};

bool ReadOptions(int argc, char** argv, Options* options) {
  const std::map<std::string_view, uint64_t*> numbers = {{"--messages", &options->messages},
                                                         {"--scrambled", &options->scrambled},
                                                         {"--from", &options->from},
                                                         {"--jobs", &options->jobs}};
  const std::map<std::string_view, std::string*> texts = {
      {"--corpus", &options->corpus}, {"--table", &options->table}, {"--check", &options->check},
      {"--list", &options->list},     {"--only", &options->only},   {"--folder", &options->folder}};
  for (int i = 1; i + 1 < argc; i += 2) {
    if (const auto number = numbers.find(argv[i]); number != numbers.end()) {
      *number->second = std::strtoull(argv[i + 1], nullptr, 10);
    } else if (const auto text = texts.find(argv[i]); text != texts.end()) {
      *text->second = argv[i + 1];
    } else {
      return false;
    }
  }
  return argc % 2 == 1;
}

Corpus Generated(std::string name, uint64_t from, uint64_t count,
                 std::string (*generate)(uint64_t number)) {
  Corpus corpus{std::move(name), {}};
  corpus.own = true;
  for (uint64_t i = 0; i < count; ++i) corpus.messages.push_back(generate(from + i));
  return corpus;
}

std::vector<Corpus> Corpora(const Options& options) {
  if (!options.folder.empty()) return {FolderCorpus(options.folder)};
  std::vector<Corpus> corpora;
  if (!options.corpus.empty()) corpora = SharedCorpora(options.corpus);
  corpora.push_back(Generated("mutated", options.from, options.messages, MutatedMessage));
  corpora.push_back(Generated("scrambled", options.from, options.scrambled, ScrambledMessage));
  corpora.back().in_table = false;
  if (!options.only.empty()) {
    std::erase_if(corpora, [&](const Corpus& corpus) { return corpus.name != options.only; });
  }
  return corpora;
}

// The judges take turns; the verdicts stand in the order of the messages.
std::vector<Verdict> LookAtAll(const Corpus& corpus, std::vector<Judge>& judges) {
  std::vector<Verdict> verdicts(corpus.messages.size());
  std::atomic<size_t> next = 0;
  std::vector<std::jthread> threads;
  for (Judge& judge : judges) {
    threads.emplace_back([&] {
      for (size_t i = next++; i < verdicts.size(); i = next++) {
        verdicts[i] = judge.Look(corpus.messages[i]);
      }
    });
  }
  threads.clear();  // joins
  return verdicts;
}

void Run(const Corpus& corpus, std::vector<Judge>& judges, Report& report, std::ostream& list) {
  const std::vector<Verdict> verdicts = LookAtAll(corpus, judges);
  for (size_t i = 0; i < verdicts.size(); ++i) {
    report.Add(corpus, verdicts[i]);
    if (list) {
      WriteList(corpus.name + " " + std::to_string(i), corpus.messages[i], verdicts[i], list);
    }
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
  return report.Holds(stdout) ? code : 1;
}

int Main(int argc, char** argv) {
  Options options;
  if (const char* corpus = std::getenv("SIPWARD_CORPUS")) options.corpus = corpus;
  if (!ReadOptions(argc, argv, &options)) {
    std::cerr << kUsage;
    return 2;
  }
  std::vector<Judge> judges(std::max<size_t>(options.jobs, 1));
  Report report;
  std::ofstream list;
  list.setstate(std::ios::failbit);
  if (!options.list.empty()) list = std::ofstream(options.list, std::ios::binary);
  for (const Corpus& corpus : Corpora(options)) {
    // What a peer read before may colour what it reads now: for the table, one after another in
    // processes that have read nothing.
    const bool alone = corpus.own && corpus.in_table;
    std::vector<Judge> fresh(alone ? 1 : 0);
    Run(corpus, alone ? fresh : judges, report, list);
  }
  report.PrintNumbers(stdout);
  return Judgement(options, report);
}

}  // namespace
}  // namespace sipward::peers

int main(int argc, char** argv) { return sipward::peers::Main(argc, argv); }
