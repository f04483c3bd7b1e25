#!/usr/bin/env bash
# Kamailio with siptrace to `sipward watch`, on loopback: svwar is told of within a second, 100 calls at the same time are not; what is
# written for others (EVE JSON, HEP3 for Homer, metrics for Prometheus) is what they read.
here=$(cd "$(dirname "$0")" && pwd)
# shellcheck source=examples/support/host.sh
source "$here/../support/host.sh"
# shellcheck source=examples/kamailio/run_kamailio.sh
source "$here/../kamailio/run_kamailio.sh"
# shellcheck source=examples/kamailio/attackers.sh
source "$here/../kamailio/attackers.sh"

configuration=$here/kamailio.cfg
hep_port=$(free_port)
homer_port=$(free_port)
metrics_port=$(free_port)
site=(-A "HEP=\"sip:127.0.0.1:$hep_port\"")
user=$(id -un)

echo "Kamailio mirrors, sipward watches:"
start homer /usr/bin/python3 "$here/homer.py" "$homer_port"
# Each line with the time at which it came.
watch() {
  sipward watch --hep "127.0.0.1:$hep_port" --eve "$work/eve.json" --hep-out "127.0.0.1:$homer_port" --metrics "127.0.0.1:$metrics_port" --user "$user" 2>"$work/watch.errors" |
    /usr/bin/python3 -u -c 'import sys, time
for line in sys.stdin: print(f"{time.time():.3f} {line}", end="", flush=True)'
}
start watch watch
expect "it watches" until_true 30 grep -q watching "$work/watch.errors"
watcher=$(pgrep -f "sipward watch --hep 127.0.0.1:$hep_port " | head -1)
start_callee
start_kamailio plain mirror

start_calls calls 100 50
attack=$(date +%s.%N)
start svwar sipvicious 127.0.0.77 svwar -e95-130 -m REGISTER
expect "svwar is told of" until_true 20 grep -q 'scan\..* 127.0.0.77 ' "$work/watch.log"
told=$(awk '/scan\..* 127.0.0.77 / { print $1; exit }' "$work/watch.log")
# It takes a moment itself before it begins to send.
first=$(awk -F'"' '/127.0.0.77/ { print $4; exit }' "$work/eve.json")
first=$(date -d "${first/+0000/Z}" +%s.%N)
delay=$(awk -v told="$told" -v first="$first" 'BEGIN { printf "%.0f", (told - first) * 1000 }')
expect "within a second of its first message ($delay ms)" is "$delay" -lt 1000
wait_for calls 60
expect "all 100 calls went through" is "$(calls_that_worked calls)" = 100
wait_for svwar 45
expect "metrics: Prometheus' parser reads them" /usr/bin/python3 "$here/check_metrics.py" "http://127.0.0.1:$metrics_port/metrics"
kill -HUP "$watcher"
expect "it reads its rules again" until_true 20 grep -q 'rules were read again' "$work/watch.errors"
kill -TERM "$watcher"
wait_for watch 20
expect "it ends when it is told to, and says that it found something" grep -q '^messages' <(cut -d' ' -f2- "$work/watch.log")
expect "nothing was lost" is "$(grep -c 'were lost' "$work/watch.errors" || true)" = 0
expect "the calls are no attack" is "$(cut -d' ' -f2- "$work/watch.log" | grep -cE ' (drop|reject|challenge|throttle|hold) .* 127\.0\.0\.(10|20) ' || true)" = 0
stop mirror
stop homer

echo "for others:"
expect "EVE: every line is JSON, with Suricata's fields alone" /usr/bin/python3 "$here/check_eve.py" "$work/eve.json"
expect "HEP3: Homer gets every message" is "$(tail -1 "$work/homer.log")" = "$(grep -c '"event_type":"sip"' "$work/eve.json")"
finish
