#!/usr/bin/env bash
# Compares the instructions that a message costs with benchmarks/instructions.json: more than 3 % worse fails.
#   check_instructions.sh           compare
#   check_instructions.sh --renew   print the differences, then write the baseline anew; the commit says why
# Always over the project's own messages, so that the counts do not depend on what lies beside the checkout. The counts
# belong to g++ 12 on an x86-64 processor with AVX2; elsewhere nothing can be compared, which it says.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
build=${SIPWARD_BENCH_BUILD:-$root/build/release}
baseline=$root/benchmarks/instructions.json
suites=(rules numbers pipeline bindings parser)

renew=no
case ${1:-} in
  "") ;;
  --renew) renew=yes ;;
  *)
    echo "usage: check_instructions.sh [--renew]" >&2
    exit 2
    ;;
esac

# skip WHY: there is nothing to compare with; a baseline of another kind must not be written.
skip() {
  echo "SKIPPED instructions: $1"
  if [ "$renew" = yes ]; then exit 2; fi
  exit 0
}
grep -qw avx2 /proc/cpuinfo || skip "the processor has no AVX2"

# shellcheck source=benchmarks/build.sh
source "$root/benchmarks/build.sh"
# shellcheck source=cmake/install_packages.sh
source "$root/cmake/install_packages.sh"
install_packages build count
build_benchmarks "$root" "$build" sipward_bench_baseline
compiler=$(sed -n 's/^set(CMAKE_CXX_COMPILER_\(ID\|VERSION\) "\(.*\)")$/\2/p' "$build"/CMakeFiles/*/CMakeCXXCompiler.cmake | tr '\n' ' ')
case $compiler in
  "GNU 12."*) ;;
  *) skip "built with $compiler, the baseline with GNU 12" ;;
esac

export SIPWARD_CORPUS=
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
jobs=()
for suite in "${suites[@]}"; do
  count_instructions "$build/bin/sipward_bench_baseline" "$work/$suite" "$suite" sipward &
  jobs+=($!)
done
for job in "${jobs[@]}"; do wait "$job"; done

files=("${suites[@]/#/$work/}")
status=0
python3 -B "$root/benchmarks/report.py" compare "$baseline" "${files[@]}" || status=$?
if [ "$renew" = no ]; then exit "$status"; fi
python3 -B "$root/benchmarks/report.py" counts "${files[@]}" >"$work/new"
cp "$work/new" "$baseline"
echo "written: $baseline"
