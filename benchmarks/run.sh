#!/usr/bin/env bash
# Measures sipward beside its peers: time, instructions, allocations. README.md says what is measured and how.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=${SIPWARD_BENCH_BUILD:-$root/build/release}
samples=${SIPWARD_BENCH_SAMPLES:-400}
all=(parser rules numbers identity pipeline bindings)

usage() {
  cat <<'TEXT'
usage: benchmarks/run.sh [parser|rules|numbers|identity|pipeline|bindings]... [--json]
       benchmarks/run.sh capture [--json]
       benchmarks/run.sh evidence [--json]
Without a suite, all of the first line. With --json, only JSON lines go to the standard output. capture inspects a capture of a
million messages, beside tshark: two minutes and 600 MB of temporary space. evidence keeps, checks and replays what was decided of
100,000: one minute and 300 MB.
  SIPWARD_CORPUS         folder of the messages (default ../shared/data beside the checkout; absent: the project's own)
  SIPWARD_BENCH_SAMPLES  samples of each row (default 400)
  SIPWARD_BENCH_MESSAGES messages of the capture (default 1000000; of evidence 100000)
  SIPWARD_BENCH_BUILD    build folder (default build/release)
Exit: 0; 1 if rows are not as they must be (a case is missing, sipward allocates); 2 if it cannot run.
TEXT
}

suites=()
format=table
alone=
for argument in "$@"; do
  case $argument in
    parser | rules | numbers | identity | pipeline | bindings) suites+=("$argument") ;;
    capture | evidence) alone=$argument ;;
    --json) format=json ;;
    --help | -h)
      usage
      exit 0
      ;;
    *)
      usage >&2
      exit 2
      ;;
  esac
done
if [ -n "$alone" ] && [ ${#suites[@]} -ne 0 ]; then
  usage >&2
  exit 2
fi
if [ ${#suites[@]} -eq 0 ]; then suites=("${all[@]}"); fi

# shellcheck source=benchmarks/build.sh
source "$root/benchmarks/build.sh"
# shellcheck source=benchmarks/foreign.sh
source "$root/benchmarks/foreign.sh"
# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
if [ -n "$alone" ]; then
  {
    install_packages build capture || exit 2
    cd "$root"
    if [ ! -f "$build/build.ninja" ]; then cmake --preset release -B "$build" >/dev/null; fi
    cmake --build "$build" --target sipward_cli
  } >&2 || exit 2
  options=()
  if [ "$format" = json ]; then options=(--json); fi
  messages=1000000
  if [ "$alone" = evidence ]; then messages=100000; fi
  exec python3 -B "$root/benchmarks/${alone}_speed.py" "$build/bin/sipward" "${SIPWARD_BENCH_MESSAGES:-$messages}" "${options[@]}"
fi
prepare() {
  install_packages build bench examples &&
    { install_packages count peer || echo "not every peer could be installed: the table says which are missing"; } &&
    build_benchmarks "$root" "$build" sipward_bench sipward_bench_identity sipward_bench_count sipward_bench_allocations sipward_shared
}
prepare >&2 || exit 2

export SIPWARD_CORPUS=${SIPWARD_CORPUS:-$root/../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The last processor that this shell may use, from the first instruction of the program on: Go's runtime counts
# processors when it starts.
pin=(taskset -c "$(taskset -pc $$ | sed 's/.*[^0-9]//')")
if ! "${pin[@]}" true 2>/dev/null; then
  echo "not pinned to one processor: the times are less exact" >&2
  pin=()
fi
for suite in "${suites[@]}"; do
  echo "measuring $suite" >&2
  program=sipward_bench
  if [ "$suite" = identity ]; then program=sipward_bench_identity; fi
  "${pin[@]}" "$build/bin/$program" "$suite" "$samples" >"$work/$suite.time" || exit 2
  if [ "$suite" = bindings ]; then
    measure_foreign "$root" "$build" "$work" "$samples" "${pin[@]}" >>"$work/$suite.time" || exit 2
  fi
done

echo "counting" >&2
jobs=()
for suite in "${suites[@]}"; do
  LD_PRELOAD="$build/bin/sipward_bench_allocations.so" \
    "$build/bin/sipward_bench_count" allocations "$suite" >"$work/$suite.allocations" || exit 2
  if command -v valgrind >/dev/null; then
    count_instructions "$build/bin/sipward_bench_count" "$work/$suite.callgrind" "$suite" &
    jobs+=($!)
  fi
done
for job in "${jobs[@]}"; do wait "$job" || exit 2; done

if [ "$format" = table ]; then
  if [ -d "$SIPWARD_CORPUS/sip/wire" ]; then
    echo "messages: $SIPWARD_CORPUS"
  else
    echo "messages: the project's own, benchmarks/messages"
  fi
fi
python3 -B "$root/benchmarks/report.py" "$format" "$work" "${suites[@]}"
