/* Every allocation of every load-time call gets no memory, in turn: the call says so, has written
 * nothing, has kept nothing, and what it worked on can be used again or given back.
 *
 * One thing is not ours: Hyperscan's compiler ends the process at a few of its own allocations (an
 * exception in a function that promises none, a null pointer). Calls that compile patterns run in a
 * child each, and such ends are counted apart, only if they came from inside Hyperscan.
 *
 * Hyperscan allocates thousands of times. Of such calls the first and the last allocations and a
 * sample between are refused; SIPWARD_ALLOCATION_STRIDE=n takes every n-th instead, 1 all, which is
 * minutes for a list of patterns and days for the default pack. Arguments: names of scenarios to
 * run alone.
 */
#define _GNU_SOURCE
#include "out_of_memory.h"

#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "check.h"
#include "hyperscan_calls.h"
#include "tests/support/allocation_counter.h"

/* Under a sanitizer a child that compiles patterns takes ten times as long. */
#ifdef SIPWARD_SANITIZED
enum { kDense = 10, kSamples = 10, kFew = 3, kHuge = 50000 };
#else
enum { kDense = 60, kSamples = 50, kFew = 5, kHuge = 50000 };
#endif
enum outcome { kClean, kAbsorbed, kLostInside, kEndedInside, kWrong, kOutcomes };

/* One run, with allocation `number` refused; 0: none. `again`: the step is tried again with memory;
 * if not, everything is given back as it is. *asked: allocations of the step. */
static enum outcome run(const scenario* self, uint64_t number, int lasting, int again,
                        uint64_t* asked) {
  world made = {0};
  if (!self->prepare(self, &made)) return kWrong;
  const world before = made;
  const uint64_t count = allocation_count();
  allocation_fail(number, lasting);
  int32_t status = self->step(self, &made);
  allocation_fail(0, 0);
  *asked = allocation_count() - count;
  const int refused = number != 0 && *asked >= number;
  enum outcome outcome = refused && status == self->expected ? kAbsorbed : kClean;
  if (status != self->expected) {
    if (!refused || status != SIPWARD_ERR_NO_MEMORY) outcome = kWrong;
    if (memcmp(&made, &before, sizeof made) != 0) outcome = kWrong;
    if (again) status = self->step(self, &made);
    if (again && status != self->expected) outcome = kWrong;
  }
  if (status == self->expected && !self->check(self, &made)) outcome = kWrong;
  if (outcome == kWrong) {
    sipward_diagnostic why = {.struct_size = sizeof why};
    sipward_compiler_diagnostic(made.compiler, 0, &why);
    fprintf(stderr, "status %d, output %s, %.*s\n", status,
            memcmp(&made, &before, sizeof made) == 0 ? "untouched" : "written",
            (int)why.message.size, why.message.size == 0 ? "" : why.message.data);
  }
  destroy_world(&made);
  return outcome;
}

static enum outcome run_and_count(const scenario* self, uint64_t number, int lasting, int again,
                                  uint64_t* asked) {
  const int64_t living = allocation_living();
  hyperscan_refusals();
  const enum outcome outcome = run(self, number, lasting, again, asked);
  if (outcome == kWrong || allocation_living() == living) return outcome;
  if (hyperscan_refusals() > 0) return kLostInside;
  fprintf(stderr, "%lld blocks are lost\n", (long long)(allocation_living() - living));
  return kWrong;
}

static void on_end(int signal_number) {
  if (inside_hyperscan()) _exit(kEndedInside);
  signal(signal_number, SIG_DFL);
}

static enum outcome run_in_child(const scenario* self, uint64_t number, int lasting, int again) {
  const pid_t child = fork();
  if (child == 0) {
    uint64_t asked;
    signal(SIGABRT, on_end);
    signal(SIGSEGV, on_end);
    _exit((int)run_and_count(self, number, lasting, again, &asked));
  }
  int status = 0;
  if (child < 0 || waitpid(child, &status, 0) != child || !WIFEXITED(status)) return kWrong;
  return WEXITSTATUS(status) < kOutcomes ? (enum outcome)WEXITSTATUS(status) : kWrong;
}

static void report(const scenario* self, uint64_t total, const uint64_t counts[kOutcomes]) {
  static const char* const kNames[] = {"clean", "done without", "lost by Hyperscan",
                                       "ended by Hyperscan", "wrong"};
  printf("%-36s %6llu allocations:", self->name, (unsigned long long)total);
  for (int i = 0; i < kOutcomes; ++i) {
    if (counts[i] > 0) printf(" %llu %s", (unsigned long long)counts[i], kNames[i]);
  }
  printf("\n");
}

static void sweep(const scenario* self, uint64_t given_stride) {
  uint64_t total = 0;
  uint64_t counts[kOutcomes] = {0};
  const uint64_t calls = hyperscan_calls();
  /* The first run may fill what libraries keep for good (tables of the C++ runtime, of Hyperscan);
   * the second may not. */
  CHECK(run(self, 0, 0, 0, &total) == kClean);
  const int compiles = hyperscan_calls() > calls;
  CHECK(run_and_count(self, 0, 0, 0, &total) == kClean);
  /* The default pack takes nearly half a second each time. */
  const int huge = total > kHuge;
  const uint64_t ends = huge ? kFew : kDense;
  const uint64_t usual = total < 10 * kSamples ? 1 : total / (huge ? kFew : kSamples);
  const uint64_t stride = given_stride != 0 ? given_stride : usual;
  for (uint64_t number = 1; number <= total && counts[kWrong] < 3; ++number) {
    const int dense = number <= ends || number + ends > total;
    if (!dense && number % stride != 0) continue;
    for (int how = 0; how < 4; ++how) {
      /* Where not all are refused, each is in one of four ways. */
      if (stride > 1 && (uint64_t)how != number / (dense ? 1 : stride) % 4) continue;
      uint64_t asked = 0;
      const enum outcome outcome = compiles
                                       ? run_in_child(self, number, how & 1, how >> 1)
                                       : run_and_count(self, number, how & 1, how >> 1, &asked);
      ++counts[outcome];
      if (outcome != kWrong) continue;
      fprintf(stderr, "%s, step %llu: allocation %llu of %llu%s%s\n", self->name,
              (unsigned long long)self->number, (unsigned long long)number,
              (unsigned long long)total, how & 1 ? ", and all behind" : "",
              how >> 1 ? ", then again" : "");
    }
  }
  CHECK(counts[kWrong] == 0);
  CHECK(total == 0 || counts[kClean] > 0);
  report(self, total, counts);
}

static int wanted(const char* name, int argc, char** argv) {
  for (int i = 1; i < argc; ++i) {
    if (strcmp(name, argv[i]) == 0) return 1;
  }
  return argc == 1;
}

int main(int argc, char** argv) {
  const char* given = getenv("SIPWARD_ALLOCATION_STRIDE");
  const uint64_t stride = given == NULL ? 0 : strtoull(given, NULL, 10);
  size_t count = 0, scenarios = 0;
  /* A child would write once more what waits in the buffer. */
  setvbuf(stdout, NULL, _IOLBF, BUFSIZ);
  const scenario* objects = object_scenarios(&count);
  for (size_t i = 0; i < count; ++i) {
    if (!wanted(objects[i].name, argc, argv)) continue;
    sweep(&objects[i], stride);
    ++scenarios;
  }
  scenario of_text[4];
  for (size_t index = 0; (count = rule_scenarios(index, of_text)) > 0; ++index) {
    for (size_t i = 0; i < count; ++i) {
      if (!wanted(of_text[i].name, argc, argv)) continue;
      sweep(&of_text[i], stride);
      ++scenarios;
    }
  }
  printf("%zu scenarios\n", scenarios);
  CHECK(argc > 1 || scenarios >= 50);
  return check_failures > 100 ? 100 : check_failures;
}
