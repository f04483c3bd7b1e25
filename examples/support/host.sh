# shellcheck shell=bash
# Sourced by the test.sh of every example: a work folder, programs in the background that are always stopped, and what is expected.
#
# SIPWARD_PREFIX   an installed sipward; examples/run-all.sh makes it where it is not given
# SIPWARD_EXAMPLES where examples are built (default build/examples/work), kept for the next time
set -euo pipefail
examples=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
root=$(cd "$examples/.." && pwd)
prefix=${SIPWARD_PREFIX:-$root/build/examples/prefix}
export PKG_CONFIG_PATH=$prefix/lib/pkgconfig LD_LIBRARY_PATH=$prefix/lib PATH=$prefix/bin:$PATH:/usr/sbin
if ! pkg-config --exists sipward; then
  echo "no sipward is installed in $prefix: bash examples/run-all.sh, or set SIPWARD_PREFIX" >&2
  exit 77
fi

work=$(mktemp -d)
built=${SIPWARD_EXAMPLES:-$root/build/examples/work}
mkdir -p "$built"
declare -A pids=()
failures=0

# What was started is stopped, whatever happens.
clean_up() {
  local status=$? name
  for name in "${!pids[@]}"; do stop "$name"; done
  rm -rf --one-file-system "$work"
  exit "$status"
}
trap clean_up EXIT
trap 'exit 130' INT TERM

# start NAME COMMAND...: in the background, its output in $work/NAME.log.
start() {
  "${@:2}" >"$work/$1.log" 2>&1 &
  pids[$1]=$!
}

# stop NAME: gives its exit status in $stopped. Ten seconds after SIGTERM it is killed: 137.
stop() {
  local pid=${pids[$1]:-} waited
  stopped=127
  if [ -z "$pid" ]; then return; fi
  unset "pids[$1]"
  kill "$pid" 2>/dev/null || true
  for ((waited = 0; waited < 100; ++waited)); do
    if ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
  if kill -0 "$pid" 2>/dev/null; then kill -KILL "$pid" 2>/dev/null || true; fi
  stopped=0
  wait "$pid" || stopped=$?
}

# wait_for NAME SECONDS: until it ends by itself; its exit status in $stopped.
wait_for() {
  local pid=${pids[$1]} waited
  for ((waited = 0; waited < $2 * 10; ++waited)); do
    if ! kill -0 "$pid" 2>/dev/null; then break; fi
    sleep 0.1
  done
  stop "$1"
}

# until_true SECONDS COMMAND...: whether it came true within that time.
until_true() {
  local waited
  for ((waited = 0; waited < $1 * 10; ++waited)); do
    if "${@:2}" >/dev/null 2>&1; then return 0; fi
    sleep 0.1
  done
  return 1
}

# free_port: a UDP and TCP port of loopback that nobody has now.
free_port() { python3 "$examples/support/free_port.py"; }

# ask ...: examples/support/ask.py.
ask() { python3 "$examples/support/ask.py" "$@"; }

# expect SENTENCE COMMAND...: a line that says whether it holds.
expect() {
  if "${@:2}" >/dev/null 2>&1; then
    echo "  ok      $1"
  else
    echo "  FAILED  $1"
    failures=$((failures + 1))
  fi
}

# is A OP B, as test has it; what should be a number and is none is false.
is() { test "$@"; }

# show NAME: the end of its log, for who must find out why.
show() {
  echo "---- $1" >&2
  tail -n "${2:-30}" "$work/$1.log" >&2
}

# finish: 0 if everything held.
finish() {
  if [ "$failures" -eq 0 ]; then return 0; fi
  echo "$failures of what was expected did not hold" >&2
  return 1
}

# compile LANGUAGE OUT SOURCE... [-- FLAG...]: as a stranger would, against what is installed; with -Werror.
compile() {
  local language=$1 out=$2 compiler sources=() packages=${PACKAGES:-sipward}
  shift 2
  while [ $# -gt 0 ] && [ "$1" != -- ]; do
    sources+=("$1")
    shift
  done
  if [ $# -gt 0 ]; then shift; fi
  case $language in
    c) compiler=(cc -std=c11) ;;
    c++) compiler=(c++ -std=c++17) ;;
  esac
  # shellcheck disable=SC2046,SC2086
  "${compiler[@]}" -O1 -g -Wall -Wextra -Wconversion -Wshadow -Werror "$@" "${sources[@]}" -o "$out" \
    $(pkg-config --cflags --libs $packages)
}

# judges WHAT COMMAND...: a program that prints the verdict on the message it reads: a scanner's is dropped with the rule that says why,
# an ordinary one passes.
judges() {
  "${@:2}" <"$root/tests/install/scanner.sip" >"$work/scanner.txt" || failures=$((failures + 1))
  "${@:2}" <"$root/tests/install/forged.sip" >"$work/call.txt" || failures=$((failures + 1))
  expect "$1: a scanner is dropped" is "$(head -1 "$work/scanner.txt")" = drop
  expect "$1: and told why" grep -q '  scan.user_agent: ' "$work/scanner.txt"
  expect "$1: a call passes" is "$(head -1 "$work/call.txt")" = allow
}

# build_python: the package for Debian's Python, against what is installed; python programs find it from then on.
build_python() {
  local python=$built/python
  /usr/bin/python3 "$root/bindings/python/setup.py" -q build --build-base "$python/tmp" --build-lib "$python/lib" >"$work/setup.log" 2>&1 || {
    show setup
    exit 1
  }
  export PYTHONPATH=$python/lib PYTHONDONTWRITEBYTECODE=1
}

sanitized=(-fsanitize=address,undefined -fno-sanitize-recover=all)
