# shellcheck shell=bash
# Sourced by run.sh and tests/tools/check_instructions.sh.

# build_benchmarks ROOT BUILD: installs what is missing and builds with g++ as a release.
build_benchmarks() {
  # shellcheck source=cmake/install_packages.sh
  source "$1/cmake/install_packages.sh"
  install_packages build bench
  cmake -S "$1" -B "$2" -G Ninja -DCMAKE_CXX_COMPILER=g++ -DCMAKE_C_COMPILER=gcc -DCMAKE_BUILD_TYPE=Release \
    -DSIPWARD_BUILD_BENCHMARKS=ON -DSIPWARD_BUILD_TESTS=OFF -DSIPWARD_BUILD_CLI=OFF -DSIPWARD_WITH_CAPTURE=OFF >/dev/null
  cmake --build "$2" --target sipward_bench sipward_bench_allocations -- --quiet
}

# count_instructions BUILD FILE SUITE [WHO]: leaves callgrind's dumps in FILE. The environment is emptied, since its size
# moves the stack and with it what copying costs.
count_instructions() {
  local build=$1 file=$2
  shift 2
  env -i PATH="$PATH" SIPWARD_CORPUS="${SIPWARD_CORPUS:-}" \
    valgrind --tool=callgrind --instr-atstart=no --combine-dumps=yes --callgrind-out-file="$file" --log-file="$file.log" \
    "$build/bin/sipward_bench" instructions "$@" || {
    cat "$file.log" >&2
    return 2
  }
}
