#!/usr/bin/env bash
# Builds and runs the fuzz targets (clang, libFuzzer, AddressSanitizer, UndefinedBehaviorSanitizer).
#
#   bash fuzz/run.sh TARGET SECONDS   one target: message, view, body, edit, framer, values, walk, differential, lists, feed, minisign, numbering, state, snapshot, rules,
#                                     evaluate, inspect, record, tape, source, evidence, c_api, capture, report, identity, json, canonical, x5u, p256, certificate, crl, fetch_head, auth
#   bash fuzz/run.sh all SECONDS      every target, two at a time; prints the rows of the ledger in fuzz/README.md
#   bash fuzz/run.sh replay [TARGET]  runs seeds, regressions and corpus once
#   bash fuzz/run.sh keep [TARGET]    minimises what was grown and writes fuzz/corpus/TARGET.tar.xz
#   bash fuzz/run.sh list             the targets, each with its dictionary
#
# SIPWARD_FUZZ_BUILT=1 takes the targets as they are; SIPWARD_FUZZ_BUILD is where they are, else build/fuzz.
# Exit status 1: something was found. It lies in build/fuzz/findings/TARGET/, and
# `build/fuzz/bin/TARGET_fuzz FILE` shows it again.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${SIPWARD_FUZZ_BUILD:-build/fuzz}
jobs=${SIPWARD_FUZZ_JOBS:-2}

usage() {
  sed -n '2,14p' "${BASH_SOURCE[0]}" >&2
  exit 2
}

build_targets() {
  [ -z "${SIPWARD_FUZZ_BUILT:-}" ] || return 0
  cmake --preset fuzz -B "$build" >"$build.configure.log" 2>&1 || { cat "$build.configure.log" >&2; exit 2; }
  cmake --build "$build" -j "$jobs" --target fuzz_targets >&2
}

targets() { cut -d' ' -f1 "$build/fuzz/targets.txt"; }
dictionary() { awk -v t="$1" '$1 == t {print $2}' "$build/fuzz/targets.txt"; }

known() { targets | grep -qx -- "$1" || usage; }

# What an input may weigh: the limits of the parser for messages, something for several packets.
most_bytes() {
  case $1 in
    capture | inspect) echo 16384 ;;
    numbering) echo 64 ;;
    p256) echo 128 ;;
    canonical | x5u) echo 600 ;;
    rules | evaluate | record | source | lists | values | walk) echo 4096 ;;
    *) echo 8192 ;;
  esac
}

# Weighing rare features costs more than the run itself where an input has thousands of them.
scheduling() {
  case $1 in
    c_api | evaluate | inspect | record | rules) echo -entropic=0 ;;
    *) echo -entropic=1 ;;
  esac
}

restore() {
  mkdir -p "$build/corpus/$1" "$build/findings/$1"
  python3 -B fuzz/corpus.py unpack "$1" "$build/corpus/$1"
}

inputs_of() {
  echo "fuzz/seeds/$1"
  [ ! -d "fuzz/regressions/$1" ] || echo "fuzz/regressions/$1"
}

export ASAN_OPTIONS=${ASAN_OPTIONS:-allocator_may_return_null=1:detect_stack_use_after_return=1}
export UBSAN_OPTIONS=${UBSAN_OPTIONS:-print_stacktrace=1}

fuzz_one() {
  local target=$1 seconds=$2 log status=0 inputs
  log="$build/findings/$target.log"
  restore "$target"
  mapfile -t inputs < <(inputs_of "$target")
  "$build/bin/${target}_fuzz" -dict="fuzz/$(dictionary "$target").dict" -max_total_time="$seconds" -timeout=10 \
    -rss_limit_mb=2048 -max_len="$(most_bytes "$target")" "$(scheduling "$target")" -print_final_stats=1 -artifact_prefix="$build/findings/$target/" \
    "$build/corpus/$target" "${inputs[@]}" >"$log" 2>&1 || status=1
  ledger_row "$target" "$seconds" "$log"
  [ $status -eq 0 ] || { grep -m 3 -E 'ERROR|SUMMARY|runtime error' "$log" >&2 || tail -5 "$log" >&2; }
  return $status
}

ledger_row() {
  local executions commit found
  executions=$(sed -n 's/^stat::number_of_executed_units: *//p' "$3")
  commit=$(git rev-parse --short HEAD 2>/dev/null || echo -)
  [ -z "$(git status --porcelain -- lib bindings include fuzz 2>/dev/null)" ] || commit="$commit+"
  found=$(find "$build/findings/$1" -type f | wc -l)
  executions=$(sed -E ':a; s/([0-9])([0-9]{3})($|,)/\1,\2\3/; ta' <<<"${executions:-0}")
  printf '| `%s_fuzz` | %s | %s | %s s | %s |\n' "$1" "$commit" "$executions" "$2" "$found"
}

fuzz_all() {
  targets | SIPWARD_FUZZ_BUILT=1 xargs -P 2 -I '{}' bash fuzz/run.sh '{}' "$1"
}

replay_one() {
  local inputs
  restore "$1"
  mapfile -t inputs < <(inputs_of "$1")
  "$build/bin/$1_fuzz" -runs=0 -timeout=10 -rss_limit_mb=2048 -artifact_prefix="$build/findings/$1/" "${inputs[@]}" \
    "$build/corpus/$1" >"$build/findings/$1.log" 2>&1 || { tail -20 "$build/findings/$1.log" >&2; return 1; }
  echo "$1: replayed"
}

keep_one() {
  local small="$build/corpus.small/$1"
  restore "$1"
  rm -rf "$small"
  mkdir -p "$small"
  "$build/bin/$1_fuzz" -merge=1 -timeout=10 -rss_limit_mb=2048 -max_len="$(most_bytes "$1")" -artifact_prefix="$build/findings/$1/" \
    "$small" "$build/corpus/$1" >"$build/findings/$1.log" 2>&1 || { tail -20 "$build/findings/$1.log" >&2; return 1; }
  python3 -B fuzz/corpus.py pack "$1" "$small"
}

each() {
  local status=0 target names
  names=${2:-$(targets)}
  for target in $names; do
    known "$target"
    "$1" "$target" || status=1
  done
  return $status
}

if [ $# -eq 2 ] && [[ ${1:-} != replay && ${1:-} != keep ]]; then
  [[ $2 =~ ^[1-9][0-9]*$ ]] || usage
fi
mkdir -p "$build"
case ${1:-} in
  all) [ $# -eq 2 ] || usage; build_targets; fuzz_all "$2" ;;
  replay) build_targets; each replay_one "${2:-}" ;;
  keep) build_targets; each keep_one "${2:-}" ;;
  list) build_targets; cat "$build/fuzz/targets.txt" ;;
  '' | -*) usage ;;
  *) [ $# -eq 2 ] || usage; build_targets; known "$1"; fuzz_one "$1" "$2" ;;
esac
