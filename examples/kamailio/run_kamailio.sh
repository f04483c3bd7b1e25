# shellcheck shell=bash
# Sourced behind support/host.sh by the tests of Kamailio: starts it with $configuration, the kamailio.cfg of the folder $here, on
# a free port of loopback. What that file asks for beside ordinary.cfg stands in the array $site, as arguments of kamailio; its environment in $environment, as
# arguments of env.
#
site=()
environment=()
memory=(-m 64 -M 8)
configuration=$here/kamailio.cfg

# start_kamailio NAME [MODE]: with sipward in this mode, or without it; sets $port.
start_kamailio() {
  local name=$1 mode=${2:-} words
  port=$(free_port)
  mkdir -p "$work/$name"
  words=(-A "CONTROL=\"unix:$work/$name/ctl\"" -A "CALLEE=\"sip:127.0.0.20:$callee_port\"")
  if [ -n "$mode" ]; then words+=("${site[@]}" -A "SIPWARD_MODE=\"$mode\""); fi
  start "$name" env "${environment[@]}" kamailio -f "$configuration" "${words[@]}" -l "udp:127.0.0.1:$port" -l "tcp:127.0.0.1:$port" \
    -Y "$work/$name" -w "$work/$name" -P "$work/$name/pid" -DD -E "${memory[@]}"
  if ! until_true 30 answers "$port"; then
    show "$name"
    echo "kamailio does not start" >&2
    return 1
  fi
}

answers() { [ "$(ask --seconds 0.3 "127.0.0.1:$1")" = "SIP/2.0 200 OK" ]; }

# Who takes the calls. Set $callee_port before Kamailio starts.
start_callee() {
  callee_port=$(free_port)
  start callee sipp -sf "$examples/support/uas.xml" -i 127.0.0.20 -p "$callee_port" -nostdin -timeout 280s
}

# start_calls NAME COUNT RATE: from 127.0.0.10, to $port.
start_calls() {
  start "$1" sipp -sf "$examples/support/uac.xml" -i 127.0.0.10 -p "$(free_port)" -s 100 -r "$3" -m "$2" -d 100 -timeout 110s \
    -nostdin "127.0.0.1:$port"
}

# calls_that_worked NAME: of start_calls, once it is over.
calls_that_worked() {
  awk -F'|' '/Successful call/ { value = $3 } END { print value + 0 }' "$work/$1.log"
}

# control NAME COMMAND...: kamcmd. It tells faults by words alone.
control() { timeout 10 kamcmd -s "unix:$work/$1/ctl" "${@:2}"; }

# counted NAME WHAT: one number of sipward.stats.
counted() { control "$1" sipward.stats | awk -v what="$2:" '$1 == what { print $2 }'; }
