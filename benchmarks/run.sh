#!/usr/bin/env bash
# Measures sipward beside its peers: time, instructions, allocations. README.md says what is measured and how.
#   benchmarks/run.sh [parser|rules|pipeline]... [--json]
# Without a suite, all of them. The messages are those of SIPWARD_CORPUS (default ../shared/data beside the checkout), or
# the project's own where that is absent. With --json, only the lines go to the standard output.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
build=${SIPWARD_BENCH_BUILD:-$root/build/bench}

suites=()
json=no
for argument in "$@"; do
  case $argument in
    parser | rules | pipeline) suites+=("$argument") ;;
    --json) json=yes ;;
    identity | bindings)
      echo "$argument: nothing to measure, the library has no such part in this version; there are parser, rules and pipeline" >&2
      exit 2
      ;;
    *)
      echo "usage: benchmarks/run.sh [parser|rules|pipeline]... [--json]" >&2
      exit 2
      ;;
  esac
done
if [ ${#suites[@]} -eq 0 ]; then suites=(parser rules pipeline); fi

# shellcheck source=benchmarks/build.sh
source "$root/benchmarks/build.sh"
build_benchmarks "$root" "$build" >&2

export SIPWARD_CORPUS=${SIPWARD_CORPUS:-$root/../shared/data}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
for suite in "${suites[@]}"; do
  echo "measuring $suite" >&2
  "$build/bin/sipward_bench" time "$suite" >"$work/$suite.time"
  LD_PRELOAD="$build/bin/sipward_bench_allocations.so" \
    "$build/bin/sipward_bench" allocations "$suite" >"$work/$suite.allocations"
  count_instructions "$build" "$work/$suite.callgrind" "$suite"
done
format=table
if [ "$json" = yes ]; then format=json; fi
python3 "$root/benchmarks/report.py" "$format" "$work" "${suites[@]}"
