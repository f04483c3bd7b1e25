# shellcheck shell=bash
# Sourced by run.sh and tests/tools/check_instructions.sh.

# build_benchmarks ROOT BUILD TARGET...: as the release preset says, in the folder of the release, whose objects it shares.
build_benchmarks() {
  local root=$1 build=$2
  shift 2
  cmake -S "$root" --preset release -B "$build" -DSIPWARD_BUILD_BENCHMARKS=ON >/dev/null
  cmake --build "$build" --target "$@" -- --quiet
}

# count_instructions PROGRAM FILE SUITE [WHO]: leaves callgrind's dumps in FILE. The environment is emptied, since its size
# moves the stack and with it what copying costs.
count_instructions() {
  local program=$1 file=$2
  shift 2
  env -i PATH=/usr/bin:/bin SIPWARD_CORPUS="${SIPWARD_CORPUS:-}" \
    valgrind --tool=callgrind --instr-atstart=no --combine-dumps=yes --callgrind-out-file="$file" --log-file="$file.log" \
    "$program" instructions "$@" || {
    cat "$file.log" >&2
    return 2
  }
}
