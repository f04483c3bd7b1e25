#!/usr/bin/env bash
# What the module costs Kamailio: processor time of all its processes for the same calls without and with the module, in turns.
#   cost.sh [CALLS [ROUNDS]]    (3000 calls at 300 a second, 3 rounds: about a minute)
# Prints JSON lines as benchmarks/run.sh does: nanoseconds of processor time for each message that Kamailio receives.
# Kamailio's fast allocator (fm) is used; KAMAILIO_MEMORY=qm measures with the one that is the default, in which Kamailio itself spends half
# of its time, and more so with a module that wants to see what leaves: the core copies it for that.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=examples/support/host.sh
source "$here/../support/host.sh"
# shellcheck source=examples/kamailio/run_kamailio.sh
source "$here/run_kamailio.sh"
allocator=${KAMAILIO_MEMORY:-fm}
memory+=(-x "$allocator" -X "$allocator")
calls=${1:-3000}
rounds=${2:-3}

bash "$here/build.sh" "$built/kamailio"
site=(-A "SIPWARD_MODULE=\"$built/kamailio/sipward.so\"" -A "SIPWARD_RULES=\"$work/site.ward\"")
cp "$here/site.ward" "$here/premium.txt" "$work/"

# processor_ns NAME: of all processes of this Kamailio, user and system.
processor_ns() {
  local main=${pids[$1]} pid
  for pid in "$main" $(pgrep -P "$main"); do
    if [ -r "/proc/$pid/schedstat" ]; then
      awk '{ print $1 }' "/proc/$pid/schedstat"
    else
      # In ticks, most often of 10 ms. Behind the name of the program, which may have blanks: utime and stime.
      sed 's/.*) //' "/proc/$pid/stat" | awk -v hertz="$(getconf CLK_TCK)" '{ printf "%.0f\n", ($12 + $13) / hertz * 1e9 }'
    fi
  done | awk '{ sum += $1 } END { printf "%.0f\n", sum }'
}

# measure NAME [MODE]: adds nanoseconds a message to the file NAME.
measure() {
  local name=$1 before after messages
  start_kamailio "$name" "${2:-}"
  before=$(processor_ns "$name")
  start_calls "$name-calls" "$calls" 300
  wait_for "$name-calls" 120
  after=$(processor_ns "$name")
  if [ "$(calls_that_worked "$name-calls")" != "$calls" ]; then
    show "$name-calls"
    echo "not all calls went through" >&2
    exit 1
  fi
  # INVITE, 180, 200, ACK, BYE, 200; retransmissions are counted by nobody here and are rare on loopback.
  messages=$((6 * calls))
  echo $(((after - before) / messages)) >>"$work/$name.ns"
  stop "$name"
}

row() {
  sort -n "$work/$2.ns" | awk -v who="$1" -v note="$3" '{ value[NR] = $1 } END {
    printf "{\"suite\":\"bindings\",\"case\":\"kamailio.module\",\"who\":\"%s\",\"ns_min\":%d,\"ns_median\":%d,\"note\":\"%s\"}\n",
      who, value[1], value[int(NR / 2) + 1], note }'
}

start_callee
for ((round = 0; round < rounds; ++round)); do
  measure plain
  measure ward enforce
done
row kamailio plain "processor time of Kamailio ($allocator) without the module, for each message of real calls that it receives"
row sipward ward "processor time of Kamailio ($allocator) with the module, for each message of real calls that it receives: these and the answers that leave are judged"
