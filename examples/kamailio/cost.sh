#!/usr/bin/env bash
# What the module costs Kamailio: processor time of all its processes for the same calls without and with the module, in turns.
#   cost.sh [CALLS [ROUNDS]]    (3000 calls at 300 a second, 3 rounds: about a minute)
# Prints JSON lines as benchmarks/run.sh does: nanoseconds of processor time for each message that Kamailio receives.
# The kernel counts a process's time in ticks of 10 ms; of what a message costs, that is below one hundredth here.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=examples/support/host.sh
source "$here/../support/host.sh"
# shellcheck source=examples/kamailio/run_kamailio.sh
source "$here/run_kamailio.sh"
calls=${1:-3000}
rounds=${2:-3}

bash "$here/build.sh" "$built/kamailio"
site=(-A "SIPWARD_MODULE=\"$built/kamailio/sipward.so\"" -A "SIPWARD_RULES=\"$work/site.ward\"")
cp "$here/site.ward" "$here/premium.txt" "$work/"

# ticks NAME: of all processes of this Kamailio, user and system.
ticks() {
  local main=${pids[$1]} pid
  for pid in "$main" $(pgrep -P "$main"); do
    # Behind the name of the program, which may have blanks: state is field 3, utime and stime 14 and 15.
    sed 's/.*) //' "/proc/$pid/stat" | awk '{ print $12 + $13 }'
  done | awk '{ sum += $1 } END { print sum }'
}

# measure NAME [MODE]: adds nanoseconds a message to the file NAME.
measure() {
  local name=$1 before after messages
  start_kamailio "$name" "${2:-}"
  before=$(ticks "$name")
  start_calls "$name-calls" "$calls" 300
  wait_for "$name-calls" 120
  after=$(ticks "$name")
  if [ "$(calls_that_worked "$name-calls")" != "$calls" ]; then
    show "$name-calls"
    echo "not all calls went through" >&2
    exit 1
  fi
  # INVITE, 180, 200, ACK, BYE, 200; retransmissions are counted by nobody here and are rare on loopback.
  messages=$((6 * calls))
  awk -v ticks=$((after - before)) -v hertz="$(getconf CLK_TCK)" -v messages=$messages \
    'BEGIN { printf "%.0f\n", ticks / hertz * 1e9 / messages }' >>"$work/$name.ns"
  stop "$name"
}

row() {
  sort -n "$work/$2.ns" | awk -v case_="$1" -v note="$3" '{ value[NR] = $1 } END {
    printf "{\"suite\":\"bindings\",\"case\":\"%s\",\"who\":\"sipward\",\"ns_min\":%d,\"ns_median\":%d,\"note\":\"%s\"}\n",
      case_, value[1], value[int((NR + 1) / 2)], note }'
}

start_callee
for ((round = 0; round < rounds; ++round)); do
  measure plain
  measure ward enforce
done
row kamailio.plain plain "processor time of Kamailio for each message received, without the module"
row kamailio.module ward "the same with it: every message received and every answer sent is judged"
