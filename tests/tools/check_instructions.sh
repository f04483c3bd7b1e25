#!/usr/bin/env bash
# Compares the instructions that a message costs with benchmarks/instructions.json: more than 3 % worse fails.
#   check_instructions.sh           compare
#   check_instructions.sh --renew   write the baseline anew; the commit says why
# Always over the project's own messages, so that the counts do not depend on what lies beside the checkout.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${SIPWARD_BENCH_BUILD:-$root/build/bench}
baseline=$root/benchmarks/instructions.json

# shellcheck source=benchmarks/build.sh
source "$root/benchmarks/build.sh"
build_benchmarks "$root" "$build"

export SIPWARD_CORPUS=
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
running=()
for suite in parser rules pipeline; do
  count_instructions "$build" "$work/$suite" "$suite" sipward &
  running+=($!)
done
for job in "${running[@]}"; do wait "$job"; done

if [ "${1:-}" = --renew ]; then
  python3 "$root/benchmarks/report.py" counts "$work"/{parser,rules,pipeline} >"$baseline"
  echo "written: $baseline"
else
  python3 "$root/benchmarks/report.py" compare "$baseline" "$work"/{parser,rules,pipeline}
fi
